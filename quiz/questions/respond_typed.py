"""Grades what was typed from what a version stores; the rules are in `grading`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import log10
from typing import Any

from quiz.facts.dates import parse_edtf
from quiz.facts.quantities import SCALES, Quantity, shown_number
from quiz.questions.graded import UnreadableError, ask_again, graded
from quiz.questions.grading import (
    Graded,
    NameCard,
    NameForm,
    NameIndex,
    Verdict,
    grade_date,
    grade_names,
    grade_number,
)
from quiz.questions.read_numbers import read_number
from quiz.questions.units import unit_of

# From here on an estimate is partly right: off by a factor of about three.
NEAR = 0.5


def grade_typed(
    expected: Mapping[str, Any],
    text: str,
    *,
    today: date,
    day_first: bool = True,
    second_try: bool = False,
) -> Graded:
    """Grade a date, number or name; what is asked again happens once, then it is not this one."""
    match expected.get("type"):
        case "date":
            value = parse_edtf(
                expected["edtf"],
                reading="" if expected["reading"] == "extent" else expected["reading"],
                circa_years=expected["circa_years"],
            )
            result = grade_date(
                value,
                text,
                ask_precision=expected["precision"],
                today=today,
                day_first=day_first,
                stem_year=expected.get("stem_year"),
                also=tuple(map(parse_edtf, expected.get("also", ()))),
            )
        case "number":
            result = grade_number(
                quantity(expected),
                text,
                field_scale=expected["scale"],
                also=tuple(map(Decimal, expected.get("also", ()))),
                lures=[(Decimal(value), why) for value, why in expected.get("near", ())],
                names_one=expected.get("names_one", False),
                counts=expected.get("counts", ""),
            )
        case _:
            right, others = cards(expected)
            index = NameIndex((*right, *others), expected.get("words", ()))
            result = grade_names(right, index, text)
    return _final(result) if second_try else result


def _final(result: Graded) -> Graded:
    if result.verdict is Verdict.ASK_AGAIN:
        return replace(result, verdict=Verdict.REJECT, score=0.0)
    return result


def cards(expected: Mapping[str, Any]) -> tuple[list[NameCard], list[NameCard]]:
    """The right names and those of others; a question written by hand has plain texts."""
    if "answers" not in expected:
        names = tuple(NameForm(text) for text in expected["names"])
        return [NameCard(names, "other", str(expected.get("entity", "")))], []
    said = expected.get("said", "")
    right = [replace(card(one), said=said) for one in expected["answers"]]
    return right, [card(one) for one in expected["others"]]


def card(stored: Mapping[str, Any]) -> NameCard:
    forms = tuple(NameForm(*row) for row in stored["names"])
    return NameCard(
        forms,
        stored["kind"],
        stored["key"],
        note=stored.get("note", ""),
        within=tuple(stored.get("within", ())),
        alike=tuple(stored.get("alike", ())),
        offices=tuple(stored.get("offices", ())),
        seats=tuple(stored.get("seats", ())),
    )


def quantity(expected: Mapping[str, Any]) -> Quantity:
    """The stored figure as grading reads it."""

    def decimal(key: str) -> Decimal | None:
        return None if expected[key] is None else Decimal(expected[key])

    return Quantity(
        text=expected["text"],
        value=decimal("value"),
        low=decimal("low"),
        high=decimal("high"),
        qualifier=expected["qualifier"],
        unit=expected["unit"],
        significant_digits=expected["significant_digits"],
        hedge_text=expected.get("hedge_text", ""),
        scale=expected["scale"],
    )


def grade_estimate(
    expected: Mapping[str, Any], text: str, *, second_try: bool = False
) -> tuple[Graded, float]:
    """Grade by closeness: full inside the source's own band, nothing at ten times off.

    Outside the band the score falls with the logarithm of the ratio to the band's nearer end;
    from a half on it is partly right.
    """
    value = quantity(expected)
    try:
        reading = read_number(text, dimension=unit_of(value.unit).dimension)
    except UnreadableError as error:
        asked = ask_again(error.code, error.note)
        return (_final(asked) if second_try else asked), 0.0
    amount = reading.first
    given = amount.value
    if value.scale and not amount.has_scale and abs(given) < SCALES[value.scale]:
        given *= SCALES[value.scale]
    low, high = (Decimal(end) for end in expected["band"])
    score = closeness(given, low, high)
    read_as = shown_number(given.normalize() + 0)
    if score == 1.0:
        return graded(Verdict.ACCEPT, "in_band", "", read_as), score
    if score >= NEAR:
        return graded(Verdict.PARTIAL, "near", "Near it.", read_as), score
    return graded(Verdict.REJECT, "far", "", read_as), score


def closeness(given: Decimal, low: Decimal, high: Decimal) -> float:
    """1 inside low..high, 0 from ten times off, by the logarithm between."""
    if low <= given <= high:
        return 1.0
    if given <= 0 or low <= 0:
        return 0.0
    ratio = float(low / given) if given < low else float(given / high)
    return max(0.0, 1.0 - log10(ratio)) if ratio < 10 else 0.0
