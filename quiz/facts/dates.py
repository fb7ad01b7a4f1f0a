"""Dates with precision, uncertainty and reading: a tested subset of EDTF (ISO 8601-2).

A date is an interval of whole days. Days are counted in the proleptic Gregorian calendar like
`datetime.date.toordinal` (1 January of year 1 is day 1) but go on below it, since facts may be
older. Nothing is guessed: what the subset does not hold is an error that says what is right.
"""

import re
from dataclasses import dataclass, replace

from quiz.facts.calendar import MONTHS, calendar_day, day_number, days_in_month, ordinal

__all__ = [
    "FAR",
    "MONTHS",
    "RANKS",
    "DateError",
    "DateValue",
    "calendar_day",
    "certain_bounds",
    "coarsen",
    "contains",
    "day_number",
    "disjoint",
    "from_unit",
    "gap",
    "overlaps",
    "parse_edtf",
    "rank",
    "shown",
    "unit_index",
]

SEASONS = {21: ("spring", 3), 22: ("summer", 6), 23: ("autumn", 9), 24: ("winter", 12)}
RANKS = {"century": 0, "decade": 1, "year": 2, "month": 3, "day": 4}
NBSP = "\N{NO-BREAK SPACE}"
FAR = 10_000_000  # days: the open end of an interval, beyond every year that is asked


class DateError(ValueError):
    """The text is not a date of the subset; the message says what would have been right."""


@dataclass(frozen=True, slots=True)
class DateValue:
    """An interval of days, both ends included.

    precision: day, month, year, decade, century or range. reading: whether the event fills the
    interval (extent), falls somewhere in it (window), or lies before or after it. circa_years:
    half-width of an approximate year.
    """

    edtf: str
    first_day: int
    last_day: int
    precision: str
    reading: str = "extent"
    circa_years: int = 0
    uncertain: bool = False
    zone_ambiguous: bool = False

    @property
    def is_exact(self) -> bool:
        return not (self.uncertain or self.circa_years or self.reading in {"before", "after"})


def rank(precision: str) -> int:
    """Return how fine a precision is; a range has the rank of a year."""
    return RANKS.get(precision, RANKS["year"])


def parse_edtf(text: str, *, reading: str = "", circa_years: int = 0) -> DateValue:
    """Parse the subset: level 0, `~ ? %`, decades and centuries, seasons, intervals, open ends.

    A reading or half-width that is given wins over what the text implies. Raises DateError.
    """
    stripped = text.strip()
    if not stripped:
        message = "a date is missing: write it like 2024-11-04, 2024-11, 2024 or 2024-10/2024-12"
        raise DateError(message)
    value = _interval(stripped) if "/" in stripped else _point(stripped)
    if reading:
        value = replace(value, reading=reading)
    if circa_years:
        value = replace(value, circa_years=circa_years)
    return value


def _interval(text: str) -> DateValue:
    left, _, right = text.partition("/")
    if left in {"..", ""} and right in {"..", ""}:
        raise DateError(f"{text!r} is open at both ends: give one day, like ../2024-10-31")
    if left in {"..", ""}:
        end = _point(right)
        return replace(end, edtf=text, first_day=-FAR, reading="before")
    if right in {"..", ""}:
        start = _point(left)
        return replace(start, edtf=text, last_day=FAR, reading="after")
    start, end = _point(left), _point(right)
    if end.last_day < start.first_day:
        raise DateError(f"{text!r} ends before it begins: write the earlier date first")
    approximate = left.endswith(("~", "%")) or right.endswith(("~", "%"))
    return DateValue(
        edtf=text,
        first_day=start.first_day,
        last_day=end.last_day,
        precision="range",
        reading="window" if approximate else "extent",
        uncertain=bool({"?", "%"} & {left[-1], right[-1]}),
    )


