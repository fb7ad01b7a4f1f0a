"""Wrong options that are names: plausible, provably not right, and balanced within a group.

Whoever is a key once should be a wrong option k − 1 times, so that having seen the bank tells
nothing. Each group is dealt out in one order; the candidates with the largest deficit come
first, hash-weighted, so that nobody who knows the counts could rule an option out.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from quiz.facts.base import Entity, Fact
from quiz.facts.names import fold
from quiz.questions.letters import SYMBOL, gives_itself_away, is_of_another_letter, stands_for
from quiz.questions.likeness import (
    PLAUSIBLE,
    are_of_sort,
    is_of_sort,
    kinds_beside,
    of_one_side,
    of_one_state,
    plausibility,
    sort_asked,
    species_beside,
    state_named,
    state_of,
)
from quiz.questions.voicing import plain
from quiz.questions.world import World

MOST_LURES, FEWEST_LURES = 3, 2
TIE_BAND = 1
# A symbol that could shorten the name is taken before one that could not.
TEMPTING = 2
# Where the question names the state of who is right, alone of it the right one would stand out.
OF_ITS_STATE = 4
# The first dealt know least of what the others need; so all choose again, knowing it.
SWEEPS = 3
# A group with fewer keys of a kind than this takes others of the topic beside them.
FEW = 24
# An entity is the key of at most a fifth of the items of its kind in a group, but of two in any.
MOST_SHARE, FEWEST_KEYS = 5, 2
MOST_OTHERS = 60


@dataclass(frozen=True, slots=True)
class Lure:
    """A wrong name: the entity, and the fact of the group it is the right answer of, if any."""

    entity: Entity
    fact: Fact | None


def right_entities(fact: Fact, facet: str) -> tuple[str, ...]:
    """Who or what is right: the answers, or the first speaker."""
    if facet == "identity":
        return fact.answers
    speaker = fact.speaker
    return (speaker.entity,) if speaker is not None and speaker.entity is not None else ()


def lures(
    fact: Fact, facet: str, world: World, form: str, asks: Callable[[Fact], bool] | None
) -> tuple[Lure, ...] | str:
    """Up to three wrong names, the fact's share of its group's deal, or why it has none."""
    if any(_tells_itself(entity, fact, facet, world) for entity in right_entities(fact, facet)):
        return "its letters show through the name that is asked about"
    if any(
        not _has_its_sort(fact, world.base.entities[key], facet, world)
        for key in right_entities(fact, facet)
        if key in world.base.entities
    ):
        return "too few others of the sort that is asked for"
    key = ("names", form, *world.group_key(fact, facet))
    group = world.group(fact, facet)
    deal = world.once(key, lambda: _deal(group, facet, world, asks or bool))
    return deal.get(fact.key, "its answer would too often be the right one")


def _deal(
    group: tuple[Fact, ...], facet: str, world: World, asks: Callable[[Fact], bool]
) -> dict[str, tuple[Lure, ...]]:
    """Wrong names for the facts of a group, in one fixed order."""
    known_by: dict[str, Fact] = {}
    for fact in sorted(group, key=lambda fact: fact.key):
        for entity in right_entities(fact, facet):
            known_by.setdefault(entity, fact)
    asked = [
        (fact, right[0])
        for fact in group
        if len(right := right_entities(fact, facet)) == 1
        and right[0] in world.base.entities
        and not fact.grave
        and fact.kind in {"statement", "identity"}
        and asks(fact)
        and _has_its_sort(fact, world.base.entities[right[0]], facet, world)
        and not _tells_itself(right[0], fact, facet, world)
    ]
    pools = Counter(_pool_of(world.base.entities[right], facet) for _, right in asked)
    keys: Counter[str] = Counter()
    kept = []
    for fact, right_key in asked:
        # Who is right too often cannot be wrong often enough to make up for it.
        pool = _pool_of(world.base.entities[right_key], facet)
        if keys[right_key] < max(FEWEST_KEYS, pools[pool] // MOST_SHARE):
            keys[right_key] += 1
            kept.append(fact)
    need = {entity: 3 * count for entity, count in keys.items()}
    chosen: dict[str, list[Entity]] = {}
    for _ in range(SWEEPS):
        for fact in kept:
            for lure in chosen.get(fact.key, ()):
                need[lure.key] = need.get(lure.key, 0) + 1
            chosen[fact.key] = _choose(fact, facet, world, keys, need)
            for lure in chosen[fact.key]:
                need[lure.key] = need.get(lure.key, 0) - 1
    return {
        key: tuple(Lure(entity, known_by.get(entity.key)) for entity in lures)
        for key, lures in chosen.items()
    }


def _has_its_sort(fact: Fact, right: Entity, facet: str, world: World) -> bool:
    """Whether enough of the sort asked for are there, the right one among them."""
    sort = _sort_asked(fact, right, facet, world)
    return are_of_sort(world.by_kind.get(right.kind, ()), sort, FEWEST_LURES + 1)


def _sort_asked(fact: Fact, right: Entity, facet: str, world: World) -> str:
    if facet != "identity":
        return ""
    return world.once(("sort", fact.key, right.key), lambda: sort_asked(fact.stem, right))


def _tells_itself(key: str, fact: Fact, facet: str, world: World) -> bool:
    entity = world.base.entities.get(key)
    return facet == "identity" and entity is not None and gives_itself_away(entity, fact, world)


def _choose(
    fact: Fact, facet: str, world: World, keys: Counter[str], need: dict[str, int]
) -> list[Entity]:
    """Walk the pool by deficit and take the first three that pass every filter."""
    right = world.base.entities[right_entities(fact, facet)[0]]
    item = world.draw("lure", fact.key, facet)
    state = state_named(fact.stem, right, world)
    ranked: list[tuple[bool, float, int, Entity]] = []
    for own, entity in _pool(fact, right, facet, world, keys):
        jitter = mixed(item, own)
        # A right name that is much longer than the others would stand out.
        short = right.kind != SYMBOL and len(entity.name) * 3 < len(right.name) * 2
        unlike = short or is_of_another_letter(entity, right)
        deficit = need.get(entity.key, -TIE_BAND) + (jitter % 1000) / 1001 * TIE_BAND
        deficit += TEMPTING if stands_for(entity, fact, world) else 0
        deficit += OF_ITS_STATE if state is not None and state_of(entity, world) == state else 0
        ranked.append((unlike, -deficit, jitter, entity))
    ranked.sort(key=lambda row: row[:3])
    mates = [row for row in ranked if not row[0]]
    # The right one is among them.
    if right.kind == SYMBOL and len(mates) > FEWEST_LURES:
        ranked = mates  # Rather one option less than one that its letter rules out.
    barred = barred_entities(fact, facet, world)
    text = f"{plain(fact.sentence)} {fact.stem} {fact.occasion}"
    folded = {name for key in barred for name in _folded_of(key, world)}
    words = set(fact.stem.casefold().split()) if right.kind == "person" else set()

    sort = _sort_asked(fact, right, facet, world)

    def able(entity: Entity) -> bool:
        return (
            entity.key not in barred
            and is_of_sort(entity, sort)
            and plausibility(entity, right, keys, world) >= PLAUSIBLE
            and not folded & world.folded(entity)
            and not _shares_surname(entity, right)
            and not is_named_in(entity, text)
            # “Kim Jong Un” is no lure where a UN Secretary-General is asked for.
            and words.isdisjoint(entity.name.casefold().split())
            and not a_letter_apart(entity.name, right.name)
        )

    entities = [row[-1] for row in ranked]
    if facet == "speaker":
        return _apart(filter(able, entities), world)
    # An answer stands among those of its own state, where there are any, or else of its side.
    found = _apart(filter(able, of_one_state(entities, right, world)), world)
    if len(found) < FEWEST_LURES:
        found = _apart(filter(able, of_one_side(entities, right, world)), world)
    return found


def _apart(able: Iterable[Entity], world: World) -> list[Entity]:
    """The first three that are not one with each other and do not look like it."""
    taken: set[str] = set()
    folded: set[str] = set()
    chosen: list[Entity] = []
    for entity in able:
        if (
            entity.key not in taken
            and not folded & world.folded(entity)
            and not any(a_letter_apart(entity.name, other.name) for other in chosen)
        ):
            chosen.append(entity)
            taken |= world.kin(entity.key)
            folded |= world.folded(entity)
            if len(chosen) == MOST_LURES:
                break
    return chosen


def mixed(one: int, other: int) -> int:
    """Two draws made into one, cheaply: a pool is ranked anew for every item."""
    return ((one ^ other) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF) >> 20


def _pool(
    fact: Fact, right: Entity, facet: str, world: World, keys: Counter[str]
) -> list[tuple[int, Entity]]:
    """Whoever is a key in the group; where these are few, others of the same kind as well.

    Each comes with its own draw.
    """
    kinds, sort = kinds_beside(right.kind, facet), species_beside(right, facet)

    def gather() -> list[tuple[int, Entity]]:
        pool = [
            world.base.entities[key]
            for key in sorted(keys)
            if key in world.base.entities and world.base.entities[key].kind in kinds
        ]
        pool = [entity for entity in pool if species_beside(entity, facet) == sort]
        if len(pool) < FEW:
            others = [
                entity
                for kind in kinds
                for entity in world.by_kind.get(kind, ())
                if entity.key not in keys and species_beside(entity, facet) == sort
            ]
            others.sort(key=lambda entity: world.draw("other", *group, entity.key))
            pool.extend(others[:MOST_OTHERS])
        return [(world.draw("entity", entity.key), entity) for entity in pool]

    group = world.group_key(fact, facet)
    return world.once(("pool", *group, kinds, sort, len(keys), keys.total()), gather)


def a_letter_apart(one: str, other: str) -> bool:
    """Too alike to stand side by side; symbols, which are taken whole, are exempt."""
    first, second = fold(one), fold(other)
    return min(len(first), len(second)) > 3 and OSA.distance(first, second, score_cutoff=1) <= 1


def _pool_of(entity: Entity, facet: str) -> tuple[str, ...]:
    return (*kinds_beside(entity.kind, facet), species_beside(entity, facet))


def barred_entities(fact: Fact, facet: str, world: World) -> frozenset[str]:
    """Entities that are right too, or are one with what is right, or stand in the question."""

    def gather() -> frozenset[str]:
        found: set[str] = set()
        for key in _also_right(fact, facet, world):
            found |= world.kin(key)
        if fact.subject is not None:
            found |= world.kin(fact.subject)
        return frozenset(found)

    return world.for_now(("barred", fact.key, facet), gather)


def _also_right(fact: Fact, facet: str, world: World) -> Iterable[str]:
    """Every entity that the base cannot rule out as an answer."""
    yield from right_entities(fact, facet)
    for voice in fact.voices:
        if voice.entity is not None:
            yield voice.entity
    linked = tuple(other for _, other in world.linked(fact))
    family = world.relatives(fact) if facet == "identity" else ()
    for other in (*world.rivals(fact), *family, *linked):
        yield from other.answers
        for voice in other.voices:
            if voice.entity is not None:
                yield voice.entity
    for citation in fact.citations:
        source = world.base.sources.get(citation.source)
        if source is not None and source.publisher is not None:
            yield source.publisher


def _folded_of(key: str, world: World) -> frozenset[str]:
    entity = world.base.entities.get(key)
    return world.folded(entity) if entity is not None else frozenset()


def _shares_surname(one: Entity, other: Entity) -> bool:
    surnames = {name.text.casefold() for name in one.names if name.kind == "surname"}
    return any(name.kind == "surname" and name.text.casefold() in surnames for name in other.names)


def is_named_in(entity: Entity, text: str) -> bool:
    """True where a name of the entity stands in the text; short ones as whole words."""
    for name in entity.all_names:
        start = text.find(name) if len(name) > 1 else -1
        while start >= 0:
            before = text[start - 1 : start]
            after = text[start + len(name) : start + len(name) + 1]
            if not before.isalnum() and not after.isalnum():
                return True
            start = text.find(name, start + 1)
    return False
