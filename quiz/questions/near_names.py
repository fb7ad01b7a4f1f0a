"""Whose names a typed answer could be taken for: what its version stores of others, and why.

An answer keeps only the names near its own, so that a stored version needs no base; the reverse,
which answers a new name comes near to, says what is to be made anew.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from quiz.facts.base import Entity
from quiz.facts.names import fold
from quiz.questions.world import World

MOST_OTHERS = 24
# A word of so many entities' names still tells some apart.
COMMON = 25


def as_names(entity: Entity) -> dict[str, Any]:
    """An entity as grading reads it: its kind, and its names with kind and whether accepted."""
    kinds = {name.text: name for name in entity.names}
    names: list[list[Any]] = []
    for text in entity.all_names:
        name = kinds.get(text)
        names.append([text, name.kind if name else "full", name.accept if name else True])
    return {"key": entity.key, "kind": entity.kind, "names": names}


def near_words(right: list[Entity], world: World) -> list[str]:
    """Words of the topic's names that a typing error in the answer could seem to be."""

    def find() -> list[str]:
        own = {word for entity in right for text in entity.all_names for word in fold(text).split()}
        found: set[str] = set()
        for word in own:
            reach = _reach(len(word))
            near = extract(word, _words(world), scorer=OSA.distance, score_cutoff=reach, limit=None)
            found.update(other for other, distance, _ in near if distance)
        return sorted(found - own)

    return world.once(("near words", *(entity.key for entity in right)), find)


def _words(world: World) -> tuple[str, ...]:
    return world.once(
        ("words",),
        lambda: tuple(sorted({word for text in _name_index(world)[1] for word in text.split()})),
    )


def other_names(right: list[Entity], world: World) -> list[dict[str, Any]]:
    """The topic's other entities that a typed text could be taken for.

    Those that share a word with the answer, and those within twice the reach of a typing error;
    the name of any other entity is too far from the answer to be accepted for it anyway.
    """
    key = ("others", *(entity.key for entity in right))
    return world.once(key, lambda: _other_names(right, world))


def _other_names(right: list[Entity], world: World) -> list[dict[str, Any]]:
    own = {entity.key for entity in right}
    found: dict[str, int] = {other: 0 for entity in right for other in world.alike(entity.key)}
    by_word, folded, owners = _name_index(world)
    for entity in right:
        for name in entity.all_names:
            plain = fold(name)
            for word in plain.split():
                for other in by_word.get(word, ()):
                    found[other] = 0
            reach = _reach(len(plain))
            near = extract(
                plain, folded, scorer=OSA.distance, processor=None, score_cutoff=reach, limit=20
            )
            for _, distance, place in near:
                other = owners[place]
                found[other] = min(found.get(other, 99), int(distance))
    # Of another kind and called the same, like the god and the metal mercury: not a rival name.
    own |= {
        other
        for other in found
        for entity in right
        if world.base.entities[other].kind != entity.kind
        and world.folded(world.base.entities[other]) & world.folded(entity)
    }
    keys = sorted((distance, other) for other, distance in found.items() if other not in own)
    return [as_names(world.base.entities[other]) for _, other in keys[:MOST_OTHERS]]


def answers_near(names: Collection[str], world: World) -> Callable[[list[Entity]], bool]:
    """What tells whether these right entities are stored otherwise, now that names were added.

    They are where one of them has such a name, where the one who has it stands among their others,
    and where a word of it is near a word of theirs, or has just become too common to tell.
    """
    by_word, folded, owners = _name_index(world)
    entities = world.base.entities
    called = {key for key, one in entities.items() if not {*names}.isdisjoint(one.all_names)}
    new = {fold(name) for name in names}
    words = {word for name in new for word in name.split()}
    all_of_them = {fold(name) for key in called for name in entities[key].all_names}
    common = {owner for word in words - by_word.keys() for owner in _sharing(word, folded, owners)}
    near = called | common | _spelled_like(all_of_them, by_word, folded, owners)
    fresh = {word for word in words if _times(word, folded) <= len(called)}
    close = {word for word in _words(world) if any(_is_close(one, word) for one in fresh)}

    def is_touched(right: list[Entity]) -> bool:
        keys = {one.key for one in right}
        own = {fold(name) for one in right for name in one.all_names}
        if keys & (called | common) or own & new:
            return True
        if any(word in close for name in own for word in name.split()):
            return True
        return bool(keys & near) and any(row["key"] in called for row in other_names(right, world))

    return is_touched


def _is_close(one: str, word: str) -> bool:
    reach = _reach(len(word))
    return 0 < OSA.distance(one, word, score_cutoff=reach) <= reach


def _times(word: str, folded: list[str]) -> int:
    return sum(word in text.split() for text in folded if word in text)


def _spelled_like(
    names: Collection[str],
    by_word: Mapping[str, tuple[str, ...]],
    folded: list[str],
    owners: list[str],
) -> set[str]:
    """Who shares a word with one of the names, or is spelled alike."""
    found = {owner for name in names for word in name.split() for owner in by_word.get(word, ())}
    for name in names:
        near = extract(
            name, folded, scorer=OSA.distance, processor=None, score_cutoff=6, limit=None
        )
        found.update(owners[place] for text, off, place in near if off <= _reach(len(text)))
    return found


def _sharing(word: str, folded: list[str], owners: list[str]) -> set[str]:
    """Who shares a word, where it has just become too common; else nobody new."""
    own = {owner for text, owner in zip(folded, owners, strict=True) if word in text.split()}
    return own if len(own) == COMMON + 1 else set()


def _reach(length: int) -> int:
    """Twice the typing errors that grading forgives in a name of this length."""
    return 0 if length <= 3 else 2 if length <= 7 else 4 if length <= 12 else 6


def _name_index(world: World) -> tuple[Mapping[str, tuple[str, ...]], list[str], list[str]]:
    """Entities by each word of their names, and all folded names with whose they are."""

    def build() -> tuple[Mapping[str, tuple[str, ...]], list[str], list[str]]:
        rows: dict[str, set[str]] = {}
        folded: list[str] = []
        owners: list[str] = []
        for key in sorted(world.base.entities):
            for text in world.base.entities[key].all_names:
                plain = fold(text)
                folded.append(plain)
                owners.append(key)
                for word in plain.split():
                    rows.setdefault(word, set()).add(key)
        # A word of very many names ("office", "north") tells nobody apart.
        by_word = {word: tuple(sorted(keys)) for word, keys in rows.items() if len(keys) <= COMMON}
        return by_word, folded, owners

    return world.once(("name index",), build)
