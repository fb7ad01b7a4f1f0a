"""Counters of a learner's days: folded from the recalls of days that are over.

A day that is over never changes, so folding it again gives the same rows. Today is counted as it is
asked for, and so is yesterday: it may become today again when the learner travels west. Answering
itself writes no counter.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from quiz.accounts.models import User
from quiz.learning.days import day_of
from quiz.learning.models import LearnerDay, Recall
from quiz.learning.rating import SELF_RATED
from quiz.learning.recording import RIGHT
from quiz.questions.grading import Verdict


class DayCount(NamedTuple):
    """Of one kind of fact: all answers of a day, those that measure what was known, and the right.

    Only the first answer of the day about a facet measures it: what follows comes after feedback.
    Nor does a learner's own rating of a card.
    """

    day: date
    kind: str
    answered: int
    measured: int
    right: int


def fold_days(*, learner: User, now: datetime) -> None:
    """Write the counters of the days that are over for good and not folded yet."""
    yesterday = day_of(now, ZoneInfo(learner.time_zone), learner.day_start) - timedelta(days=1)
    rows = [
        LearnerDay(learner=learner, **row._asdict())
        for row in _counted(_unfolded(learner).filter(day__lt=yesterday))
    ]
    LearnerDay.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["learner", "day", "kind"],
        update_fields=["answered", "measured", "right"],
    )


def days_of(learner: User, since: date | None = None) -> list[DayCount]:
    """All days of the learner (or those since a day), folded or not, by kind of fact."""
    folded = LearnerDay.objects.filter(learner=learner)
    fresh = _unfolded(learner)
    if since is not None:
        folded, fresh = folded.filter(day__gte=since), fresh.filter(day__gte=since)
    rows = folded.order_by("day", "kind").values_list(*DayCount._fields)
    return [*(DayCount(*row) for row in rows), *_counted(fresh)]


def _unfolded(learner: User) -> QuerySet[Recall]:
    last = LearnerDay.objects.filter(learner=learner).aggregate(last=Max("day"))["last"]
    recalls = Recall.objects.filter(learner=learner).exclude(verdict=Verdict.ASK_AGAIN)
    return recalls if last is None else recalls.filter(day__gt=last)


def _counted(recalls: QuerySet[Recall]) -> Iterable[DayCount]:
    same = {name: OuterRef(name) for name in ("learner", "fact", "facet", "day")}
    earlier = Recall.objects.filter(**same, seq__lt=OuterRef("seq"))
    is_first = ~Exists(earlier.exclude(verdict=Verdict.ASK_AGAIN))
    measures = Q(is_first=True) & ~Q(form__in=SELF_RATED)
    rows = (
        recalls.annotate(is_first=is_first)
        .order_by("day", "fact__kind")
        .values("day", "fact__kind")
        .annotate(
            answered=Count("pk"),
            measured=Count("pk", filter=measures),
            right=Count("pk", filter=measures & Q(verdict__in=RIGHT)),
        )
        .values_list("day", "fact__kind", "answered", "measured", "right")
    )
    return [DayCount(*row) for row in rows]
