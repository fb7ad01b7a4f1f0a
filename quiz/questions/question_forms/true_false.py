"""True or false: only for undisputed facts that are not grave, one slot changed, never negated."""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.facts.status import Status
from quiz.questions.assembling import held, make
from quiz.questions.items import Held, Item, Option
from quiz.questions.slots import changed_slot, replaced
from quiz.questions.voicing import plain, voiced_sentence
from quiz.questions.world import World, facets_of

FORM = "true-false"


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    facet = facets_of(fact)[0]
    if fact.kind == "statement":
        yield held(fact, facet, FORM, "no false words in a real mouth", "§0.19")
        return
    if fact.grave:
        yield held(fact, facet, FORM, "a grave fact takes no true-false", "§0.2")
        return
    if fact.status not in {Status.AGREED, Status.REPORTED}:
        yield held(fact, facet, FORM, "a claim is asked by says-so", "§0.19", "T5")
        return
    if facet == "identity" and world.base.contested:
        # That one text names somebody here does not make another name false: says-so asks it.
        yield held(fact, facet, FORM, "another name is unsaid, not false", "T12")
        return
    changed = changed_slot(fact, facet, FORM, world)
    if changed is None:
        # A form whose answer is always "true" would give itself away.
        yield held(fact, facet, FORM, "no value can be proved false", "T12")
        return
    told = voiced_sentence(fact, world.base)
    is_true = fact.key in _true_ones(fact, facet, world)
    sentence = plain(told) if is_true else replaced(told, changed.text)
    why = "It is as the sentence says." if is_true else changed.why
    options = tuple(
        Option(
            text,
            right,
            "" if right else why,
            rule="" if right else "true-false: fixed options",
        )
        for text, right in (("True", is_true), ("False", not is_true))
    )
    yield make(
        fact,
        world,
        facet=facet,
        form=FORM,
        stem="True or false?",
        shown="True" if is_true else "False",
        expected={"right": [0 if is_true else 1]},
        options=options,
        frame=(sentence,),
        premises=[changed.from_fact] if changed.from_fact and not is_true else (),
    )


def _true_ones(fact: Fact, facet: str, world: World) -> frozenset[str]:
    """Half of a group's sentences are told as they are, the draw decides which half.

    Of a coin for each, chance would leave one kind of sentence more often true than another.
    """

    def choose() -> frozenset[str]:
        asked = [
            other.key
            for other in world.group(fact, facet)
            if other.kind != "statement" and not other.grave and not other.status.needs_voice
        ]
        asked.sort(key=lambda key: world.draw("truth", f"{key}/{facet}/{FORM}/0"))
        odd = world.draw("truth", *world.group_key(fact, facet)) % 2
        return frozenset(asked[: (len(asked) + odd) // 2])

    return world.once(("true ones", *world.group_key(fact, facet)), choose)
