"""When somebody spoke: which dates the base has about a speaker, and whether it has none.

Only of a speaker whom no dated fact involves or names can it be said that the source leaves
open when the words were spoken.
"""

import re
from collections.abc import Iterator, Mapping

from quiz.facts.base import Entity, Fact
from quiz.facts.dates import MONTHS, DateValue
from quiz.facts.status import Status
from quiz.questions.world import World

_WORD = re.compile(r"[^\W\d_]+")
_TELLS_A_DATE = re.compile(rf"\b(?:[12]\d{{3}}|{'|'.join(MONTHS)})\b")


def dates_of(fact: Fact) -> tuple[DateValue, ...]:
    """Every date that the fact holds as data."""
    values = (fact.when, fact.as_of, *(voice.said_on for voice in fact.voices))
    reported = (cited.reported_on for cited in fact.citations)
    return tuple(value for value in (*values, *reported) if value is not None)


def tells_a_date(text: str) -> bool:
    return _TELLS_A_DATE.search(text) is not None


def is_dated(fact: Fact) -> bool:
    return bool(dates_of(fact)) or tells_a_date(_text(fact))


def speakers_in(fact: Fact, world: World) -> Iterator[str]:
    """Those who speak in statements and by, about or of whom the fact is, or whose name it has."""
    words, entities = _words(fact), frozenset(_entities(fact))
    for key, names in _names_of_speakers(world).items():
        if key in entities or any(own <= words for own in names):
            yield key


def _names_of_speakers(world: World) -> Mapping[str, tuple[frozenset[str], ...]]:
    return world.once(
        ("names of speakers",),
        lambda: {key: _names(world.base.entities[key]) for key in statements_of(world)},
    )


def dates_about(key: str, world: World) -> tuple[DateValue, ...] | None:
    """The dates of all facts that involve an entity; None where one is dated in words alone."""
    entity = world.base.entities.get(key)
    if entity is None:
        return None

    def gather() -> tuple[DateValue, ...] | None:
        by_entity, by_word = _index(world)
        keys = set(by_entity.get(key, ()))
        for words in _names(entity):
            sets = [by_word.get(word, frozenset()) for word in words]
            keys |= frozenset.intersection(*sets)
        facts = [world.base.facts[one] for one in sorted(keys)]
        if any(not dates_of(fact) for fact in facts):
            return None
        return tuple(value for fact in facts for value in dates_of(fact))

    return world.once(("dates about", key), gather)


def statements_of(world: World) -> Mapping[str, tuple[Fact, ...]]:
    """The statements of each entity that speaks first in one."""

    def gather() -> Mapping[str, tuple[Fact, ...]]:
        rows: dict[str, list[Fact]] = {}
        for fact in world.base.facts.values():
            if fact.kind == "statement" and fact.speaker is not None and fact.speaker.entity:
                rows.setdefault(fact.speaker.entity, []).append(fact)
        return {key: tuple(facts) for key, facts in rows.items() if key in world.base.entities}

    return world.once(("statements of",), gather)


def _index(world: World) -> tuple[Mapping[str, set[str]], Mapping[str, frozenset[str]]]:
    """The dated facts by entity and by word."""

    def build() -> tuple[Mapping[str, set[str]], Mapping[str, frozenset[str]]]:
        by_entity: dict[str, set[str]] = {}
        by_word: dict[str, set[str]] = {}
        for fact in world.base.facts.values():
            if fact.status is Status.RETRACTED or not is_dated(fact):
                continue
            for key in _entities(fact):
                by_entity.setdefault(key, set()).add(fact.key)
            for word in _words(fact):
                by_word.setdefault(word, set()).add(fact.key)
        return by_entity, {word: frozenset(keys) for word, keys in by_word.items()}

    return world.once(("dated by whom",), build)


def _entities(fact: Fact) -> Iterator[str]:
    yield from (voice.entity for voice in fact.voices if voice.entity is not None)
    yield from fact.answers
    if fact.subject is not None:
        yield fact.subject


def _text(fact: Fact) -> str:
    return f"{fact.sentence} {fact.label} {fact.occasion}"


def _words(fact: Fact) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(_text(fact)))


def _names(entity: Entity) -> tuple[frozenset[str], ...]:
    words = (frozenset(word.casefold() for word in _WORD.findall(n)) for n in entity.all_names)
    return tuple(own for own in words if own)
