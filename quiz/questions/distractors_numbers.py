"""Wrong numbers: real figures of the same part of the story first, a log ladder otherwise."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal

from quiz.facts.also_right import reach
from quiz.facts.base import Fact
from quiz.facts.quantities import (
    CURRENCIES,
    MINUS,
    SCALES,
    Quantity,
    bounds,
    round_to_significant,
    shape,
    shown_bare,
    shown_number,
    significant_digits,
    with_unit,
)
from quiz.questions.distractors import FEWEST, Candidate, Sides, spread
from quiz.questions.distractors_dates import differs_in_voice
from quiz.questions.world import World

LENDING = frozenset({"exactly", "about"})
SYMBOLS = frozenset({"%", "°C", "°F", "K", "Da", "u", "km", "kg", *CURRENCIES})
# A figure of another measure lends its value only within this factor: else it looks silly.
SAME_MAGNITUDE = 8
LEAST_RATIO = Decimal("1.25")
SMALL = 20
STEPS = 8
# From 1.3 to 6, evenly in the logarithm.
FACTORS = tuple(
    (Decimal("1.3") * Decimal("4.6153846") ** (Decimal(n) / 63)).quantize(Decimal("0.0001"))
    for n in range(64)
)
MANY = 12
LEAST_OF_UNIT = {"°C": Decimal("-273.15"), "°F": Decimal("-459.67"), "K": Decimal(0)}
Interval = tuple[Decimal | None, Decimal | None]


def number_text(quantity: Quantity) -> str:
    """The number as an option shows it: without hedge, with a unit only where it is a symbol."""
    text = shown_bare(quantity)
    return with_unit(text, quantity.unit) if quantity.unit in SYMBOLS else text


def sides_of_number(fact: Fact, world: World, item: str) -> Sides | str:
    """The wrong numbers below and above the fact's own, nearest first, or why there are none."""
    amount = fact.amount
    if amount is None or amount.value is None or amount.qualifier not in LENDING:
        return "a bound or a range leaves no value that is surely wrong"
    key = _Key(fact, amount, amount.value)
    # Real figures may differ in roundness, since none of them is invented; if the rounder ones
    # lent to the more precise ones only, these would be shown less often than all others.
    loose = _sides(key, world, same_digits=False)
    if min(map(len, loose)) >= 3:
        return loose
    strict = _sides(key, world, same_digits=True)
    barred = [bounds_of(other) for other in (*world.rivals(fact), *world.relatives(fact))]
    least, most = _span(key, world)
    filled = []
    for side, direction in zip(strict, (-1, 1), strict=True):
        steps = (
            step
            for step in _ladder(key, item, direction, world)
            if least <= step.low <= most and _is_free(step.low, step.high, barred)
        )
        filled.append(spread([*side, *steps], _well_apart)[: max(5, len(side))])
    for sides in ((filled[0], filled[1]), loose):
        if min(map(len, sides)) >= FEWEST:
            return sides
    return "too few figures above or below it that are surely wrong"


def _span(key: "_Key", world: World) -> tuple[Decimal, Decimal]:
    """Where an invented value is believed: among all of its measure, where much is known."""
    least, own = LEAST_OF_UNIT.get(key.amount.unit, Decimal("-Infinity")), key.fact.measure
    known = [row[0] for row in lending_figures(key.fact, world) if own and row[4].measure == own]
    return (max(least, known[0]), known[-1]) if len(known) >= MANY else (least, Decimal("Infinity"))


class _Key:
    """The key's value with what it is compared by."""

    def __init__(self, fact: Fact, amount: Quantity, value: Decimal) -> None:
        self.fact = fact
        self.amount = amount
        self.value = value
        low, high = reach(fact)
        self.low = value if low is None else low
        self.high = value if high is None else high
        self.is_exact = amount.qualifier == "exactly"
        self.text = shown_bare(amount)
        self.shape = shape_class(self.text)
        self.digits = significant_digits(digits_of(self.text))
        width = (self.high - self.low) / 2 / abs(value) if value else Decimal(0)
        self.ratio = max(LEAST_RATIO, 1 + 2 * width)

    def is_apart(self, value: Decimal, low: Decimal, high: Decimal) -> bool:
        """T3: disjoint bounds, and far enough where the key is not exact."""
        if low <= self.high and high >= self.low:
            return False
        if self.is_exact:
            return True
        small, large = sorted((abs(value), abs(self.value)))
        return (value < 0) != (self.value < 0) or small == 0 or large / small >= self.ratio


