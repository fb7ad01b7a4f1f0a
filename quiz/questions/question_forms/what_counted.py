"""Figures that look like rivals and count different things: what does each count?"""

from collections.abc import Iterator

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
    rows = _rows(fact, world)
    sets = chunks(rows, world)
    own = next((chosen for chosen in sets if any(row.fact.key == fact.key for row in chosen)), None)
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


def _rows(fact: Fact, world: World) -> list[Premise]:
    """The family's askable figures, whatever their subject, in a fixed order."""
    measure = world.base.measures[fact.measure or ""]

    def gather() -> list[Premise]:
        rows = [
            Premise(other, "value", premise(other), one.counts)
            for key, one in world.base.measures.items()
            if one.family == measure.family
            for other in world.base.by_measure.get(key, ())
            if other.kind == "figure" and other.is_askable and other.amount is not None
        ]
        return sorted(rows, key=lambda row: row.fact.key)

    return world.once(("counted", measure.family), gather)


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
    others = [row.fact for row in _rows(own, world)] + list(world.group(own, "value"))
    for other in others:
        measure = world.base.measures.get(other.measure) if other.measure else None
        if measure is not None and measure.counts not in taken:
            why = f"None of these figures counts {measure.counts}."
            return Option(measure.counts, False, why, rule="spare", from_fact=None)
    return None
