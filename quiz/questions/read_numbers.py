"""Reads a number as a learner types it: sign, hedge, figures or words, scale, unit, range."""

import re
from dataclasses import dataclass
from decimal import Decimal

from quiz.questions.graded import UnreadableError, cleaned
from quiz.questions.number_words import FIGURES, POWER, read_figures, read_scale, read_words
from quiz.questions.units import UNITS

NO_NUMBER = "please write one number, for example 1,250 or 1.2 million."
ABOUT, EXACTLY, PLAIN = "about", "exactly", ""
# OVER and UNDER leave the number itself out, AT_LEAST and AT_MOST hold it.
OVER, UNDER, AT_LEAST, AT_MOST = "over", "under", "at least", "at most"
HEDGES = {
    AT_LEAST: (
        "at least|at the least|no fewer than|no less than|not less than|not fewer than|"
        "minimum of|a minimum of|minimum|min|>=|=>|≥|⩾"
    ),
    AT_MOST: (
        "up to|as many as|as much as|at most|at the most|no more than|not more than|"
        "maximum of|a maximum of|maximum|max|<=|=<|≤|⩽"
    ),
    OVER: (
        "more th[ae]n|greater than|larger than|upwards of|in excess of|exceeding|just over|"
        "well over|a little over|over|above|>"
    ),
    UNDER: (
        "less th[ae]n|fewer th[ae]n|smaller than|lower than|just under|under|below|nearly|almost|"
        "not quite|<"
    ),
    ABOUT: (
        "in the region of|close to|about|around|approximately|approx|roughly|circa|ca|"
        r"c(?=[.\s\d])|some|near|an estimated|estimated|~|≈|∼|≃"
    ),
    EXACTLY: "exactly|precisely",
    PLAIN: (
        "only|just|a total of|total of|in total|total|another|a further|further|an additional|"
        "additional|=|it was|the|[zn] ?=(?= ?\\d)"
    ),
}
LEADING = tuple(
    (hedge, re.compile(rf"(?:{words})(?=[^a-z]|$)\.?\s*")) for hedge, words in HEDGES.items()
)
TRAILING = (
    (AT_LEAST, re.compile(r"(?: or (?:more|above|over)| at least| minimum|\+)$")),
    (AT_MOST, re.compile(r"(?: or (?:less|fewer|under|below)| at most| maximum)$")),
    (ABOUT, re.compile(r"(?: or so|ish| approximately| approx\.?| roughly| or thereabouts)$")),
    (EXACTLY, re.compile(r" (?:exactly|precisely)$")),
    (PLAIN, re.compile(r" (?:in total|altogether|more)$")),
)
VULGAR = {"½": ".5", "¼": ".25", "¾": ".75", "⅕": ".2", "⅛": ".125"}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
CURRENCY = re.compile(r"(?:us\$|a\$|c\$|[$€£¥₽₩₴]|(?:usd|eur|gbp|jpy|cny|rub|krw|uah|chf)\b) ?")
JOINT = re.compile(
    r" (?:to|through|thru) | ?\.{2,3} ?|(?<=[\w%.])\s*-\s*(?=[-+]?(?:us)?[$€£.]?\d)| - "
)
# Of a hundred: "half of the ammunition" is 50 %.
SHARES = {"half": "50", "quarter": "25", "fifth": "20", "tenth": "10"}
PARTS = re.compile(r"^(?:an? |one |1 )?(half|quarter|fifth|tenth)(?: of\b.*)?$")
# One noun, not two answers.
KILLED_AND_WOUNDED = re.compile(
    r"\b(?:killed|dead|wounded|injured) ?(?:and|or|&|/) ?(?:killed|dead|wounded|injured)\b"
)
RATE = re.compile(r"(?<=[\da-z]) ?/ ?(?=(?:second|minute|hour|day|week|month|year)\b)")
SPREAD = re.compile(r"\s*(?:±|\+/-|\+-)\s*")


