"""Cues beside the content: the number of a name, the look of a sentence, the width of a range."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from quiz.facts.base import Fact
from quiz.questions.items import Item
from quiz.questions.letters import SYMBOL, initial, shows_through, subject_of
from quiz.questions.rules import BLOCK, INFORM, VALUED, Rule
from quiz.questions.rules_truth import outside_quotes
from quiz.questions.world import World

WIDEST = Decimal("0.25")
SEVERAL: Final = re.compile(r"^(?:[a-z].*[a-z]s|.+ and .+)$")
ASKS_FOR_SEVERAL: Final = re.compile(r"\b[Ww]hich (?:two|three|\w+s)\b(?! of)")


def is_narrow_enough(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """F4: nobody types a range that is wider than a quarter to either side."""
    amount = fact.amount
    if amount is None or item.facet != "value" or amount.qualifier != "range":
        return
    low, high = amount.low, amount.high
    if low is None or high is None or item.expected.get("qualifier") != "range":
        return
    middle = (low + high) / 2
    if middle and (high - low) / 2 / abs(middle) > WIDEST:
        yield f"{low}–{high} is too wide to be typed"


def no_number_cue(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """The key is not the only one that reads as several where several are asked for."""
    if item.facet not in {"identity", "speaker"}:
        return
    several = [bool(SEVERAL.match(option.text)) for option in item.options]
    rights = [option.right for option in item.options]
    asked_for_several = bool(ASKS_FOR_SEVERAL.search(outside_quotes(item.stem)))
    if several.count(asked_for_several) == 1 and several[rights.index(True)] == asked_for_several:
        yield "the key alone is of the number that is asked for"


def no_letter_cue(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """The key is not the only symbol of its initial, nor the only name like the subject's."""
    if item.facet != "identity" or not all(option.entity for option in item.options):
        return
    subject = subject_of(fact, world)
    if subject is None:
        return
    right = next(option for option in item.options if option.right)
    kinds = {world.base.entities[option.entity or ""].kind for option in item.options}
    if kinds == {SYMBOL}:
        if [initial(option.text) for option in item.options].count(initial(right.text)) == 1:
            yield f"{right.text} alone begins with its letter"
        return
    alike = [option for option in item.options if shows_through(subject.name, option.text)]
    if alike == [right]:
        yield f"{right.text} alone shows the letters of {subject.name}"


def no_lone_trait(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O10: nothing but the answer itself tells the key from the others."""
    yield from no_number_cue(item, fact, world)
    yield from no_letter_cue(item, fact, world)


def are_parallel(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O12: contents are all sentences, or all quotations."""
    if len({option.text[:1] == "“" for option in item.options}) > 1:
        yield "some are quoted and some are not"
    if len({option.text[-1:] in ".!?”" for option in item.options}) > 1:
        yield "some end as sentences and some do not"


def few_sentences(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """S14: at most two sentences outside quotation marks."""
    count = len(re.findall(r"[.?!](?:\s|$)", outside_quotes(item.stem)))
    if count > 2:
        yield f"{count} sentences"


RULES = (
    Rule("F4", BLOCK, is_narrow_enough, frozenset({"typed", "cloze-typed", "estimate"})),
    Rule("O10", BLOCK, no_lone_trait, VALUED),
    Rule("O12", BLOCK, are_parallel, frozenset({"what-said"})),
    Rule("S14", INFORM, few_sentences),
)
