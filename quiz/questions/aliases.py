"""Whether a text may become another name of an entity: never where it may name somebody else."""

from collections.abc import Mapping

from quiz.facts.base import Entity
from quiz.facts.names import fold
from quiz.questions.compare_names import Level, level_of, near_distance
from quiz.questions.name_index import (
    JOINT,
    NameCard,
    NameForm,
    digit_parts,
    plain_symbol,
    prepared,
)

LONGEST = 160


def alias_refusal(entity: Entity, entities: Mapping[str, Entity], text: str) -> str:
    """The sentence that says why a text may not name the entity; empty where it may."""
    plain = fold(text)
    if not plain or len(text) > LONGEST:
        return f"“{text[:LONGEST]}” is no name."
    own = [fold(name) for name in entity.all_names]
    if JOINT.search(text) and not any(JOINT.search(name) for name in entity.all_names):
        return f"“{text}” gives more than one name."
    digits = digit_parts(plain)
    if digits and digits not in {digit_parts(name) for name in own}:
        return f"“{text}” has another number: digits are never nearly right."
    for key in sorted(entities):
        if key != entity.key and _may_name(entities[key], text, plain):
            return f"“{text}” may be taken for {entities[key].name}."
    return ""


def _may_name(other: Entity, text: str, plain: str) -> bool:
    card = prepared(card_of(other))
    if plain_symbol(text) in card.symbols or plain in {fold(name) for name in other.all_names}:
        return True
    for variant in {plain, plain.removeprefix("the ")}:
        if level_of(card, variant)[0] is not Level.NONE:
            return True
        if near_distance(card, variant, frozenset()) is not None:
            return True
    return False


def card_of(entity: Entity) -> NameCard:
    known = {name.text: name for name in entity.names}
    forms = (
        NameForm(text, known[text].kind, known[text].accept) if text in known else NameForm(text)
        for text in entity.all_names
    )
    return NameCard(tuple(forms), entity.kind, entity.key)
