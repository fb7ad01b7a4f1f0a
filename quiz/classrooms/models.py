"""Tables of the classrooms: who learns with whom, and what is given to them."""

import secrets
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, FilteredRelation, Max, Q

from quiz.accounts.models import User, new_public_id
from quiz.questions.models import QuestionSet

USER = settings.AUTH_USER_MODEL
# Without letters and digits that are mistaken for each other: 31^10 is 49 bits.
JOIN_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"[:31]


def new_join_code() -> str:
    return "".join(secrets.choice(JOIN_ALPHABET) for _ in range(10))


class ClassroomQuerySet(models.QuerySet["Classroom"]):
    def for_member(self, user: Any) -> Self:
        return self.filter(memberships__user=user).distinct()

    def taught_by(self, user: Any) -> Self:
        return self.filter(
            memberships__user=user, memberships__role=Membership.Role.TEACHER
        ).distinct()


class Classroom(models.Model):
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=120)
    owner = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="owned_classrooms")
    join_code = models.CharField(max_length=12, unique=True, null=True, default=new_join_code)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Classroom"]] = models.Manager.from_queryset(
        ClassroomQuerySet
    )()

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    class Role(models.TextChoices):
        LEARNER = "learner"
        TEACHER = "teacher"

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=7, choices=Role.choices, default=Role.LEARNER)
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ("classroom", "role", "user")
        constraints = (
            models.UniqueConstraint(
                fields=["classroom", "user"], name="membership_is_one_in_a_classroom"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def with_own_attempts(self, learner: User) -> Self:
        """Add the learner's own sittings: public ids `finished` and `begun`, null where none.

        Of the one begun also how many of its questions are `answered`, and how many there are.
        """
        is_open = Q(own__state="open")
        # Joined to the learner's own alone: a class may have answered by the hundreds.
        own = FilteredRelation("attempts", condition=Q(attempts__learner=learner))
        return self.annotate(own=own).annotate(
            finished=Max("own__public_id", filter=Q(own__state="finished")),
            begun=Max("own__public_id", filter=is_open),
            answered=Count("own__slots", filter=is_open & ~Q(own__slots__verdict="")),
            of=Max("own__size", filter=is_open),
        )

    def waiting_for(self, learner: User, now: datetime) -> Self:
        """What the learner's classes were given and the learner may answer now, first due first."""
        given = self.filter(
            Q(opens_at=None) | Q(opens_at__lte=now),
            Q(closes_at=None) | Q(closes_at__gt=now),
            question_set__status=QuestionSet.Status.PUBLISHED,
            classroom__memberships__user=learner,
            classroom__memberships__role=Membership.Role.LEARNER,
        )
        return (
            given.with_own_attempts(learner)
            .filter(Q(finished=None) | Q(begun__isnull=False))
            .select_related("classroom", "question_set")
            .order_by(F("closes_at").asc(nulls_last=True), "created_at", "pk")
        )


class Assignment(models.Model):
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="assignments")
    question_set = models.ForeignKey(
        QuestionSet, on_delete=models.PROTECT, related_name="assignments"
    )
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    policy = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("classroom", "-created_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="assignment_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question_set} for {self.classroom}"
