"""What an editor lets count beside a fact's own value: a rounding, a wider reach, a coarser date.

Digits are never nearly right: only what honestly reads the same value counts, and never what a
bound rules out or another fact about the same thing gives.
"""

from collections.abc import Iterator
from decimal import Decimal

from quiz.facts.base import Fact, FactBase
from quiz.facts.dates import (
    RANKS,
    DateError,
    DateValue,
    calendar_day,
    contains,
    overlaps,
    parse_edtf,
    shown,
)
from quiz.facts.quantities import (
    HEDGES,
    Quantity,
    QuantityError,
    bounds,
    parse_amount,
    round_to_significant,
    shown_number,
    significant_digits,
)
from quiz.facts.status import Status

Interval = tuple[Decimal, Decimal]
TEN, TWENTIETH = Decimal("0.10"), Decimal("0.05")
UPWARD, DOWNWARD = frozenset({"over", "at_least"}), frozenset({"up_to", "at_most", "nearly"})
STEPS_COARSER = 2


def also_dates(fact: Fact) -> tuple[DateValue, ...]:
    """The dates that count beside the fact's own; those that cannot be read are left out."""
    found = (_date(text) for text in fact.also_right if fact.kind == "date")
    return tuple(date for date in found if date is not None)


def other_dates(fact: Fact) -> tuple[DateValue, ...]:
    """As `also_dates`, without those that only say less: a wrong option keeps clear of these."""
    when = fact.when
    return tuple(date for date in also_dates(fact) if when and not contains(date, when))


def also_numbers(fact: Fact) -> tuple[Decimal, ...]:
    found = (_number(text) for text in fact.also_right if fact.kind == "figure")
    return tuple(number for number in found if number is not None)


def counted(quantity: Quantity, also: tuple[Decimal, ...], value: Decimal) -> bool:
    """Whether a number counts: of an exact figure the rounding alone, else all up to it."""
    right = quantity.value
    if right is None or value in also:
        return right is not None
    return quantity.qualifier != "exactly" and any(
        min(right, end) <= value <= max(right, end) for end in also
    )


def reach(fact: Fact) -> tuple[Decimal | None, Decimal | None]:
    """The bounds of a figure with all that counts beside it."""
    assert fact.amount is not None
    low, high = bounds(fact.amount)
    for number in also_numbers(fact):
        low = low if low is None else min(low, number)
        high = high if high is None else max(high, number)
    return low, high


def refusals(base: FactBase, fact: Fact) -> Iterator[tuple[str, str, str]]:
    """A rule of the checks: everything among `also_right` that may not count, and why."""
    for n, text in enumerate(fact.also_right):
        if problem := refusal(base, fact, text):
            what, right = problem
            yield f"also_right[{n}]", what, right
    for other in base.letting_count:
        if _are_about_the_same(base, fact, other) and (
            clash := _takes_in(other, other.also_right, fact)
        ):
            what = f"“{clash}” counts as right for {other.key}, and is this fact's value too."
            yield "also_right", what, f"another value, or {other.key} without “{clash}”"


def refusal(base: FactBase, fact: Fact, text: str) -> tuple[str, str] | None:
    """Why a text may not count beside the fact's own value, and what might; None where it may."""
    if fact.kind == "date" and fact.when is not None:
        problem = _date_refusal(fact.when, text)
    elif fact.kind == "figure" and fact.amount is not None:
        problem = _number_refusal(fact.amount, text)
    else:
        return f"“{text}” cannot count here.", "a name goes to the names of its entity"
    if problem is not None:
        return problem
    for key in sorted(base.facts):
        other = base.facts[key]
        if _are_about_the_same(base, fact, other) and _takes_in(fact, (text,), other):
            said = other.plain_sentence
            return f"“{text}” is another fact's value: {said}", "what only this fact gives"
    return None


