"""What an edit touches: the facts whose items may differ once some facts have changed."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from quiz.facts.base import Fact
from quiz.questions.dated_voices import is_dated, speakers_in, statements_of
from quiz.questions.distractors_dates import window_of
from quiz.questions.distractors_names import right_entities
from quiz.questions.near_names import answers_near
from quiz.questions.precision import asked_precision
from quiz.questions.question_forms import (
    chain,
    flashcard,
    ordering,
    says_so,
    several_right,
    standing,
    what_counted,
    which_first,
    whose_words,
)
from quiz.questions.rules import TYPED
from quiz.questions.world import WIDE_FACETS, World, facets_of, units_of

UNITS = ("day", "month", "year", "decade", "century")
Forms = frozenset[str]
ALL: Forms = frozenset()
# The forms that take their events and voices from all threads.
WIDE_FORMS = frozenset(
    form.FORM
    for form in (ordering, which_first, several_right, whose_words, chain, standing, says_so)
)


class Touched:
    """Facts by their keys, each with the forms in which it may be asked otherwise."""

    def __init__(self, forms: Mapping[str, Forms] | None = None) -> None:
        self.forms: dict[str, Forms] = {**forms} if forms else {}

    def add(self, keys: Iterable[str], forms: Forms = ALL) -> None:
        for key in keys:
            before = self.forms.get(key, forms)
            self.forms[key] = before | forms if before and forms else ALL


def touched(
    world: World,
    keys: Collection[str],
    before: Collection[Fact] = (),
    names: Collection[str] = (),
    *,
    unheard: bool = False,
) -> Mapping[str, Forms]:
    """Facts whose items may differ once these facts have changed (`before`: as they were).

    Each with its forms, none for all. They are: their balance groups, with and without them;
    those of their rivals, of the relatives that are about the same subject and of what links join
    them to; where they are dated, what those said whom they involve; facts whose date they share
    or leave alone; and those that ask what the figures of their family count. `names` came to an
    entity: who is spelled like them is asked anew, and where one of them stands in a sentence, the
    group's wrong names are; unheard: none does.
    """
    facts = world.base.facts
    changed = [facts[key] for key in sorted(keys) if key in facts]
    found = Touched()
    if _entities_come_or_go(world, changed, before):
        found.add(facts)
        return found.forms
    for fact in (*changed, *before):
        world.turn_to_next()
        near = (
            fact,
            *world.rivals(fact),
            *world.relatives(fact),
            *(other for _, other in world.linked(fact)),
            *(facts[link.to] for link in fact.links if link.to in facts),
        )
        found.add(other.key for other in near)
        for other in near:
            _add_groups(found, other, world)
        found.add(_words_of(fact, world), frozenset({says_so.FORM}))
        found.add(_in_the_unit_of(fact, world), frozenset({flashcard.FORM}))
    world.turn_to_next()
    for family in sorted(_families((*changed, *before), world)):
        asking = what_counted.askers(family, world, before)
        found.add(asking, frozenset({what_counted.FORM}))
    if _moves_the_window(world, changed, before):
        found.add(fact.key for fact in facts.values() if fact.kind == "date")
    found.add(_spelled_like(names, world), TYPED)
    for fact in facts.values() if names and not unheard else ():
        if any(name in f"{fact.sentence} {fact.stem} {fact.occasion}" for name in names):
            _add_groups(found, fact, world)
    return {key: forms for key, forms in found.forms.items() if key in facts}


def _add_groups(found: Touched, fact: Fact, world: World) -> None:
    for facet in facets_of(fact):
        for without in (False, True):
            for wide in (False, True):
                if wide and facet not in WIDE_FACETS:
                    continue
                bounds = world.group_bounds(fact, facet, without=without, wide=wide)
                group = world.group_slice(fact, facet, bounds, wide=wide)
                found.add((member.key for member in group), WIDE_FORMS if wide else ALL)


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


def _moves_the_window(world: World, changed: Collection[Fact], before: Collection[Fact]) -> bool:
    """Whether the story begins or ends on another day: wrong dates keep within it."""
    edited = (*changed, *before)
    if all(fact.when is None for fact in edited):
        return False
    keys = {fact.key for fact in edited}
    others = [fact for key, fact in world.base.facts.items() if key not in keys]
    return window_of((*others, *before)) != window_of(world.base.facts.values())


def _entities_come_or_go(world: World, changed: Iterable[Fact], before: Iterable[Fact]) -> bool:
    """Whether a name that is not at home in the topic is met for the first or the last time.

    It may be a wrong name for any fact, or no longer be one.
    """
    was = {key for fact in before for key in _entities_of(fact)}
    now = {key for fact in changed for key in _entities_of(fact)}
    known = world.base.entities
    if was - known.keys():
        return True
    new = {key for key in now - was if key in known and not known[key].at_home}
    if not new:
        return False
    keys = {fact.key for fact in (*changed, *before)}
    for key, fact in world.base.facts.items():
        if key not in keys:
            new.difference_update(_entities_of(fact))
    return bool(new)


def _entities_of(fact: Fact) -> Iterator[str]:
    if fact.subject:
        yield fact.subject
    yield from fact.answers
    yield from (voice.entity for voice in fact.voices if voice.entity)


def _spelled_like(names: Collection[str], world: World) -> Iterator[str]:
    """Facts whose typed answer these names could be taken for."""
    if not names:
        return
    is_touched = answers_near(names, world)
    told: dict[tuple[str, ...], bool] = {}
    for fact in world.base.facts.values():
        facet = facets_of(fact)[0]
        if facet not in {"identity", "speaker"}:
            continue
        keys = right_entities(fact, facet)
        if keys not in told:
            entities = [world.base.entities[key] for key in keys if key in world.base.entities]
            told[keys] = bool(entities) and is_touched(entities)
        if told[keys]:
            yield fact.key


def _in_the_unit_of(fact: Fact, world: World) -> Iterator[str]:
    """Facts whose date this one's coming or going makes shared or the only one of its unit.

    Where a third fact lies in the unit, nothing changes for the others.
    """
    for unit in UNITS:
        own = units_of(fact, unit)
        if not own:
            continue
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
