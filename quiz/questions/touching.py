"""What an edit touches: the facts whose items may differ once some facts have changed."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from quiz.facts.base import Fact
from quiz.questions.dated_voices import is_dated, speakers_in, statements_of
from quiz.questions.precision import asked_precision
from quiz.questions.question_forms.what_counted import askers
from quiz.questions.world import World, facets_of, units_of

UNITS = ("day", "month", "year", "decade", "century")


def touched(world: World, keys: Collection[str], before: Collection[Fact] = ()) -> frozenset[str]:
    """Facts whose items may differ once these facts have changed (`before`: as they were).

    Their balance groups, with and without them; those of their rivals, of the relatives that are
    about the same subject, of what links join them to and, where they are dated, of what those
    said whom they involve; facts whose date they share or leave alone; and those that ask what the
    figures of their family count.
    """
    facts = world.base.facts
    changed = [facts[key] for key in sorted(keys) if key in facts]
    found: set[str] = set()
    for fact in (*changed, *before):
        world.turn_to_next()
        near = (
            fact,
            *world.rivals(fact),
            *world.relatives(fact),
            *(other for _, other in world.linked(fact)),
            *(facts[link.to] for link in fact.links if link.to in facts),
        )
        found.update(other.key for other in near if other.key in facts)
        for other in near:
            found.update(_groups_of(other, world))
        found.update(_words_of(fact, world))
        found.update(_in_the_unit_of(fact, world))
    world.turn_to_next()
    for family in sorted(_families((*changed, *before), world)):
        found.update(key for key in askers(family, world, before) if key in facts)
    return frozenset(found)


def _groups_of(fact: Fact, world: World) -> Iterator[str]:
    for facet in facets_of(fact):
        for without in (False, True):
            for wide in (False, True):
                bounds = world.group_bounds(fact, facet, without=without, wide=wide)
                for member in world.group_slice(fact, facet, bounds, wide=wide):
                    yield member.key


def _families(facts: Iterable[Fact], world: World) -> set[str]:
    measures = (world.base.measures.get(fact.measure or "") for fact in facts)
    return {measure.family for measure in measures if measure and measure.family}


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
