"""Which word stands before the number? The hedge is the knowledge."""

import re
from collections.abc import Iterator
from typing import Final

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.items import Held, Item, Option
from quiz.questions.slots import BLANK, marked, plain_spaces, replaced
from quiz.questions.voicing import capitalised, plain, voiced_sentence
from quiz.questions.world import World

FORM = "which-hedge"
# One word of each meaning, so that no two options could both be right.
MEANINGS: Final = {
    "about": ("about", "near the number, above or below it"),
    "below": ("almost", "fewer than the number"),
    "above": ("more than", "above the number"),
    "exact": ("exactly", "the number itself"),
}
OF_QUALIFIER: Final = {
    "about": "about",
    "nearly": "below",
    "up_to": "below",
    "at_most": "below",
    "over": "above",
    "at_least": "above",
}
MEANT: Final = {
    "nearly": "“{}” means that the number is not quite reached.",
    "up_to": "“{}” means that it may be any number up to this one.",
    "at_most": "“{}” means that it is this number or fewer.",
    "over": "“{}” means that the number is exceeded.",
    "at_least": "“{}” means that it is this number or more.",
    "about": "“{}” means that the number is not exact.",
}


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    amount = fact.amount
    if fact.kind != "figure" or amount is None:
        return
    meaning = OF_QUALIFIER.get(amount.qualifier)
    slot = plain_spaces(marked(fact.sentence))
    word = amount.hedge_text
    if meaning is None or not word:
        yield held(fact, "value", FORM, "the source hedges nothing", "T9")
        return
    if not slot.lower().startswith(f"{word.lower()} "):
        yield held(
            fact, "value", FORM, "the sentence does not begin its answer with the hedge", "F8"
        )
        return
    told = replaced(voiced_sentence(fact, world.base), f"{BLANK}{slot[len(word) :]}")
    if re.search(rf"\b{re.escape(word)}\b", told, re.IGNORECASE):
        yield held(fact, "value", FORM, "the hedge stands in the sentence a second time", "S8")
        return
    yield _item(fact, world, plain(told), word.lower(), meaning)


def _item(fact: Fact, world: World, sentence: str, word: str, meaning: str) -> Item:
    assert fact.amount is not None
    explained = MEANT[fact.amount.qualifier].format(capitalised(word))
    others = sorted(
        (other for other in MEANINGS if other != meaning),
        key=lambda other: world.draw("hedge", fact.key, other),
    )[:2]
    rows = [Option(word, True)]
    number = plain_spaces(marked(fact.sentence))[len(word) :].strip()
    for other in others:
        wrong, means = MEANINGS[other]
        why = (
            f"The {world.base.article_word} says “{word} {number}”. {explained} "
            f"“{capitalised(wrong)}” would be {means}."
        )
        rows.append(Option(wrong, False, why, rule=f"hedge of another meaning: {other}"))
    rows.sort(key=lambda option: world.draw("hedge place", fact.key, option.text))
    place = next(place for place, option in enumerate(rows) if option.right)
    return make(
        fact,
        world,
        facet="value",
        form=FORM,
        stem=f"Which word does the {world.base.article_word} use before the number?",
        shown=word,
        expected={"right": [place]},
        options=rows,
        order="shuffle",
        frame=(sentence,),
    )
