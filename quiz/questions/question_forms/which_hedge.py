"""What stands before the number? The hedge is the knowledge."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from quiz.facts.base import Fact
from quiz.facts.quantities import HEDGE_WORDS
from quiz.questions.assembling import held, make
from quiz.questions.items import Held, Item, Option
from quiz.questions.slots import BLANK, marked, plain_spaces, replaced
from quiz.questions.voicing import capitalised, plain, voiced_sentence
from quiz.questions.world import World

FORM = "which-hedge"
# Words of different meaning never stand for each other; one of each meaning is offered.
WORDS: Final = {
    "about": ("about",),
    "below": ("almost", "up to"),
    "above": ("at least", "more than"),
}
MEANINGS: Final = {
    "about": "near the number, above or below it",
    "nearly": "not quite the number",
    "up_to": "any number up to it",
    "at_most": "the number or fewer",
    "over": "above the number",
    "at_least": "the number or more",
}
# Where a topic hedges little, so many of one meaning are asked all the same.
FEWEST_OF_ONE = 3
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
    reason = _unfit(fact, world)
    if reason:
        yield held(fact, "value", FORM, reason, "F8")
        return
    key = ("hedges", *world.group_key(fact, "value"))
    wrong = world.once(key, lambda: _deal(fact, world)).get(fact.key)
    if wrong is None:
        yield held(fact, "value", FORM, "its word would too often be the right one", "K6")
        return
    yield _item(fact, world, wrong)


def _sentence(fact: Fact, world: World) -> str:
    """The sentence with a blank in the place of the hedge."""
    assert fact.amount is not None
    slot = plain_spaces(marked(fact.sentence))
    word = fact.amount.hedge_text
    return plain(replaced(voiced_sentence(fact, world.base), f"{BLANK}{slot[len(word) :]}"))


def _unfit(fact: Fact, world: World) -> str:
    amount = fact.amount
    if amount is None or amount.qualifier not in OF_QUALIFIER or not amount.hedge_text:
        return "the source hedges nothing"
    slot = plain_spaces(marked(fact.sentence))
    word = amount.hedge_text
    if not slot.lower().startswith(f"{word.lower()} "):
        return "the sentence does not begin its answer with the hedge"
    if re.search(rf"\b{re.escape(word)}\b", _sentence(fact, world), re.IGNORECASE):
        return "the hedge stands in the sentence a second time"
    return ""


def _deal(fact: Fact, world: World) -> dict[str, tuple[str, ...]]:
    """Two wrong words for each hedged figure of the group.

    Each word is wrong twice as often as it is right, and no meaning is right much more often
    than the others.
    """
    of_meaning: dict[str, list[tuple[Fact, str]]] = {meaning: [] for meaning in WORDS}
    for other in world.group(fact, "value"):
        if other.kind == "figure" and other.amount is not None and not _unfit(other, world):
            word = other.amount.hedge_text.lower()
            of_meaning[OF_QUALIFIER[other.amount.qualifier]].append((other, word))
    least, middle, _ = sorted(map(len, of_meaning.values()))
    most = max(FEWEST_OF_ONE, (least + middle + 1) // 2)
    asked = [
        (other, meaning, word)
        for meaning, rows in of_meaning.items()
        for other, word in sorted(rows, key=lambda row: world.draw("hedge", row[0].key))[:most]
    ]
    need = Counter({word: 0 for words in WORDS.values() for word in words})
    need.update(word for _, _, word in asked)
    need.update(word for _, _, word in asked)
    words = {
        meaning: sorted({*WORDS[meaning], *(word for _, of, word in asked if of == meaning)})
        for meaning in WORDS
    }
    deal: dict[str, tuple[str, ...]] = {}
    for other, meaning, _ in sorted(asked, key=lambda row: world.draw("deal", row[0].key)):
        chosen = []
        for apart in sorted(words):
            if apart != meaning:
                word = max(words[apart], key=lambda word: (need[word], word))
                need[word] -= 1
                chosen.append(word)
        deal[other.key] = tuple(chosen)
    return deal


def _item(fact: Fact, world: World, wrong: tuple[str, ...]) -> Item:
    assert fact.amount is not None
    word = fact.amount.hedge_text.lower()
    explained = MEANT[fact.amount.qualifier].format(capitalised(word))
    number = plain_spaces(marked(fact.sentence))[len(word) :].strip()
    rows = [Option(word, True)]
    for other in wrong:
        means = MEANINGS[HEDGE_WORDS.get(other, "about")]
        why = (
            f"The {world.base.article_word} says “{word} {number}”. {explained} "
            f"“{capitalised(other)}” would mean {means}."
        )
        rows.append(Option(other, False, why, rule=f"hedge of another meaning: {other}"))
    rows.sort(key=lambda option: world.draw("hedge place", fact.key, option.text))
    place = next(place for place, option in enumerate(rows) if option.right)
    return make(
        fact,
        world,
        facet="value",
        form=FORM,
        stem=f"What stands before the number in the {world.base.article_word}?",
        shown=word,
        expected={"right": [place]},
        options=rows,
        order="shuffle",
        frame=(_sentence(fact, world),),
    )
