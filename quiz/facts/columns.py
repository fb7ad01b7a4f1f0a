"""Columns computed from others of the same row, and what a kind of fact cannot be without."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model

from quiz.facts.dates import DateError, DateValue, parse_edtf
from quiz.facts.models import (
    Citation,
    EntityName,
    EntityRole,
    Fact,
    Source,
    Voice,
)
from quiz.facts.names import fold
from quiz.facts.quantities import QuantityError, parse_quantity

Refused = tuple[str, str]


def compute(row: Model) -> list[Refused]:
    """Set the computed columns of a row; return (field, what is wrong) where one cannot be."""
    step = STEPS.get(type(row))
    return step(row) if step else []


def _date(row: Any, field: str, refused: list[Refused], **how: Any) -> DateValue | None:
    text = getattr(row, field)
    if not text:
        return None
    try:
        return parse_edtf(text, **how)
    except DateError as error:
        refused.append((field, str(error)))
        return None


def _fact(fact: Any) -> list[Refused]:
    refused: list[Refused] = []
    # "extent" is the usual reading: what the text itself implies ("../2024-10") goes before it.
    reading = "" if fact.when_reading == Fact.Reading.EXTENT else fact.when_reading
    when = _date(fact, "when_edtf", refused, reading=reading, circa_years=fact.when_circa)
    fact.when_first_day = when.first_day if when else None
    fact.when_last_day = when.last_day if when else None
    fact.when_precision = when.precision if when else ""
    fact.when_reading = when.reading if when else fact.when_reading
    as_of = _date(fact, "as_of_edtf", refused)
    fact.as_of_first_day = as_of.first_day if as_of else None
    fact.as_of_last_day = as_of.last_day if as_of else None
    valid_from = _date(fact, "valid_from_edtf", refused)
    fact.valid_from_day = valid_from.first_day if valid_from else None
    valid_to = _date(fact, "valid_to_edtf", refused)
    fact.valid_to_day = valid_to.last_day if valid_to else None
    refused += _amount(fact)
    return refused


def _amount(fact: Any) -> list[Refused]:
    if fact.qualifier == Fact.Qualifier.RANGE:
        fact.amount_low = fact.amount_high = None  # its ends stand in the text
    fact.amount_value, fact.significant_digits = None, None
    if not fact.amount_text:
        return []
    try:
        quantity = parse_quantity(
            fact.amount_text,
            qualifier=fact.qualifier or Fact.Qualifier.EXACTLY,
            low=fact.amount_low,
            high=fact.amount_high,
        )
    except QuantityError as error:
        return [("amount_text", str(error))]
    fact.amount_value = quantity.value
    fact.amount_low, fact.amount_high = quantity.low, quantity.high
    fact.significant_digits = quantity.significant_digits
    return []


def _voice(voice: Any) -> list[Refused]:
    refused: list[Refused] = []
    said_on = _date(voice, "said_on_edtf", refused)
    voice.said_on_first_day = said_on.first_day if said_on else None
    voice.said_on_last_day = said_on.last_day if said_on else None
    return refused


def _name(name: Any) -> list[Refused]:
    name.folded = fold(name.text)[:200]
    return []


def _only_dates(*fields: str) -> Callable[[Any], list[Refused]]:
    def check(row: Any) -> list[Refused]:
        refused: list[Refused] = []
        for field in fields:
            _date(row, field, refused)
        return refused

    return check


STEPS: dict[type[Model], Callable[[Any], list[Refused]]] = {
    Fact: _fact,
    Voice: _voice,
    EntityName: _name,
    EntityRole: _only_dates("valid_from", "valid_to"),
    Citation: _only_dates("reported_on"),
    Source: _only_dates("published_on"),
}


def missing_parts(fact: Fact) -> Iterator[tuple[str, str, str]]:
    """Yield what a kind of fact cannot be without: (field, what is wrong, what is right)."""
    if not 1 <= fact.importance <= 3:
        yield "importance", f"it is {fact.importance}.", "1 (core), 2 or 3 (detail)"
    if fact.kind == Fact.Kind.DATE and not fact.when_edtf:
        yield "when_edtf", "a fact of kind date needs its date.", "such as 2024-11-04 or 2024-11"
    if fact.kind == Fact.Kind.FIGURE:
        if not fact.amount_text:
            yield "amount_text", "a fact of kind figure needs its amount.", "such as 12,000"
        if not fact.qualifier:
            yield "qualifier", "a figure says how exact it is.", ", ".join(Fact.Qualifier.values)
        if fact.measure is None:
            yield "measure", "a figure needs the measure it is of.", "the slug of a measure"
    if fact.kind == Fact.Kind.STATEMENT and not fact.content:
        yield "content", "a statement needs what was said.", "a clause that can follow “that”"
    low, high = fact.amount_low, fact.amount_high
    if low is not None and high is not None and low > high:
        yield "amount_high", "it lies below amount_low.", "the larger number"
    begin, end = fact.valid_from_day, fact.valid_to_day
    if begin is not None and end is not None and begin > end:
        yield "valid_to_edtf", "it lies before valid_from_edtf.", "the later date"
