"""Grades a typed number by the qualifier of the fact: what a hedge leaves open is right too.

Digits are never fuzzy: a number is near or far, and a wrong number of zeros is always wrong.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from quiz.facts.also_right import counted
from quiz.facts.quantities import SCALES, Quantity, shown_number, with_unit
from quiz.questions.graded import (
    ORDER,
    Graded,
    UnreadableError,
    Verdict,
    ask_again,
    graded,
)
from quiz.questions.number_rules import (
    ONE,
    SIGNS,
    grade_converted,
    grade_range,
    grade_value,
    told,
)
from quiz.questions.read_numbers import (
    AT_LEAST,
    AT_MOST,
    EXACTLY,
    OVER,
    UNDER,
    Amount,
    NumberReading,
    read_number,
)
from quiz.questions.units import Unit, same_noun, split_rate, unit_of

UPWARD = frozenset({"over", "at_least"})
DOWNWARD = frozenset({"up_to", "at_most", "nearly"})
RIGHT = frozenset({Verdict.ACCEPT, Verdict.ACCEPT_WITH_NOTE})
BOUNDS = frozenset({OVER, UNDER, AT_LEAST, AT_MOST})
Lure = tuple[Decimal, str]
TIMES = {1: "ten", 2: "a hundred", 3: "a thousand", 6: "a million", 9: "a billion"}


def grade_number(
    expected: Quantity,
    given: str,
    *,
    field_scale: str = "",
    also: tuple[Decimal, ...] = (),
    lures: Sequence[Lure] = (),
    names_one: bool = False,
    counts: str = "",
) -> Graded:
    """Grade a typed number; in a field labelled "million" 12 means 12 million.

    also: numbers that an editor let count beside the figure; lures: figures that belong to somebody
    or something else, with what they are; names_one: the number tells its subject from all others,
    so that near it is another's; counts: what the figure counts, since a learner may write that
    after the number.
    """
    wanted_unit, wanted_rate = split_rate(expected.unit)
    wanted = unit_of(wanted_unit)
    try:
        reading = read_number(
            given, dimension=wanted.dimension, is_range=expected.qualifier == "range"
        )
    except UnreadableError as error:
        return ask_again(error.code, error.note)
    unit_text, rate = split_rate(reading.unit)
    unit = unit_of(unit_text) if unit_text else wanted
    clash = _unit_clash(wanted, unit, counts)
    if clash is None and rate and wanted_rate and rate != wanted_rate:
        clash = graded(Verdict.REJECT, "wrong_rate", f"The figure is per {wanted_rate}.")
    if clash is not None:
        return replace(clash, read_as=_read_as(reading, unit))
    meanings = list(_meanings(reading, expected, field_scale))
    results = [
        _lured(
            _grade_meaning(expected, meaning, wanted, unit, noted),
            expected,
            _converted(meaning, unit, wanted),
            lures,
            names_one=names_one,
        )
        for meaning, noted in meanings
    ]
    best = min(results, key=lambda result: ORDER.index(result.verdict))
    if also and not best.is_right:
        for meaning, _ in meanings:
            if _is_let_count(expected, _converted(meaning, unit, wanted), also):
                note = f"The source gives {told(expected)}."
                read_as = _read_as(meaning, unit)
                return graded(Verdict.ACCEPT_WITH_NOTE, "also_right", note, read_as)
    # Of several wrong readings the plainest one is explained.
    return best if best.verdict is not Verdict.REJECT else results[0]


def _lured(
    result: Graded,
    expected: Quantity,
    reading: NumberReading,
    lures: Sequence[Lure],
    *,
    names_one: bool,
) -> Graded:
    """What is somebody else's figure, or nearer to it than to the right one, is not near."""
    right, value = expected.value, reading.first.value
    if right is None or reading.last or result.verdict is Verdict.ACCEPT or value == right:
        return result
    distance = abs(value - right)
    is_exact = expected.qualifier == "exactly"
    for figure, why in sorted(lures, key=lambda lure: abs(value - lure[0])):
        if figure == value or (is_exact and result.score and abs(value - figure) < distance):
            return graded(Verdict.REJECT, "others_figure", why, result.read_as)
        break
    if names_one and result.score:
        return graded(Verdict.REJECT, "another_number", "", result.read_as)
    return result