@dataclass(frozen=True, slots=True)
class Amount:
    """One number. other: its value where a grouping mark was a decimal one, or the reverse."""

    value: Decimal
    other: Decimal | None = None
    other_is_decimal: bool = False
    unit: str = ""
    has_scale: bool = False
    raw: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What was typed: a number, or a range from `first` to `last`."""

    first: Amount
    last: Amount | None = None
    hedge: str = ""

    @property
    def unit(self) -> str:
        return (self.last or self.first).unit or self.first.unit


def read_number(given: str, *, dimension: str = "count", is_range: bool = False) -> NumberReading:
    """Read a number; `dimension` of the expected unit tells metres from millions.

    is_range: two numbers are asked, so that "and" joins them.
    """
    text = _plain(given)
    text, hedge = _without_hedges(KILLED_AND_WOUNDED.sub("casualties", text))
    if dimension == "percent":
        text = PARTS.sub(lambda found: SHARES[found[1]], text)
    if is_range and re.match(r"[^a-z]*\d.* and .*\d", text):
        text = f"between {text}"
    barred = {"length": "m", "temperature": "k", "mass": ""}.get(dimension, "")
    if re.search(r"\bor\b|;|\|", text):
        raise UnreadableError("two_answers", "please give one number.")
    if match := SPREAD.search(text):
        return _spread(text, match, barred, hedge)
    amount = _amount(text, barred)
    if amount is not None and _is_unit(amount.unit):
        return NumberReading(_within_reach(amount), hedge=hedge)
    found = _range(text, barred)
    if found is None:
        raise UnreadableError("no_number", NO_NUMBER)
    first, last = map(_within_reach, found)
    return NumberReading(first, last, hedge)


def _is_unit(text: str) -> bool:
    """What follows a number is a unit: no second number, no joint to one."""
    if text in UNITS:
        return True
    return not re.search(r"\d", text) and not re.match(r"(?:[-/&+]|(?:and|to)\b)", text)


def _within_reach(amount: Amount) -> Amount:
    if amount.value and not -12 < amount.value.adjusted() < 22:
        raise UnreadableError("no_number", NO_NUMBER)
    return amount


def _plain(given: str) -> str:
    raw = given[:12_000]
    for sign, decimal in VULGAR.items():
        raw = re.sub(rf"(?<=\d) ?{sign}", decimal, raw).replace(sign, f"0{decimal}")
    raw = re.sub(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,3})", lambda m: f"10^{m[1].translate(SUPERSCRIPTS)}", raw)
    return RATE.sub(" per ", cleaned(raw).strip(' !?;:"').rstrip(".,"))


def _without_hedges(text: str) -> tuple[str, str]:
    found: list[str] = []
    for _ in range(4):
        for hedge, pattern in LEADING:
            if match := pattern.match(text):
                text = text[match.end() :]
                found.append(hedge)
                break
    for hedge, pattern in TRAILING:
        if match := pattern.search(text):
            text = text[: match.start()]
            found.append(hedge)
    # "no more than about 50": the direction is what counts.
    first = (OVER, UNDER, AT_LEAST, AT_MOST, ABOUT, EXACTLY)
    return text.strip(), next((hedge for hedge in first if hedge in found), PLAIN)


def _amount(text: str, barred: str) -> Amount | None:
    """Read the whole text as one amount; None where it does not begin with a number."""
    text = text.strip()
    negative = False
    unit = ""
    for _ in range(3):
        if match := re.match(r"(?:-|\+|minus |plus |negative )\s*", text):
            negative = negative or match[0].startswith(("-", "minus", "negative"))
            text = text[match.end() :]
        elif match := CURRENCY.match(text):
            unit = match[0].strip()
            text = text[match.end() :]
    found = _figures(text, barred) or _words(text)
    if found is None:
        return None
    value, other, other_is_decimal, has_scale, raw, rest = found
    rest = rest.strip().removeprefix("of ").strip()
    if unit and rest and UNITS.get(rest) == UNITS.get(unit):
        rest = ""
    sign = -1 if negative else 1
    return Amount(
        value * sign,
        None if other is None else other * sign,
        other_is_decimal,
        f"{unit} {rest}".strip() if unit else rest,
        has_scale,
        raw * sign,
    )


Found = tuple[Decimal, Decimal | None, bool, bool, Decimal, str]


def _figures(text: str, barred: str) -> Found | None:
    match = FIGURES.match(text)
    if match is None:
        return None
    numbers = read_figures(match[0])
    if numbers is None:
        return None
    value, other = numbers
    rest = text[match.end() :]
    if power := POWER.match(rest):
        value = value.scaleb(int(power[1]))
        rest, other = rest[power.end() :], None
    if re.match(r"\d", rest):
        return None
    factor, rest = read_scale(rest, barred=barred)
    raw = value
    if factor is not None:
        value *= factor
        other = None if other is None else other * factor
    decimal_other = "," in match[0]
    return value, other, decimal_other, factor is not None or bool(power), raw, rest


def _words(text: str) -> Found | None:
    spelled = read_words(text)
    if spelled is None:
        return None
    value, rest = spelled
    power = min(max(value.adjusted() // 3 * 3, 0), 12) if value else 0
    return value, None, False, value >= 1000, value.scaleb(-power), rest


def _spread(text: str, match: re.Match[str], barred: str, hedge: str) -> NumberReading:
    middle, reach = _amount(text[: match.start()], barred), _amount(text[match.end() :], barred)
    if middle is None or reach is None or reach.value < 0:
        raise UnreadableError("no_number", NO_NUMBER)
    unit = reach.unit or middle.unit
    low, high = middle.value - reach.value, middle.value + reach.value
    return NumberReading(Amount(low, unit=unit), Amount(high, unit=unit), hedge)


def _range(text: str, barred: str) -> tuple[Amount, Amount] | None:
    core = re.sub(r"^(?:from|between) ", "", text)
    joint = JOINT
    if text.startswith("between "):
        joint = re.compile(rf" and |{JOINT.pattern}")
    for match in list(joint.finditer(core))[:6]:
        low = _amount(core[: match.start()], barred)
        high = _amount(core[match.end() :], barred)
        if low is None or high is None or not (_is_unit(low.unit) and _is_unit(high.unit)):
            continue
        return _aligned(low, high)
    return None


def _aligned(low: Amount, high: Amount) -> tuple[Amount, Amount]:
    """Ten to twelve thousand: the scale of the right end holds for the left one too."""
    if high.has_scale and not low.has_scale and high.raw:
        scaled = low.value * (high.value / high.raw)
        if low.value < high.raw and scaled <= high.value:
            low = Amount(scaled, unit=low.unit, has_scale=True)
    if low.value > high.value:
        raise UnreadableError("range_reversed", "please write the smaller end of the range first.")
    return low, high
