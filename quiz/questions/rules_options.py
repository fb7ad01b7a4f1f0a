"""O: options are few, alike, apart, in order, and none stands out."""

import re
from collections.abc import Iterator
from itertools import combinations
from statistics import median

from rapidfuzz.distance import OSA

from quiz.facts.base import Fact
from quiz.facts.names import fold
from quiz.facts.quantities import significant_digits
from quiz.questions.distractors_dates import story_window
from quiz.questions.distractors_numbers import LEAST_OF_UNIT, digits_of, plain_number, shape_class
from quiz.questions.items import Item
from quiz.questions.likeness import kinds_beside
from quiz.questions.read_options import date_of
from quiz.questions.rules import BLOCK, VALUED, WARN, Rule
from quiz.questions.rules_truth import outside_quotes
from quiz.questions.slots import plain_spaces
from quiz.questions.world import World

CATCH_ALL = re.compile(
    r"\b(all|none|both|neither|either) of (the|these|them)\b|^(both|neither|all|none)$", re.I
)
STRONG = re.compile(
    r"\b(always|never|completely|frequently|occasionally|rarely|seldom|sometimes|regularly|"
    r"generally|somewhat)\b",
    re.IGNORECASE,
)
PICKED = VALUED | {"what-said", "which-hedge", "can-you-tell", "standing", "says-so"}
PAIRED = frozenset({"matching", "which-source", "what-counted", "whose-words", "chain"})
# Fixed words that every item of the form shows alike.
FIXED = frozenset({"can-you-tell", "standing", "says-so", "true-false", "which-hedge"})


