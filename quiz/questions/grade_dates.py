"""Grades a typed date: the interval that was given against the interval that is known.

Finer and right is right; coarser is partly right; a wrong day of the right month is partly right
where only the month is asked.
"""

from dataclasses import replace
from datetime import date

from quiz.facts.calendar import MONTHS
from quiz.facts.dates import (
    FAR,
    NBSP,
    RANKS,
    DateError,
    DateValue,
    calendar_day,
    coarsen,
    contains,
    from_unit,
    parse_edtf,
    rank,
    shown,
    unit_index,
)
from quiz.questions.graded import (
    ORDER,
    Graded,
    UnreadableError,
    Verdict,
    ask_again,
    graded,
)
from quiz.questions.read_dates import DateReading, read_date

# The longest answer, in days, that still says something: two steps coarser than what is asked.
LONGEST = {"day": 366, "month": 3653, "year": 36_525, "decade": 36_525, "century": 365_250}
MONTH_WORD = "please write the month as a word."
FULL_YEAR = "please write the year with all its digits."


def grade_date(
    expected: DateValue,
    given: str,
    *,
    ask_precision: str,
    today: date,
    day_first: bool = True,
    stem_year: int | None = None,
    also: tuple[DateValue, ...] = (),
) -> Graded:
    """Grade a typed date; `today` only settles two-digit years.

    `also` are dates that an editor let count beside the known one.
    """
    try:
        reading = read_date(given, today=today, day_first=day_first)
    except UnreadableError as error:
        return ask_again(error.code, error.note)
    if reading.relation and reading.relation != expected.reading:
        return ask_again("bound_given", "please give the date itself, without before or after.")
    known = _known(expected)
    asked = _asked(known, ask_precision)
    if not reading.edtf:
        return _grade_without_year(known, asked, reading, stem_year)
    result = _grade_readings(known, asked, reading)
    if not result.is_right and (other := _also_right(reading, also)):
        note = f"The source gives {shown(known)}."
        result = graded(Verdict.ACCEPT_WITH_NOTE, "also_right", note, shown(other))
    return _with_typo(result, reading)


def _also_right(reading: DateReading, also: tuple[DateValue, ...]) -> DateValue | None:
    for text in (reading.edtf, *reading.either):
        for one in also:
            try:
                if _same(parse_edtf(text), one):
                    return one
            except DateError:
                continue
    return None


def _known(expected: DateValue) -> DateValue:
    """The interval that counts; of an open one its closed end."""
    if expected.reading not in {"before", "after"}:
        return expected
    unit = expected.precision if expected.precision in RANKS else "day"
    edge = expected.last_day if expected.reading == "before" else expected.first_day
    return expected if abs(edge) >= FAR else from_unit(unit_index(edge, unit), unit)


def _asked(known: DateValue, precision: str) -> DateValue:
    if precision not in RANKS:
        return known
    if known.precision != "range" and rank(precision) >= rank(known.precision):
        return known
    try:
        return coarsen(known, precision)
    except DateError:
        return known


def _grade_readings(known: DateValue, asked: DateValue, reading: DateReading) -> Graded:
    best = min(
        (_compare(known, asked, text) for text in (reading.edtf, *reading.either)),
        key=lambda result: ORDER.index(result.verdict),
    )
    if best.is_right:
        return best
    for other, note in ((reading.swapped, MONTH_WORD), *((u, FULL_YEAR) for u in reading.unsure)):
        if other and _compare(known, asked, other).is_right:
            code = "other_order" if note == MONTH_WORD else "year_unclear"
            return ask_again(code, note, best.read_as)
    return best


def _with_typo(result: Graded, reading: DateReading) -> Graded:
    if not reading.typo or not result.is_right:
        return result
    note = f"The month is spelled {reading.typo}."
    return replace(
        result,
        verdict=Verdict.ACCEPT_WITH_NOTE,
        note=f"{note} {result.note}".strip(),
        code=result.code if result.note else "month_typo",
    )


def _compare(known: DateValue, asked: DateValue, text: str) -> Graded:
    try:
        given = parse_edtf(text)
    except DateError:
        return ask_again("no_date", "please write a date, for example 9 March 2021.")
    verdict, code, note = _verdict(known, asked, given)
    return graded(verdict, code, note, shown(given))


Result = tuple[Verdict, str, str]


def _verdict(known: DateValue, asked: DateValue, given: DateValue) -> Result:
    if _same(given, asked) or _same(given, known) or _is_counted_century(asked, given):
        return Verdict.ACCEPT, "same", ""
    if _is_next_day(known, given):
        if known.zone_ambiguous:
            note = f"It was night: by another clock it was {shown(known)}."
            return Verdict.ACCEPT_WITH_NOTE, "other_zone", note
        return Verdict.PARTIAL, "off_by_one_day", "Partly: one day off."
    if known.circa_years:
        return _compare_circa(known, given)
    if asked.precision == "range":
        return _compare_interval(known, given)
    if contains(known, given):
        note = f"The source gives only {shown(known)}."
        return Verdict.ACCEPT_WITH_NOTE, "finer_than_known", note
    if contains(asked, given):
        if contains(given, known):
            return Verdict.ACCEPT, "finer_than_asked", ""
        if given.first_day <= known.last_day and known.first_day <= given.last_day:
            return Verdict.PARTIAL, "finer_overlaps", f"Partly: {shown(asked)} fits."
        return Verdict.PARTIAL, "finer_and_wrong", f"Partly: {shown(asked)} fits, the rest doesn't."
    if contains(given, asked):
        return _coarser(asked, given)
    return Verdict.REJECT, "another_date", ""