def _date_refusal(when: DateValue, text: str) -> tuple[str, str] | None:
    given, own = _date(text), shown(when)
    if given is None:
        return f"“{text}” is no date.", "such as 2024-11-04, 2024-11 or 2024"
    right = f"a coarser date that holds {own}, or one that its source leaves open"
    if (given.first_day, given.last_day) == (when.first_day, when.last_day):
        return f"“{text}” is the date itself, which counts anyway.", right
    if contains(given, when):
        finest = RANKS.get(when.precision, RANKS["month"])
        is_open = given.reading in {"before", "after"}
        coarsest = finest - STEPS_COARSER
        if is_open or given.precision not in RANKS or RANKS[given.precision] < coarsest:
            return f"“{text}” leaves nearly everything open.", right
        return None
    if _is_neighbour(when, given) or _is_within_circa(when, given):
        return None
    if when.precision == "range" and contains(when, given):
        return None
    return f"“{text}” is another date, not another way to say {own}.", right


def _is_neighbour(when: DateValue, given: DateValue) -> bool:
    """The day before or after: by another clock, or overnight."""
    days = when.precision == given.precision == "day"
    return days and abs(when.first_day - given.first_day) == 1


def _is_within_circa(when: DateValue, given: DateValue) -> bool:
    if not when.circa_years or given.precision != "year":
        return False
    off = calendar_day(given.first_day)[0] - calendar_day(when.first_day)[0]
    return abs(off) <= 2 * when.circa_years


def _number_refusal(amount: Quantity, text: str) -> tuple[str, str] | None:
    number, value = _number(text), amount.value
    if number is None:
        return f"“{text}” is no number.", "such as 11,500 or 1.2 million"
    if value is None or amount.qualifier == "range":
        return "the range itself says how far it reaches.", "nothing beside a range"
    hedge = HEDGES[amount.qualifier] or "exactly"
    own = f"{hedge} {amount.text}".strip()
    if number == value:
        return f"“{text}” is the figure itself, which counts anyway.", "another number"
    share = abs(number - value) / abs(value) if value else Decimal(1)
    if amount.qualifier == "exactly":
        is_count = abs(value) < 100 and value == value.to_integral_value()
        if is_count or share > TWENTIETH or not _is_rounding(value, number):
            what = f"{text} is not {amount.text} rounded: digits are never nearly right."
            return what, "a figure of 100 or more with fewer digits, at most 5 % off"
        return None
    if (amount.qualifier in UPWARD and number < value) or (
        amount.qualifier in DOWNWARD and number > value
    ):
        return f"the source says {own}, and {text} lies beyond that bound.", "the bound's open side"
    low, high = bounds(amount)
    widest = high - low if amount.qualifier == "about" and low and high else abs(value) * TEN
    if abs(number - value) > widest:
        return f"{text} is too far from {own}.", f"at most {shown_number(widest)} from it"
    return None


def _is_rounding(value: Decimal, number: Decimal) -> bool:
    digits = significant_digits(format(abs(value), "f"))
    return any(round_to_significant(value, kept) == number for kept in range(1, digits))


def _are_about_the_same(base: FactBase, fact: Fact, other: Fact) -> bool:
    """Of one measure or family, and maybe about the same subject."""
    if other.key == fact.key or other.status is Status.RETRACTED:
        return False
    if other.subject and fact.subject and other.subject != fact.subject:
        return False
    one, two = base.measures.get(fact.measure or ""), base.measures.get(other.measure or "")
    if one is None or two is None:
        return False
    return one.key == two.key or (one.family is not None and one.family == two.family)


def _takes_in(fact: Fact, texts: tuple[str, ...], other: Fact) -> str:
    """The first of the texts that reaches another fact's value, where the two values differ."""
    if fact.when is not None and other.when is not None and fact.kind == other.kind == "date":
        if overlaps(fact.when, other.when):
            return ""
        return next((one for one in texts if _reaches_date(_date(one), other.when)), "")
    if fact.amount is None or other.amount is None or fact.amount.value is None:
        return ""
    value, (low, high) = fact.amount.value, bounds(other.amount)
    if (low is None or low <= value) and (high is None or value <= high):
        return ""
    for text in texts:
        number = _number(text)
        if number is None:
            continue
        start = number if fact.amount.qualifier == "exactly" else value
        near, far = sorted((start, number))
        if (low is None or low <= far) and (high is None or high >= near):
            return text
    return ""


def _reaches_date(given: DateValue | None, when: DateValue) -> bool:
    return given is not None and overlaps(given, when)


def _date(text: str) -> DateValue | None:
    try:
        return parse_edtf(text)
    except DateError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        return parse_amount(text)[0]
    except QuantityError:
        return None
