"""What a typed answer is graded by: self-contained, so that a stored version needs no base."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from quiz.facts.also_right import also_dates, also_numbers
from quiz.facts.base import Entity, Fact
from quiz.facts.dates import coarsen
from quiz.facts.dates import shown as date_shown
from quiz.facts.quantities import HEDGES, SCALES, Quantity, shown_number, with_unit
from quiz.facts.quantities import shown as amount_shown
from quiz.questions.distractors_names import right_entities
from quiz.questions.distractors_numbers import SYMBOLS, lending_figures
from quiz.questions.evidence import why_number
from quiz.questions.near_names import as_names, near_words, other_names
from quiz.questions.precision import asked_precision
from quiz.questions.units import OUTCOMES
from quiz.questions.wording import date_field, name_field, number_field
from quiz.questions.world import World

# What may have no name of its own: “international sanctions”, “the Latin word for yellow”.
CALLED_BY_WORDS = frozenset({"agreement", "event", "other"})
NEIGHBORHOOD = Decimal("0.1")  # twice the widest tolerance of an exact figure
FEWEST_APART = 8


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
    asked, also = coarsen(when, precision), also_dates(fact)
    return Typed(
        date_shown(asked),
        {
            "type": "date",
            "edtf": when.edtf,
            "reading": when.reading,
            "circa_years": when.circa_years,
            "precision": precision,
            "zone_ambiguous": when.zone_ambiguous,
            **_also([date.edtf for date in also]),
        },
        date_field(precision),
        accepted=tuple(map(date_shown, also)),
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
            "hedge_text": amount.hedge_text,
            "factor": str(SCALES[amount.scale]) if amount.scale else "",
            # What a near miss would really be: the figures of rivals, relatives and neighbors.
            "near": [*near_figures(fact, world), *neighbors(fact, world)],
            "names_one": tells_apart(fact, world),
            "counts": _counts(fact, world),
            **_also(list(map(str, also_numbers(fact)))),
        },
        number_field(hedge, amount.scale, unit),
        accepted=tuple(shown_number(number, amount.scale) for number in also_numbers(fact)),
    )


def _counts(fact: Fact, world: World) -> str:
    """What the measure counts, with what the question itself says of those who are counted."""
    if not fact.measure:
        return ""
    told = world.base.measures[fact.measure].counts
    words = re.findall(r"\w+", f"{told} {fact.stem}".casefold())
    added = [word for word in dict.fromkeys(words) if word in OUTCOMES and word not in told]
    return " ".join((told, *added))


def _also(values: list[str]) -> dict[str, list[str]]:
    """What counts besides; nothing is stored where nothing does."""
    return {"also": values} if values else {}


def with_unit_shown(fact: Fact) -> str:
    """The figure in short, with the source's own hedge."""
    assert fact.amount is not None
    return hedged(fact.amount, fact.amount.unit if fact.amount.unit in SYMBOLS else "")


def hedged(amount: Quantity, unit: str = "") -> str:
    """“around 1,500”, “as many as 50,000”: in the source's word where it left one."""
    text = with_unit(amount_shown(amount, hedge=False), unit)
    word = amount.hedge_text or HEDGES[amount.qualifier]
    return f"{word} {text}" if word else text


def near_figures(fact: Fact, world: World) -> list[list[str]]:
    found = []
    for other in (*world.rivals(fact), *world.relatives(fact))[:4]:
        if other.amount is not None and other.amount.value is not None and other.is_askable:
            text = hedged(other.amount)
            found.append([str(other.amount.value), why_number(text, other, fact, world)])
    return found


def neighbors(fact: Fact, world: World) -> list[list[str]]:
    """Other subjects' figures of the same measure so near that a tolerance could take them in."""
    value = fact.amount.value if fact.amount is not None else None
    if value is None or fact.subject is None:
        return []
    reach = abs(value) * NEIGHBORHOOD
    return [
        [str(figure), why_number(text, other, fact, world)]
        for figure, _, text, _, other in lending_figures(fact, world)
        if other.measure == fact.measure
        and other.subject != fact.subject
        and figure != value
        and abs(figure - value) <= reach
    ]


def tells_apart(fact: Fact, world: World) -> bool:
    """Tell whether a count is the subject's own, as an atomic number: near it is another's."""
    rows = [row for row in lending_figures(fact, world) if row[-1].measure == fact.measure]
    values = [value for value, *_ in rows]
    return (
        fact.subject is not None
        and fact.amount is not None
        and fact.amount.is_integer
        and len(rows) >= FEWEST_APART
        and len(set(values)) == len(values)
        and all(
            other.amount is not None
            and other.amount.is_integer
            and other.amount.qualifier == "exactly"
            for *_, other in rows
        )
    )


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
            "answers": [as_answer(entity, world) for entity in entities],
            "others": other_names(entities, world),
            "words": near_words(entities, world),
            "said": fact.stem,
        },
        name_field(_hint(entities)),
        accepted=tuple(name.text for entity in entities for name in entity.names if name.accept),
    )


def _hint(entities: list[Entity]) -> str:
    if entities[0].kind == "symbol":
        return "a chemical symbol"
    hint = {"place": "a place", "origin": "a word or a few"}.get(entities[0].kind, "a name")
    if entities[0].kind in CALLED_BY_WORDS:
        hint = "a name or a few words"
    return hint if len(entities) == 1 else f"{len(entities)} names, joined by “and”"


def as_answer(entity: Entity, world: World) -> dict[str, Any]:
    """The right entity with what tells how else it may be described, and what may be the same."""
    stored = as_names(entity)
    within = []
    above = world.base.entities.get(entity.part_of) if entity.part_of else None
    while above is not None and above.name not in within:
        within.append(above.name)
        above = world.base.entities.get(above.part_of) if above.part_of else None
    more = {
        "note": entity.note,
        "within": within,
        "alike": sorted(world.alike(entity.key)),
        "offices": _offices(entity, world),
        "seats": _seats(entity, world),
    }
    return stored | {key: value for key, value in more.items() if value}


def _offices(entity: Entity, world: World) -> list[str]:
    """“Chief of General Staff, Russia”: what may stand before a person's name."""
    bodies = (world.base.entities.get(role.of or "") for role in entity.roles)
    return [
        f"{role.role}, {body.name}" if body else role.role
        for role, body in zip(entity.roles, bodies, strict=True)
    ]


def _seats(entity: Entity, world: World) -> list[str]:
    if entity.kind != "state":
        return []
    capital = f"capital of {entity.name}"
    return [other.name for other in world.by_kind.get("place", ()) if other.note == capital]
