"""What an edit touches: the facts whose items may differ once some facts have changed."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from quiz.facts.base import Fact
from quiz.questions.dated_voices import is_dated, speakers_in, statements_of
from quiz.questions.precision import asked_precision
from quiz.questions.world import World, facets_of, units_of

UNITS = ("day", "month", "year", "decade", "century")


def touched(world: World, keys: Collection[str], before: Iterable[Fact] = ()) -> frozenset[str]:
    """Facts whose items may differ once these facts have changed (`before`: as they were).

    Their balance groups, with and without them; those of their rivals, their families, what links
    join them to and, where they are dated, what those said whom they involve; and facts whose
    date they share or leave alone.
    """
    facts = world.base.facts
    changed = [facts[key] for key in sorted(keys) if key in facts]
    found: set[str] = set()
    for fact in (*changed, *before):
        near = (
            fact,
            *_of_measure(fact, world),
            *(other for _, other in world.linked(fact)),
            *(facts[link.to] for link in fact.links if link.to in facts),
        )
        found.update(other.key for other in near if other.key in facts)
        for other in near:
            for facet in facets_of(other):
                for without in (False, True):
                    for wide in (False, True):
                        bounds = world.group_bounds(other, facet, without=without, wide=wide)
                        group = world.group_slice(other, facet, bounds, wide=wide)
                        found.update(member.key for member in group)
        found.update(_words_of(fact, world))
        found.update(_in_the_unit_of(fact, world))
    return frozenset(found)


def _of_measure(fact: Fact, world: World) -> tuple[Fact, ...]:
    """Rivals, and all facts of the family, whatever their subject."""
    world.turn_to_next()
    measure = world.base.measures.get(fact.measure) if fact.measure else None
    family = world.measures_of_family.get(measure.family or "", ()) if measure else ()
    wider = (other for key in family for other in world.base.by_measure.get(key, ()))
    return (*world.rivals(fact), *wider)


def _words_of(fact: Fact, world: World) -> Iterator[str]:
    """What those said whom a dated fact involves, and what is asked beside it."""
    for key in speakers_in(fact, world) if is_dated(fact) else ():
        for statement in statements_of(world)[key]:
            for without in (False, True):
                bounds = world.group_bounds(statement, "content", without=without)
                yield from (one.key for one in world.group_slice(statement, "content", bounds))


def _in_the_unit_of(fact: Fact, world: World) -> Iterator[str]:
    """Facts whose date this one's coming or going makes shared or the only one of its unit.

    Where a third fact lies in the unit, nothing changes for the others.
    """
    for unit in UNITS:
        own = units_of(fact, unit)
        there = world.base.facts.get(fact.key)
        counted = units_of(there, unit) if there is not None else range(0)
        for key, index in _asked_in(unit, world).items():
            if index in own and key != fact.key:
                others = world.in_units(unit)[index] - 1 - (index in counted)
                if others < 1:
                    yield key


def _asked_in(unit: str, world: World) -> Mapping[str, int]:
    """The dated facts that are asked at a precision, with their unit."""

    def gather() -> Mapping[str, int]:
        found = {}
        for fact in world.base.facts.values():
            if fact.kind == "date" and asked_precision(fact) == unit:
                spanned = units_of(fact, unit)
                if len(spanned) == 1:
                    found[fact.key] = spanned[0]
        return found

    return world.once(("asked in", unit), gather)