def _unit_clash(wanted: Unit, unit: Unit, counts: str) -> Graded | None:
    if unit.dimension == wanted.dimension != "count":
        return None
    if unit.dimension == wanted.dimension:
        if unit.symbol == wanted.symbol or (
            wanted.symbol and same_noun(wanted.symbol, unit.symbol, counts)
        ):
            return None
        return ask_again("unclear_unit", "please write the number alone.")
    if wanted.dimension == "percent" and unit.dimension == "points":
        note = "Percentage points count the difference of two percentages."
        return graded(Verdict.REJECT, "percentage_points", note)
    if unit.dimension == "count":
        return ask_again("unclear_unit", "please write the number with its unit, or alone.")
    if unit.dimension.startswith("money") and wanted.dimension.startswith("money"):
        return graded(Verdict.REJECT, "wrong_currency", "That is another currency.")
    return graded(Verdict.REJECT, "wrong_unit", "That unit measures something else.")


def _meanings(
    reading: NumberReading, expected: Quantity, field_scale: str
) -> Iterator[tuple[NumberReading, str]]:
    """What one text may mean, each with the note it would need."""
    factor = SCALES.get(field_scale.strip().casefold().removesuffix("s"))
    scaled = reading.first.has_scale or (reading.last is not None and reading.last.has_scale)
    if factor and not scaled:
        if abs((reading.last or reading.first).value) >= factor:
            yield reading, ""
        yield _times(reading, factor), ""
    else:
        yield reading, ""
    other = _other_marks(reading, expected)
    if other is not None:
        if factor and not scaled and abs(other.first.value) < factor:
            other = _times(other, factor)
        yield other, f"Read as {_numbers(other)}: the mark can mean thousands or decimals."


def _other_marks(reading: NumberReading, expected: Quantity) -> NumberReading | None:
    """The reading in which a mark groups instead of dividing, or the reverse."""
    if reading.first.other_is_decimal and not re.search(r"\.\d{3}$", expected.text):
        return None
    if reading.first.other is None or (reading.last and reading.last.other is None):
        return None
    first = replace(reading.first, value=reading.first.other)
    last = reading.last and replace(reading.last, value=reading.last.other or Decimal(0))
    return replace(reading, first=first, last=last)


def _converted(reading: NumberReading, unit: Unit, wanted: Unit) -> NumberReading:
    if unit.symbol == wanted.symbol or unit.dimension == "count":
        return reading

    def convert(amount: Amount) -> Amount:
        base = amount.value * unit.factor + unit.offset
        return replace(amount, value=(base - wanted.offset) / wanted.factor)

    last = convert(reading.last) if reading.last else None
    return replace(reading, first=convert(reading.first), last=last)


def _times(reading: NumberReading, factor: Decimal) -> NumberReading:
    first = replace(reading.first, value=reading.first.value * factor)
    last = reading.last and replace(reading.last, value=reading.last.value * factor)
    return replace(reading, first=first, last=last)