def shape_class(text: str) -> str:
    """Grouped integer, decimal or scaled: the count of digits is no matter."""
    found = shape(text)
    return "decimal" if found.startswith("decimal") else found


def digits_of(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit() or sign == ".").strip(".")


def bounds_of(fact: Fact) -> Interval:
    return bounds(fact.amount) if fact.amount is not None else (Decimal(1), Decimal(0))


def _is_free(low: Decimal | int, high: Decimal | int, barred: Iterable[Interval]) -> bool:
    """No other fact's bounds reach into low..high; an open side reaches for ever."""
    for other_low, other_high in barred:
        below = other_high is not None and other_high < low
        above = other_low is not None and other_low > high
        if not (below or above):
            return False
    return True


def _apart(one: Candidate, other: Candidate) -> bool:
    return one.high < other.low or other.high < one.low


def _well_apart(one: Candidate, other: Candidate) -> bool:
    """Invented values keep a distance among themselves as well."""
    if not _apart(one, other):
        return False
    if not one.rule.startswith("log") and not other.rule.startswith("log"):
        return True
    small, large = sorted((abs(Decimal(one.low)), abs(Decimal(other.low))))
    return small == 0 or large / small >= LEAST_RATIO


def _sides(
    key: _Key, world: World, *, same_digits: bool
) -> tuple[list[Candidate], list[Candidate]]:
    lent = _lent(key, world, -1, same_digits=same_digits)
    more = _lent(key, world, 1, same_digits=same_digits)
    return spread(lent, _apart), spread(more, _apart)


def _lent(key: _Key, world: World, direction: int, *, same_digits: bool) -> Iterator[Candidate]:
    """The group's other figures on one side of the key, nearest first."""
    fact = key.fact
    rows = lending_figures(fact, world)
    kin = {other.key for other in (*world.rivals(fact), *world.relatives(fact))}
    barred = [
        bounds_of(other)
        for other in (*world.rivals(fact), *world.relatives(fact))
        if not differs_in_voice(fact, other)
    ]
    start = bisect_left(rows, (key.value, ""), key=lambda row: row[:2])
    places = range(start - 1, -1, -1) if direction < 0 else range(start, len(rows))
    for place in places:
        value, tag, text, digits, other = rows[place]
        low, high = bounds_of(other)
        if low is None or high is None or tag == fact.key:
            continue
        if (
            (value > key.value) != (direction > 0)
            or (tag in kin and not differs_in_voice(fact, other))
            or (same_digits and digits != key.digits)
            or shape_class(text) != key.shape
            or not key.is_apart(value, low, high)
            or not _is_alike(key, other, value)
            or not _is_free(low, high, barred)
        ):
            continue
        assert other.amount is not None
        yield Candidate(number_text(other.amount), low, high, other)


def _is_alike(key: _Key, other: Fact, value: Decimal) -> bool:
    if other.measure == key.fact.measure:
        return True
    if key.value == 0 or value == 0 or (value < 0) != (key.value < 0):
        return False
    small, large = sorted((abs(value), abs(key.value)))
    return large / small <= SAME_MAGNITUDE


Row = tuple[Decimal, str, str, int, Fact]


