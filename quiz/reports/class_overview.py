"""Who of a class needs help: what each learner began and got right on a first attempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from quiz.classrooms.models import Assignment, Classroom, Membership
from quiz.learning.models import Attempt
from quiz.reports.items import facility
from quiz.reports.set_report import shown_name

# A share of fewer answers says nothing about a learner.
FEWEST_ANSWERS = 10
NEEDS_HELP_BELOW = 0.5


@dataclass(frozen=True, slots=True)
class Overview:
    """One learner of the class; `word` says what stands out, and is empty where nothing does."""

    user_id: str
    name: str
    begun: int
    finished: int
    of: int
    answered: int
    points: float
    last_at: datetime | None
    word: str

    @property
    def percent(self) -> int | None:
        if self.answered < FEWEST_ANSWERS:
            return None
        return round(100 * (facility(self.points, self.answered) or 0.0))


def class_overview(classroom: Classroom, now: datetime) -> list[Overview]:
    """The learners, those who need help first; three queries, whatever their number."""
    members = classroom.memberships.filter(role=Membership.Role.LEARNER).select_related("user")
    open_now = (
        Assignment.objects.filter(classroom=classroom)
        .filter(Q(opens_at=None) | Q(opens_at__lte=now))
        .count()
    )
    sums = {row["learner"]: row for row in _first_attempts(classroom)}
    rows = [_overview(member, sums.get(member.user_id, {}), open_now) for member in members]
    return sorted(rows, key=lambda row: (not row.word, row.word, row.name.casefold()))


def _first_attempts(classroom: Classroom) -> QuerySet[Attempt, Any]:
    """Sums over each learner's first attempts at the class's assignments."""
    attempts = Attempt.objects.filter(assignment__classroom=classroom)
    earlier = attempts.filter(
        learner=OuterRef("learner"), assignment=OuterRef("assignment")
    ).filter(
        Q(started_at__lt=OuterRef("started_at"))
        | Q(started_at=OuterRef("started_at"), pk__lt=OuterRef("pk"))
    )
    rows: QuerySet[Attempt, Any] = (
        attempts.filter(~Exists(earlier))
        .order_by()
        .values("learner")
        .annotate(
            begun=Count("pk", distinct=True),
            finished=Count("pk", distinct=True, filter=Q(state=Attempt.State.FINISHED)),
            answered=Count("slots__score"),
            points=Sum("slots__score", default=0.0),
            last_at=Max("started_at"),
        )
    )
    return rows


def _overview(member: Membership, sums: Mapping[str, Any], of: int) -> Overview:
    begun, answered, points = sums.get("begun", 0), sums.get("answered", 0), sums.get("points", 0.0)
    word = ""
    if of and not begun:
        word = "Has not begun"
    elif answered >= FEWEST_ANSWERS and points / answered < NEEDS_HELP_BELOW:
        word = "Needs help"
    return Overview(
        user_id=member.user.public_id,
        name=shown_name(member.user),
        begun=begun,
        finished=sums.get("finished", 0),
        of=of,
        answered=answered,
        points=points,
        last_at=sums.get("last_at"),
        word=word,
    )