def _grade_meaning(
    expected: Quantity, meaning: NumberReading, wanted: Unit, unit: Unit, noted: str
) -> Graded:
    read_as = _read_as(meaning, unit)
    reading = _converted(meaning, unit, wanted)
    if reading.last is not None:
        verdict, code, note = grade_range(expected, reading.first.value, reading.last.value)
        if verdict is Verdict.ACCEPT and reading is not meaning:
            verdict, note = Verdict.ACCEPT_WITH_NOTE, f"In the source's unit: {told(expected)}."
    elif reading is not meaning:
        verdict, code, note = grade_converted(expected, reading.first.value)
    else:
        verdict, code, note = grade_value(expected, reading.first.value)
    if _is_opposite(expected, reading.hedge):
        if verdict is Verdict.REJECT and note:
            return graded(verdict, code, note, read_as)
        note = "The bound lies on the other side."
        return graded(Verdict.REJECT, "opposite_hedge", note, read_as)
    if verdict is Verdict.REJECT:
        if not reading.unit and _is_fraction(expected, reading):
            return ask_again("fraction", "please write it as a percentage.", read_as)
        if not note and (reason := _zeros_or_sign(expected, reading)):
            code, note = reason
        return graded(verdict, code, note, read_as)
    if verdict in RIGHT and _shuts_out(expected, reading.hedge):
        note = f"Partly: the number fits, its bound doesn't. The source gives {told(expected)}."
        return graded(Verdict.PARTIAL, "shut_out", note, read_as)
    noted = noted or _other_hedge(expected, reading.hedge)
    if verdict is Verdict.ACCEPT and noted:
        return graded(Verdict.ACCEPT_WITH_NOTE, "as_written", noted, read_as)
    return graded(verdict, code, note, read_as)


def _is_let_count(expected: Quantity, reading: NumberReading, also: tuple[Decimal, ...]) -> bool:
    """Whether it is one number that an editor let count, said with no hedge the other way."""
    if reading.last is not None or _is_opposite(expected, reading.hedge):
        return False
    return counted(expected, also, reading.first.value)


def _other_hedge(expected: Quantity, hedge: str) -> str:
    if hedge in BOUNDS and expected.qualifier in {"exactly", "about", "range"}:
        return "The number fits; the source does not call it a bound."
    if hedge == EXACTLY and expected.qualifier != "exactly":
        return f"The number fits; the source gives {told(expected)}."
    return ""


def _is_opposite(expected: Quantity, hedge: str) -> bool:
    return (expected.qualifier in UPWARD and hedge in {UNDER, AT_MOST}) or (
        expected.qualifier in DOWNWARD and hedge in {OVER, AT_LEAST}
    )


def _shuts_out(expected: Quantity, hedge: str) -> bool:
    """Tell whether a hedge says that it is not the number which the source gives.

    More than 300 is not 300, and what is almost 50 is not exactly 50.
    """
    if hedge == EXACTLY:
        return expected.qualifier in {"nearly", "over"}
    return hedge in {OVER, UNDER} and expected.qualifier == "exactly"


def _is_fraction(expected: Quantity, reading: NumberReading) -> bool:
    """0.45 for 45 %."""
    value = reading.first.value
    if expected.unit != "%" or reading.last is not None or not -1 <= value <= 1:
        return False
    return grade_value(expected, value * 100)[0] in {Verdict.ACCEPT, Verdict.ACCEPT_WITH_NOTE}


def _zeros_or_sign(expected: Quantity, reading: NumberReading) -> tuple[str, str] | None:
    """Return code and note where the digits are right but the zeros or the sign are not."""
    value = reading.first.value
    if reading.last is not None or not value:
        return None
    for right in (expected.value, expected.low, expected.high):
        if not right:
            continue
        if value == -right:
            return "wrong_sign", "The digits fit, the sign doesn't."
        power = (value / right).copy_abs().adjusted()
        for tens in (power, power + 1):
            if tens and abs(value.scaleb(-tens) - right) <= abs(right) * ONE:
                times = TIMES.get(abs(tens), f"{10 ** abs(tens):,}")
                way = "large" if tens > 0 else "small"
                return "factor_of_ten", f"The digits fit, but it is {times} times too {way}."
    return None


def _read_as(reading: NumberReading, unit: Unit) -> str:
    text = _numbers(reading)
    symbol = SIGNS.get(unit.symbol, unit.symbol)
    return with_unit(text, symbol) if symbol in SIGNS.values() else f"{text} {symbol}".strip()


def _numbers(reading: NumberReading) -> str:
    numbers = [reading.first.value] + ([reading.last.value] if reading.last else [])
    return "–".join(map(_plainly, numbers))


def _plainly(value: Decimal) -> str:
    return shown_number(value.normalize() + 0)
