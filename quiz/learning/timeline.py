"""The strip of a topic's timeline with what a learner knows on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q

from quiz.accounts.models import User
from quiz.facts.dates import FAR, DateError, from_unit, parse_edtf, shown, unit_index
from quiz.facts.models import Citation, Fact, Topic, Voice
from quiz.facts.status import Status
from quiz.learning.attribution import rail_of
from quiz.learning.candidates import ASKABLE
from quiz.learning.charts import STRIP_WIDTH, Event, StripMark, Tick, strip, year_ticks
from quiz.learning.memory import Grade
from quiz.learning.models import Memory
from quiz.questions.models import Facet

MOST_MARKS = 60


@dataclass(frozen=True, slots=True)
class Strip:
    """`waiting` are dated facts not known yet: a blank at their place would tell the date."""

    marks: tuple[StripMark, ...]
    ticks: tuple[Tick, ...]
    waiting: int
    first_year: str
    last_year: str
    width: int = STRIP_WIDTH

    @property
    def has_reports(self) -> bool:
        return any(mark.event.is_report for mark in self.marks)


def strip_of(learner: User, topic: Topic) -> Strip | None:
    """What the learner knows of the topic's dates; None where none is known."""
    dated = Fact.objects.filter(topic=topic, kind=Fact.Kind.DATE, status__in=ASKABLE, not_asked="")
    events = _dated(learner, topic, dated)
    reports, waiting = _reported(learner, topic)
    if not events and not reports:
        return None
    # A date open at one end ("by October 2024") has a bound far beyond every year.
    ends = dated.aggregate(
        first=Min("when_first_day", filter=Q(when_first_day__gt=-FAR)),
        last=Max("when_last_day", filter=Q(when_last_day__lt=FAR)),
    )
    first = _least(ends["first"], (event.first_day for event in reports))
    last = _most(ends["last"], (event.last_day for event in reports))
    if first is None or last is None:
        return None
    marks = sorted(strip([*events, *reports], first, last), key=lambda mark: mark.x)
    return Strip(
        tuple(marks),
        tuple(year_ticks(first, last)),
        dated.count() - len(events) + waiting,
        _year(first),
        _year(last),
    )


def _dated(learner: User, topic: Topic, dated: Iterable[Fact]) -> list[Event]:
    """Facts whose date the learner knows."""
    known = (
        Memory.objects.filter(
            learner=learner, topic=topic, facet=Facet.DATE, last_rating__gt=Grade.AGAIN
        )
        .filter(fact__in=dated)
        .order_by("fact__when_first_day")
        .values_list(
            "fact__label", "fact__when_edtf", "fact__when_reading", "fact__when_circa",
            "fact__when_first_day", "fact__when_last_day", "fact__status", "fact__mode",
            Exists(Voice.objects.filter(fact=OuterRef("fact"))),
        )
    )  # fmt: skip
    return [
        Event(
            label,
            _when(edtf, reading, circa),
            first or 0,
            last or 0,
            reading,
            standing=_standing(standing),
        )
        for label, edtf, reading, circa, first, last, *standing in known[:MOST_MARKS]
    ]


def _standing(fact: Sequence[Any]) -> str:
    """What is told of a claim; a plain report needs no word on a timeline of its own source."""
    status, mode, has_voice = fact
    if not Status(status).needs_voice:
        return ""
    return rail_of(status, mode, has_voice=has_voice)[1]


def _reported(learner: User, topic: Topic) -> tuple[list[Event], int]:
    """Facts the learner knows that have no date but their report's, and how many more there are."""
    known = Memory.objects.filter(
        learner=learner, fact=OuterRef("fact"), last_rating__gt=Grade.AGAIN
    )
    found = (
        Citation.objects.filter(
            fact__topic=topic, fact__status__in=ASKABLE, fact__not_asked="", fact__when_edtf="",
            stance=Citation.Stance.SUPPORTS,
        )
        .exclude(reported_on="")
        .order_by("reported_on", "fact")
        .annotate(is_known=Exists(known))
        .values_list(
            "fact__label", "reported_on", "is_known", "fact__status", "fact__mode",
            Exists(Voice.objects.filter(fact=OuterRef("fact"))),
        )
        .distinct()
    )  # fmt: skip
    rows = list(found)
    events = []
    for label, reported_on, _, *standing in [row for row in rows if row[2]][:MOST_MARKS]:
        try:
            value = parse_edtf(reported_on)
        except DateError:
            continue
        words = f"reported {shown(value)}"
        event = Event(
            label, words, value.first_day, value.last_day, is_report=True,
            standing=_standing(standing),
        )  # fmt: skip
        events.append(event)
    return events, len(rows) - len(events)


def _least(end: int | None, days: Iterable[int]) -> int | None:
    return min((day for day in (end, *days) if day is not None), default=None)


def _most(end: int | None, days: Iterable[int]) -> int | None:
    return max((day for day in (end, *days) if day is not None), default=None)


def _when(edtf: str, reading: str, circa: int) -> str:
    try:
        return shown(parse_edtf(edtf, reading=reading, circa_years=circa))
    except DateError:
        return edtf


def _year(day: int) -> str:
    return shown(from_unit(unit_index(day, "year"), "year"))