def _point(text: str) -> DateValue:
    core = text.rstrip("~?%")
    flags = text[len(core) :]
    uncertain = bool({"?", "%"} & set(flags))
    circa = 5 if {"~", "%"} & set(flags) else 0
    if match := re.fullmatch(r"([0-9]{3})X", core):
        decade = int(match[1]) * 10
        return _span(text, decade, decade + 9, "decade", uncertain=uncertain)
    if match := re.fullmatch(r"([0-9]{2})XX", core):
        century = int(match[1]) * 100
        return _span(text, century, century + 99, "century", uncertain=uncertain)
    match = re.fullmatch(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", core)
    if match is None:
        message = (
            f"{text!r} is not a date of the supported kind: write 2024-11-04, 2024-11, 2024, "
            "202X, 20XX, 2024-23 (autumn), 2024-10/2024-12 or ../2024-10"
        )
        raise DateError(message)
    year = int(match[1])
    if match[2] is None:
        return _span(text, year, year, "year", uncertain=uncertain, circa=circa)
    month = int(match[2])
    if month in SEASONS:
        begin = SEASONS[month][1]
        end_year, end_month = (year + 1, 2) if begin == 12 else (year, begin + 2)
        last = day_number(end_year, end_month, days_in_month(end_year, end_month))
        return DateValue(
            text, day_number(year, begin), last, "range", "window", uncertain=uncertain
        )
    if not 1 <= month <= 12:
        raise DateError(f"{text!r} has month {month}: months go from 01 to 12, seasons 21 to 24")
    if match[3] is None:
        first = day_number(year, month)
        last = day_number(year, month, days_in_month(year, month))
        return DateValue(text, first, last, "month", uncertain=uncertain or bool(circa))
    day = int(match[3])
    if not 1 <= day <= days_in_month(year, month):
        message = f"{text!r}: {MONTHS[month - 1]} {year} has {days_in_month(year, month)} days"
        raise DateError(message)
    number = day_number(year, month, day)
    return DateValue(text, number, number, "day", uncertain=uncertain or bool(circa))


def _span(
    text: str, first: int, last: int, precision: str, *, uncertain: bool, circa: int = 0
) -> DateValue:
    return DateValue(
        edtf=text,
        first_day=day_number(first),
        last_day=day_number(last, 12, 31),
        precision=precision,
        uncertain=uncertain,
        circa_years=circa,
    )


def certain_bounds(value: DateValue) -> tuple[int, int]:
    """Return the first and last day the event can lie on, circa years and open ends included."""
    margin = value.circa_years * 366
    first = -FAR if value.reading == "before" else value.first_day - margin
    last = FAR if value.reading == "after" else value.last_day + margin
    return first, last


def disjoint(a: DateValue, b: DateValue) -> bool:
    (first_a, last_a), (first_b, last_b) = certain_bounds(a), certain_bounds(b)
    return last_a < first_b or last_b < first_a


def overlaps(a: DateValue, b: DateValue) -> bool:
    return not disjoint(a, b)


def contains(outer: DateValue, inner: DateValue) -> bool:
    return outer.first_day <= inner.first_day and inner.last_day <= outer.last_day


def unit_index(number: int, unit: str) -> int:
    """Return which day, month, year, decade or century a day belongs to, as a running number."""
    if unit == "day":
        return number
    year, month, _ = calendar_day(number)
    if unit == "month":
        return year * 12 + month - 1
    return {"year": year, "decade": year // 10, "century": year // 100}[unit]


def gap(a: DateValue, b: DateValue, unit: str) -> int:
    """Return how many whole units lie from one to the other; 0 where they share one."""
    if a.first_day > b.first_day:
        a, b = b, a
    return max(0, unit_index(b.first_day, unit) - unit_index(a.last_day, unit))


def from_unit(index: int, unit: str) -> DateValue:
    """Return the date of a running number: the inverse of `unit_index`."""
    if unit == "day":
        year, month, day = calendar_day(index)
        return parse_edtf(f"{_year(year)}-{month:02}-{day:02}")
    if unit == "month":
        return parse_edtf(f"{_year(index // 12)}-{index % 12 + 1:02}")
    if unit == "year":
        return parse_edtf(_year(index))
    if index < 0:
        raise DateError(f"a {unit} before year 0 has no name of its own: give it as an interval")
    return parse_edtf(f"{index:03}X" if unit == "decade" else f"{index:02}XX")


def _year(year: int) -> str:
    return f"{year:04}" if year >= 0 else f"-{-year:04}"


def coarsen(value: DateValue, precision: str) -> DateValue:
    """Return the coarser date that holds the whole value; DateError where it spans several."""
    if value.precision != "range" and rank(precision) >= rank(value.precision):
        return value
    first, last = unit_index(value.first_day, precision), unit_index(value.last_day, precision)
    if first != last:
        raise DateError(f"{value.edtf!r} spans more than one {precision}")
    return replace(from_unit(first, precision), uncertain=value.uncertain)


def shown(value: DateValue) -> str:
    """Return the date as it is read: "4 November 2024", "mid-November 2024", "by July 2025"."""
    if value.reading == "before":
        return f"by {_shown_extent(_unit_at(value.last_day, value.precision))}"
    if value.reading == "after":
        return f"from {_shown_extent(_unit_at(value.first_day, value.precision))}"
    text = _shown_extent(value)
    if value.circa_years:
        return f"about {text}"
    return f"{text} (uncertain)" if value.uncertain else text


def _shown_extent(value: DateValue) -> str:
    year, month, day = calendar_day(value.first_day)
    if value.precision == "day":
        return f"{day}{NBSP}{MONTHS[month - 1]} {_shown_year(year)}"
    if value.precision == "month":
        return f"{MONTHS[month - 1]} {_shown_year(year)}"
    if value.precision == "decade":
        return f"the {year}s"
    if value.precision == "century":
        return f"the {ordinal(year // 100 + 1)} century"
    if value.precision == "year":
        return _shown_year(year)
    return _shown_range(value)


def _shown_range(value: DateValue) -> str:
    if match := re.fullmatch(r"(-?\d{4})-(2[1-4])", value.edtf.rstrip("~?%")):
        return f"{SEASONS[int(match[2])][0]} {_shown_year(int(match[1]))}"
    first, last = calendar_day(value.first_day), calendar_day(value.last_day)
    if value.reading == "window" and (part := _third(first, last)):
        joint = "-" if part == "mid" else " "
        return f"{part}{joint}{MONTHS[first[1] - 1]} {_shown_year(first[0])}"
    left, _, right = value.edtf.partition("/")
    start, end = parse_edtf(left.rstrip("~?%")), parse_edtf(right.rstrip("~?%"))
    head, tail = _shown_extent(start), _shown_extent(end)
    if first[0] == last[0] and start.precision in {"day", "month"}:
        head = head.removesuffix(f" {_shown_year(first[0])}")
        if start.precision == end.precision == "day" and first[1] == last[1]:
            head = str(first[2])
    return f"{head} to {tail}"


def _third(first: tuple[int, int, int], last: tuple[int, int, int]) -> str:
    """Return which third of a month the days are: early, mid, late, or none."""
    if first[:2] != last[:2]:
        return ""
    if first[2] == 21 and last[2] == days_in_month(last[0], last[1]):
        return "late"
    return {(1, 10): "early", (11, 20): "mid"}.get((first[2], last[2]), "")


def _unit_at(number: int, precision: str) -> DateValue:
    unit = precision if precision in RANKS else "day"
    return from_unit(unit_index(number, unit), unit)


def _shown_year(year: int) -> str:
    if year >= 100:
        return str(year)
    return f"AD{NBSP}{year}" if year > 0 else f"{1 - year}{NBSP}BC"
