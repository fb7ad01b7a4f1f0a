"""Figures that look like rivals and count different things: what does each count?"""

from collections.abc import Iterable, Iterator, Mapping

from quiz.facts.base import Fact
from quiz.questions.assembling import held
from quiz.questions.items import Held, Item, Option
from quiz.questions.pairing import Premise, chunks, paired
from quiz.questions.typed_answers import with_unit_shown
from quiz.questions.voicing import is_named
from quiz.questions.wording import number_word
from quiz.questions.world import World

FORM = "what-counted"


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    measure = world.base.measures.get(fact.measure) if fact.measure else None
    if fact.kind != "figure" or measure is None or measure.family is None:
        return
    own = _sets(measure.family, world).get(fact.key)
    if own is None:
        yield held(fact, "value", FORM, "too few figures of its family count other things", "F6")
        return
    if own[0].fact.key != fact.key:
        return
    spare = _spare(own, world)
    if spare is None:
        yield held(fact, "value", FORM, "nothing else is counted that could be the spare", "F6")
        return
    count = number_word(len(own))
    stem = f"{count.capitalize()} figures count {count} different things. What does each count?"
    yield paired(FORM, own, [spare], stem, world)


def _sets(family: str, world: World) -> Mapping[str, list[Premise]]:
    """The sets that a family's figures are asked in, by each fact that stands in one."""

    def make() -> Mapping[str, list[Premise]]:
        sets = chunks(_rows(family, world), world)
        return {row.fact.key: chosen for chosen in sets for row in chosen}

    return world.once(("counted sets", family), make)


def askers(family: str, world: World, before: Iterable[Fact]) -> Iterator[str]:
    """Keys of the facts that ask for the family, now and as its facts were before.

    One figure more or less may move every other one to another set.
    """
    was = {fact.key: fact for fact in before}
    rows = _rows(family, world)
    old = [row for row in rows if row.fact.key not in was]
    old += [row for fact in was.values() if (row := _row(fact, family, world)) is not None]
    for some in (rows, sorted(old, key=lambda row: row.fact.key)):
        yield from (chosen[0].fact.key for chosen in chunks(some, world))


def _rows(family: str, world: World) -> list[Premise]:
    """The family's askable figures, whatever their subject, in a fixed order."""

    def gather() -> list[Premise]:
        facts = (
            fact
            for measure in world.measures_of_family.get(family, ())
            for fact in world.base.by_measure.get(measure, ())
        )
        rows = [row for fact in facts if (row := _row(fact, family, world)) is not None]
        return sorted(rows, key=lambda row: row.fact.key)

    return world.once(("counted", family), gather)


def _row(fact: Fact, family: str, world: World) -> Premise | None:
    measure = world.base.measures.get(fact.measure) if fact.measure else None
    if measure is None or measure.family != family or fact.kind != "figure":
        return None
    if not fact.is_askable or fact.amount is None:
        return None
    return Premise(fact, "value", premise(fact), measure.counts)


def premise(fact: Fact) -> str:
    """“around 1,500 (South Korean intelligence)”: a claimed figure keeps its voice."""
    voice = fact.speaker
    text = with_unit_shown(fact)
    if voice is None:
        return text
    return f"{text} ({voice.label if is_named(voice) else 'no source named'})"


def _spare(rows: list[Premise], world: World) -> Option | None:
    """What another figure of the family or of the group counts."""
    taken = {row.match for row in rows}
    own = rows[0].fact
    family = world.base.measures[own.measure or ""].family or ""
    others = [row.fact for row in _rows(family, world)] + list(world.group(own, "value"))
    for other in others:
        measure = world.base.measures.get(other.measure) if other.measure else None
        if measure is not None and measure.counts not in taken:
            why = f"None of these figures counts {measure.counts}."
            return Option(measure.counts, False, why, rule="spare", from_fact=None)
    return None
