"""Matching forms: premises on one side, options with a spare on the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from quiz.facts.base import Fact
from quiz.questions.assembling import make
from quiz.questions.distractors_names import a_letter_apart
from quiz.questions.evidence import joint_feedback
from quiz.questions.items import Item, Option
from quiz.questions.world import World

MOST_PAIRS = 4
FEWEST_PAIRS = 3


@dataclass(frozen=True, slots=True)
class Premise:
    """One line to be matched, and the text of the option that belongs to it."""

    fact: Fact
    facet: str
    text: str
    match: str
    entity: str | None = None


def paired(
    form: str,
    premises: Sequence[Premise],
    spares: Sequence[Option],
    stem: str,
    world: World,
    *,
    variant: str = "0",
    ascending: Sequence[str] = (),
) -> Item:
    """The item of the first premise's fact; `ascending` gives the order of dates and numbers."""
    rights: dict[str, Option] = {}
    for premise in premises:
        quoted = premise.text if premise.text.startswith("“") else f"“{premise.text}”"
        why = f"It belongs to {quoted}" + ("" if quoted.endswith((".”", "?”", "!”")) else ".")
        kept = rights.get(premise.match)
        rights[premise.match] = Option(
            premise.match,
            True,
            f"{kept.why} {why}" if kept else why,
            from_fact=premise.fact.key,
            entity=premise.entity,
        )
    options = [*rights.values(), *spares]
    first = premises[0]
    if ascending:
        order = {text: place for place, text in enumerate(ascending)}
        options.sort(key=lambda option: order[option.text])
    else:
        options.sort(key=lambda option: world.draw("pair", first.fact.key, form, option.text))
    places = {option.text: place for place, option in enumerate(options)}
    keys = [(premise.fact.key, premise.facet) for premise in premises]
    return make(
        first.fact,
        world,
        facet=first.facet,
        form=form,
        variant=variant,
        stem=stem,
        shown=tuple(f"{premise.text}: {premise.match}" for premise in premises),
        expected={
            "pairs": {str(place): places[premise.match] for place, premise in enumerate(premises)},
            "facts": {str(place): [list(key)] for place, key in enumerate(keys)},
        },
        options=options,
        order="given" if ascending else "shuffle",
        frame=tuple(premise.text for premise in premises),
        keys=keys,
        evidence=joint_feedback([premise.fact for premise in premises], world),
    )


def chunks(
    rows: Sequence[Premise], world: World, *, most: int = MOST_PAIRS, fewest: int = FEWEST_PAIRS
) -> list[list[Premise]]:
    """Sets of so many premises whose matches cannot be taken for each other, in the order given."""
    waiting = list(rows)
    sets: list[list[Premise]] = []
    while len(waiting) >= fewest:
        chosen: list[Premise] = []
        for row in waiting:
            if all(are_distinct(row, other, world) for other in chosen):
                chosen.append(row)
                if len(chosen) == most:
                    break
        if len(chosen) < fewest:
            break
        sets.append(chosen)
        taken = {id(row) for row in chosen}
        waiting = [row for row in waiting if id(row) not in taken]
    return sets


def are_distinct(one: Premise, other: Premise, world: World) -> bool:
    """Whether neither match is right for the other premise, nor reads like the other.

    Who speaks for a state counts as that state: its president's words are not surely not its own.
    """
    if one.text == other.text or one.match == other.match:
        return False
    if one.entity is None or other.entity is None:
        return True
    return other.entity not in world.kin(one.entity) and not a_letter_apart(one.match, other.match)
