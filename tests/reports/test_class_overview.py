from datetime import timedelta

import pytest
from django.urls import reverse

from quiz.reports.class_overview import class_overview
from tests.factories import (
    NOW,
    AssignmentFactory,
    AttemptFactory,
    ClassroomFactory,
    MembershipFactory,
    QuestionVersionFactory,
    SlotFactory,
    TeacherFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    return AssignmentFactory(classroom=ClassroomFactory(name="7b"))


def student_of(classroom, name):
    return MembershipFactory(classroom=classroom, user=UserFactory(name=name)).user


def sitting(assignment, learner, scores, **attempt):
    attempt = AttemptFactory(
        learner=learner,
        assignment=assignment,
        question_set=assignment.question_set,
        **({"state": "finished"} | attempt),
    )
    version = QuestionVersionFactory()
    for n, score in enumerate(scores):
        SlotFactory(attempt=attempt, n=n, version=version, score=score)
    return attempt


def rows_of(assignment):
    return {row.name: row for row in class_overview(assignment.classroom, NOW)}


def test_it_adds_up_what_each_learner_did(assignment):
    ada = student_of(assignment.classroom, "Ada")
    sitting(assignment, ada, [1.0] * 9 + [0.5, 0.0, None])
    row = rows_of(assignment)["Ada"]
    assert (row.begun, row.finished, row.of) == (1, 1, 1)
    assert (row.answered, row.points, row.percent) == (11, 9.5, 86)
    assert row.word == ""


def test_who_has_half_of_ten_or_fewer_right_needs_help(assignment):
    sitting(assignment, student_of(assignment.classroom, "Ada"), [1.0] * 4 + [0.0] * 6)
    sitting(assignment, student_of(assignment.classroom, "Ben"), [1.0] * 5 + [0.0] * 5)
    rows = rows_of(assignment)
    assert rows["Ada"].word == "Needs help"
    assert rows["Ben"].word == ""


def test_under_ten_answers_nothing_is_said(assignment):
    sitting(assignment, student_of(assignment.classroom, "Ada"), [0.0] * 9)
    row = rows_of(assignment)["Ada"]
    assert row.percent is None
    assert row.word == ""


def test_who_has_not_begun_stands_out_only_when_there_is_something_to_begin(assignment):
    student_of(assignment.classroom, "Ada")
    assert rows_of(assignment)["Ada"].word == "Has not begun"
    assignment.opens_at = NOW + timedelta(days=1)
    assignment.save()
    assert rows_of(assignment)["Ada"].word == ""


def test_who_stands_out_comes_first(assignment):
    sitting(assignment, student_of(assignment.classroom, "Ada"), [1.0] * 10)
    sitting(assignment, student_of(assignment.classroom, "Ben"), [0.0] * 10)
    student_of(assignment.classroom, "Cem")
    assert [row.name for row in class_overview(assignment.classroom, NOW)] == ["Cem", "Ben", "Ada"]


def test_only_first_attempts_in_this_class_count(assignment):
    ada = student_of(assignment.classroom, "Ada")
    sitting(assignment, ada, [0.0] * 10)
    sitting(assignment, ada, [1.0] * 10, started_at=NOW + timedelta(days=1))
    sitting(AssignmentFactory(question_set=assignment.question_set), ada, [1.0] * 10)
    row = rows_of(assignment)["Ada"]
    assert (row.begun, row.answered, row.points) == (1, 10, 0)


def test_attempts_of_several_sets_are_added(assignment):
    ada = student_of(assignment.classroom, "Ada")
    other = AssignmentFactory(classroom=assignment.classroom)
    sitting(assignment, ada, [1.0] * 6)
    sitting(other, ada, [0.0] * 6, state="open")
    row = rows_of(assignment)["Ada"]
    assert (row.begun, row.finished, row.of) == (2, 1, 2)
    assert (row.answered, row.points) == (12, 6)


def test_the_teacher_is_no_learner(assignment):
    sitting(assignment, assignment.classroom.owner, [1.0] * 10)
    assert rows_of(assignment) == {}


def test_it_makes_three_queries_however_many_learners(assignment, django_assert_num_queries):
    for n in range(8):
        sitting(assignment, student_of(assignment.classroom, f"S{n}"), [1.0] * 3)
    with django_assert_num_queries(3):
        class_overview(assignment.classroom, NOW)


# --- the page ----------------------------------------------------------------------------------


def url_of(classroom):
    return reverse("quiz:classroom-report", args=[classroom.public_id])


def test_the_overview_is_for_who_teaches_the_class(client, assignment):
    classroom = assignment.classroom
    assert client.get(url_of(classroom)).status_code == 302
    for user, status in (
        (TeacherFactory(), 404),
        (student_of(classroom, "Ada"), 403),
        (classroom.owner, 200),
        (UserFactory(is_staff=True), 200),
    ):
        client.force_login(user)
        assert client.get(url_of(classroom)).status_code == status
    assert client.post(url_of(classroom)).status_code == 405
    assert client.get(reverse("quiz:classroom-report", args=["nothing-here"])).status_code == 404


def test_the_overview_shows_who_needs_help(client, assignment):
    sitting(assignment, student_of(assignment.classroom, "Ada"), [0.0] * 10)
    client.force_login(assignment.classroom.owner)
    text = client.get(url_of(assignment.classroom)).text
    assert "Ada" in text
    assert "Needs help" in text
    assert "0 %" in text


def test_the_empty_overview_says_what_to_do(client, assignment):
    client.force_login(assignment.classroom.owner)
    assert "Nobody has joined yet" in client.get(url_of(assignment.classroom)).text
