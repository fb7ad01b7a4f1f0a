"""What a typed answer is graded by: self-contained, so that a stored version needs no base."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from quiz.facts.base import Entity, Fact
from quiz.facts.dates import coarsen
from quiz.facts.dates import shown as date_shown
from quiz.facts.names import fold, tokens
from quiz.facts.quantities import HEDGES, SCALES, with_unit
from quiz.facts.quantities import shown as amount_shown
from quiz.questions.distractors_names import right_entities
from quiz.questions.distractors_numbers import SYMBOLS
from quiz.questions.evidence import why_number
from quiz.questions.precision import asked_precision
from quiz.questions.wording import date_field, name_field, number_field
from quiz.questions.world import World

MOST_OTHERS = 40


@dataclass(frozen=True, slots=True)
class Typed:
    shown: str | tuple[str, ...]
    expected: Mapping[str, Any]
    field: Mapping[str, str]
    accepted: tuple[str, ...] = ()


def typed_date(fact: Fact) -> Typed | str:
    when, precision = fact.when, asked_precision(fact)
    if when is None or not precision:
        return "the date is uncertain or open: it cannot be typed"
    asked = coarsen(when, precision)
    return Typed(
        date_shown(asked),
        {
            "type": "date",
            "edtf": when.edtf,
            "reading": when.reading,
            "circa_years": when.circa_years,
            "precision": precision,
            "zone_ambiguous": when.zone_ambiguous,
        },
        date_field(precision),
    )


def typed_number(fact: Fact, world: World) -> Typed | str:
    amount = fact.amount
    if amount is None:
        return "the figure has no amount"
    if amount.qualifier == "range":
        low, high = amount.low, amount.high
        if low is None or high is None or (high - low) > (high + low) / 2:
            return "the range is wider than a quarter of its middle on each side"
    hedge = amount.hedge_text or HEDGES[amount.qualifier]
    unit = amount.unit if amount.unit in SYMBOLS else ""
    return Typed(
        with_unit_shown(fact),
        {
            "type": "number",
            "text": amount.text,
            "value": _text(amount.value),
            "low": _text(amount.low),
            "high": _text(amount.high),
            "qualifier": amount.qualifier,
            "unit": amount.unit,
            "significant_digits": amount.significant_digits,
            "scale": amount.scale,
            "factor": str(SCALES[amount.scale]) if amount.scale else "",
            # What a near miss would really be: the figures of rivals and relatives.
            "near": near_figures(fact, world),
        },
        number_field(hedge, amount.scale, unit),
    )


def with_unit_shown(fact: Fact) -> str:
    assert fact.amount is not None
    text = amount_shown(fact.amount)
    return with_unit(text, fact.amount.unit) if fact.amount.unit in SYMBOLS else text


def near_figures(fact: Fact, world: World) -> list[list[str]]:
    found = []
    for other in (*world.rivals(fact), *world.relatives(fact))[:4]:
        if other.amount is not None and other.amount.value is not None and other.is_askable:
            text = amount_shown(other.amount)
            found.append([str(other.amount.value), why_number(text, other, fact, world)])
    return found


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def typed_name(fact: Fact, facet: str, world: World) -> Typed | str:
    keys = right_entities(fact, facet)
    entities = [world.base.entities[key] for key in keys if key in world.base.entities]
    if not entities or len(entities) < len(keys):
        return "the answer is not an entity of the base"
    shown: str | tuple[str, ...] = tuple(entity.name for entity in entities)
    if len(entities) == 1:
        shown = entities[0].name
    return Typed(
        shown,
        {
            "type": "name",
            "answers": [as_names(entity) for entity in entities],
            "others": other_names(entities, world),
        },
        name_field(_hint(entities)),
        accepted=tuple(
            name.text for entity in entities for name in entity.names if name.accept
        ),
    )


def _hint(entities: list[Entity]) -> str:
    if entities[0].kind == "symbol":
        return "a chemical symbol"
    hint = {"person": "a name", "place": "a place"}.get(entities[0].kind, "a name")
    return hint if len(entities) == 1 else f"{len(entities)} names, joined by “and”"


def as_names(entity: Entity) -> dict[str, Any]:
    """An entity with its accepted names and their kinds, as grading reads it."""
    names = [[entity.name, "full"]]
    names += [
        [name.text, name.kind]
        for name in entity.names
        if name.accept and name.text != entity.name
    ]
    return {"key": entity.key, "kind": entity.kind, "names": names}


def other_names(right: list[Entity], world: World) -> list[list[str]]:
    """(name, kind) of the topic's other entities that could be taken for the answer.

    Those of its own kinds that share a word or lie within the reach of a typing error; an exact
    name of any other entity is too far from every accepted name to be taken for one anyway.
    """
    key = ("others", *(entity.key for entity in right))
    return world.once(key, lambda: _other_names(right, world))


def _other_names(right: list[Entity], world: World) -> list[list[str]]:
    own = {name for entity in right for name in entity.all_names}
    keys = {entity.key for entity in right}
    index = name_index(world)
    found: dict[tuple[str, str], None] = {}
    for name in sorted(own):
        for word in tokens(name):
            for other_key, text, kind in index.get(word, ()):
                if other_key not in keys:
                    found[text, kind] = None
        for gram in grams(name):
            for other_key, text, kind in index.get(gram, ()):
                if other_key not in keys and abs(len(text) - len(name)) <= 3:
                    found[text, kind] = None
    near = [(text, kind) for text, kind in found if text not in own]
    folded = {fold(name) for name in own}
    near.sort(key=lambda row: (min(_distance(fold(row[0]), name) for name in folded), row))
    return [[text, kind] for text, kind in near[:MOST_OTHERS]]


def _distance(one: str, other: str) -> int:
    """A cheap measure of unlikeness: letters that are not shared."""
    return len(set(one) ^ set(other)) + abs(len(one) - len(other))


def grams(name: str) -> set[str]:
    """Beginnings and ends of the folded name: one of them survives a typing error."""
    plain = fold(name).replace(" ", "")
    return {f"^{plain[:3]}", f"{plain[-3:]}$"} if len(plain) > 3 else {f"={plain}"}


def name_index(world: World) -> Mapping[str, tuple[tuple[str, str, str], ...]]:
    """(entity, name, kind) of the topic by word and by gram."""

    def build() -> Mapping[str, tuple[tuple[str, str, str], ...]]:
        rows: dict[str, list[tuple[str, str, str]]] = {}
        for key in sorted(world.base.entities):
            entity = world.base.entities[key]
            kinds = {name.text: name.kind for name in entity.names}
            for text in entity.all_names:
                row = (key, text, kinds.get(text, "full"))
                for part in {*tokens(text), *grams(text)}:
                    rows.setdefault(part, []).append(row)
        return {part: tuple(found) for part, found in rows.items() if len(found) < 200}

    return world.once(("name index",), build)

