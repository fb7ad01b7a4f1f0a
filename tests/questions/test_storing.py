from datetime import UTC, datetime, timedelta

import pytest

from quiz.facts.models import Fact
from quiz.questions.actions import generate_questions, hold_stale
from quiz.questions.models import Question, QuestionFact, QuestionVersion
from tests.factories import FactFactory
from tests.questions.test_forms import make
from tests.questions.test_says_so import DATED, UNDATED
from tests.synthetic import make_base
from tests.synthetic_rows import store_base

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def topic():
    return store_base(make_base(120, seed=3))


def digests():
    rows = QuestionVersion.objects.exclude(state="replaced").values_list(
        "question__fact__slug", "question__facet", "question__form", "question__variant", "digest"
    )
    return sorted(rows)


def test_a_second_run_writes_nothing(topic):
    first = generate_questions(topic=topic, now=NOW)
    before = digests()
    second = generate_questions(topic=topic, now=NOW + timedelta(days=1))

    assert first.new.total() == second.unchanged.total() > 200
    assert not second.new
    assert not second.changed
    assert not second.retired
    assert digests() == before
    assert QuestionVersion.objects.count() == first.new.total()


def test_every_option_that_borrows_a_fact_is_on_record(topic):
    generate_questions(topic=topic, now=NOW)

    for version in QuestionVersion.objects.filter(question__form="choice"):
        lent = {option["from_fact"] for option in version.options if option["from_fact"]}
        used = {f"{topic.slug}/{use.fact.slug}" for use in version.uses.select_related("fact")}
        assert lent <= used


def test_a_changed_label_rewrites_only_what_shows_it(topic):
    generate_questions(topic=topic, now=NOW)
    fact = Fact.objects.filter(kind="identity").first()
    Fact.objects.filter(pk=fact.pk).update(stem="Where on earth was it?", revision=2)

    summary = generate_questions(topic=topic, now=NOW, facts=[f"{topic.slug}/{fact.slug}"])

    changed = QuestionVersion.objects.filter(n=2)
    assert summary.changed.total() == changed.count() > 0
    assert {version.question.fact_id for version in changed} == {fact.pk}
    old = QuestionVersion.objects.filter(question__fact=fact, n=1)
    assert {version.state for version in old.filter(question__in=changed.values("question"))} == {
        "replaced"
    }
    assert QuestionVersion.objects.served().filter(question__fact=fact).exists()


def test_a_fact_that_is_no_longer_asked_retires_its_questions_and_comes_back(topic):
    generate_questions(topic=topic, now=NOW)
    fact = Fact.objects.filter(kind="figure").first()
    Fact.objects.filter(pk=fact.pk).update(not_asked="set aside")
    generate_questions(topic=topic, now=NOW, facts=[f"{topic.slug}/{fact.slug}"])
    assert not Question.objects.served().filter(fact=fact).exists()

    Fact.objects.filter(pk=fact.pk).update(not_asked="")
    generate_questions(topic=topic, now=NOW, facts=[f"{topic.slug}/{fact.slug}"])
    assert Question.objects.served().filter(fact=fact).exists()


def test_what_a_fact_touches_is_held_in_few_queries(topic, django_assert_max_num_queries):
    generate_questions(topic=topic, now=NOW)
    use = QuestionFact.objects.filter(role="distractor").first()

    with django_assert_max_num_queries(11):
        count = hold_stale(fact_ids=[use.fact_id])

    assert count > 0
    assert not QuestionVersion.objects.served().filter(uses__fact=use.fact_id).exists()
    assert QuestionVersion.objects.get(pk=use.version_id).state == "stale"


def test_a_later_run_takes_up_what_an_edit_left_stale(topic):
    generate_questions(topic=topic, now=NOW)
    served = QuestionVersion.objects.served().count()
    hold_stale(fact_ids=Fact.objects.values_list("pk", flat=True)[:5])
    assert QuestionVersion.objects.served().count() < served

    generate_questions(topic=topic, now=NOW, facts=[])

    assert QuestionVersion.objects.served().count() == served
    assert not QuestionVersion.objects.filter(n=2).exists()


def test_words_said_to_be_undated_are_held_once_a_fact_has_to_do_with_their_speaker():
    topic = store_base(make(*DATED, *UNDATED).base)
    generate_questions(topic=topic, now=NOW)
    served = QuestionVersion.objects.served()
    version = served.filter(question__form="says-so", expected__right=[2]).first()
    speaker = version.question.fact.voices.get().entity
    visit = FactFactory(topic=topic, subject=speaker)

    hold_stale(fact_ids=[visit.pk])

    assert not served.filter(pk=version.pk).exists()
    others = served.filter(question__form="says-so").exclude(question__fact__voices__entity=speaker)
    assert others.exists()
