"""What is known, learned and due, drawn and in tables."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from quiz.accounts.models import User
from quiz.accounts.policies import LearnerRequest, learner_view
from quiz.facts.models import Fact, Topic
from quiz.learning import charts
from quiz.learning.calibration import ENOUGH, calibration_of
from quiz.learning.candidates import ASKABLE
from quiz.learning.days import day_of
from quiz.learning.days_folding import DayCount, days_of
from quiz.learning.models import Memory
from quiz.learning.progress import TopicCount, count_topics
from quiz.learning.views.steps import learner_of


@dataclass(frozen=True, slots=True)
class KindRow:
    """How often a kind of fact was known when asked; a share only where it means something."""

    kind: str
    answered: int
    right: int

    @property
    def share(self) -> int | None:
        return round(100 * self.right / self.answered) if self.answered >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class TopicBar:
    count: TopicCount
    pieces: list[charts.Piece]


@require_GET
@learner_view("learn")
def progress_overview(request: LearnerRequest) -> HttpResponse:
    learner, now = learner_of(request), timezone.now()
    today = day_of(now, ZoneInfo(learner.time_zone), learner.day_start)
    days = days_of(learner)
    answered = sum(row.answered for row in days)
    met = Topic.objects.filter(pk__in=Memory.objects.filter(learner=learner).values("topic"))
    calendar = charts.calendar(_by_day(days), today)
    context = {
        "answered": answered,
        "missing": max(0, ENOUGH - answered),
        "topics": [_bar(count) for count in count_topics(met.order_by("position"), learner, now)],
        "kinds": _kinds(days),
        "calibration": calibration_of(learner),
        "cells": calendar,
        "calendar_width": calendar[-1].x + charts.CELL,
        "weeks": charts.WEEKS,
        "forecast": charts.forecast(_due_days(learner), today),
    }
    return render(request, "learning/progress_overview.html", context)


def _bar(count: TopicCount) -> TopicBar:
    return TopicBar(
        count,
        charts.stacked(
            [
                ("steady", count.steady, "fill-right"),
                ("learning", count.learning, "fill-accent"),
                ("slipping", count.slipping, "fill-wrong"),
                ("not met", count.not_met, "fill-line"),
            ]
        ),
    )


def _by_day(days: list[DayCount]) -> Counter[date]:
    counts: Counter[date] = Counter()
    for row in days:
        counts[row.day] += row.answered
    return counts


def _kinds(days: list[DayCount]) -> list[KindRow]:
    measured: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in days:
        measured[row.kind] += row.measured
        right[row.kind] += row.right
    return [
        KindRow(str(label), measured[kind], right[kind])
        for kind, label in Fact.Kind.choices
        if measured[kind]
    ]


def _due_days(learner: User) -> Counter[date]:
    """How many memories come due on each of the learner's days."""
    zone = ZoneInfo(learner.time_zone)
    due = Memory.objects.filter(learner=learner, fact__status__in=ASKABLE).exclude(due_at=None)
    return Counter(
        day_of(at, zone, learner.day_start)
        for at in due.values_list("due_at", flat=True)
        if at is not None
    )
