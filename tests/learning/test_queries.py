"""An answer costs at most eight queries, however much there is."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quiz.learning.actions import start_attempt
from quiz.learning.models import Answer, BegunReview, LearnerDay, Memory, Recall
from tests.factories import AnswerFactory, QuestionSetFactory, SetItemFactory, UserFactory
from tests.learning.class_of_one import SEVERAL_FACTS, html, make_version, posted
from tests.learning.test_answers import start_with

pytestmark = pytest.mark.django_db
CONTROL = re.compile(r"BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE")
MOST = 8


def counted(call):
    with CaptureQueriesContext(connection) as captured:
        response = call()
    assert response.status_code == 200, html(response)
    queries = [row["sql"] for row in captured if not CONTROL.match(row["sql"])]
    return len(queries), queries


def grow(topic, learner, by):
    """Facts, learners and answers that have nothing to do with the question asked."""
    now = timezone.now()
    for _ in range(by):
        version = make_version(topic)
        other = UserFactory()
        for who in (learner, other):
            then = now - timedelta(days=4)
            AnswerFactory(learner=who, version=version, presented_at=now, answered_at=then)
            Memory.objects.create(
                learner=who, fact=version.question.fact, facet="identity", topic=topic, seq=1,
                stability=3.0, difficulty=5.0, last_rated_day=now.date() - timedelta(days=4),
                due_at=now - timedelta(days=1), last_rating=3, rated=1,
            )  # fmt: skip
            Recall.objects.create(
                learner=who, fact=version.question.fact, facet="identity", seq=1, at=now,
                day=then.date(), form="choice", verdict="accept", rating=3, revision=1,
            )  # fmt: skip


@pytest.mark.parametrize("form", ["choice", "typed", "matching", "ordering", "flashcard"])
@pytest.mark.parametrize("which", ["right", "wrong"])
def test_an_answer_in_a_round_is_within_the_budget_at_any_size(tab, learner, topic, form, which):
    counts = []
    for size in (2, 40):
        grow(topic, learner, size)
        version, following = make_version(topic, form), make_version(topic)
        page = tab.get(start_with(tab, learner, version, rest=[following]))
        counts.append(counted(lambda p=page, v=version: getattr(tab, which)(p, v))[0])
    assert counts[0] == counts[1] <= MOST
    assert counts[0] <= MOST - (form not in SEVERAL_FACTS)


def test_an_answer_in_a_review_is_within_the_budget_at_any_size(tab, learner, topic):
    counts = []
    for size in (3, 40):
        grow(topic, learner, size)
        page = tab.get(tab.post(reverse("quiz:review-start")).url)
        counts.append(counted(lambda p=page: tab.answer_text(p, "Kursk"))[0])
    assert counts[0] == counts[1] <= MOST


@pytest.mark.parametrize("form", ["choice", "matching"])
@pytest.mark.parametrize("at_end", [False, True])
def test_an_answer_in_a_quiz_is_within_the_budget_at_any_size(tab, learner, topic, form, at_end):
    counts = []
    for size in (2, 40):
        grow(topic, learner, size)
        question_set = QuestionSetFactory(topic=topic, status="published", feedback_at_end=at_end)
        versions = [make_version(topic, form) for _ in range(size)]
        for version in versions:
            SetItemFactory(question_set=question_set, question=version.question)
        attempt = start_attempt(learner=learner, question_set=question_set, now=timezone.now())
        page = tab.get(reverse("quiz:attempt-detail", args=[attempt.public_id]))
        counts.append(counted(lambda p=page, v=versions[0]: tab.right(p, v))[0])
    assert counts[0] == counts[1] <= MOST


def test_a_repeat_is_within_the_budget_too(tab, learner, topic, versions):
    page = tab.get(start_with(tab, learner, versions[0], rest=versions[1:]))
    data = posted(page, versions[0], "right")
    tab.answer(page, **data)
    assert counted(lambda: tab.answer(page, **data))[0] <= MOST
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("name", ["quiz:home", "quiz:review-today", "quiz:progress-overview"])
def test_a_page_makes_as_many_queries_at_any_size(tab, learner, topic, name):
    counts = []
    for size in (5, 30):
        grow(topic, learner, size)
        counts.append(counted(lambda: tab.get(reverse(name)))[0])
    assert counts[0] == counts[1]


def test_starting_makes_as_many_queries_at_any_size(tab, learner, topic):
    counts = []
    for size in (5, 30):
        grow(topic, learner, size)
        for model in (BegunReview, LearnerDay):
            model.objects.all().delete()
        with CaptureQueriesContext(connection) as captured:
            tab.post(reverse("quiz:review-start"))
            tab.post(reverse("quiz:round-start", args=[topic.slug]))
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("form", ["choice", "matching", "several-right", "typed"])
def test_the_fragment_of_an_answer_is_at_most_six_kilobytes(tab, learner, topic, form):
    version, following = make_version(topic, form), make_version(topic, form)
    page = tab.get(start_with(tab, learner, version, rest=[following]))
    assert len(tab.wrong(page, version).content) <= 6000
