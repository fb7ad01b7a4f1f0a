"""The next question is read together with the answered one, and again where that one moved it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quiz.learning.models import Answer, Memory
from quiz.questions.models import QuestionVersion
from tests.factories import FactFactory, QuestionVersionFactory
from tests.learning.class_of_one import SEVERAL_FACTS, html, make_version, stem_on, waiting
from tests.learning.test_answers import start_with

pytestmark = pytest.mark.django_db


def reads_of_versions(call):
    with CaptureQueriesContext(connection) as captured:
        response = call()
    assert response.status_code == 200, html(response)
    reads = [row for row in captured if 'FROM "quiz_questionversion"' in row["sql"]]
    return response, len(reads)


def test_both_are_read_at_once(tab, learner, topic):
    version, following = make_version(topic), make_version(topic)
    page = tab.get(start_with(tab, learner, version, rest=[following]))

    response, reads = reads_of_versions(lambda: tab.right(page, version))

    assert stem_on(waiting(response)) == following.stem
    assert reads == 1


@pytest.mark.parametrize("form", ["choice", *SEVERAL_FACTS])
def test_a_next_question_about_the_same_fact_is_shown_as_the_answer_left_it(
    tab, learner, topic, form
):
    fact = FactFactory(topic=topic)
    version = make_version(topic, form, fact=fact)
    following = make_version(topic, "typed", fact=fact)
    page = tab.get(start_with(tab, learner, version, rest=[following]))

    response = tab.right(page, version)
    last = tab.right(waiting(response), following)

    assert last.status_code == 200, html(last)
    assert Answer.objects.count() == 2
    assert Memory.objects.get(fact=fact).seq == 2


@pytest.mark.parametrize("change", ["stale", "retired"])
def test_a_next_question_that_is_no_longer_served_is_passed_over(tab, learner, topic, change):
    version, gone, last = (make_version(topic) for _ in range(3))
    page = tab.get(start_with(tab, learner, version, rest=[gone, last]))
    if change == "retired":
        gone.question.retired = True
        gone.question.save()
    else:
        gone.state = QuestionVersion.State.STALE
        gone.save()

    response = tab.right(page, version)

    assert stem_on(waiting(response)) == last.stem


def test_a_next_question_made_anew_is_shown_in_its_new_version(tab, learner, topic):
    version, following = make_version(topic), make_version(topic)
    page = tab.get(start_with(tab, learner, version, rest=[following]))
    following.state = QuestionVersion.State.REPLACED
    following.save()
    newer = QuestionVersionFactory(
        question=following.question,
        n=following.n + 1,
        stem="Asked anew?",
        options=following.options,
        expected=following.expected,
        feedback=following.feedback,
    )

    response = tab.right(page, version)

    assert stem_on(waiting(response)) == newer.stem


def test_a_miss_at_the_end_of_a_round_comes_back_as_the_answer_left_it(tab, learner, topic):
    version = make_version(topic)
    page = tab.get(start_with(tab, learner, version))

    response = tab.wrong(page, version)
    again = tab.right(waiting(response), version)

    assert "Right." in html(again)
    assert Memory.objects.get().seq == 2
