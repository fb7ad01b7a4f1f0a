"""What the status of each fact depends on, read from a FactBase."""

from collections.abc import Iterable

from quiz.facts.base import Entity, Fact, FactBase
from quiz.facts.dates import DateValue, certain_bounds
from quiz.facts.quantities import bounds
from quiz.facts.status import Names, Span, Standing, Status, Tie, derive

NOT_INDEPENDENT = frozenset({"party", "teacher"})


def statuses(base: FactBase, *, today: int) -> dict[str, Status]:
    """Return the status that every fact of the base has on a day (an ordinal)."""
    facts = [standing(base, fact, today=today) for fact in base.facts.values()]
    return derive(facts, ties(base.facts.values()))


def ties(facts: Iterable[Fact]) -> list[Tie]:
    return [Tie(link.kind, fact.key, link.to) for fact in facts for link in fact.links]


def standing(base: FactBase, fact: Fact, *, today: int) -> Standing:
    measure = base.measures.get(fact.measure) if fact.measure else None
    speaker = fact.speaker
    voice = (speaker.entity or speaker.label) if speaker else None
    actor = voice or fact.subject
    supporting = [citation for citation in fact.citations if citation.stance == "supports"]
    return Standing(
        key=fact.key,
        retracted=fact.status == Status.RETRACTED,
        cited=bool(supporting),
        deprecated=fact.rank == "deprecated",
        ended=fact.valid_to is not None and fact.valid_to.last_day < today,
        measure=fact.measure,
        subject=fact.subject,
        changing=measure is not None and measure.changing,
        value=value_of(base, fact),
        as_of=_days(fact.as_of),
        voice=voice,
        side=_side(base, speaker.entity if speaker else None),
        actor=actor,
        actor_side=_side(base, actor),
        mode=fact.mode,
        roots=frozenset(
            root
            for citation in supporting
            if (root := root_of(base, citation.source)) is not None
            and base.sources[root].kind not in NOT_INDEPENDENT
        ),
    )


def value_of(base: FactBase, fact: Fact) -> Span | Names | None:
    """The answer as something that can be apart from another; None where it cannot be told.

    What a statement says is text: two contents may both be true, so they never contradict here.
    """
    if fact.kind == "date" and fact.when is not None:
        return _days(fact.when)
    if fact.kind == "figure" and fact.amount is not None:
        low, high = bounds(fact.amount)
        return Span(low, high)
    if fact.kind == "identity" and fact.answers:
        right = frozenset(fact.answers)
        return Names(right, kin(base, right) - right)
    return None


def kin(base: FactBase, keys: Iterable[str]) -> frozenset[str]:
    """The wholes of these entities and those that may be the same under another name."""
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        entity = base.entities.get(waiting.pop())
        for near in _near(entity):
            if near not in found:
                found.add(near)
                waiting.append(near)
    return frozenset(found)


def _near(entity: Entity | None) -> tuple[str, ...]:
    if entity is None:
        return ()
    return tuple(key for key in (entity.part_of, entity.maybe_same_as) if key)


def root_of(base: FactBase, source: str) -> str | None:
    """The document that a source goes back to: five papers with one press release are one."""
    at, seen = source, {source}
    while (row := base.sources.get(at)) and row.derived_from and row.derived_from not in seen:
        if row.derived_from not in base.sources:
            break
        at = row.derived_from
        seen.add(at)
    return at if at in base.sources else None


def _days(value: DateValue | None) -> Span | None:
    if value is None:
        return None
    first, last = certain_bounds(value)
    return Span(first, last)


def _side(base: FactBase, entity: str | None) -> str | None:
    row = base.entities.get(entity) if entity else None
    return row.side if row else None
