"""The tolerances of typed numbers: what each qualifier accepts, and what is partly right."""

import re
from dataclasses import replace
from decimal import Decimal

from quiz.facts.quantities import (
    HEDGES,
    Quantity,
    bounds,
    round_to_significant,
    shown,
    significant_digits,
    with_unit,
)
from quiz.questions.graded import Verdict
from quiz.questions.units import RELATIVE_MASS

# Shares of the value: accepted below and above, partly right below and above.
REACH = {
    "over": ("0", "0.02", "0.05", "0.10"),
    "at_least": ("0", "0.02", "0.05", "0.10"),
    "up_to": ("0.02", "0", "0.10", "0.05"),
    "at_most": ("0.02", "0", "0.10", "0.05"),
    "nearly": ("0.05", "0", "0.10", "0.05"),
}
ONE, FIVE, TEN = Decimal("0.01"), Decimal("0.05"), Decimal("0.10")
END = Decimal("0.005")
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "%": "%"}
Result = tuple[Verdict, str, str]
NOTHING: Result = (Verdict.REJECT, "another_number", "")


def grade_value(expected: Quantity, value: Decimal) -> Result:
    if expected.value is None:
        return _grade_in_range(expected, value)
    if expected.qualifier == "about":
        return _grade_about(expected, expected.value, value)
    if expected.qualifier in REACH:
        return _grade_bound(expected, expected.value, value)
    return _grade_exact(expected, expected.value, value)


def _grade_exact(expected: Quantity, right: Decimal, value: Decimal) -> Result:
    if value == right:
        return Verdict.ACCEPT, "equal", ""
    low, high = expected.low, expected.high
    if low is not None and high is not None and low <= value <= high:
        # The source's own uncertainty is as right as its value.
        return Verdict.ACCEPT, "within_uncertainty", ""
    if right == 0 or (abs(right) < 100 and right == right.to_integral_value()):
        return NOTHING
    error = abs(value - right) / abs(right)
    note = f"The source gives {told(expected)}."
    if error <= ONE and (_is_rounded(right, value) or _written_digits(expected) >= 4):
        return Verdict.ACCEPT_WITH_NOTE, "rounded", note
    if error <= FIVE:
        return Verdict.PARTIAL, "near", f"Partly: near. {note}"
    return NOTHING


def _is_rounded(right: Decimal, value: Decimal) -> bool:
    """Tell whether the value is the right one rounded to three significant digits or more."""
    digits = significant_digits(format(abs(value), "f"))
    return digits >= 3 and any(
        round_to_significant(right, kept) == value for kept in range(3, max(digits, 3) + 1)
    )


def _written_digits(expected: Quantity) -> int:
    return len(re.sub(r"\D", "", expected.text).lstrip("0"))


def _grade_about(expected: Quantity, right: Decimal, value: Decimal) -> Result:
    low, high = bounds(replace(expected, low=None, high=None))
    if low is None or high is None:
        return NOTHING
    if low <= value <= high:
        return Verdict.ACCEPT, "within_about", ""
    if abs(value - right) <= high - low:
        return Verdict.PARTIAL, "near", f"Partly: near. The source gives {told(expected)}."
    return NOTHING


def _grade_bound(expected: Quantity, right: Decimal, value: Decimal) -> Result:
    size = abs(right)
    below, above, far_below, far_above = (
        Decimal(share) * size for share in REACH[expected.qualifier]
    )
    if right - below <= value <= right + above:
        return Verdict.ACCEPT, "within_bound", ""
    if right - far_below <= value <= right + far_above:
        return Verdict.PARTIAL, "near", f"Partly: near. The source gives {told(expected)}."
    return NOTHING


def _grade_in_range(expected: Quantity, value: Decimal) -> Result:
    low, high = expected.low, expected.high
    if low is None or high is None:
        return NOTHING
    note = f"The source gives a range, {told(expected)}."
    if low <= value <= high:
        return Verdict.ACCEPT_WITH_NOTE, "inside_range", note
    if low - abs(low) * FIVE <= value <= high + abs(high) * FIVE:
        return Verdict.PARTIAL, "near", f"Partly: near. {note}"
    return NOTHING


def grade_range(expected: Quantity, low: Decimal, high: Decimal) -> Result:
    """Grade a range that was given: both ends for a range, a narrow one around a point."""
    if expected.value is None and expected.low is not None and expected.high is not None:
        starts = abs(low - expected.low) <= abs(expected.low) * END
        ends = abs(high - expected.high) <= abs(expected.high) * END
        if starts and ends:
            return Verdict.ACCEPT, "both_ends", ""
        if starts or ends:
            return Verdict.PARTIAL, "one_end", "Partly: one end fits, the other doesn't."
        return NOTHING
    right = expected.value
    if right is None or not low <= right <= high:
        return NOTHING
    if (high - low) / 2 <= abs(right) * TEN:
        note = "Partly: one number is asked; it lies in your range."
        return Verdict.PARTIAL, "range_around", note
    return Verdict.REJECT, "range_too_wide", "That range is too wide to tell."


def grade_converted(expected: Quantity, value: Decimal) -> Result:
    """A converted unit is right within 1 %, partly within 5 %, whatever the hedge."""
    if expected.value is None:
        return _grade_in_range(expected, value)
    note = f"In the source's unit: {told(expected)}."
    size = abs(expected.value)
    if abs(value - expected.value) <= size * ONE:
        return Verdict.ACCEPT_WITH_NOTE, "converted", note
    if abs(value - expected.value) <= size * FIVE:
        return Verdict.PARTIAL, "converted_near", f"Partly: near. {note}"
    return NOTHING


def told(expected: Quantity) -> str:
    text = shown(expected, hedge=False)
    if expected.unit in SIGNS.values():
        text = with_unit(text, expected.unit)
    elif expected.unit and expected.unit != RELATIVE_MASS:
        text = f"{text} {expected.unit}"
    word = expected.hedge_text or HEDGES[expected.qualifier]
    return f"{word} {text}" if word else text
