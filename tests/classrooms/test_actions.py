from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from quiz.accounts.merging import merge_guest
from quiz.classrooms import actions
from quiz.classrooms.models import JOIN_ALPHABET, Assignment, Classroom, Membership
from tests.factories import (
    NOW,
    AssignmentFactory,
    AttemptFactory,
    ClassroomFactory,
    GuestFactory,
    MembershipFactory,
    QuestionSetFactory,
    TeacherFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_a_new_class_has_its_owner_as_teacher_and_a_code():
    owner = TeacherFactory()
    classroom = actions.create_classroom(owner=owner, name="7b", now=NOW)
    assert list(classroom.memberships.values_list("user", "role")) == [(owner.pk, "teacher")]
    assert len(classroom.join_code) == 10
    assert set(classroom.join_code) <= set(JOIN_ALPHABET)


def test_codes_have_more_than_forty_bits():
    assert len(set(JOIN_ALPHABET)) ** 10 > 2**40


def test_joining_twice_is_joining_once():
    classroom, user = ClassroomFactory(), UserFactory()
    first = actions.join(classroom=classroom, user=user, now=NOW)
    again = actions.join(classroom=classroom, user=user, now=NOW + timedelta(days=1))
    assert again == first
    assert again.joined_at == NOW


def test_a_teacher_who_joins_stays_a_teacher():
    classroom = ClassroomFactory()
    actions.join(classroom=classroom, user=classroom.owner, now=NOW)
    assert classroom.memberships.get().role == Membership.Role.TEACHER


def test_who_leaves_is_out_and_the_owner_stays():
    classroom = ClassroomFactory()
    user = MembershipFactory(classroom=classroom).user
    actions.leave(classroom=classroom, user=user)
    actions.leave(classroom=classroom, user=classroom.owner)
    assert [each.user for each in classroom.memberships.all()] == [classroom.owner]


def test_a_new_code_ends_the_old_one():
    classroom = ClassroomFactory()
    old = classroom.join_code
    actions.rotate_join_code(classroom=classroom)
    assert not Classroom.objects.filter(join_code=old).exists()


def test_several_classes_can_be_closed_to_joining():
    for classroom in ClassroomFactory.create_batch(2):
        actions.close_joining(classroom=classroom)
    assert Classroom.objects.filter(join_code=None).count() == 2


def test_only_a_published_set_is_given():
    given = {"classroom": ClassroomFactory(), "opens_at": None, "closes_at": None, "now": NOW}
    with pytest.raises(actions.NotPublishedError):
        actions.assign(question_set=QuestionSetFactory(), **given)
    actions.assign(question_set=QuestionSetFactory(status="published"), **given)
    assert Assignment.objects.count() == 1


def test_an_assignment_does_not_close_before_it_opens():
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(opens_at=NOW, closes_at=NOW)


def test_nobody_is_in_a_class_twice():
    membership = MembershipFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(classroom=membership.classroom, user=membership.user)


def test_an_assignment_nobody_began_is_taken_back():
    assignment = AssignmentFactory()
    assert actions.withdraw(assignment=assignment, now=NOW)
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("opens_in_hours", [None, -1, 1])
def test_an_assignment_that_was_begun_is_closed_and_its_answers_stay(opens_in_hours):
    opens_at = None if opens_in_hours is None else NOW + timedelta(hours=opens_in_hours)
    assignment = AssignmentFactory(opens_at=opens_at)
    attempt = AttemptFactory(assignment=assignment, question_set=assignment.question_set)
    assert not actions.withdraw(assignment=assignment, now=NOW)
    assignment.refresh_from_db()
    attempt.refresh_from_db()
    assert assignment.closes_at == NOW
    assert attempt.assignment == assignment


def test_what_a_guest_is_in_the_account_is_in_too():
    guest, user = GuestFactory(), UserFactory()
    mine = MembershipFactory(user=guest)
    both = MembershipFactory(user=user, role="teacher")
    MembershipFactory(user=guest, classroom=both.classroom)
    assert merge_guest(guest, user, NOW)
    assert set(user.memberships.values_list("classroom", "role")) == {
        (mine.classroom_id, "learner"),
        (both.classroom_id, "teacher"),
    }
    assert not guest.memberships.exists()