def three_or_four(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O1: two in which-first and true-false, four to six in several-right."""
    low, high = 3, 4
    if item.form in {"which-first", "true-false"}:
        low = high = 2
    elif item.form == "several-right":
        low, high = 4, 6
    if not low <= len(item.options) <= high:
        yield f"{len(item.options)} options"


def no_catch_all(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O2: no "all of the above"."""
    for option in item.options:
        if CATCH_ALL.search(option.text):
            yield option.text


def _length_ratio(item: Item) -> float:
    wrong = [len(option.text) for option in item.options if not option.right]
    return len(item.key_options[0].text) / median(wrong)


def _is_text(item: Item) -> bool:
    return item.form == "what-said" or (
        item.form in VALUED and item.facet in {"identity", "speaker"}
    )


def not_the_longest(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O3: a key half as long again as the others stands out."""
    if _is_text(item) and _length_ratio(item) > 1.5 and len(item.key_options[0].text) > 12:
        yield f"the key is {_length_ratio(item):.2f} times as long as the others"


def of_like_length(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O3, the milder half."""
    if _is_text(item) and not 0.8 <= _length_ratio(item) <= 1.25:
        yield f"the key is {_length_ratio(item):.2f} times as long as the others"


def plausible(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O4: the same kind of thing."""
    entities = [world.base.entities.get(option.entity or "") for option in item.options]
    right = next(
        (entity for entity, option in zip(entities, item.options, strict=True) if option.right),
        None,
    )
    if right is None or item.form not in VALUED:
        return
    beside = kinds_beside(right.kind, item.facet)
    for entity in entities:
        if entity is not None and entity.kind not in beside:
            yield f"{entity.name} is a {entity.kind}, not a {right.kind}"


def one_shape(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O5: numbers of one shape, dates of one precision."""
    if item.facet == "value" and fact.kind == "figure":
        shapes = {shape_class(option.text) for option in item.options}
    elif item.facet == "date":
        shapes = {
            when.precision for option in item.options if (when := date_of(option.text)) is not None
        }
    else:
        return
    if len(shapes) > 1:
        yield f"shapes {', '.join(sorted(shapes))}"


def one_roundness(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O6: as many significant digits, unless every option is a real reported value."""
    if item.facet != "value" or fact.kind != "figure":
        return
    if all(option.right or option.from_fact for option in item.options):
        return
    if any(option.rule.startswith("integer ladder") for option in item.options):
        return  # Small counts step by one: 9, 10, 11 is no cue.
    digits = {significant_digits(digits_of(option.text)) for option in item.options}
    if len(digits) > 1:
        yield "the options are not equally round"


def in_sequence(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O7: numbers and dates ascend; the rest is shuffled when shown."""
    if item.facet == "value" and fact.kind == "figure":
        values = [plain_number(option.text) for option in item.options]
        if values != sorted(values) or item.order != "given":
            yield "the numbers do not ascend"
    elif item.facet == "date":
        dates = [date_of(option.text) for option in item.options]
        days = [when.first_day for when in dates if when is not None]
        if days != sorted(days) or item.order != "given":
            yield "the dates do not ascend"
    elif item.order != "shuffle":
        yield "names are not shuffled"


def no_overlap(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O8: no two options are the same thing, or a letter apart."""
    for one, other in combinations(item.options, 2):
        if one.entity and other.entity and other.entity in world.kin(one.entity):
            yield f"{one.text} and {other.text} are one, or part of one another"
        first, second = fold(one.text), fold(other.text)
        is_name = bool(one.entity and other.entity)
        symbols = is_name and min(len(first), len(second)) <= 3
        if is_name and not symbols and OSA.distance(first, second, score_cutoff=1) <= 1:
            yield f"{one.text} and {other.text} differ by a letter"


def nothing_strong(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O11: no absolute or vague word outside quotation marks."""
    for option in item.options:
        match = STRONG.search(outside_quotes(option.text))
        if match is not None:
            yield match[0]


def all_different(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O13: distinct after formatting."""
    texts = [plain_spaces(option.text).casefold() for option in item.options]
    if len(set(texts)) < len(texts):
        yield "two options read alike"


def says_why_wrong(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O14: every wrong option has its reason and where it is from."""
    for option in item.options:
        if not option.right and (not option.why or not (option.from_fact or option.rule)):
            yield f"{option.text!r} does not say why it is wrong"


def possible(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """O15: nothing that cannot be."""
    first, last = story_window(world)
    for option in item.options:
        if option.right:
            continue
        if item.facet == "value" and fact.kind == "figure" and fact.amount is not None:
            value = plain_number(option.text)
            if fact.amount.unit == "%" and value > 100:
                yield f"{option.text} is more than all"
            if (
                value < 0
                and fact.amount.value is not None
                and fact.amount.value > 0
                and (fact.amount.unit not in {"°C", "°F"})
            ):
                yield f"{option.text} is less than nothing"
            if value < LEAST_OF_UNIT.get(fact.amount.unit, value):
                yield f"{option.text} is colder than can be"
        elif item.facet == "date":
            when = date_of(option.text)
            if when is not None and (when.last_day < first or when.first_day > last):
                yield f"{option.text} lies outside the story"


RULES = (
    Rule("O1", BLOCK, three_or_four, PICKED | {"true-false", "which-first", "several-right"}),
    Rule("O2", BLOCK, no_catch_all, PICKED | {"several-right"}),
    Rule("O3", BLOCK, not_the_longest, VALUED | {"what-said"}),
    Rule("O3", WARN, of_like_length, VALUED | {"what-said"}),
    Rule("O4", BLOCK, plausible, VALUED),
    Rule("O5", BLOCK, one_shape, VALUED),
    Rule("O6", BLOCK, one_roundness, VALUED),
    Rule("O7", BLOCK, in_sequence, VALUED),
    Rule("O8", BLOCK, no_overlap, VALUED | PAIRED),
    Rule("O11", BLOCK, nothing_strong, PICKED - FIXED),
    Rule("O13", BLOCK, all_different),
    Rule("O14", BLOCK, says_why_wrong),
    Rule("O15", BLOCK, possible, VALUED),
)
