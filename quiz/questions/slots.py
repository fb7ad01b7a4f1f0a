"""A fact's sentence as a form with one slot: taken out, changed, or left as it is."""

import re
from decimal import Decimal

from quiz.facts.base import Fact
from quiz.facts.dates import NBSP
from quiz.facts.dates import shown as date_shown
from quiz.facts.quantities import (
    CURRENCIES,
    Quantity,
    covers,
    round_to_significant,
    shown_number,
    with_unit,
)
from quiz.questions.items import Option
from quiz.questions.voicing import capitalised, with_article
from quiz.questions.wording import number_word
from quiz.questions.world import World
from quiz.questions.wrong_options import wrong_dates, wrong_names, wrong_numbers

_SLOT = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
BLANK = "_____"
FEW = 12  # numbers below are written as words


def marked(sentence: str) -> str:
    """The marked answer of a sentence, empty where nothing is marked."""
    match = _SLOT.search(sentence)
    return match[1] if match else ""


def replaced(sentence: str, text: str) -> str:
    return _SLOT.sub(lambda _: text, sentence, count=1)


def changed_slot(fact: Fact, facet: str, form: str, world: World) -> Option | None:
    """The slot's text with one provably false value in it, in the words the slot had."""
    slot = plain_spaces(marked(fact.sentence))
    item = f"{fact.key}/{facet}/{form}/0"
    wrong: tuple[Option, ...] = ()
    right = ""
    if fact.kind == "date" and fact.when is not None:
        right = date_shown(fact.when)
        found = wrong_dates(fact, world, item, fact.when.precision)
        wrong = () if isinstance(found, str) else found.wrong
    elif fact.kind == "figure" and fact.amount is not None:
        numbers = wrong_numbers(fact, world, item)
        if not isinstance(numbers, str):
            wrong, right = numbers.wrong, numbers.right
    elif fact.kind == "identity":
        names = wrong_names(fact, facet, world)
        if not isinstance(names, str):
            wrong, right = names.wrong, names.right
    if not wrong or not right:
        return None
    option = wrong[world.draw("slot", item) % len(wrong)]
    inserted = option.text
    if fact.kind == "identity":
        named = _inserted(fact.sentence, option, world)
        if named is None:
            return None
        inserted = named
    text = exchanged(slot, right, inserted)
    if text is None:
        return None
    return Option(text, False, option.why, option.from_fact, option.rule, option.entity)


def exchanged(slot: str, right: str, text: str) -> str | None:
    """The slot with another value in the very form in which it words its own."""
    for form in (str, _without_unit):
        for group in (str, _ungrouped):
            own = plain_spaces(group(form(right)))
            if own and own in slot:
                return slot.replace(own, group(form(text)), 1)
    return None


def _ungrouped(text: str) -> str:
    return text.replace(",", "") if any(sign.isdigit() for sign in text) else text


def _without_unit(text: str) -> str:
    match = re.fullmatch(r"[$€£]?([−\d.,]+)(?:\s?[^\d\s]+)?", text)
    return match[1] if match is not None else text


def _inserted(sentence: str, option: Option, world: World) -> str | None:
    """The name with the article it needs, None where the sentence's own article would not fit."""
    before = sentence[: sentence.index("[[")]
    entity = world.base.entities.get(option.entity or "")
    named = with_article(option.text, entity.kind if entity else "")
    if before.lower().endswith("the "):
        return option.text if named.startswith("the ") else None
    return capitalised(named) if not before else named


def finer_sentence(fact: Fact, told: str, world: World) -> str | None:
    """The sentence with more precision than its source has: neither told nor ruled out.

    A day where only the month is given; an exact number where only a bound is.
    """
    slot = marked(fact.sentence)
    if fact.kind == "date" and fact.when is not None and fact.when.precision == "month":
        month = date_shown(fact.when)
        lead = re.search(r"\b[Ii]n \[\[", told)
        if plain_spaces(slot) != month or lead is None or _has_rival_date(fact, world):
            return None
        day = world.draw("finer", fact.key) % 27 + 1
        told = (
            f"{told[: lead.start()]}{'On' if told[lead.start()] == 'I' else 'on'}"
            + (told[lead.start() + 2 :])
        )
        return replaced(told, f"{day}{NBSP}{month}")
    number = _finer_number(fact, world)
    return replaced(told, number) if number else None


# Where in its bound an exact number is put, as a share of it.
_WITHIN = {
    "over": (Decimal("1.04"), Decimal("1.24")),
    "at_least": (Decimal("1.04"), Decimal("1.24")),
    "up_to": (Decimal("0.6"), Decimal("0.94")),
    "at_most": (Decimal("0.6"), Decimal("0.94")),
    "nearly": (Decimal("0.96"), Decimal("0.99")),
}
_STEP_ABOVE = 2  # over a small count: at least five, seven


def _finer_number(fact: Fact, world: World) -> str:
    """An exact number inside the bound that is all its source gives, "" where there is none."""
    amount = fact.amount
    if fact.kind != "figure" or amount is None or world.rivals(fact):
        return ""
    share = Decimal(world.draw("finer", fact.key) % 21) / 20
    if amount.qualifier == "range" and amount.low is not None and amount.high is not None:
        reached = amount.low + (amount.high - amount.low) * (1 + 3 * share) / 5
    elif amount.qualifier in _WITHIN and amount.value is not None:
        least, most = _WITHIN[amount.qualifier]
        reached = amount.value * (least + (most - least) * share)
        if amount.value < FEW and amount.qualifier in {"over", "at_least"}:
            reached = amount.value + _STEP_ABOVE
    else:
        return ""
    ends = {amount.value, amount.low, amount.high}
    for digits in (2, 3):
        number = round_to_significant(reached, digits)
        whole = amount.scale or number == number.to_integral_value()
        if number not in ends and covers(amount, number) and whole:
            return _in_the_words_of(marked(fact.sentence), number, amount)
    return ""


def _in_the_words_of(slot: str, number: Decimal, amount: Quantity) -> str:
    """“seven” beside “at least five”, “43%” beside “up to 50%”."""
    if number < FEW and not any(sign.isdigit() for sign in slot):
        return number_word(int(number))
    text = shown_number(number, amount.scale)
    return with_unit(text, amount.unit) if amount.unit in {"%", *CURRENCIES} else text


def _has_rival_date(fact: Fact, world: World) -> bool:
    return any(other.when is not None for other in world.rivals(fact))


def plain_spaces(text: str) -> str:
    return text.replace(NBSP, " ")
