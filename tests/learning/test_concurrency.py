"""Many browsers at the same moment: one of them is stored, all of them are answered."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from quiz.learning.actions import start_attempt
from quiz.learning.answering import How, _Step, answer
from quiz.learning.claiming import put_right
from quiz.learning.days import day_of
from quiz.learning.memory import Grade, replay
from quiz.learning.models import Answer, Attempt, Memory, Recall, Slot
from quiz.learning.rating import cap
from quiz.learning.reliving import relived
from quiz.learning.tokens import unseal
from tests.factories import QuestionSetFactory, SetItemFactory, TopicFactory, UserFactory
from tests.learning.class_of_one import Browser, make_version, posted, token_on
from tests.learning.test_answers import start_with

pytestmark = pytest.mark.django_db(transaction=True)
TABS = 8


def at_once(calls):
    """Run the calls in threads that start together; return their results."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait()
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def topic():
    return TopicFactory(slug="a-topic")


@pytest.fixture
def learner():
    return UserFactory()


def tabs_on(learner, url, count=TABS):
    browsers = [Browser(learner) for _ in range(count)]
    return [(browser, browser.get(url)) for browser in browsers]


def statuses(tabs, data):
    calls = [
        lambda b=browser, p=page, d=given: b.answer(p, **d).status_code
        for (browser, page), given in zip(tabs, data, strict=True)
    ]
    return at_once(calls)


def consistent(learner):
    """Every memory is what its recalls replayed lead to, and its lock counts them."""
    for memory in Memory.objects.filter(learner=learner):
        recalls = Recall.objects.filter(
            learner=learner, fact=memory.fact, facet=memory.facet
        ).order_by("seq")
        assert [recall.seq for recall in recalls] == list(range(1, memory.seq + 1))
        rated = [recall for recall in recalls if recall.rating]
        state = replay((Grade(row.rating), row.day, cap(row.form, 0)) for row in rated)
        assert memory.stability == (state.stability if state else None)
        assert memory.rated == len(rated)


@pytest.mark.parametrize("form", ["choice", "matching"])
def test_the_same_answer_from_many_tabs_is_stored_once(learner, topic, form):
    version, following = make_version(topic, form), make_version(topic)
    url = start_with(None, learner, version, rest=[following])
    tabs = tabs_on(learner, url)
    found = statuses(tabs, [posted(page, version, "right") for _, page in tabs])
    assert found == [200] * TABS
    assert Answer.objects.count() == 1
    consistent(learner)


