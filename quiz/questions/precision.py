"""At which precision a date is asked: never finer than it is known."""

from quiz.facts.base import Fact
from quiz.facts.dates import RANKS, DateError, DateValue, coarsen

COARSER = ("month", "year")


def asked_precision(fact: Fact) -> str:
    """The precision the fact's date is asked at, "" where it cannot be asked as one unit.

    Without a wish of the fact's own, a day is asked by its month.
    """
    when = fact.when
    if when is None or when.uncertain or when.reading in {"before", "after"}:
        return ""
    wished = fact.ask_precision or ("month" if when.precision == "day" else when.precision)
    if wished in RANKS and fits(when, wished):
        return wished
    return next(
        (
            precision
            for precision in COARSER
            if RANKS[precision] < RANKS.get(wished, 3) + 1 and fits(when, precision)
        ),
        "",
    )


def fits(when: DateValue, precision: str) -> bool:
    """True where the whole date lies in one unit and is known at least that finely."""
    if when.precision in RANKS:
        return RANKS[precision] <= RANKS[when.precision]
    if precision == "day":
        return False
    try:
        coarsen(when, precision)
    except DateError:
        return False
    return True
