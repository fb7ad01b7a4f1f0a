"""“I was right”: the learner's own schedule believes it, nothing that a teacher sees does."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from quiz.corrections.models import Report
from quiz.learning.actions import start_attempt
from quiz.learning.days_folding import days_of, fold_days
from quiz.learning.models import Answer, Memory, Recall, Slot
from quiz.learning.reliving import relived
from quiz.learning.remembering import NOTHING
from quiz.reports.set_report import learner_row, learner_rows, question_reports
from tests.factories import (
    QuestionSetFactory,
    SetItemFactory,
    TopicFactory,
    UserFactory,
)
from tests.learning.class_of_one import (
    HTMX,
    Browser,
    html,
    make_version,
    stem_on,
    token_on,
    waiting,
)
from tests.learning.test_answers import start_with

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
RIGHT, WRONG, PARTLY, UNCLEAR = "April 2025", "May 2025", "2025", "4/2025 or 5/2025"
NOT_REMEMBERED = {"id", "learner_id", "seq"}


@pytest.fixture
def topic(db):
    return TopicFactory(slug="a-topic")


@pytest.fixture
def learner(db):
    return UserFactory(time_zone="Europe/Berlin")


@pytest.fixture
def typed(topic):
    return make_version(topic, "typed", facet="date", fact=None)


def answer(learner, version, text, day=0.0, **browser):
    """Answer in a round of one question; return the page of the feedback."""
    with time_machine.travel(START + timedelta(days=day), tick=False):
        tab = Browser(learner, **browser)
        page = tab.get(start_with(tab, learner, version))
        given = {"dont_know": "1"} if text is None else {"text": text}
        reply = tab.answer(page, **given)
        if text == UNCLEAR:
            return reply
        assert reply.status_code in {200, 303}, html(reply)
        return reply


def claim(learner, nonce=None, day=0.0, at="", **browser):
    nonce = nonce or Answer.objects.filter(learner=learner).latest("pk").nonce
    with time_machine.travel(START + timedelta(days=day), tick=False):
        tab = Browser(learner, **browser)
        return tab.post(reverse("quiz:answer-right", args=[nonce]), {"at": at})


def memory_of(learner):
    row = Memory.objects.filter(learner=learner).values().get()
    return {name: value for name, value in row.items() if name not in NOT_REMEMBERED}


def offered(page):
    return ">I was right<" in html(page)


# What the learner's own schedule makes of it


@pytest.mark.parametrize("refused", [WRONG, PARTLY])
def test_the_memory_is_as_if_the_answer_had_been_accepted(topic, learner, typed, refused):
    other = UserFactory(time_zone=learner.time_zone)
    story = [(RIGHT, 0), (refused, 4), (WRONG, 4.1), (RIGHT, 30)]
    for text, day in story:
        answer(learner, typed, text, day)
        answer(other, typed, RIGHT if text == refused and day == 4 else text, day)
    second = Answer.objects.filter(learner=learner).order_by("pk")[1]
    assert memory_of(learner) != memory_of(other)
    assert claim(learner, second.nonce, day=31).status_code == 200
    assert memory_of(learner) == memory_of(other)


@pytest.mark.parametrize("claimed", [(0,), (1,), (2,), (0, 1), (2, 0), (2, 1, 0)])
def test_the_replay_of_the_recalls_is_the_memory(topic, learner, typed, claimed):
    for text, day in ((WRONG, 0), (PARTLY, 1), (WRONG, 1.1), (RIGHT, 1.2), (None, 9)):
        answer(learner, typed, text, day)
    nonces = list(Answer.objects.order_by("pk").values_list("nonce", flat=True))
    for place in claimed:
        assert claim(learner, nonces[place], day=10).status_code == 200
    stored = list(Recall.objects.order_by("seq"))
    before = [(row.seq, row.rating) for row in stored]
    trace, memory = relived(stored), Memory.objects.get()
    assert [(row.seq, row.rating) for row in stored] == before
    assert trace != NOTHING
    assert (trace.rated, trace.lapses, trace.recalled_days) == (
        memory.rated, memory.lapses, memory.recalled_days,
    )  # fmt: skip
    assert memory.seq == trace.seq + len(claimed)  # each claim moves the lock on
    assert (trace.state.stability, trace.state.difficulty, trace.state.last_day) == (
        memory.stability, memory.difficulty, memory.last_rated_day,
    )  # fmt: skip
    assert (trace.last_grade, trace.last_day) == (memory.last_rating, memory.last_day)


def test_a_second_try_that_is_counted_is_worth_what_a_second_try_is_worth(learner, typed):
    tab = Browser(learner)
    again = answer(learner, typed, UNCLEAR)
    with time_machine.travel(START, tick=False):
        tab.answer(again, text=WRONG)
    claim(learner)
    assert list(Recall.objects.order_by("seq").values_list("verdict", "rating")) == [
        ("ask_again", None), ("accept", 2),
    ]  # fmt: skip


def test_days_that_were_folded_with_the_miss_are_counted_anew(learner, typed):
    answer(learner, typed, WRONG)
    answer(learner, typed, RIGHT, day=3)
    later = START + timedelta(days=8)
    fold_days(learner=learner, now=later)
    claim(learner, Answer.objects.earliest("pk").nonce, day=8)
    assert [(row.answered, row.right) for row in days_of(learner)] == [(1, 1), (1, 1)]
    fold_days(learner=learner, now=later)
    assert [(row.answered, row.right) for row in days_of(learner)] == [(1, 1), (1, 1)]


# What a person is told


def test_a_report_lands_on_the_fact_with_what_was_seen_and_given(learner, typed):
    answer(learner, typed, WRONG)
    reply = claim(learner)
    report = Report.objects.get()
    assert "A person reads what you gave." in html(reply)
    assert (report.fact, report.version, report.given) == (
        typed.question.fact, typed, {"text": WRONG},
    )  # fmt: skip
    assert (report.kind, report.state, report.learner) == ("should-count", "open", learner)


def test_counting_it_twice_changes_nothing_more(learner, typed):
    answer(learner, typed, WRONG)
    claim(learner)
    before = memory_of(learner)
    again = claim(learner, day=5)
    assert again.status_code == 200
    assert not offered(again)
    assert memory_of(learner) == before
    assert Report.objects.count() == 1


def test_what_the_learner_adds_afterwards_joins_the_report(learner, typed):
    answer(learner, typed, WRONG)
    claim(learner)
    nonce = Answer.objects.get().nonce
    data = {"nonce": nonce, "kind": "should-count", "message": "It began in May."}
    Browser(learner).post(reverse("quiz:report-list"), data)
    Browser(learner).post(reverse("quiz:report-list"), data | {"message": "Or did it?"})
    assert Report.objects.get().message == "It began in May."


# To whom and where it is offered


def test_it_is_offered_on_what_was_typed_and_not_accepted(learner, typed):
    for text, is_offered in ((WRONG, True), (PARTLY, True), (RIGHT, False), (None, False)):
        assert offered(answer(learner, typed, text)) == is_offered, text


@pytest.mark.parametrize("form", ["choice", "estimate", "matching"])
def test_it_is_not_offered_on_what_was_not_typed_freely(learner, topic, form):
    version = make_version(topic, form)
    tab = Browser(learner)
    reply = tab.wrong(tab.get(start_with(tab, learner, version)), version)
    assert not offered(reply)
    assert claim(learner, Answer.objects.get().nonce).status_code == 400
    assert not Report.objects.exists()


def test_nobody_counts_anothers_answer(learner, typed):
    answer(learner, typed, WRONG)
    nonce = Answer.objects.get().nonce
    assert claim(UserFactory(), nonce).status_code == 404
    assert claim(learner, "n" * 43).status_code == 404
    assert Recall.objects.get().verdict == "reject"


def test_without_script_it_leads_back_to_the_feedback(learner, typed):
    page = answer(learner, typed, WRONG, htmx=False)
    tab = Browser(learner, htmx=False)
    with time_machine.travel(START, tick=False):
        feedback = tab.get(page.url)
        assert offered(feedback)
        at = re.search(r'name="at" value="([^"]+)"', html(feedback))[1]
        reply = claim(learner, at=at, htmx=False)
        assert reply.status_code == 303
        after = tab.get(reply.url)
    assert "Counted as right" in html(after)
    assert not offered(after)
    assert "data-next" in html(after)


# In a round


def test_in_a_round_the_miss_no_longer_returns(learner, topic, typed):
    tab, following = Browser(learner), make_version(topic)
    page = tab.get(start_with(tab, learner, typed, rest=[following]))
    reply = tab.answer(page, text=WRONG)
    # A fragment holds no second copy of the round: the address of the page carries it.
    assert 'name="at"' not in html(reply)
    page_url = f"https://testserver{reply['HX-Replace-Url']}"
    after = tab.client.post(
        reverse("quiz:answer-right", args=[Answer.objects.get().nonce]),
        headers=HTMX | {"HX-Current-URL": page_url},
    )
    assert "1 of 2" in html(after)
    assert stem_on(waiting(after)) == following.stem
    end = tab.right(after, following)
    assert "See how it went" in html(end)
    done = tab.get(re.search(r'href="([^"]+)" data-next', html(end))[1].replace("&amp;", "&"))
    assert "Both." in html(done)


def test_a_return_that_is_counted_leaves_the_first_miss_marked(learner, typed):
    tab = Browser(learner)
    reply = tab.answer(tab.get(start_with(tab, learner, typed)), text=WRONG)
    again = tab.answer(reply, text=PARTLY)
    after = tab.post(
        reverse("quiz:answer-right", args=[Answer.objects.latest("pk").nonce]),
        {"at": token_on(waiting(again))},
    )
    assert "See how it went" in html(after)
    done = tab.get(re.search(r'href="([^"]+)" data-next', html(after))[1].replace("&amp;", "&"))
    assert "None of one." in html(done)


def test_a_damaged_way_on_is_refused_and_anothers_is_hidden(learner, typed):
    answer(learner, typed, WRONG)
    foreign = UserFactory()
    other = Browser(foreign).get(start_with(None, foreign, typed))
    assert claim(learner, at="nonsense").status_code == 400
    assert claim(learner, at=token_on(other)).status_code == 404
    assert not Report.objects.exists()


# In a set


def taken(learner, topic, *, at_end):
    version = make_version(topic, "typed", facet="date")
    question_set = QuestionSetFactory(topic=topic, status="published", feedback_at_end=at_end)
    SetItemFactory(question_set=question_set, question=version.question)
    attempt = start_attempt(learner=learner, question_set=question_set, now=START)
    tab = Browser(learner)
    with time_machine.travel(START, tick=False) as clock:
        page = tab.get(reverse("quiz:attempt-detail", args=[attempt.public_id]))
        clock.shift(20)  # who answers at once is taken for guessing
        reply = tab.answer(page, text=WRONG)
        if at_end:
            tab.post(reverse("quiz:attempt-finish", args=[attempt.public_id]))
    return question_set, reply


def figures(question_set):
    [report] = question_reports(question_set)
    row = learner_row(learner_rows(question_set).get())
    return report.n, report.facility, report.choices, row.points, row.answered


def test_the_figures_of_a_class_stay_as_they_were_graded(learner, topic):
    question_set, reply = taken(learner, topic, at_end=False)
    before = figures(question_set)
    assert offered(reply)
    assert "1 of 1" in html(claim(learner))
    assert figures(question_set) == before
    assert before[:2] == (1, 0.0)
    assert (Slot.objects.get().verdict, Answer.objects.get().verdict) == ("reject", "reject")
    assert Memory.objects.get().last_rating == 3


def test_in_a_test_with_feedback_at_the_end_nothing_is_counted_beforehand(learner, topic):
    _, reply = taken(learner, topic, at_end=True)
    nonce = Answer.objects.get().nonce
    assert not offered(reply)
    assert not offered(Browser(learner).get(reverse("quiz:answer-detail", args=[nonce])))
    assert claim(learner, nonce).status_code == 400
    assert Memory.objects.get().last_rating == 1
