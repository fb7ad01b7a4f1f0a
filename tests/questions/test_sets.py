import pytest

from quiz.questions import sets
from quiz.questions.models import QuestionSet, QuestionVersion, SetItem
from quiz.questions.set_rule import SetRule
from tests.factories import (
    NOW,
    FactFactory,
    QuestionFactory,
    QuestionSetFactory,
    QuestionVersionFactory,
    TeacherFactory,
    ThreadFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


def asked(fact, form="choice", variant="0", **version):
    question = QuestionFactory(fact=fact, form=form, variant=variant)
    return QuestionVersionFactory(question=question, **version).question


def topic_with(facts=6, forms=("choice", "typed")):
    topic = TopicFactory()
    threads = [ThreadFactory(topic=topic, position=n) for n in range(2)]
    for n in range(facts):
        fact = FactFactory(topic=topic, thread=threads[n % 2], importance=1 + n % 3)
        for form in forms:
            asked(fact, form)
    return topic


def facts_of(question_set):
    return [item.question.fact_id for item in question_set.items.select_related("question")]


def test_a_new_set_is_a_draft_with_one_question_for_each_fact():
    question_set = sets.create_set(
        owner=TeacherFactory(),
        topic=topic_with(facts=6),
        title="Kursk",
        rule=SetRule(number=4),
        now=NOW,
    )
    assert question_set.status == QuestionSet.Status.DRAFT
    assert question_set.link_token is None
    assert len(facts_of(question_set)) == len(set(facts_of(question_set))) == 4
    assert {item.question.form for item in question_set.items.all()} == {"choice", "typed"}


def test_the_rule_filters_by_thread_kind_status_importance_grave_and_form():
    topic = topic_with(facts=6)
    wanted = FactFactory(
        topic=topic,
        thread=ThreadFactory(topic=topic, slug="kursk"),
        kind="statement",
        content="it would",
        status="claimed",
        importance=1,
        grave=True,
    )
    question = asked(wanted, "which-source")
    whole = SetRule(
        threads=("kursk",),
        kinds=("statement",),
        statuses=("claimed",),
        forms=("which-source",),
        importance=1,
    )
    assert list(sets.in_reach(topic, whole)) == [question]
    for change in (
        {"threads": ("arms",)},
        {"kinds": ("date",)},
        {"statuses": ("agreed",)},
        {"forms": ("typed",)},
        {"grave": False},
    ):
        rule = SetRule.from_json(whole.as_json() | change)
        assert not sets.in_reach(topic, rule).exists(), change


@pytest.mark.parametrize("state", ["held", "stale", "replaced"])
def test_only_served_versions_are_in_reach(state):
    fact = FactFactory()
    asked(fact, state=state, held_by="T1" if state == "held" else "")
    assert not sets.in_reach(fact.topic, SetRule()).exists()


def test_a_version_of_an_older_fact_is_not_in_reach():
    fact = FactFactory(revision=2)
    asked(fact, fact_revision=1)
    assert not sets.in_reach(fact.topic, SetRule()).exists()


def test_flashcards_and_retracted_facts_are_not_in_reach():
    fact, retracted = FactFactory(), FactFactory(status="retracted")
    asked(fact, "flashcard")
    asked(retracted)
    assert not sets.in_reach(fact.topic, SetRule()).exists()
    assert not sets.in_reach(retracted.topic, SetRule()).exists()


def test_filling_again_takes_only_facts_that_are_not_asked_yet():
    topic = topic_with(facts=5)
    question_set = QuestionSetFactory(topic=topic)
    assert sets.fill(question_set=question_set, rule=SetRule(number=3), now=NOW) == 3
    assert sets.fill(question_set=question_set, rule=SetRule(number=3), now=NOW) == 2
    assert sets.fill(question_set=question_set, rule=SetRule(number=3), now=NOW) == 0
    assert len(set(facts_of(question_set))) == 5


def test_filling_makes_the_same_queries_for_few_and_many_facts(django_assert_num_queries):
    small, large = topic_with(facts=3), topic_with(facts=30)
    for topic in (small, large):
        question_set = QuestionSetFactory(topic=topic)
        # Transaction and savepoint apart: facts, forms, questions, last position, insert, touch.
        with django_assert_num_queries(8):
            sets.fill(question_set=question_set, rule=SetRule(number=50), now=NOW)


def test_picking_twice_leaves_the_question_where_it_stands():
    question_set = QuestionSetFactory(topic=topic_with(facts=2, forms=("choice",)))
    first, second = sets.in_reach(question_set.topic, SetRule())
    for question in (first, second, first):
        sets.pick(question_set=question_set, question=question, now=NOW)
    assert [item.question for item in question_set.items.all()] == [first, second]


def test_dropping_leaves_the_rest_in_order():
    question_set = QuestionSetFactory(topic=topic_with(facts=3))
    sets.fill(question_set=question_set, rule=SetRule(), now=NOW)
    first, second, third = question_set.items.all()
    sets.drop(item=second, now=NOW)
    assert list(question_set.items.all()) == [first, third]


def test_swapping_the_form_goes_round_all_forms_of_the_fact():
    fact = FactFactory()
    questions = [asked(fact, form) for form in ("choice", "typed", "can-you-tell")]
    question_set = QuestionSetFactory(topic=fact.topic)
    item = sets.pick(question_set=question_set, question=questions[0], now=NOW)
    seen = []
    for _ in range(3):
        item.refresh_from_db()
        seen.append(item.question.form)
        assert sets.swap(item=item, to="form", now=NOW)
    item.refresh_from_db()
    assert set(seen) == {"choice", "typed", "can-you-tell"}
    assert item.question.form == "choice"


def test_swapping_the_form_of_a_fact_with_one_form_changes_nothing():
    fact = FactFactory()
    question = asked(fact)
    item = sets.pick(question_set=QuestionSetFactory(topic=fact.topic), question=question, now=NOW)
    assert not sets.swap(item=item, to="form", now=NOW)
    item.refresh_from_db()
    assert item.question == question


def test_swapping_the_fact_goes_round_all_facts_that_are_not_in_the_set():
    topic = topic_with(facts=4, forms=("choice",))
    question_set = QuestionSetFactory(topic=topic)
    sets.fill(question_set=question_set, rule=SetRule(number=1), now=NOW)
    item = question_set.items.get()
    seen = []
    for _ in range(4):
        item.refresh_from_db()
        seen.append(item.question.fact_id)
        assert sets.swap(item=item, to="fact", now=NOW)
    item.refresh_from_db()
    assert len(set(seen)) == 4
    assert item.question.fact_id == seen[0]


def test_swapping_the_fact_keeps_the_form_where_it_can():
    topic = topic_with(facts=2)
    question_set = QuestionSetFactory(topic=topic)
    question = sets.in_reach(topic, SetRule(forms=("typed",))).first()
    item = sets.pick(question_set=question_set, question=question, now=NOW)
    assert sets.swap(item=item, to="fact", now=NOW)
    item.refresh_from_db()
    assert item.question.form == "typed"
    assert item.question.fact_id != question.fact_id


def test_a_full_set_has_no_fact_to_swap_to():
    question_set = QuestionSetFactory(topic=topic_with(facts=3))
    sets.fill(question_set=question_set, rule=SetRule(), now=NOW)
    assert not sets.swap(item=question_set.items.first(), to="fact", now=NOW)


def test_a_swapped_question_loses_the_wording_and_the_notice_of_the_one_before():
    topic = topic_with(facts=2)
    question_set = QuestionSetFactory(topic=topic)
    sets.fill(question_set=question_set, rule=SetRule(number=1), now=NOW)
    item = question_set.items.get()
    item.own_stem, item.notice = "In my words?", "A fact was wrong."
    item.save()
    sets.swap(item=item, to="fact", now=NOW)
    item.refresh_from_db()
    assert (item.own_stem, item.notice) == ("", "")


def test_reordering_follows_the_named_questions_and_keeps_the_others():
    question_set = QuestionSetFactory(topic=topic_with(facts=4, forms=("choice",)))
    sets.fill(question_set=question_set, rule=SetRule(), now=NOW)
    a, b, c, d = [item.question.public_id for item in question_set.items.all()]
    sets.reorder(question_set=question_set, question_ids=[c, a, "unknown"], now=NOW)
    assert [item.question.public_id for item in question_set.items.all()] == [c, a, b, d]
    assert [item.position for item in question_set.items.all()] == [1, 2, 3, 4]


def test_a_wording_of_ones_own_is_asked_until_it_is_emptied():
    version = QuestionVersionFactory(stem="Which city?")
    question_set = QuestionSetFactory(topic=version.question.fact.topic)
    sets.pick(question_set=question_set, question=version.question, now=NOW)

    def stem_after(own_stem):
        item = question_set.items.with_versions().get()
        sets.reword(item=item, own_stem=own_stem, now=NOW)
        return question_set.items.with_versions().get().stem

    assert stem_after("Where is it?") == "Where is it?"
    assert stem_after("") == "Which city?"
    assert stem_after("Which city?") == "Which city?"
    assert question_set.items.get().own_stem == ""


def described(question_set, **changes):
    given = {
        "title": question_set.title,
        "description": "",
        "feedback_at_end": False,
        "follows_facts": True,
    }
    sets.describe(question_set=question_set, **(given | changes), now=NOW)


def test_a_set_that_keeps_its_versions_goes_on_asking_them_when_a_fact_changes():
    version = QuestionVersionFactory()
    question = version.question
    question_set = QuestionSetFactory(topic=question.fact.topic)
    sets.pick(question_set=question_set, question=question, now=NOW)
    described(question_set, follows_facts=False)
    version.state = QuestionVersion.State.REPLACED
    version.save()
    newer = QuestionVersionFactory(question=question, n=2)
    assert question_set.items.with_versions().get().version == version
    described(question_set, follows_facts=True)
    assert question_set.items.with_versions().get().version == newer


def test_questions_added_to_a_set_that_keeps_versions_are_kept_too():
    question_set = QuestionSetFactory(topic=topic_with(facts=2), follows_facts=False)
    sets.fill(question_set=question_set, rule=SetRule(number=1), now=NOW)
    item = question_set.items.get()
    assert item.pinned_version.question_id == item.question_id
    sets.swap(item=item, to="fact", now=NOW)
    item.refresh_from_db()
    assert item.pinned_version.question_id == item.question_id


def test_an_item_is_not_served_when_its_version_is_stale_noticed_or_retracted():
    version = QuestionVersionFactory()
    question_set = QuestionSetFactory(topic=version.question.fact.topic)
    item = sets.pick(question_set=question_set, question=version.question, now=NOW)

    def is_served():
        return question_set.items.with_versions().get().is_served

    assert is_served()
    SetItem.objects.filter(pk=item.pk).update(notice="The fact was wrong.")
    assert not is_served()
    SetItem.objects.filter(pk=item.pk).update(notice="")
    QuestionVersion.objects.update(state="stale")
    assert not is_served()
    QuestionVersion.objects.update(state="served", fact_revision=99)
    assert not is_served()
    SetItem.objects.filter(pk=item.pk).update(pinned_version=version)
    assert is_served()
    type(version.question.fact).objects.update(status="retracted")
    assert not is_served()


def test_publishing_gives_a_link_that_stays_until_it_is_revoked():
    question_set = QuestionSetFactory(topic=topic_with(facts=1))
    sets.fill(question_set=question_set, rule=SetRule(), now=NOW)
    sets.publish(question_set=question_set, now=NOW)
    first = question_set.link_token
    assert len(first) >= 22
    sets.unpublish(question_set=question_set, now=NOW)
    assert not QuestionSet.objects.open_by_link().exists()
    sets.publish(question_set=question_set, now=NOW)
    assert question_set.link_token == first
    sets.revoke_link(question_set=question_set, now=NOW)
    assert not QuestionSet.objects.open_by_link().exists()
    sets.publish(question_set=question_set, now=NOW)
    assert question_set.link_token not in {None, first}


def test_publishing_from_two_tabs_keeps_one_link():
    question_set = QuestionSetFactory(topic=topic_with(facts=1))
    sets.fill(question_set=question_set, rule=SetRule(), now=NOW)
    other_tab = QuestionSet.objects.get(pk=question_set.pk)
    sets.publish(question_set=question_set, now=NOW)
    sets.publish(question_set=other_tab, now=NOW)
    assert other_tab.link_token == question_set.link_token


def test_a_set_without_a_question_to_ask_is_not_published():
    question_set = QuestionSetFactory()
    with pytest.raises(sets.NothingToPublishError):
        sets.publish(question_set=question_set, now=NOW)
    question_set.refresh_from_db()
    assert question_set.status == QuestionSet.Status.DRAFT


def test_a_duplicate_is_a_draft_with_the_same_questions_wordings_and_kept_versions():
    question_set = QuestionSetFactory(topic=topic_with(facts=3), follows_facts=False)
    sets.fill(question_set=question_set, rule=SetRule(), now=NOW)
    sets.reword(item=question_set.items.with_versions()[0], own_stem="Mine?", now=NOW)
    sets.publish(question_set=question_set, now=NOW)
    copy = sets.duplicate(question_set=question_set, owner=question_set.owner, now=NOW)
    fields = ("question", "position", "own_stem", "pinned_version")
    assert copy.status == QuestionSet.Status.DRAFT
    assert copy.link_token is None
    assert copy.public_id != question_set.public_id
    assert list(copy.items.values(*fields)) == list(question_set.items.values(*fields))
    assert question_set.items.count() == 3


def test_the_title_of_a_duplicate_stays_within_its_column():
    copy = sets.duplicate(
        question_set=(original := QuestionSetFactory(title="x" * 160)),
        owner=original.owner,
        now=NOW,
    )
    assert len(copy.title) == 160


def test_a_set_put_away_is_not_open_any_more():
    question_set = QuestionSetFactory(topic=topic_with(facts=1))
    sets.fill(question_set=question_set, rule=SetRule(), now=NOW)
    sets.publish(question_set=question_set, now=NOW)
    sets.archive(question_set=question_set, now=NOW)
    assert not QuestionSet.objects.open_by_link().exists()
