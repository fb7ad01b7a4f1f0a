"""The closed world that questions are made from: a base, a seed, and the balance groups.

A balance group is the facts of one thread and one facet, split where it grows beyond 200. All
that an item needs besides its fact comes from the group, from the fact's rivals and relatives,
or from the entities; so the group is what must be made again after an edit.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from typing import Any

from quiz.facts.base import Entity, Fact, FactBase
from quiz.facts.dates import FAR, unit_index
from quiz.facts.names import fold
from quiz.facts.status import Status
from quiz.questions.precision import asked_precision

GROUP_LIMIT = 200
_WHOLE = 1 << 64


def draw(*parts: object) -> int:
    """A 64-bit number fixed by the parts; the only source of chance in the engine."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


def facets_of(fact: Fact) -> tuple[str, ...]:
    """What of a fact is remembered; the first is the facet of its answer."""
    match fact.kind:
        case "date":
            own: tuple[str, ...] = ("date",)
        case "figure":
            own = ("value",)
        case "identity":
            own = ("identity",)
        case _:
            return ("speaker", "content")
    return (*own, "speaker") if fact.voices else own


class World:
    """Closed-world queries over one base; every answer is computed once and kept."""

    def __init__(self, base: FactBase, seed: int) -> None:
        self.base = base
        self.seed = seed
        self.kept: dict[tuple[Any, ...], Any] = {}
        self.at_hand: dict[tuple[Any, ...], Any] = {}

    def draw(self, *parts: object) -> int:
        return draw(self.seed, *parts)

    def once[T](self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """The kept value of `key`, made at the first asking: for what a whole group shares."""
        if key not in self.kept:
            self.kept[key] = make()
        value: T = self.kept[key]
        return value

    def for_now[T](self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """As `once`, but only until the next fact: for what the forms of one fact share."""
        if key not in self.at_hand:
            self.at_hand[key] = make()
        value: T = self.at_hand[key]
        return value

    def turn_to_next(self) -> None:
        self.at_hand.clear()

    # Balance groups

    @cached_property
    def _members(self) -> Mapping[tuple[str, str], tuple[list[int], list[Fact]]]:
        rows: dict[tuple[str, str], list[tuple[int, str, Fact]]] = {}
        for fact in self.base.facts.values():
            if fact.is_askable:
                place = draw(fact.slug)
                for facet in facets_of(fact):
                    rows.setdefault((fact.thread, facet), []).append((place, fact.key, fact))
        members = {}
        for key, found in rows.items():
            found.sort(key=lambda row: row[:2])
            members[key] = ([row[0] for row in found], [row[2] for row in found])
        return members

    def _bounds(self, fact: Fact, facet: str, *, without: bool = False) -> tuple[int, int]:
        """First and last place of the fact's group; `without` as if the fact were not there."""
        places, _ = self._members.get((fact.thread, facet), ([], []))
        spot = draw(fact.slug)
        low, high = 0, _WHOLE
        while True:
            first, last = bisect_left(places, low), bisect_left(places, high)
            if last - first - without <= GROUP_LIMIT:
                return first, last
            middle = (low + high) // 2
            low, high = (low, middle) if spot < middle else (middle, high)

    def group(self, fact: Fact, facet: str) -> tuple[Fact, ...]:
        """The askable facts of the balance group, in a fixed order that is nobody's."""
        return self._slice(fact, facet, self._bounds(fact, facet))

    def _slice(self, fact: Fact, facet: str, bounds: tuple[int, int]) -> tuple[Fact, ...]:
        def cut() -> tuple[Fact, ...]:
            _, facts = self._members.get((fact.thread, facet), ([], []))
            return tuple(facts[bounds[0] : bounds[1]])

        return self.once(("group", fact.thread, facet, *bounds), cut)

    def group_key(self, fact: Fact, facet: str) -> tuple[Any, ...]:
        return (fact.thread, facet, *self._bounds(fact, facet))

    # Rivals and relatives

    @cached_property
    def _by_quantity(self) -> Mapping[tuple[str, str | None], tuple[Fact, ...]]:
        rows: dict[tuple[str, str | None], list[Fact]] = {}
        for key in sorted(self.base.facts):
            fact = self.base.facts[key]
            if fact.measure is not None and fact.status is not Status.RETRACTED:
                rows.setdefault((fact.measure, fact.subject), []).append(fact)
        return {key: tuple(found) for key, found in rows.items()}

    @cached_property
    def _measures_of_family(self) -> Mapping[str, tuple[str, ...]]:
        rows: dict[str, list[str]] = {}
        for key in sorted(self.base.measures):
            family = self.base.measures[key].family
            if family is not None:
                rows.setdefault(family, []).append(key)
        return {key: tuple(found) for key, found in rows.items()}

    @cached_property
    def _subjects(self) -> Mapping[str, tuple[str | None, ...]]:
        rows: dict[str, list[str | None]] = {}
        for measure, subject in self._by_quantity:
            rows.setdefault(measure, []).append(subject)
        return {key: tuple(found) for key, found in rows.items()}

    def _of_quantity(self, measure: str, fact: Fact) -> Iterator[Fact]:
        """Facts of a measure about the same subject; without a subject, about any."""
        if fact.subject is None:
            for subject in self._subjects.get(measure, ()):
                yield from self._by_quantity[measure, subject]
            return
        yield from self._by_quantity.get((measure, fact.subject), ())
        yield from self._by_quantity.get((measure, None), ())

    def rivals(self, fact: Fact) -> tuple[Fact, ...]:
        """Other facts that give a value for the same quantity, retracted ones left out."""
        if fact.measure is None:
            return ()
        measure = fact.measure
        return self.for_now(
            ("rivals", fact.key),
            lambda: tuple(
                other for other in self._of_quantity(measure, fact) if other.key != fact.key
            ),
        )

    def relatives(self, fact: Fact) -> tuple[Fact, ...]:
        """Facts whose measure is easily taken for this one's: the same family."""
        measure = self.base.measures.get(fact.measure) if fact.measure else None
        if measure is None or measure.family is None:
            return ()
        family, own = measure.family, measure.key

        def find() -> tuple[Fact, ...]:
            return tuple(
                other
                for key in self._measures_of_family.get(family, ())
                if key != own
                for other in self._of_quantity(key, fact)
            )

        return self.for_now(("relatives", fact.key), find)

    def linked(self, fact: Fact) -> tuple[tuple[str, Fact], ...]:
        """(kind, other fact) for links from this fact, and ("… by", other) for links to it."""
        return self._links.get(fact.key, ())

    @cached_property
    def _links(self) -> Mapping[str, tuple[tuple[str, Fact], ...]]:
        rows: dict[str, list[tuple[str, Fact]]] = {}
        for key in sorted(self.base.facts):
            fact = self.base.facts[key]
            if fact.status is Status.RETRACTED:
                continue
            for link in fact.links:
                other = self.base.facts.get(link.to)
                if other is not None and other.status is not Status.RETRACTED:
                    rows.setdefault(key, []).append((link.kind, other))
                    rows.setdefault(other.key, []).append((f"{link.kind} by", fact))
        return {key: tuple(found) for key, found in rows.items()}

    # Entities

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        rows: dict[str, list[str]] = {}
        for entity in self.base.entities.values():
            if entity.part_of is not None:
                rows.setdefault(entity.part_of, []).append(entity.key)
        return {key: tuple(found) for key, found in rows.items()}

    @cached_property
    def _alike(self) -> Mapping[str, frozenset[str]]:
        rows: dict[str, set[str]] = {}
        for entity in self.base.entities.values():
            if entity.maybe_same_as is not None:
                rows.setdefault(entity.key, set()).add(entity.maybe_same_as)
                rows.setdefault(entity.maybe_same_as, set()).add(entity.key)
        return {key: frozenset(found) for key, found in rows.items()}

    def kin(self, key: str) -> frozenset[str]:
        """The entity itself, all it is part of, all its parts, and what it may be the same as."""

        def gather() -> frozenset[str]:
            found = {key, *self._alike.get(key, ())}
            for start in tuple(found):
                above = self.base.entities[start].part_of if start in self.base.entities else None
                while above is not None and above not in found:
                    found.add(above)
                    parent = self.base.entities.get(above)
                    above = parent.part_of if parent else None
                below = list(self._children.get(start, ()))
                while below:
                    child = below.pop()
                    if child not in found:
                        found.add(child)
                        below.extend(self._children.get(child, ()))
            return frozenset(found)

        return self.once(("kin", key), gather)

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Entity, ...]]:
        rows: dict[str, list[Entity]] = {}
        for key in sorted(self.base.entities):
            entity = self.base.entities[key]
            rows.setdefault(entity.kind, []).append(entity)
        return {kind: tuple(found) for kind, found in rows.items()}

    def folded(self, entity: Entity) -> frozenset[str]:
        return self.once(
            ("folded", entity.key), lambda: frozenset(fold(name) for name in entity.all_names)
        )

    def side(self, entity: Entity) -> str | None:
        """The entity's side, or that of what it is part of."""
        seen: set[str] = set()
        current: Entity | None = entity
        while current is not None and current.key not in seen:
            if current.side:
                return current.side
            seen.add(current.key)
            current = self.base.entities.get(current.part_of) if current.part_of else None
        return None

    # What an edit touches

    def touched(self, keys: Collection[str], before: Iterable[Fact] = ()) -> frozenset[str]:
        """Facts whose items may differ once these facts have changed (`before`: as they were)."""
        changed = [self.base.facts[key] for key in sorted(keys) if key in self.base.facts]
        found: set[str] = set()
        for fact in (*changed, *before):
            links = [link.to for link in fact.links if link.to in self.base.facts]
            near = (
                fact,
                *self._of_measure(fact),
                *(other for _, other in self.linked(fact)),
                *(self.base.facts[key] for key in links),
            )
            found.update(other.key for other in near if other.key in self.base.facts)
            for other in near:
                for facet in facets_of(other):
                    for without in (False, True):
                        bounds = self._bounds(other, facet, without=without)
                        found.update(member.key for member in self._slice(other, facet, bounds))
            found.update(self._in_the_unit_of(fact))
        return frozenset(found)

    def _in_the_unit_of(self, fact: Fact) -> Iterator[str]:
        """Facts whose asked unit the fact's date reaches into: their date may now be shared."""
        when = fact.when
        if when is None or abs(when.first_day) >= FAR or abs(when.last_day) >= FAR:
            return
        for other in self.base.facts.values():
            unit = asked_precision(other) if other.kind == "date" else ""
            if unit and other.when is not None:
                index = unit_index(other.when.first_day, unit)
                if unit_index(when.first_day, unit) <= index <= unit_index(when.last_day, unit):
                    yield other.key

    def _of_measure(self, fact: Fact) -> tuple[Fact, ...]:
        """Rivals, and all facts of the family, whatever their subject."""
        self.turn_to_next()
        measure = self.base.measures.get(fact.measure) if fact.measure else None
        family = self._measures_of_family.get(measure.family or "", ()) if measure else ()
        wider = (other for key in family for other in self.base.by_measure.get(key, ()))
        return (*self.rivals(fact), *wider)


def with_changed(base: FactBase, fact: Fact) -> FactBase:
    """The base with one fact put in or replaced; for laws and previews."""
    return replace(base, facts={**base.facts, fact.key: fact})
