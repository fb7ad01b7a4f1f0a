"""Counters of a learner's days: folded from the recalls of days that are over.

A day that is over never changes, so folding it again gives the same rows; today is counted as it
is asked for. Answering itself writes no counter.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Sum, Value, When

from quiz.accounts.models import User
from quiz.learning.days import day_of
from quiz.learning.models import LearnerDay, Recall
from quiz.learning.rating import SELF_RATED
from quiz.learning.recording import RIGHT
from quiz.questions.grading import Verdict


class DayCount(NamedTuple):
    day: date
    kind: str
    answered: int
    right: int


def fold_days(*, learner: User, now: datetime) -> None:
    """Write the counters of the days that are over and not folded yet."""
    today = day_of(now, ZoneInfo(learner.time_zone), learner.day_start)
    rows = [
        LearnerDay(learner=learner, **row._asdict())
        for row in _counted(_unfolded(learner).filter(day__lt=today))
    ]
    LearnerDay.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["learner", "day", "kind"],
        update_fields=["answered", "right"],
    )


def days_of(learner: User, since: date | None = None) -> list[DayCount]:
    """All days of the learner (or those since a day), folded or not, by kind of fact."""
    folded = LearnerDay.objects.filter(learner=learner)
    fresh = _unfolded(learner)
    if since is not None:
        folded, fresh = folded.filter(day__gte=since), fresh.filter(day__gte=since)
    rows = folded.order_by("day", "kind").values_list("day", "kind", "answered", "right")
    return [*(DayCount(*row) for row in rows), *_counted(fresh)]


def _unfolded(learner: User) -> QuerySet[Recall]:
    last = LearnerDay.objects.filter(learner=learner).aggregate(last=Max("day"))["last"]
    recalls = Recall.objects.filter(learner=learner).exclude(verdict=Verdict.ASK_AGAIN)
    return recalls if last is None else recalls.filter(day__gt=last)


def _counted(recalls: QuerySet[Recall]) -> Iterable[DayCount]:
    """A learner's own rating of a card is no measure of accuracy and is not counted."""
    is_right = Case(
        When(Q(verdict__in=RIGHT), then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    rows = (
        recalls.exclude(form__in=SELF_RATED)
        .order_by("day", "fact__kind")
        .values("day", "fact__kind")
        .annotate(answered=Count("pk"), right=Sum(is_right))
        .values_list("day", "fact__kind", "answered", "right")
    )
    return [DayCount(*row) for row in rows]
