"""Quizzes: a sitting of a set or of a topic's questions, from the start to its result."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from quiz.learning.actions import finish_attempt, start_attempt
from quiz.learning.models import Answer, Attempt, Memory, Recall, Slot
from tests.factories import (
    AssignmentFactory,
    QuestionSetFactory,
    SetItemFactory,
    UserFactory,
)
from tests.learning.class_of_one import Browser, html, make_version, stem_on, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def question_set(topic, versions):
    return set_of(topic, versions)


def set_of(topic, versions, **extra):
    question_set = QuestionSetFactory(topic=topic, status="published", **extra)
    for version in versions:
        SetItemFactory(question_set=question_set, question=version.question)
    return question_set


def begun(learner, question_set, **extra):
    return start_attempt(learner=learner, question_set=question_set, now=timezone.now(), **extra)


def url_of(attempt, name="attempt-detail"):
    return reverse(f"quiz:{name}", args=[attempt.public_id])


def test_a_quiz_of_a_topic_is_chosen_played_and_ends_with_its_result(tab, topic, versions):
    response = tab.post(reverse("quiz:quiz-new", args=[topic.slug]), {"number": 5})
    assert response.status_code == 303
    page = tab.get(response.url)
    assert "1 of 3" in html(page)
    page = tab.answer_text(page, "Kursk")
    assert "Right." in html(page)
    assert "2 of 3" in waiting(page)
    page = tab.answer_text(page, "Pyongyang")
    page = tab.answer(page, dont_know="1")
    assert "To the end" in html(page)
    attempt = Attempt.objects.get()
    assert "That was the last question" in html(tab.get(url_of(attempt) + "?end"))
    response = tab.post(url_of(attempt, "attempt-finish"))
    assert response.status_code == 303
    result = html(tab.get(response.url))
    assert "One of three" in result
    assert result.count("South Korean intelligence") == 3
    assert list(Slot.objects.values_list("verdict", "score")) == [
        ("accept", 1.0),
        ("reject", 0.0),
        ("reject", 0.0),
    ]


def test_the_same_choice_sent_twice_begins_one_quiz(tab, topic, versions):
    url = reverse("quiz:quiz-new", args=[topic.slug])
    first, second = tab.post(url, {"number": 5}), tab.post(url, {"number": 5})
    assert first.url == second.url
    assert Attempt.objects.count() == 1


def test_a_quiz_on_another_part_is_another_quiz(tab, topic):
    versions = [make_version(topic) for _ in range(2)]
    url = reverse("quiz:quiz-new", args=[topic.slug])
    parts = [version.question.fact.thread.slug for version in versions]
    with time_machine.travel("2026-03-02T10:00:00Z", tick=False):
        first = tab.post(url, {"number": 5, "threads": parts[0]})
    with time_machine.travel("2026-03-02T10:01:00Z", tick=False):
        second = tab.post(url, {"number": 5, "threads": parts[1]})
    assert first.url != second.url
    assert {slot.version for slot in Slot.objects.all()} == {*versions}


@pytest.mark.parametrize(
    "data", [{}, {"number": "7"}, {"number": "x"}, {"number": 5, "threads": "no"}]
)
def test_a_choice_that_cannot_be_is_told_what_is_missing(tab, topic, versions, data):
    response = tab.post(reverse("quiz:quiz-new", args=[topic.slug]), data)
    assert response.status_code == 422
    assert "Choose" in html(response)
    assert not Attempt.objects.exists()


def test_a_quiz_can_keep_to_a_part_of_the_story(tab, topic, thread):
    wanted = make_version(topic)
    make_version(topic)
    tab.post(
        reverse("quiz:quiz-new", args=[topic.slug]),
        {"number": 5, "threads": wanted.question.fact.thread.slug},
    )
    assert [slot.version for slot in Slot.objects.all()] == [wanted]


def test_an_attempt_belongs_to_its_learner_alone(learner, question_set):
    attempt = begun(learner, question_set)
    stranger = Browser(UserFactory())
    assert stranger.get(url_of(attempt)).status_code == 404
    assert stranger.get(url_of(attempt, "attempt-result")).status_code == 404
    assert stranger.post(url_of(attempt, "attempt-finish")).status_code == 404
    assert Attempt.objects.get().state == "open"


def test_starting_again_goes_on_with_what_is_open(learner, question_set):
    assert begun(learner, question_set) == begun(learner, question_set)


def test_a_question_of_the_attempt_can_be_reached_again_and_tells_what_stands(
    tab, learner, question_set
):
    attempt = begun(learner, question_set)
    tab.answer_text(tab.get(url_of(attempt)), "Kursk")
    assert "2 of 3" in html(tab.get(url_of(attempt)))
    first = html(tab.get(url_of(attempt) + "?n=1"))
    assert "Right." in first
    assert 'name="token"' not in first


def test_the_same_slot_in_two_tabs_is_answered_once(learner, question_set):
    attempt = begun(learner, question_set)
    one, other = Browser(learner), Browser(learner)
    first, second = one.get(url_of(attempt)), other.get(url_of(attempt))
    assert one.answer_text(first, "Pyongyang").status_code == 200
    assert other.answer_text(second, "Kursk").status_code == 409
    assert other.answer_text(second, "Pyongyang").status_code == 200
    assert Answer.objects.get().verdict == "reject"
    assert Slot.objects.get(n=1).score == 0


def test_the_same_question_in_two_attempts_is_answered_twice(tab, learner, question_set):
    first = begun(learner, question_set)
    tab.answer_text(tab.get(url_of(first)), "Kursk")
    tab.post(url_of(first, "attempt-finish"))
    second = begun(learner, question_set)
    assert second != first
    assert tab.answer_text(tab.get(url_of(second)), "Kursk").status_code == 200
    assert Answer.objects.count() == 2


def test_a_finished_attempt_takes_no_answer(tab, learner, question_set):
    attempt = begun(learner, question_set)
    page = tab.get(url_of(attempt))
    tab.post(url_of(attempt, "attempt-finish"))
    response = tab.answer_text(page, "Kursk")
    assert response.status_code == 410
    assert "closed" in html(response)
    assert not Answer.objects.exists()


def test_what_was_stored_before_the_end_is_still_acknowledged_after_it(tab, learner, question_set):
    attempt = begun(learner, question_set)
    page = tab.get(url_of(attempt))
    tab.answer_text(page, "Kursk")
    tab.post(url_of(attempt, "attempt-finish"))
    assert tab.answer_text(page, "Kursk").status_code == 200
    assert tab.answer_text(page, "Pyongyang").status_code == 409


def test_an_assignment_takes_answers_until_it_closes(tab, learner, question_set):
    assignment = AssignmentFactory(
        question_set=question_set, closes_at=timezone.now() + timedelta(minutes=5)
    )
    attempt = begun(learner, question_set, assignment=assignment)
    page = tab.get(url_of(attempt))
    page = tab.answer_text(page, "Kursk")
    assignment.closes_at = timezone.now() - timedelta(seconds=1)
    assignment.save()
    assert tab.answer_text(page, "Kursk").status_code == 410
    assert Answer.objects.count() == 1


def test_a_grave_question_of_a_set_is_left_out_without_effect_on_the_result(tab, learner, topic):
    versions = [make_version(topic, "which-hedge", grave=True), make_version(topic)]
    attempt = begun(learner, set_of(topic, versions))
    page = tab.answer(tab.get(url_of(attempt)), leave_out="1")
    assert stem_on(page) == versions[1].stem
    tab.answer_text(page, "Kursk")
    tab.post(url_of(attempt, "attempt-finish"))
    result = html(tab.get(url_of(attempt, "attempt-result")))
    assert "One of one" in result
    assert "left out" in result
    assert Slot.objects.get(n=1).score is None


def test_a_teachers_own_wording_is_shown(tab, learner, topic, versions):
    question_set = QuestionSetFactory(topic=topic, status="published")
    SetItemFactory(question_set=question_set, question=versions[0].question, own_stem="And now?")
    assert stem_on(tab.get(url_of(begun(learner, question_set)))) == "And now?"


def test_an_unclear_response_in_a_quiz_is_asked_again_once(tab, learner, topic):
    version = make_version(topic, "typed", facet="date")
    attempt = begun(learner, set_of(topic, [version]))
    page = tab.answer(tab.get(url_of(attempt)), text="4/2025 or 5/2025")
    assert "One more try" in html(page)
    assert Slot.objects.get().verdict == ""
    page = tab.answer(page, text="4/2025 or 5/2025")
    assert "Not this one." in html(page)
    assert list(Answer.objects.order_by("try_no").values_list("try_no", "verdict")) == [
        (0, "ask_again"),
        (1, "reject"),
    ]


# Feedback at the end


@pytest.fixture
def exam(topic, versions):
    return set_of(topic, versions, feedback_at_end=True)


def test_at_the_end_means_no_feedback_before(tab, learner, exam, versions):
    attempt = begun(learner, exam)
    reply = tab.answer_text(tab.get(url_of(attempt)), "Kursk")
    assert stem_on(reply) == versions[1].stem
    for word in ("Right.", "option-right", "South Korean", "Not this one"):
        assert word not in html(reply)
    nonce = Answer.objects.get().nonce
    told = tab.get(reverse("quiz:answer-detail", args=[nonce]))
    assert told.status_code == 302
    assert tab.get(url_of(attempt, "attempt-result")).status_code == 302
    assert not Memory.objects.exists()


def test_at_the_end_an_answer_may_be_changed_until_then(tab, learner, exam):
    attempt = begun(learner, exam)
    page = tab.get(url_of(attempt))
    for text in ("Pyongyang", "Pyongyang", "Vladivostok", "Kursk"):
        assert tab.answer_text(page, text).status_code == 200
    again = tab.get(url_of(attempt) + "?n=1")
    assert "Your answer so far: Kursk" in html(again)
    assert [row.try_no for row in Answer.objects.order_by("try_no")] == [1, 2, 3]
    assert len({row.nonce for row in Answer.objects.all()}) == 1
    tab.post(url_of(attempt, "attempt-finish"))
    assert Slot.objects.get(n=1).score == 1
    assert "One of three" in html(tab.get(url_of(attempt, "attempt-result")))
    assert tab.answer_text(page, "Pyongyang").status_code == 410
    assert tab.answer_text(page, "Kursk").status_code == 200


def test_at_the_end_what_stands_then_is_remembered_once(tab, learner, exam, versions):
    attempt = begun(learner, exam)
    page = tab.get(url_of(attempt))
    tab.answer_text(page, "Pyongyang")
    page = tab.answer_text(page, "Kursk")
    tab.answer_text(page, "Pyongyang")
    now = timezone.now()
    finish_attempt(attempt=attempt, learner=learner, now=now)
    finish_attempt(attempt=attempt, learner=learner, now=now)
    ratings = dict(Memory.objects.values_list("fact", "last_rating"))
    assert ratings == {
        versions[0].question.fact_id: 2,
        versions[1].question.fact_id: 1,
    }
    assert Recall.objects.count() == 2


def test_an_unclear_response_of_an_exam_is_asked_again_once(tab, learner, topic):
    version = make_version(topic, "typed", facet="date")
    attempt = begun(learner, set_of(topic, [version], feedback_at_end=True))
    page = tab.answer(tab.get(url_of(attempt)), text="4/2025 or 5/2025")
    assert "One more try" in html(page)
    page = tab.answer(page, text="4/2025 or 5/2025")
    assert page.status_code == 204
    assert Slot.objects.get().verdict == "reject"


def test_the_last_answer_of_an_exam_leads_to_its_end(learner, topic, versions):
    plain = Browser(learner, htmx=False)
    attempt = begun(learner, set_of(topic, versions[:1], feedback_at_end=True))
    response = plain.answer_text(plain.get(url_of(attempt)), "Kursk")
    assert response.status_code == 303
    assert "That was the last question" in html(plain.get(response.url))
