"""What a day holds, from the rows of a learner and a topic."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quiz.learning.actions import start_review
from quiz.learning.models import Memory, Recall
from quiz.learning.planning import next_words, plan_of_day, plan_quiz, plan_review, plan_round
from quiz.learning.rounds import Kind
from quiz.questions.models import QuestionFact
from tests.factories import AnswerFactory, FactFactory, TopicFactory, UserFactory
from tests.learning.class_of_one import html, make_version

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def remembered(learner, version, *, days_ago=5, due_in=-1, **extra):
    """A memory of what the version asks, last rated some days ago."""
    fact = version.question.fact
    day = NOW.date() - timedelta(days=days_ago)
    values = {
        "topic": fact.topic, "seq": 1, "stability": 3.0, "difficulty": 5.0, "last_rating": 3,
        "last_rated_day": day, "last_day": day, "rated": 1, "last_form": version.question.form,
        "due_at": NOW + timedelta(days=due_in),
    }  # fmt: skip
    Recall.objects.create(
        learner=learner, fact=fact, facet=version.question.facet, seq=1, at=NOW, day=day,
        form="choice", verdict="accept", rating=3, revision=1,
    )  # fmt: skip
    return Memory.objects.create(
        learner=learner, fact=fact, facet=version.question.facet, **values | extra
    )


def asked(round_):
    return set(round_.remaining)


def names(versions):
    return {version.question.public_id for version in versions}


def test_a_day_takes_four_new_facts_and_is_then_done(learner, topic):
    versions = [make_version(topic) for _ in range(12)]
    for version in versions[:3]:
        remembered(learner, version)
    plan = plan_of_day(learner, NOW)
    assert (plan.due, plan.fresh, plan.total) == (3, 4, 7)
    assert asked(plan_review(learner, NOW)) == names(versions[:7])
    for version in versions[3:7]:
        remembered(learner, version, days_ago=0, due_in=2)
    Memory.objects.filter(due_at__lt=NOW).update(
        last_day=NOW.date(), due_at=NOW + timedelta(days=9)
    )
    assert plan_of_day(learner, NOW).total == 0
    assert plan_review(learner, NOW).next is None
    assert plan_of_day(learner, NOW, days_ahead=1).fresh == 4


def test_what_was_asked_today_waits_for_another_day(learner, topic):
    version = make_version(topic)
    remembered(learner, version, days_ago=0)
    assert plan_of_day(learner, NOW).due == 0


def test_another_facet_of_a_fact_comes_on_another_day_after_the_new_facts(learner, topic):
    fact = FactFactory(topic=topic)
    first = make_version(topic, fact=fact)
    second = make_version(topic, "typed", fact=fact, facet="date")
    new = make_version(topic)
    remembered(learner, first, days_ago=0, due_in=3)
    assert plan_round(learner, topic, NOW, kind=Kind.ROUND).remaining == (new.question.public_id,)
    tomorrow = NOW + timedelta(days=1)
    assert plan_round(learner, topic, tomorrow, kind=Kind.ROUND).remaining == (
        new.question.public_id,
        second.question.public_id,
    )


@pytest.mark.parametrize("status", ["retracted", "unverified"])
def test_what_is_no_longer_askable_is_neither_due_nor_new(learner, topic, status):
    old, new = make_version(topic), make_version(topic)
    remembered(learner, old)
    type(old.question.fact).objects.update(status=status)
    assert plan_of_day(learner, NOW).total == 0
    assert plan_round(learner, topic, NOW, kind=Kind.ROUND).next is None
    assert new.question.public_id not in asked(plan_review(learner, NOW))


@pytest.mark.parametrize("change", [{"state": "held", "held_by": "S8"}, {"state": "stale"}])
def test_what_is_held_back_is_never_planned(learner, topic, change):
    version = make_version(topic, **change)
    remembered(learner, version)
    assert plan_review(learner, NOW).next is None
    assert plan_round(learner, topic, NOW, kind=Kind.ROUND).next is None
    assert plan_quiz(learner, topic, NOW, number=5) == []


def test_a_teachers_own_questions_come_only_in_their_sets(learner, topic):
    version = make_version(topic)
    version.question.owner = learner
    version.question.save()
    assert plan_round(learner, topic, NOW, kind=Kind.ROUND).next is None


def test_a_review_mixes_topics_and_learns_on_in_the_latest(learner, topic):
    other = TopicFactory(slug="another")
    here, there = make_version(topic), make_version(other)
    new_here, new_there = make_version(topic), make_version(other)
    remembered(learner, here, days_ago=3)
    remembered(learner, there, days_ago=9)
    planned = asked(plan_review(learner, NOW))
    assert names([here, there, new_here]) == planned
    assert new_there.question.public_id not in planned


def test_a_corrected_fact_is_due_at_once_and_only_what_was_wrong(learner, topic):
    versions = [make_version(topic) for _ in range(2)]
    for version, change in zip(versions, ("wrong", "newer"), strict=True):
        remembered(learner, version, due_in=30)
        fact = version.question.fact
        fact.revision = 2
        fact.save()
        fact.revisions.create(n=2, before={}, after={}, change=change, at=NOW)
        version.fact_revision = 2
        version.save()
    assert asked(plan_review(learner, NOW)) == names(versions[:1])


def test_what_gives_anothers_answer_away_is_asked_after_it(learner, topic):
    versions = [make_version(topic) for _ in range(3)]
    QuestionFact.objects.create(
        version=versions[0], fact=versions[2].question.fact, role=QuestionFact.Role.RIVAL
    )
    order = plan_round(learner, topic, NOW, kind=Kind.ROUND).remaining
    assert order.index(versions[2].question.public_id) < order.index(versions[0].question.public_id)


def test_the_words_of_a_plan_say_what_it_holds(learner, topic, thread):
    versions = [make_version(topic, fact=FactFactory(topic=topic, thread=thread)) for _ in range(4)]
    remembered(learner, versions[0], last_rating=1)
    remembered(learner, versions[1])
    assert plan_of_day(learner, NOW).words == "1 you missed · 1 to review · 2 new: Kursk"


def test_what_was_met_in_a_matching_comes_back_by_it(learner, topic):
    version = make_version(topic, "matching")
    other = version.uses.exclude(fact=version.question.fact).get().fact
    remembered(learner, version)
    Memory.objects.update(fact=other)
    assert plan_of_day(learner, NOW).due == 1
    assert asked(plan_review(learner, NOW)) == names([version])


def test_a_teachers_own_question_comes_back_to_who_met_it(learner, topic):
    version = make_version(topic)
    version.question.owner = learner
    version.question.save()
    remembered(learner, version)
    assert asked(plan_review(learner, NOW)) == names([version])


def test_what_nothing_asks_any_more_is_not_counted_as_due(learner, topic):
    version = make_version(topic)
    remembered(learner, version)
    version.question.retired = True
    version.question.save()
    assert plan_of_day(learner, NOW).due == 0


def tell_each_other(one, other):
    """Each question's feedback states the other's fact."""
    for version, told in ((one, other), (other, one)):
        QuestionFact.objects.create(
            version=version, fact=told.question.fact, facet="value", role="rival"
        )


def test_what_the_day_announces_is_what_its_review_holds(learner, topic):
    versions = [make_version(topic) for _ in range(30)]
    for version in versions[:14]:
        remembered(learner, version)
    for one, other in zip(versions[0:12:2], versions[1:12:2], strict=True):
        tell_each_other(one, other)

    plan, round_ = plan_of_day(learner, NOW), plan_review(learner, NOW)

    assert plan.total == len(round_.remaining)
    # Of each pair one waits for another day; new facts take the places of those that wait.
    assert (plan.due, plan.fresh) == (8, 4)


def test_a_day_that_is_done_announces_nothing_more(learner, topic):
    versions = [make_version(topic) for _ in range(30)]
    memories = [remembered(learner, version) for version in versions]
    held = plan_review(learner, NOW).remaining
    assert len(held) == 12
    done = [row.pk for row, version in zip(memories, versions, strict=True)
            if version.question.public_id in held]  # fmt: skip
    for half, left in ((6, 6), (12, 0)):
        Memory.objects.filter(pk__in=done[:half]).update(last_day=NOW.date(), rated=2)
        assert plan_of_day(learner, NOW).total == len(plan_review(learner, NOW).remaining) == left
    assert plan_of_day(learner, NOW, days_ahead=1).total == 12


@pytest.mark.parametrize("number", [5, 10, 20])
def test_a_quiz_holds_as_many_questions_as_were_asked_for(learner, topic, number):
    versions = [make_version(topic) for _ in range(40)]
    for one, other in zip(versions[0:40:2], versions[1:40:2], strict=True):
        tell_each_other(one, other)

    assert len(set(plan_quiz(learner, topic, NOW, number=number))) == number


def answered_today(learner, version):
    AnswerFactory(learner=learner, version=version, presented_at=NOW, answered_at=NOW)


def test_what_was_told_today_gives_its_place_to_another(learner, topic):
    versions = [make_version(topic) for _ in range(14)]
    for version in versions[:13]:
        remembered(learner, version)
    tell_each_other(versions[0], versions[13])
    answered_today(learner, versions[13])
    plan = plan_review(learner, NOW).remaining
    assert {*plan} == names(versions[1:13])


def test_of_two_facets_due_of_a_fact_one_waits_and_the_day_is_full(learner, topic):
    fact = FactFactory(topic=topic)
    for facet in ("identity", "date"):
        remembered(learner, make_version(topic, fact=fact, facet=facet))
    for _ in range(11):
        remembered(learner, make_version(topic))
    assert plan_of_day(learner, NOW).due == 12


def test_another_question_about_a_fact_stands_in_for_one_that_tells(learner, topic):
    one, other = make_version(topic), make_version(topic)
    tell_each_other(one, other)
    stand_in = make_version(topic, "typed", fact=one.question.fact)
    for version in (one, other):
        remembered(learner, version, last_form="typed")
    assert asked(plan_review(learner, NOW)) == names([stand_in, other])


def test_a_begun_day_keeps_its_new_facts_when_one_was_met(learner, topic):
    versions = [make_version(topic) for _ in range(9)]
    remembered(learner, versions[0])
    begun = start_review(learner=learner, now=NOW).remaining
    assert len(begun) == 5
    met = next(row for row in versions[1:] if row.question.public_id == begun[1])
    remembered(learner, met, days_ago=0, due_in=3)
    answered_today(learner, met)
    later = NOW + timedelta(hours=3)
    assert plan_of_day(learner, later).total == 4
    assert start_review(learner=learner, now=later).remaining == (begun[0], *begun[2:])


def test_a_begun_day_takes_nothing_on_that_comes_due_in_it(learner, topic):
    remembered(learner, make_version(topic))
    start_review(learner=learner, now=NOW)
    remembered(learner, make_version(topic))
    assert plan_of_day(learner, NOW).total == 1
    assert plan_of_day(learner, NOW, days_ahead=1).total == 2


def test_what_was_met_and_not_rated_is_a_review_and_not_new(learner, topic):
    version = make_version(topic)
    remembered(learner, version, stability=None, difficulty=None, last_rating=None,
               last_rated_day=None, rated=0)  # fmt: skip
    plan = plan_of_day(learner, NOW)
    assert (plan.due, plan.fresh) == (1, 0)


def test_what_was_only_asked_to_be_said_more_clearly_is_still_new(learner, topic):
    """Whoever closes the page there would else never be asked it again."""
    version = make_version(topic)
    remembered(learner, version, stability=None, difficulty=None, last_rating=None, due_at=None,
               last_rated_day=None, last_day=None, rated=0, last_form="", asked_again=True)  # fmt: skip
    assert asked(plan_round(learner, topic, NOW, kind=Kind.ROUND)) == names([version])
    assert plan_of_day(learner, NOW).due == 0


def test_what_was_left_out_is_not_announced_again_that_day(tab, learner, topic):
    grave, other = make_version(topic, grave=True), make_version(topic)
    now = timezone.now()
    for version in (grave, other):
        remembered(learner, version, due_at=now - timedelta(days=1))
    page = tab.get(tab.post(reverse("quiz:review-start")).url)
    if grave.stem not in html(page):
        page = tab.right(page, other)
    tab.answer(page, leave_out="1")
    assert grave.question.public_id not in asked(plan_review(learner, now))
    assert plan_of_day(learner, now, days_ahead=1).total >= 1


@pytest.mark.parametrize("leave_out", [True, False])
def test_a_day_of_grave_facts_only_is_empty_where_they_are_left_out(learner, topic, leave_out):
    learner.leave_out_grave = leave_out
    learner.save()
    remembered(learner, make_version(topic, grave=True))
    make_version(topic, grave=True)
    assert plan_of_day(learner, NOW).total == (0 if leave_out else 2)
    assert (plan_review(learner, NOW).next is None) is leave_out
    assert (next_words(learner, NOW) == "") is leave_out


def test_the_day_lasts_until_its_hour_in_the_learners_own_zone(topic):
    """1:30 at night in Seoul, with a day that begins at four, is the evening before."""
    learner = UserFactory(time_zone="Asia/Seoul", day_start=4)
    version = make_version(topic)
    night = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    remembered(learner, version, last_day=date(2026, 3, 2), due_at=NOW)
    assert plan_of_day(learner, night).total == 0
    assert plan_of_day(learner, night + timedelta(hours=3)).due == 1


@pytest.mark.parametrize("form", ["choice", "flashcard"])
@pytest.mark.parametrize("leave_out", [True, False])
def test_the_next_day_is_one_on_which_something_can_be_asked(learner, topic, form, leave_out):
    learner.leave_out_grave = leave_out
    learner.save()
    remembered(learner, make_version(topic, form, grave=True), due_in=3)
    remembered(learner, make_version(topic), due_in=5)
    comes_first = form == "choice" and not leave_out
    assert next_words(learner, NOW) == f"in {3 if comes_first else 5} days, 1 question"


def test_a_second_round_asks_what_the_first_one_told_only_if_nothing_else_is_left(learner, topic):
    first, told, *others = [make_version(topic) for _ in range(4)]
    tell_each_other(first, told)
    remembered(learner, first, days_ago=0, due_in=3)
    answered_today(learner, first)
    order = plan_round(learner, topic, NOW, kind=Kind.ROUND).remaining
    assert {*order[:2]} == names(others)
    assert order[2:] == (told.question.public_id,)


def test_a_topic_of_one_fact_makes_rounds_and_days_of_one_question(learner, topic):
    version = make_version(topic)
    assert len(plan_round(learner, topic, NOW, kind=Kind.FIRST).remaining) == 1
    assert plan_of_day(learner, NOW).total == 0  # no topic was begun
    remembered(learner, version, days_ago=0, due_in=2)
    assert plan_of_day(learner, NOW).total == 0
    assert plan_round(learner, topic, NOW, kind=Kind.ROUND).next is None
    assert next_words(learner, NOW) == "in 2 days, 1 question"
