"""Quantities with bounds, qualifier, unit and significant digits, and how they are shown.

A quantity keeps the text its source wrote; the numbers are exact decimals. What a hedge leaves
open is part of its bounds: "up to 50" reaches from nothing to 50, "almost 50" stays below it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
QUALIFIERS = ("exactly", "about", "nearly", "over", "at_least", "up_to", "at_most", "range")
BOUNDED = frozenset({"nearly", "over", "at_least", "up_to", "at_most"})
SCALES = {
    "thousand": Decimal(1_000),
    "million": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
    "trillion": Decimal(1_000_000_000_000),
}
HEDGES = {
    "exactly": "",
    "about": "about",
    "nearly": "almost",
    "over": "more than",
    "at_least": "at least",
    "up_to": "up to",
    "at_most": "at most",
    "range": "",
}
# The words sources use, and what they mean; a longer phrase is tried before its parts.
HEDGE_WORDS = {
    "around": "about",
    "about": "about",
    "approximately": "about",
    "roughly": "about",
    "some": "about",
    "almost": "nearly",
    "nearly": "nearly",
    "more than": "over",
    "over": "over",
    "at least": "at_least",
    "as many as": "up_to",
    "up to": "up_to",
    "at most": "at_most",
    "exactly": "exactly",
}
CURRENCIES = {"$": "$", "US$": "$", "€": "€", "£": "£"}
_AMOUNT = re.compile(
    r"(?P<sign>[-−–+]?)\s*(?P<currency>US\$|[$€£])?\s*"
    r"(?P<number>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s*(?P<scale>thousand|million|billion|trillion)?"
)


class QuantityError(ValueError):
    """The text is not an amount; the message says what would have been right."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as its source gives it.

    value: the number itself, None for a range. low, high: bounds that the source gives, for a
    range or as its uncertainty. hedge_text: the source's own word. scale: how it is shown.
    """

    text: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    qualifier: str = "exactly"
    unit: str = ""
    significant_digits: int | None = None
    hedge_text: str = ""
    scale: str = ""

    @property
    def is_bounded(self) -> bool:
        return self.qualifier in BOUNDED

    @property
    def is_integer(self) -> bool:
        return self.value is not None and self.value == self.value.to_integral_value()


def parse_amount(text: str) -> tuple[Decimal, str, int]:
    """Return (value, scale, significant digits) of one amount such as "12,000" or "12 million"."""
    match = _AMOUNT.fullmatch(text.strip().rstrip("%").strip())
    if match is None:
        message = (
            f"{text!r} is not an amount: write 12,000 or 12 million or 2.5; hedges and units "
            "have fields of their own"
        )
        raise QuantityError(message)
    digits = re.sub(r"[,\u00a0\u202f ]", "", match["number"])
    value = Decimal(digits) * SCALES.get(match["scale"] or "", Decimal(1))
    if match["sign"] in {"-", "−", "–"}:
        value = -value
    return value, match["scale"] or "", significant_digits(digits)


def parse_quantity(
    text: str,
    *,
    qualifier: str = "exactly",
    unit: str = "",
    hedge_text: str = "",
    low: Decimal | None = None,
    high: Decimal | None = None,
) -> Quantity:
    """Parse what a source wrote; a range has a dash or "to" between its ends."""
    if qualifier not in QUALIFIERS:
        message = f"{qualifier!r} is no qualifier: one of {', '.join(QUALIFIERS)}"
        raise QuantityError(message)
    if qualifier == "range":
        ends = re.split(r"\s*(?:[–—]|\bto\b|(?<=\d)-(?=\d))\s*", text.strip())
        if len(ends) != 2:
            message = f"{text!r} is not a range: write 2,000–3,000"
            raise QuantityError(message)
        upper, scale, digits = parse_amount(ends[1])
        lower, own_scale, _ = parse_amount(ends[0])
        if scale and not own_scale:
            lower *= SCALES[scale]
        if lower > upper:
            raise QuantityError(f"{text!r} begins above its end")
        return Quantity(text, None, lower, upper, "range", unit, digits, hedge_text, scale)
    value, scale, digits = parse_amount(text)
    return Quantity(text, value, low, high, qualifier, unit, digits, hedge_text, scale)


def significant_digits(digits: str) -> int:
    """Count the digits that carry information: trailing zeros of an integer do not.

    >>> significant_digits("12000"), significant_digits("55.840"), significant_digits("0.05")
    (2, 5, 1)
    """
    plain = digits.lstrip("-−+").replace(",", "")
    if "." in plain:
        return max(1, len(plain.replace(".", "").lstrip("0")))
    return max(1, len(plain.strip("0")) if plain.strip("0") else 1)


def round_to_significant(value: Decimal, digits: int) -> Decimal:
    if value == 0:
        return value
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1)).normalize() + 0


def half_unit(quantity: Quantity) -> Decimal:
    """Return half a unit of the last significant digit of the value."""
    if quantity.value is None or not quantity.value:
        return Decimal(0)
    digits = quantity.significant_digits or 1
    return Decimal(1).scaleb(quantity.value.copy_abs().adjusted() - digits + 1) / 2


def bounds(
    quantity: Quantity,
) -> tuple[Decimal | None, Decimal | None]:
    """Return what the quantity may really be; None where it is open on that side.

    "about" reaches half a unit of its last significant digit, at most 10 % and at least 5 %.
    """
    if quantity.qualifier == "range" or (quantity.low is not None and quantity.high is not None):
        return quantity.low, quantity.high
    value = quantity.value
    if value is None:
        return quantity.low, quantity.high
    if quantity.qualifier == "about":
        tenth, twentieth = abs(value) / 10, abs(value) / 20
        reach = max(min(half_unit(quantity), tenth), twentieth)
        return value - reach, value + reach
    if quantity.qualifier in {"over", "at_least"}:
        return value, None
    if quantity.qualifier in {"up_to", "at_most"}:
        return (Decimal(0) if value > 0 else None), value
    if quantity.qualifier == "nearly":
        return value - abs(value) / 20, value
    return value, value


def overlap(a: Quantity, b: Quantity) -> bool:
    """Tell whether both may be the same amount; open sides reach for ever."""
    low_a, high_a = bounds(a)
    low_b, high_b = bounds(b)
    below = high_a is not None and low_b is not None and high_a < low_b
    above = high_b is not None and low_a is not None and high_b < low_a
    return not (below or above)


def covers(quantity: Quantity, value: Decimal) -> bool:
    """Tell whether a value lies inside the bounds: then it is never a wrong option."""
    low, high = bounds(quantity)
    return (low is None or low <= value) and (high is None or value <= high)


def shown_number(value: Decimal, scale: str = "") -> str:
    """Return "12,000", "12 million" or "−2.1": grouped, true minus, no-break space."""
    shown_value = value / SCALES[scale] if scale else value
    text = format(abs(shown_value), "f")
    whole, _, fraction = text.partition(".")
    if scale:
        fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}" + (f".{fraction}" if fraction else "")
    sign = MINUS if value < 0 else ""
    return sign + grouped + (f"{NBSP}{scale}" if scale else "")


def with_unit(number: str, unit: str) -> str:
    """Return the number with its unit: "$2,000", "50%", "−38.8 °C", "50 kilometers"."""
    if not unit:
        return number
    if unit in CURRENCIES:
        return f"{MINUS}{unit}{number[1:]}" if number.startswith(MINUS) else f"{unit}{number}"
    return f"{number}%" if unit == "%" else f"{number}{NBSP}{unit}"


def shown_bare(quantity: Quantity) -> str:
    """Return the number as shown, without hedge and unit."""
    if quantity.qualifier == "range":
        low, high = quantity.low or Decimal(0), quantity.high or Decimal(0)
        first = shown_number(low, quantity.scale)
        if quantity.scale:
            first = first.removesuffix(f"{NBSP}{quantity.scale}")
        return f"{first}–{shown_number(high, quantity.scale)}"
    value = quantity.value or Decimal(0)
    decimals = re.search(r"\.(\d+)", quantity.text)
    if decimals and not quantity.scale:
        value = value.quantize(Decimal(1).scaleb(-len(decimals[1])))
    elif not quantity.scale and value == value.to_integral_value():
        value = value.to_integral_value()
    return shown_number(value, quantity.scale)


def shown(quantity: Quantity, *, hedge: bool = True, unit: bool = False) -> str:
    """Return the amount with its hedge: "almost 2,700", "up to two"-style words are not made."""
    text = shown_bare(quantity)
    if unit:
        text = with_unit(text, quantity.unit)
    word = HEDGES[quantity.qualifier] if hedge else ""
    return f"{word} {text}" if word else text


def shape(text: str) -> str:
    """Return the shape class of a shown amount: options must share one.

    >>> shape("12,000"), shape("12 million"), shape("2.5"), shape("7"), shape("10–12")
    ('integer', 'scaled million', 'decimal 1', 'integer', 'range')
    """
    plain = text.replace(NBSP, " ")
    if re.search(r"\d\s*–\s*\d", plain):
        return "range"
    for scale in SCALES:
        if scale in plain:
            return f"scaled {scale}"
    if match := re.search(r"\.(\d+)", plain):
        return f"decimal {len(match[1])}"
    return "integer"
