import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from quiz.exchange.answers import MY_HEADER, RESULTS_HEADER, given_text, question_text
from quiz.exchange.csv_format import unescape
from tests.exchange.test_csv_format import FORMULAS
from tests.factories import (
    NOW,
    AnswerFactory,
    AssignmentFactory,
    AttemptFactory,
    FactFactory,
    MembershipFactory,
    QuestionFactory,
    QuestionSetFactory,
    QuestionVersionFactory,
    TeacherFactory,
    TopicFactory,
    UserFactory,
)

OPTIONS = [{"text": "Kursk"}, {"text": "Pyongyang"}, {"text": "Vladivostok"}]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"choice": 1}, "Pyongyang"),
        ({"choice": 9}, ""),
        ({"choices": [0, 2]}, "Kursk; Vladivostok"),
        ({"order": [2, 0, 1]}, "Vladivostok; Kursk; Pyongyang"),
        ({"pairs": {"1": 0, "0": 2}}, "first → Vladivostok; second → Kursk"),
        ({"pairs": {"7": 0}}, "7 → Kursk"),
        ({"text": "12 million"}, "12 million"),
        ({"rating": 2}, "Barely"),
        ({"rating": 3}, "Had it"),
        ({"rating": 4}, "Easily"),
        ({"dont_know": True}, "I don't know"),
        ({}, ""),
    ],
    ids=str,
)
def test_what_was_given_is_told_in_words(given, text):
    assert given_text(given, OPTIONS, ("first", "second")) == text


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def version_of(topic="Kursk", form="choice", **version):
    fact = FactFactory(topic=TopicFactory(title=topic))
    return QuestionVersionFactory(question=QuestionFactory(fact=fact, form=form), **version)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "question"),
    [("cloze", "What belongs in the blank? In ___ it began."), ("matching", "Match them.")],
)
def test_a_question_is_told_with_the_sentence_it_asks_about(form, question):
    frame = ["In ___ it began."] if form == "cloze" else ["first", "second"]
    stem = question.removesuffix(" In ___ it began.")
    version = version_of(form=form, stem=stem, expected={"frame": frame})
    assert question_text(version) == question


# --- one's own answers -------------------------------------------------------------------------


@pytest.mark.django_db
def test_ones_own_answers_come_oldest_first_with_question_and_key(client):
    learner = UserFactory()
    version = version_of(stem="Which city?")
    AnswerFactory(learner=learner, version=version, answered_at=NOW + timedelta(hours=1))
    AnswerFactory(
        learner=learner,
        version=version,
        context="review",
        given={"choice": 1},
        verdict="reject",
        score=0.0,
        sureness=1,
    )
    AnswerFactory()
    client.force_login(learner)
    response = client.get("/me/answers.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="my-answers.csv"'
    first, second = rows_of(response)
    assert tuple(first) == MY_HEADER
    assert first == {
        "answered_at": "2026-03-02T09:00:08+00:00",
        "topic": "Kursk",
        "set": "",
        "where": "review",
        "form": "Choose one",
        "question": "Which city?",
        "given": "Pyongyang",
        "right_answer": "Kursk",
        "verdict": "reject",
        "score": "0.0",
        "sureness": "Guess",
    }
    assert second["given"] == "Kursk"


@pytest.mark.django_db
@pytest.mark.parametrize("cell", [cell for cell in FORMULAS if "\0" not in cell])
def test_no_answer_runs_in_a_spreadsheet(client, cell):
    learner = UserFactory()
    AnswerFactory(
        learner=learner, version=version_of(form="typed", options=[]), given={"text": cell}
    )
    client.force_login(learner)
    [row] = rows_of(client.get("/me/answers.csv"))
    assert row["given"].startswith("'")
    assert unescape(row["given"]) == cell


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["open", "finished"])
def test_what_is_told_only_at_the_end_is_not_told_by_the_file_before(client, state):
    learner = UserFactory()
    question_set = QuestionSetFactory(feedback_at_end=True, title="Test")
    attempt = AttemptFactory(learner=learner, question_set=question_set, state=state)
    AnswerFactory(learner=learner, attempt=attempt, version=version_of())
    client.force_login(learner)
    rows = rows_of(client.get("/me/answers.csv"))
    assert [row["set"] for row in rows] == ([] if state == "open" else ["Test"])


@pytest.mark.django_db
def test_the_file_is_ones_own_and_only_read(client):
    url = reverse("quiz:my-data")
    assert client.get(url).status_code == 302
    client.force_login(UserFactory())
    assert client.post(url).status_code == 405
    assert rows_of(client.get(url)) == []


@pytest.mark.django_db
def test_the_file_makes_the_same_queries_for_few_and_many_answers(
    client, django_assert_max_num_queries
):
    learner = UserFactory()
    client.force_login(learner)
    AnswerFactory(learner=learner, version=version_of())
    with django_assert_max_num_queries(6) as few:
        rows_of(client.get("/me/answers.csv"))
    for _ in range(10):
        AnswerFactory(learner=learner, version=version_of())
    with django_assert_max_num_queries(len(few)):
        assert len(rows_of(client.get("/me/answers.csv"))) == 11


# --- the results of a set ----------------------------------------------------------------------


def results_url(question_set):
    return reverse("quiz:set-results", args=[question_set.public_id])


@pytest.mark.django_db
def test_the_results_of_a_set_name_student_class_and_answer(client):
    question_set = QuestionSetFactory(title="Kursk & more")
    assignment = AssignmentFactory(question_set=question_set)
    attempt = AttemptFactory(
        learner=UserFactory(name="=Ada"), question_set=question_set, assignment=assignment
    )
    AnswerFactory(learner=attempt.learner, attempt=attempt, version=version_of())
    own = AttemptFactory(learner=question_set.owner, question_set=question_set)
    AnswerFactory(learner=question_set.owner, attempt=own, version=version_of())
    AnswerFactory(learner=attempt.learner, version=version_of())
    client.force_login(question_set.owner)
    response = client.get(results_url(question_set))
    assert response["Content-Disposition"] == 'attachment; filename="kursk-more-results.csv"'
    [row] = rows_of(response)
    assert tuple(row) == RESULTS_HEADER
    assert row["student"] == "'=Ada"
    assert row["class"] == assignment.classroom.name
    assert (row["given"], row["right_answer"], row["verdict"]) == ("Kursk", "Kursk", "accept")


@pytest.mark.django_db
def test_the_results_are_for_the_author_of_the_set(client):
    question_set = QuestionSetFactory()
    assignment = AssignmentFactory(question_set=question_set)
    url = results_url(question_set)
    assert client.get(url).status_code == 302
    for user, status in (
        (TeacherFactory(), 404),
        (MembershipFactory(classroom=assignment.classroom).user, 403),
        (question_set.owner, 200),
    ):
        client.force_login(user)
        assert client.get(url).status_code == status
    assert client.post(url).status_code == 405
    assert client.get(reverse("quiz:set-results", args=["nothing-here"])).status_code == 404
