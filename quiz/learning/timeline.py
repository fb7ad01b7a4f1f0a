"""The strip of a topic's timeline with what a learner knows on it."""

from dataclasses import dataclass

from django.db.models import Max, Min, Q

from quiz.accounts.models import User
from quiz.facts.dates import FAR, DateError, from_unit, parse_edtf, shown, unit_index
from quiz.facts.models import Fact, Topic
from quiz.learning.candidates import ASKABLE
from quiz.learning.charts import BAR_WIDTH, Event, StripMark, strip
from quiz.learning.memory import Grade
from quiz.learning.models import Memory
from quiz.questions.models import Facet

MOST_MARKS = 60


@dataclass(frozen=True, slots=True)
class Strip:
    """`waiting` are dated facts not known yet: a blank at their place would tell the date."""

    marks: tuple[StripMark, ...]
    waiting: int
    first_year: str
    last_year: str
    width: int = BAR_WIDTH


def strip_of(learner: User, topic: Topic) -> Strip | None:
    """What the learner knows of the topic's dates; None where none is known."""
    dated = Fact.objects.filter(topic=topic, kind=Fact.Kind.DATE, status__in=ASKABLE, not_asked="")
    known = (
        Memory.objects.filter(
            learner=learner, topic=topic, facet=Facet.DATE, last_rating__gt=Grade.AGAIN
        )
        .filter(fact__in=dated)
        .order_by("fact__when_first_day")
        .values_list(
            "fact__label", "fact__when_edtf", "fact__when_reading", "fact__when_circa",
            "fact__when_first_day", "fact__when_last_day",
        )
    )  # fmt: skip
    rows = list(known[:MOST_MARKS])
    if not rows:
        return None
    # A date open at one end ("by October 2024") has a bound far beyond every year.
    ends = dated.aggregate(
        first=Min("when_first_day", filter=Q(when_first_day__gt=-FAR)),
        last=Max("when_last_day", filter=Q(when_last_day__lt=FAR)),
    )
    if ends["first"] is None or ends["last"] is None:
        return None
    events = [
        Event(label, _when(edtf, reading, circa), first or 0, last or 0, reading)
        for label, edtf, reading, circa, first, last in rows
    ]
    return Strip(
        tuple(strip(events, ends["first"], ends["last"])),
        dated.count() - len(rows),
        _year(ends["first"]),
        _year(ends["last"]),
    )


def _when(edtf: str, reading: str, circa: int) -> str:
    try:
        return shown(parse_edtf(edtf, reading=reading, circa_years=circa))
    except DateError:
        return edtf


def _year(day: int) -> str:
    return shown(from_unit(unit_index(day, "year"), "year"))