@pytest.mark.parametrize("form", ["choice", "matching"])
def test_of_different_answers_from_many_tabs_one_stands(learner, topic, form):
    version, following = make_version(topic, form), make_version(topic)
    url = start_with(None, learner, version, "review", rest=[following])
    tabs = tabs_on(learner, url)
    which = ["right", "wrong"] * (TABS // 2)
    found = statuses(
        tabs, [posted(page, version, one) for (_, page), one in zip(tabs, which, strict=True)]
    )
    assert sorted(set(found)) == [200, 409]
    stored = Answer.objects.get()
    won = "right" if stored.verdict == "accept" else "wrong"
    assert [status == 200 for status in found] == [one == won for one in which]
    consistent(learner)


def test_different_questions_about_one_fact_never_count_twice_for_one_state(learner, topic):
    version = make_version(topic, "matching")
    facts = [use.fact for use in version.uses.all()]
    others = [make_version(topic, fact=fact) for fact in facts]
    tabs = []
    for asked in (version, *others):
        tabs += [(asked, *tab) for tab in tabs_on(learner, start_with(None, learner, asked), 2)]
    calls = [
        lambda b=browser, p=page, v=asked: b.right(p, v).status_code
        for asked, browser, page in tabs
    ]
    found = at_once(calls)
    assert set(found) <= {200, 409}
    # The matching alone may have been first for all of its facts.
    assert Answer.objects.count() >= 1
    consistent(learner)


def lived_anew():
    """The state that the recalls lead to, which is what must be remembered."""
    trace = relived(list(Recall.objects.order_by("seq")))
    return (trace.state.stability, trace.due_day, trace.rated, trace.lapses)


def remembered(memory, learner):
    day = day_of(memory.due_at, ZoneInfo(learner.time_zone), learner.day_start)
    return (memory.stability, day, memory.rated, memory.lapses)


@pytest.fixture
def missed(learner, topic):
    """A typed answer that was refused, and a page on which the fact is asked again."""
    version = make_version(topic, "typed")
    tab = Browser(learner)
    tab.wrong(tab.get(start_with(None, learner, version)), version)
    page = tab.get(start_with(None, learner, make_version(topic, fact=version.question.fact)))
    return Answer.objects.get(), page


def test_what_was_read_before_i_was_right_is_not_stored_after_it(learner, missed):
    stored, page = missed
    now = timezone.now()
    token = unseal(token_on(page), learner.public_id, now)
    step = _Step.read(learner, token, now)
    assert put_right(answer=stored)
    assert step.answer_once({"choice": 0}) is None
    found = answer(learner=learner, token=token, posted=QueryDict("choice=0"), now=now)
    assert found.how is How.MOVED_ON
    memory = Memory.objects.get()
    assert remembered(memory, learner) == lived_anew()
    assert Answer.objects.count() == 1


def test_i_was_right_beside_answers_from_many_tabs_is_not_lost(learner, missed):
    stored, page = missed
    calls = [lambda: Browser(learner).answer(page, choice="0").status_code for _ in range(4)]
    found = at_once([lambda: put_right(answer=stored), *calls])
    assert found[0] is True
    assert set(found[1:]) <= {200, 409}
    memory = Memory.objects.get()
    assert remembered(memory, learner) == lived_anew()
    assert memory.last_rating == Grade.GOOD


def test_a_slot_answered_from_many_tabs_is_closed_once(learner, topic):
    attempt = begun(learner, topic)
    tabs = tabs_on(learner, reverse("quiz:attempt-detail", args=[attempt.public_id]))
    version = Slot.objects.get(n=1).version
    which = ["right", "wrong"] * (TABS // 2)
    found = statuses(
        tabs, [posted(page, version, one) for (_, page), one in zip(tabs, which, strict=True)]
    )
    assert sorted(set(found)) == [200, 409]
    assert Answer.objects.count() == 1
    assert Slot.objects.get(n=1).verdict == Answer.objects.get().verdict
    consistent(learner)


def begun(learner, topic, **extra):
    question_set = QuestionSetFactory(topic=topic, status="published", **extra)
    for _ in range(2):
        SetItemFactory(question_set=question_set, question=make_version(topic).question)
    return start_attempt(learner=learner, question_set=question_set, now=timezone.now())


def test_starts_at_once_begin_one_attempt(learner, topic):
    question_set = QuestionSetFactory(topic=topic, status="published")
    SetItemFactory(question_set=question_set, question=make_version(topic).question)
    now = timezone.now()
    found = at_once(
        [lambda: start_attempt(learner=learner, question_set=question_set, now=now).pk] * TABS
    )
    assert len(set(found)) == 1
    assert Attempt.objects.count() == Slot.objects.count() == 1


@pytest.mark.parametrize("at_end", [False, True])
def test_finishing_while_saving_loses_no_acknowledged_answer(learner, topic, at_end):
    attempt = begun(learner, topic, feedback_at_end=at_end)
    tabs = tabs_on(learner, reverse("quiz:attempt-detail", args=[attempt.public_id]), 5)
    finish = reverse("quiz:attempt-finish", args=[attempt.public_id])
    version = Slot.objects.get(n=1).version
    saves = [lambda b=browser, p=page: b.right(p, version).status_code for browser, page in tabs]
    ends = [lambda: Browser(learner).post(finish).status_code for _ in range(3)]
    found = at_once(saves + ends)
    assert found[5:] == [303] * 3
    assert set(found[:5]) <= {200, 410}
    acknowledged = 200 in found[:5]
    assert Answer.objects.count() == acknowledged
    assert (Slot.objects.get(n=1).score == 1) == acknowledged
    assert Memory.objects.count() == acknowledged
    consistent(learner)


def test_an_exam_answer_changed_from_many_tabs_keeps_every_try(learner, topic):
    attempt = begun(learner, topic, feedback_at_end=True)
    tabs = tabs_on(learner, reverse("quiz:attempt-detail", args=[attempt.public_id]), 4)
    version = Slot.objects.get(n=1).version
    which = ["right", "wrong"] * 2
    found = statuses(
        tabs, [posted(page, version, one) for (_, page), one in zip(tabs, which, strict=True)]
    )
    assert set(found) == {200}
    tries = list(Answer.objects.order_by("try_no"))
    assert [row.try_no for row in tries] == list(range(1, len(tries) + 1))
    assert Slot.objects.get(n=1).verdict == tries[-1].verdict
