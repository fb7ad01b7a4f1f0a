"""Quantities as facts hold them: what is parsed, what a hedge leaves open, how it is shown."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.facts.quantities import (
    QuantityError,
    bounds,
    covers,
    overlap,
    parse_quantity,
    round_to_significant,
    shape,
    shown,
    shown_bare,
    shown_number,
    significant_digits,
    with_unit,
)

laws = settings(derandomize=True, deadline=None, database=None, max_examples=150)


@pytest.mark.parametrize(
    ("text", "value", "scale", "digits"),
    [
        ("12,000", "12000", "", 2),
        ("35,286", "35286", "", 5),
        ("12 million", "12000000", "million", 2),
        ("2.5 billion", "2500000000", "billion", 2),
        ("2.50", "2.50", "", 3),
        ("0.05", "0.05", "", 1),
        ("−38.83", "-38.83", "", 4),
        ("$2,000", "2000", "", 1),
        ("45%", "45", "", 2),
        ("12\u00a0000", "12000", "", 2),
    ],
)
def test_an_amount_keeps_its_text_and_is_exact(text, value, scale, digits):
    quantity = parse_quantity(text)
    assert quantity.value == Decimal(value)
    assert (quantity.text, quantity.scale, quantity.significant_digits) == (text, scale, digits)


def test_a_range_has_two_ends_and_shares_its_scale():
    quantity = parse_quantity("2,000–3,000", qualifier="range")
    assert (quantity.low, quantity.high, quantity.value) == (2000, 3000, None)
    scaled = parse_quantity("10 to 12 million", qualifier="range")
    assert (scaled.low, scaled.high) == (10_000_000, 12_000_000)


@pytest.mark.parametrize(
    ("text", "qualifier", "says"),
    [
        ("about 12", "exactly", "hedges and units"),
        ("", "exactly", "not an amount"),
        ("12", "range", "write 2,000–3,000"),
        ("3,000–2,000", "range", "begins above its end"),
        ("12", "roughly", "no qualifier"),
    ],
)
def test_a_mistake_says_what_would_be_right(text, qualifier, says):
    with pytest.raises(QuantityError, match=says):
        parse_quantity(text, qualifier=qualifier)


@pytest.mark.parametrize(
    ("text", "qualifier", "low", "high"),
    [
        ("27", "exactly", "27", "27"),
        ("12,000", "about", "11400", "12600"),
        ("100", "about", "90", "110"),
        ("1,234", "about", "1172.3", "1295.7"),
        ("5,000", "over", "5000", None),
        ("5,000", "at_least", "5000", None),
        ("50", "up_to", "0", "50"),
        ("50", "at_most", "0", "50"),
        ("50", "nearly", "47.5", "50"),
        ("2,000–3,000", "range", "2000", "3000"),
    ],
)
def test_a_hedge_leaves_open_what_it_says(text, qualifier, low, high):
    found = bounds(parse_quantity(text, qualifier=qualifier))
    assert found == (low and Decimal(low), high and Decimal(high))


def test_what_a_bound_covers_is_never_a_wrong_option():
    over = parse_quantity("5,000", qualifier="over")
    assert covers(over, Decimal(7000))
    assert not covers(over, Decimal(4000))
    assert overlap(over, parse_quantity("6,000"))
    assert not overlap(over, parse_quantity("4,000", qualifier="up_to"))


@pytest.mark.parametrize(
    ("text", "qualifier", "unit", "plain", "whole"),
    [
        ("12,000", "about", "soldiers", "12,000", "about 12,000\u00a0soldiers"),
        ("12 million", "exactly", "", "12\u00a0million", "12\u00a0million"),
        ("2,700", "nearly", "", "2,700", "almost 2,700"),
        ("2,000", "exactly", "$", "2,000", "$2,000"),
        ("45", "exactly", "%", "45", "45%"),
        ("−38.83", "exactly", "°C", "−38.83", "−38.83\u00a0°C"),
        ("2.50", "exactly", "", "2.50", "2.50"),
        ("2,000–3,000", "range", "", "2,000–3,000", "2,000–3,000"),
        ("50", "up_to", "", "50", "up to 50"),
    ],
)
def test_an_amount_is_shown_as_it_was_written(text, qualifier, unit, plain, whole):
    quantity = parse_quantity(text, qualifier=qualifier, unit=unit)
    assert shown_bare(quantity) == plain
    assert shown(quantity, unit=True) == whole


def test_a_negative_amount_has_a_true_minus_before_its_currency():
    assert with_unit(shown_number(Decimal(-2000)), "$") == "−$2,000"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12,000", "integer"),
        ("7", "integer"),
        ("2.5", "decimal 1"),
        ("12\u00a0million", "scaled million"),
        ("10–12", "range"),
    ],
)
def test_options_share_a_shape(text, kind):
    assert shape(text) == kind


@laws
@given(st.integers(1, 10**12), st.integers(1, 6))
def test_rounding_keeps_at_most_the_digits_asked_for(number, digits):
    rounded = round_to_significant(Decimal(number), digits)
    assert significant_digits(f"{rounded:f}") <= digits
    assert abs(rounded - number) <= Decimal(10) ** (len(str(number)) - digits)


@laws
@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False))
def test_a_shown_number_reads_back_as_itself(number):
    assert parse_quantity(shown_number(number)).value == number


@laws
@given(
    st.integers(1, 10**6),
    st.sampled_from(["exactly", "about", "nearly", "over", "at_least", "up_to", "at_most"]),
)
def test_the_amount_lies_in_its_own_bounds(number, qualifier):
    quantity = parse_quantity(f"{number:,}", qualifier=qualifier)
    assert covers(quantity, Decimal(number))
    assert overlap(quantity, quantity)
