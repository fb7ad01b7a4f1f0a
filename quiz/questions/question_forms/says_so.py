"""The article says so, says otherwise, or doesn't say: for claims, in their speaker's voice.

One slot is changed where it says otherwise. Where only the month is given and a day of that
month is put, it doesn't say: nothing in the base supports or contradicts the day.
"""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.items import Held, Item, Option
from quiz.questions.slots import changed_slot, finer_sentence, marked, replaced
from quiz.questions.voicing import plain, voiced_sentence
from quiz.questions.world import World, facets_of

FORM = "says-so"


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    facet = facets_of(fact)[0]
    if fact.kind == "statement":
        yield held(fact, facet, FORM, "who said it is asked by name", "§0.21")
        return
    if fact.grave:
        yield held(fact, facet, FORM, "a grave fact takes no changed values", "§0.2")
        return
    if not fact.status.needs_voice:
        yield held(fact, facet, FORM, "undisputed: true-false asks it", "§0.19")
        return
    told = voiced_sentence(fact, world.base)
    finer = finer_sentence(fact, told, world)
    changed = changed_slot(fact, facet, FORM, world)
    if finer is None and changed is None:
        # A form whose answer is always "says so" would give itself away.
        yield held(fact, facet, FORM, "no value can be proved wrong or left open", "T12")
        return
    turns = [0, *([1] if changed else []), *([2, 2] if finer else [])]
    turn = turns[world.draw("says-so", fact.key, facet) % len(turns)]
    if turn == 2 and finer is not None:
        yield _item(fact, facet, world, finer, 2, f"only {marked(fact.sentence)} is given")
    elif turn == 1 and changed is not None:
        yield _item(fact, facet, world, replaced(told, changed.text), 1, changed.why, changed)
    else:
        yield _item(fact, facet, world, plain(told), 0, "")


def _item(
    fact: Fact,
    facet: str,
    world: World,
    sentence: str,
    right: int,
    why: str,
    changed: Option | None = None,
) -> Item:
    word = world.base.article_word
    texts = (f"The {word} says so", f"The {word} says otherwise", f"The {word} doesn’t say")
    reasons = (
        f"The {word} says so in these terms.",
        f"The {word} gives something else here: {plain(voiced_sentence(fact, world.base))}",
        f"The {word} leaves this open: {why}." if why else "",
    )
    options = tuple(
        Option(
            text,
            place == right,
            "" if place == right else reasons[right],
            from_fact=changed.from_fact if changed and place == right else None,
            rule="" if place == right else "says-so: fixed options",
        )
        for place, text in enumerate(texts)
    )
    return make(
        fact,
        world,
        facet=facet,
        form=FORM,
        stem=f"Does the {word} say this?",
        shown=texts[right],
        expected={"right": [right]},
        options=options,
        frame=(sentence,),
        premises=[changed.from_fact] if changed and changed.from_fact else (),
    )
