"""What a learner's classes were given stands on the page of today, as long as it waits."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quiz.classrooms.models import Membership
from quiz.learning.models import Attempt
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    MembershipFactory,
    QuestionSetFactory,
    SlotFactory,
)

pytestmark = pytest.mark.django_db
TODAY = reverse("quiz:review-today")
HEADING = "From your classes"


@pytest.fixture
def assignment():
    question_set = QuestionSetFactory(title="Kursk set", status="published")
    closes_at = timezone.now() + timedelta(days=2)
    return AssignmentFactory(question_set=question_set, classroom__name="11b", closes_at=closes_at)


@pytest.fixture
def student(client, assignment):
    student = MembershipFactory(classroom=assignment.classroom).user
    client.force_login(student)
    return student


def today(client):
    return " ".join(client.get(TODAY).text.split())


def begin(student, assignment, **fields):
    return AttemptFactory(
        learner=student, assignment=assignment, question_set=assignment.question_set, **fields
    )


def test_a_set_that_waits_is_named_with_its_class_its_end_and_a_link(client, assignment, student):
    text = today(client)
    assert HEADING in text
    assert "Kursk set" in text
    assert "11b · Open until" in text
    assert reverse("quiz:assignment-open", args=[assignment.public_id]) in text
    assert "Answer it" in text
    assert "No review is due." in text


def test_one_begun_says_how_far_it_is(client, assignment, student):
    attempt = begin(student, assignment, size=3)
    for verdict in ("accept", "", ""):
        SlotFactory(attempt=attempt, verdict=verdict)
    text = today(client)
    assert "1 of 3 answered" in text
    assert "Go on" in text


def test_one_finished_waits_no_more(client, assignment, student):
    begin(student, assignment, state=Attempt.State.FINISHED)
    assert HEADING not in today(client)


def test_what_others_answered_changes_nothing(client, assignment, student):
    other = MembershipFactory(classroom=assignment.classroom).user
    begin(other, assignment, state=Attempt.State.FINISHED)
    assert HEADING in today(client)


@pytest.mark.parametrize(("field", "days"), [("opens_at", 1), ("closes_at", -1)])
def test_outside_its_dates_it_is_not_named(client, assignment, student, field, days):
    setattr(assignment, field, timezone.now() + timedelta(days=days))
    assignment.save()
    assert HEADING not in today(client)


def test_a_set_no_longer_published_is_not_named(client, assignment, student):
    assignment.question_set.status = "draft"
    assignment.question_set.save()
    assert HEADING not in today(client)


def test_neither_is_what_another_class_was_given(client, student):
    AssignmentFactory(question_set__status="published")
    assert today(client).count("Answer it") == 1


def test_who_teaches_the_class_is_not_asked_to_answer(client, assignment):
    teachers = Membership.objects.filter(role=Membership.Role.TEACHER)
    client.force_login(teachers.get(classroom=assignment.classroom).user)
    assert HEADING not in today(client)


def test_what_is_due_first_stands_first_and_what_has_no_end_last(client, assignment, student):
    days = {"No end": None, "Tomorrow": 1}
    for title, left in days.items():
        AssignmentFactory(
            classroom=assignment.classroom,
            question_set=QuestionSetFactory(title=title, status="published"),
            closes_at=left and timezone.now() + timedelta(days=left),
        )
    text = today(client)
    assert text.index("Tomorrow") < text.index("Kursk set") < text.index("No end")


def test_all_of_it_is_one_query(client, assignment, student):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(TODAY)
        return [row["sql"] for row in captured]

    few = queries()
    for _ in range(5):
        given = AssignmentFactory(classroom=assignment.classroom, question_set__status="published")
        begin(student, given)
    many = queries()
    assert len(many) == len(few)
    assert sum("quiz_assignment" in sql for sql in many) == 1