def _same(one: DateValue, other: DateValue) -> bool:
    return one.first_day == other.first_day and one.last_day == other.last_day


def _is_counted_century(asked: DateValue, given: DateValue) -> bool:
    """Some count the 19th century as 1801 to 1900; EDTF counts it as 1800 to 1899."""
    first, last = calendar_day(given.first_day), calendar_day(given.last_day)
    century = calendar_day(asked.first_day)[0]
    return (
        asked.precision == "century"
        and first == (century + 1, 1, 1)
        and last == (century + 100, 12, 31)
    )


def _is_next_day(known: DateValue, given: DateValue) -> bool:
    return (
        known.precision == "day"
        and given.precision == "day"
        and abs(known.first_day - given.first_day) == 1
    )


def _coarser(asked: DateValue, given: DateValue) -> Result:
    longest = LONGEST.get(asked.precision, 10 * (asked.last_day - asked.first_day + 1) + 366)
    if given.last_day - given.first_day + 1 > longest:
        return Verdict.REJECT, "far_too_coarse", "That leaves nearly everything open."
    wanted = "the dates are" if asked.precision == "range" else f"the {asked.precision} is"
    return Verdict.PARTIAL, "coarser", f"Partly: that fits, but {wanted} missing."


def _compare_circa(known: DateValue, given: DateValue) -> Result:
    """About 1850: a year within the tolerance is right, within twice of it partly."""
    if given.last_day - given.first_day > 366:
        if contains(given, known):
            return _coarser(known, given)
        return Verdict.REJECT, "another_date", ""
    year, middle = calendar_day(given.first_day)[0], calendar_day(known.first_day)[0]
    off = abs(year - middle)
    if off <= known.circa_years:
        return Verdict.ACCEPT_WITH_NOTE, "circa", f"The source says {shown(known)}."
    if off <= 2 * known.circa_years:
        return Verdict.PARTIAL, "circa_wide", f"Partly: near, but the source says {shown(known)}."
    return Verdict.REJECT, "another_date", ""


def _compare_interval(known: DateValue, given: DateValue) -> Result:
    """Both ends are right; one end, or a point inside, is partly right."""
    if given.precision != "range":
        if contains(known, given):
            return Verdict.PARTIAL, "inside", "Partly: inside, but both ends are asked."
        if contains(given, known):
            return _coarser(known, given)
        if rank(given.precision) >= rank("year") and any(contains(given, e) for e in _ends(known)):
            return Verdict.PARTIAL, "one_end", "Partly: one end fits, but both are asked."
        return Verdict.REJECT, "another_date", ""
    start, end = _ends(known)
    first, last = _ends(given)
    if contains(start, first) and contains(end, last):
        return Verdict.ACCEPT_WITH_NOTE, "finer_than_known", f"The source gives {shown(known)}."
    if _same(start, first) or given.first_day == known.first_day:
        return Verdict.PARTIAL, "start_right", "Partly: the beginning fits, the end doesn't."
    if _same(end, last) or given.last_day == known.last_day:
        return Verdict.PARTIAL, "end_right", "Partly: the end fits, the beginning doesn't."
    if contains(known, given):
        return Verdict.PARTIAL, "inside", "Partly: inside, but both ends are asked."
    if contains(first, start) and contains(last, end) and contains(given, known):
        return _coarser(known, given)
    return Verdict.REJECT, "another_date", ""


def _ends(value: DateValue) -> tuple[DateValue, DateValue]:
    left, _, right = value.edtf.partition("/")
    if not right:
        return (
            replace(value, last_day=value.first_day),
            replace(value, first_day=value.last_day),
        )
    return parse_edtf(left.rstrip("~?%")), parse_edtf(right.rstrip("~?%"))


def _grade_without_year(
    known: DateValue, asked: DateValue, reading: DateReading, stem_year: int | None
) -> Graded:
    if any(_compare(known, asked, text).is_right for text in reading.unsure):
        return ask_again("year_unclear", FULL_YEAR)
    _, month, day = calendar_day(known.first_day)
    name = MONTHS[reading.month - 1]
    read_as = f"{reading.day}{NBSP}{name}" if reading.day else name
    if stem_year is not None:
        tail = f"-{reading.day:02}" if reading.day else ""
        text = f"{stem_year:04}-{reading.month:02}{tail}"
        return _with_typo(_compare(known, asked, text), reading)
    fits = known.precision in {"day", "month"} and reading.month == month
    # Of a window in one month the month is as good as the window.
    fits = fits or (asked.precision == "month" and reading.month == month and not reading.day)
    if fits and (not reading.day or known.precision == "month" or reading.day == day):
        note = "Partly: that fits, but the year is missing."
        return graded(Verdict.PARTIAL, "no_year", note, read_as)
    for text in reading.unsure:
        if _compare(known, asked, text).verdict is not Verdict.REJECT:
            return ask_again("year_unclear", FULL_YEAR)
    return graded(Verdict.REJECT, "another_date", "", read_as)