def lending_figures(fact: Fact, world: World) -> list[Row]:
    """The lending figures of the group with the fact's unit, in ascending order."""
    unit = fact.amount.unit if fact.amount is not None else ""

    def gather() -> list[Row]:
        rows: list[Row] = []
        for other in world.group(fact, "value"):
            amount = other.amount
            if amount is None or amount.value is None or amount.qualifier not in LENDING:
                continue
            if amount.unit == unit:
                text = shown_bare(amount)
                digits = significant_digits(digits_of(text))
                rows.append((amount.value, other.key, text, digits, other))
        return sorted(rows, key=lambda row: row[:2])

    return world.once(("figures", unit, *world.group_key(fact, "value")), gather)


def _ladder(key: _Key, item: str, direction: int, world: World) -> Iterator[Candidate]:
    if key.is_exact and key.shape == "integer" and 0 < key.value <= SMALL:
        yield from _small_ladder(key, direction)
    elif key.amount.unit in {"%", "percent"}:
        yield from _percent_ladder(key, item, direction, world)
    elif key.value:
        yield from _log_ladder(key, item, direction, world)


def _small_ladder(key: _Key, direction: int) -> Iterator[Candidate]:
    step = 1 if key.value <= 6 else 2 if key.value <= 12 else 3
    for n in range(1, 7):
        value = key.value + direction * n * step
        if value >= 1:
            yield _step(key, value, f"integer ladder: {direction * n * step:+}")


def _percent_ladder(key: _Key, item: str, direction: int, world: World) -> Iterator[Candidate]:
    value = key.value
    for n in range(6):
        value += direction * (5, 8, 10, 15)[world.draw("percent", item, direction, n) % 4]
        if not 0 < value < 100:
            return
        step = _step(key, value, f"percent ladder: step {n + 1}")
        if key.is_apart(value, value, value) and _has_digits(key, step):
            yield step


def _log_ladder(key: _Key, item: str, direction: int, world: World) -> Iterator[Candidate]:
    """v times factors spread evenly over the magnitudes, rounded to the key's own digits.

    Evenly, because real figures are: what is invented may not favour any leading digit.
    """
    grows = (direction > 0) == (key.value > 0)
    drawn = sorted(world.draw("factor", item, direction, n) % len(FACTORS) for n in range(STEPS))
    for place in drawn:
        factor = FACTORS[place]
        value = key.value * factor if grows else key.value / factor
        rounded = round_to_significant(value, key.digits)
        if key.shape == "integer":
            rounded = rounded.to_integral_value()
        if rounded and key.is_apart(rounded, rounded, rounded) and factor >= key.ratio:
            step = _step(key, rounded, f"log ladder: times {factor if grows else 1 / factor:.2f}")
            if _has_digits(key, step) and not _is_thinned(key, step.text, item, world):
                yield step


def _is_thinned(key: _Key, text: str, item: str, world: World) -> bool:
    """One in five is left out where rounding to one digit makes too many of 2, 3 and 4.

    Measured: invented values began with a 2 in 20 % of options, keys in 16 %.
    """
    first = next(sign for sign in text if sign.isdigit())
    return key.digits == 1 and first in "234" and world.draw("thin", item, text) % 5 == 0


def _has_digits(key: _Key, step: Candidate) -> bool:
    """As round as the key, in the form in which it is shown."""
    digits = significant_digits(digits_of(step.text))
    return digits == key.digits and shape_class(step.text) == key.shape


def _step(key: _Key, value: Decimal, rule: str) -> Candidate:
    if not key.amount.scale and "." in key.text:
        value = value.quantize(Decimal(1).scaleb(-len(key.text.partition(".")[2])))
    text = shown_number(value, key.amount.scale)
    if key.amount.unit in SYMBOLS:
        text = with_unit(text, key.amount.unit)
    return Candidate(text, value, value, rule=rule)


def plain_number(text: str) -> Decimal:
    """The number of a shown text in its scale, for sorting and rules."""
    plain = text.replace(MINUS, "-").replace("\N{NO-BREAK SPACE}", " ")
    digits = "".join(sign for sign in plain if sign.isdigit() or sign in ".-").rstrip(".")
    value = Decimal(digits)
    for scale, factor in SCALES.items():
        if scale in plain:
            return value * factor
    return value
