"""The closed world that questions are made from: a base, a seed, and the balance groups.

A balance group is the facts of one thread and one facet, split where it grows beyond 200. All
that an item needs besides comes from the group, from rivals and relatives, or from the entities.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Any

from quiz.facts.base import Entity, Fact, FactBase
from quiz.facts.dates import FAR, unit_index
from quiz.facts.names import fold
from quiz.facts.status import Status

GROUP_LIMIT = 200
WIDE, WIDE_LIMIT, WIDE_FACETS = "*", 60, frozenset({"date", "speaker"})
LONGEST_SPAN = 40_000  # days: what may lie anywhere in a century tells of no unit
_WHOLE = 1 << 64


def draw(*parts: object) -> int:
    """A 64-bit number fixed by the parts; the only source of chance in the engine."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


@lru_cache(maxsize=20_000)
def _place(slug: str) -> int:
    """Where a fact stands among others, which no seed moves."""
    return draw(slug)


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


def units_of(fact: Fact, unit: str) -> range:
    """The units that a fact's date may lie in; none where it is open or spans too many."""
    when = fact.when
    if when is None or abs(when.first_day) >= FAR or abs(when.last_day) >= FAR:
        return range(0)
    if when.last_day - when.first_day > LONGEST_SPAN:
        return range(0)
    return range(unit_index(when.first_day, unit), unit_index(when.last_day, unit) + 1)


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
    def _askable(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts of each thread that may be asked, and those of all."""
        rows: dict[str, list[Fact]] = {WIDE: []}
        for fact in self.base.facts.values():
            if fact.is_askable:
                rows.setdefault(fact.thread, []).append(fact)
                rows[WIDE].append(fact)
        return {thread: tuple(facts) for thread, facts in rows.items()}

    def _members(self, thread: str, facet: str) -> tuple[list[int], list[Fact]]:
        """The facts of a thread with a facet, or of all, by their places, and these places."""

        def gather() -> tuple[list[int], list[Fact]]:
            facts = [fact for fact in self._askable.get(thread, ()) if facet in facets_of(fact)]
            facts.sort(key=lambda fact: (_place(fact.slug), fact.key))
            return [_place(fact.slug) for fact in facts], facts

        return self.once(("members", thread, facet), gather)

    def group_bounds(
        self, fact: Fact, facet: str, *, without: bool = False, wide: bool = False
    ) -> tuple[int, int]:
        """First and last place of the fact's group; `without` as if the fact were not there."""
        places, _ = self._members(WIDE if wide else fact.thread, facet)
        limit = WIDE_LIMIT if wide else GROUP_LIMIT
        spot = _place(fact.slug)
        low, high = 0, _WHOLE
        while True:
            first, last = bisect_left(places, low), bisect_left(places, high)
            if last - first - without <= limit:
                return first, last
            middle = (low + high) // 2
            low, high = (low, middle) if spot < middle else (middle, high)

    def group(self, fact: Fact, facet: str, *, wide: bool = False) -> tuple[Fact, ...]:
        """The askable facts of the balance group, in a fixed order that is nobody's.

        A wide group takes all threads, for forms that tell the story across them; it is split
        the earlier for that.
        """
        bounds = self.group_bounds(fact, facet, wide=wide)
        return self.group_slice(fact, facet, bounds, wide=wide)

    def group_slice(
        self, fact: Fact, facet: str, bounds: tuple[int, int], *, wide: bool = False
    ) -> tuple[Fact, ...]:
        thread = WIDE if wide else fact.thread

        def cut() -> tuple[Fact, ...]:
            _, facts = self._members(thread, facet)
            return tuple(facts[bounds[0] : bounds[1]])

        return self.once(("group", thread, facet, *bounds), cut)

    def group_key(self, fact: Fact, facet: str, *, wide: bool = False) -> tuple[Any, ...]:
        bounds = self.group_bounds(fact, facet, wide=wide)
        return (WIDE if wide else fact.thread, facet, *bounds)

    # Dates

    def in_units(self, unit: str) -> Mapping[int, int]:
        """How many dated facts of the topic may lie in each unit."""

        def count() -> Mapping[int, int]:
            found: Counter[int] = Counter()
            for fact in self.base.facts.values():
                found.update(units_of(fact, unit))
            return found

        return self.once(("in units", unit), count)

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
    def measures_of_family(self) -> Mapping[str, tuple[str, ...]]:
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
                for key in self.measures_of_family.get(family, ())
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

    def alike(self, key: str) -> frozenset[str]:
        """What the entity may be the same as: another name of it, or somebody else."""
        return self._alike.get(key, frozenset())

    def kin(self, key: str) -> frozenset[str]:
        """The entity itself, all it is part of, all its parts, and what it may be the same as.

        Who speaks for a state or body counts as it, and it as them: what Russia's president said
        is not surely wrong where Russia is asked about. Two who hold its offices stay apart.
        """

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
            holders = {holder for body in found for holder in self._holders.get(body, ())}
            return frozenset(found | holders | self._offices(key))

        return self.once(("kin", key), gather)

    @cached_property
    def _holders(self) -> Mapping[str, tuple[str, ...]]:
        rows: dict[str, list[str]] = {}
        for entity in self.base.entities.values():
            for role in entity.roles:
                if role.of is not None and entity.kind == "person":
                    rows.setdefault(role.of, []).append(entity.key)
        return {key: tuple(found) for key, found in rows.items()}

    def _offices(self, key: str) -> set[str]:
        """The bodies that a person holds an office of, and all those are part of."""
        entity = self.base.entities.get(key)
        found: set[str] = set()
        if entity is None or entity.kind != "person":
            return found
        for role in entity.roles:
            body = role.of
            while body is not None and body not in found:
                found.add(body)
                above = self.base.entities.get(body)
                body = above.part_of if above else None
        return found

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
