"""Changes to classrooms: who is in them and what is given to them, each one transaction.

Every action that a browser may send twice does nothing the second time.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from quiz.accounts.models import User
from quiz.classrooms.models import Assignment, Classroom, Membership, new_join_code
from quiz.questions.models import QuestionSet


class NotPublishedError(Exception):
    """Only a published set can be given to a class."""


@transaction.atomic
def create_classroom(*, owner: User, name: str, now: datetime) -> Classroom:
    classroom = Classroom.objects.create(owner=owner, name=name, created_at=now)
    Membership.objects.create(
        classroom=classroom, user=owner, role=Membership.Role.TEACHER, joined_at=now
    )
    return classroom


@transaction.atomic
def rename(*, classroom: Classroom, name: str) -> None:
    classroom.name = name
    classroom.save(update_fields=["name"])


@transaction.atomic
def join(*, classroom: Classroom, user: User, now: datetime) -> Membership:
    """Make the user a learner of the class; who is in it already stays what they are."""
    membership, _ = Membership.objects.get_or_create(
        classroom=classroom, user=user, defaults={"joined_at": now}
    )
    return membership


@transaction.atomic
def leave(*, classroom: Classroom, user: User) -> None:
    """End a membership; the owner stays. Answers stay with the learner, not with the class."""
    classroom.memberships.filter(user=user).exclude(user=classroom.owner_id).delete()


@transaction.atomic
def rotate_join_code(*, classroom: Classroom) -> None:
    """Make a new code; the old code and link are dead from here on."""
    classroom.join_code = new_join_code()
    classroom.save(update_fields=["join_code"])


@transaction.atomic
def close_joining(*, classroom: Classroom) -> None:
    classroom.join_code = None
    classroom.save(update_fields=["join_code"])


@transaction.atomic
def assign(
    *,
    classroom: Classroom,
    question_set: QuestionSet,
    opens_at: datetime | None,
    closes_at: datetime | None,
    now: datetime,
) -> Assignment:
    if question_set.status != QuestionSet.Status.PUBLISHED:
        raise NotPublishedError
    return Assignment.objects.create(
        classroom=classroom,
        question_set=question_set,
        opens_at=opens_at,
        closes_at=closes_at,
        created_at=now,
    )


@transaction.atomic
def reschedule(
    *, assignment: Assignment, opens_at: datetime | None, closes_at: datetime | None
) -> None:
    assignment.opens_at = opens_at
    assignment.closes_at = closes_at
    assignment.save(update_fields=["opens_at", "closes_at"])


def withdraw(*, assignment: Assignment, now: datetime) -> bool:
    """Take the set back: delete the assignment, or close it now where students have begun.

    Return whether it is gone.
    """
    try:
        with transaction.atomic():
            assignment.delete()
    except ProtectedError:
        opens_at = assignment.opens_at
        if opens_at is not None and opens_at >= now:
            opens_at = None
        reschedule(assignment=assignment, opens_at=opens_at, closes_at=now)
        return False
    return True
