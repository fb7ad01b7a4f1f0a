"""Dates as facts hold them: what is parsed, how it compares, how it is shown."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.facts.calendar import calendar_day, day_number, ordinal
from quiz.facts.dates import (
    FAR,
    DateError,
    certain_bounds,
    coarsen,
    contains,
    disjoint,
    from_unit,
    gap,
    overlaps,
    parse_edtf,
    rank,
    shown,
    unit_index,
)

laws = settings(derandomize=True, deadline=None, database=None, max_examples=150)


@pytest.mark.parametrize(
    ("edtf", "first", "last", "precision"),
    [
        ("2022-02-24", (2022, 2, 24), (2022, 2, 24), "day"),
        ("2024-02", (2024, 2, 1), (2024, 2, 29), "month"),
        ("1991", (1991, 1, 1), (1991, 12, 31), "year"),
        ("199X", (1990, 1, 1), (1999, 12, 31), "decade"),
        ("18XX", (1800, 1, 1), (1899, 12, 31), "century"),
        ("2024-21", (2024, 3, 1), (2024, 5, 31), "range"),
        ("2024-24", (2024, 12, 1), (2025, 2, 28), "range"),
        ("2014-03/2014-05", (2014, 3, 1), (2014, 5, 31), "range"),
        ("2024-11-11~/2024-11-20~", (2024, 11, 11), (2024, 11, 20), "range"),
        ("0000", (0, 1, 1), (0, 12, 31), "year"),
        ("-0043-03-15", (-43, 3, 15), (-43, 3, 15), "day"),
    ],
)
def test_a_text_of_the_subset_becomes_its_days(edtf, first, last, precision):
    value = parse_edtf(edtf)
    assert calendar_day(value.first_day) == first
    assert calendar_day(value.last_day) == last
    assert value.precision == precision
    assert value.edtf == edtf


@pytest.mark.parametrize(
    ("edtf", "says"),
    [
        ("", "missing"),
        ("2024-13", "month 13"),
        ("2024-02-30", "29 days"),
        ("2023-02-29", "28 days"),
        ("24.02.2022", "write 2024-11-04"),
        ("2024-1-1", "write 2024-11-04"),
        ("2024-05/2024-03", "earlier date first"),
        ("../..", "open at both ends"),
        ("[1667,1668]", "write 2024-11-04"),
        ("２０２４", "write 2024-11-04"),
    ],
)
def test_a_mistake_says_what_is_wrong_and_what_would_be_right(edtf, says):
    with pytest.raises(DateError, match=says):
        parse_edtf(edtf)


@pytest.mark.parametrize(
    ("edtf", "text"),
    [
        ("2022-02-24", "24\u00a0February 2022"),
        ("2024-11-01", "1\u00a0November 2024"),
        ("2014-03", "March 2014"),
        ("1991", "1991"),
        ("199X", "the 1990s"),
        ("18XX", "the 19th century"),
        ("20XX", "the 21st century"),
        ("1850~", "about 1850"),
        ("1850?", "1850 (uncertain)"),
        ("2014-03/2014-05", "March to May 2014"),
        ("2014-05-03/2014-05-05", "3 to 5\u00a0May 2014"),
        ("2014-07-28/2014-08-03", "28\u00a0July to 3\u00a0August 2014"),
        ("1914-07-28/1918-11-11", "28\u00a0July 1914 to 11\u00a0November 1918"),
        ("1939/1945", "1939 to 1945"),
        ("2024-11-01~/2024-11-10~", "early November 2024"),
        ("2024-11-11~/2024-11-20~", "mid-November 2024"),
        ("2024-11-21~/2024-11-30~", "late November 2024"),
        ("2024-11-21~/2024-11-25~", "21 to 25\u00a0November 2024"),
        ("../2022-03", "by March 2022"),
        ("2022-03/..", "from March 2022"),
        ("2024-23", "autumn 2024"),
        ("-0043", "44\u00a0BC"),
        ("0000", "1\u00a0BC"),
        ("0079", "AD\u00a079"),
    ],
)
def test_a_date_is_shown_in_words(edtf, text):
    assert shown(parse_edtf(edtf)) == text


def test_open_ends_reach_for_ever_and_readings_too():
    before, after = parse_edtf("../2022-03"), parse_edtf("2022-03/..")
    assert (before.reading, after.reading) == ("before", "after")
    assert certain_bounds(before)[0] == -FAR
    assert certain_bounds(after)[1] == FAR
    assert certain_bounds(parse_edtf("2022-03", reading="before"))[0] == -FAR
    assert overlaps(before, parse_edtf("0500"))
    assert disjoint(after, parse_edtf("2022-02"))


def test_an_uncertain_or_open_date_is_not_exact():
    assert parse_edtf("1850").is_exact
    assert not parse_edtf("1850?").is_exact
    assert not parse_edtf("1850~").is_exact
    assert not parse_edtf("../1850").is_exact


def test_circa_years_widen_the_bounds():
    about, near, far = parse_edtf("1850~", circa_years=5), parse_edtf("1854"), parse_edtf("1858")
    assert overlaps(about, near)
    assert disjoint(about, far)


def test_an_interval_of_thirds_is_a_window():
    assert parse_edtf("2024-11-11~/2024-11-20~").reading == "window"
    assert parse_edtf("2014-03/2014-05").reading == "extent"


@pytest.mark.parametrize(
    ("edtf", "precision", "coarse"),
    [
        ("2022-02-24", "month", "2022-02"),
        ("2022-02-24", "year", "2022"),
        ("2022-02-24", "decade", "202X"),
        ("2022-02-24", "century", "20XX"),
        ("2024-11-11~/2024-11-20~", "month", "2024-11"),
        ("2022", "month", "2022"),
    ],
)
def test_a_date_is_coarsened_to_the_unit_that_holds_it(edtf, precision, coarse):
    assert coarsen(parse_edtf(edtf), precision).edtf == coarse


def test_an_interval_over_two_units_is_not_coarsened():
    with pytest.raises(DateError, match="more than one month"):
        coarsen(parse_edtf("2014-03/2014-05"), "month")


@pytest.mark.parametrize(
    ("one", "other", "unit", "units"),
    [
        ("2014-05-03", "2014-05-04", "day", 1),
        ("2014-03", "2014-04", "month", 1),
        ("2014-12", "2013-11", "month", 13),
        ("1991", "1999", "year", 8),
        ("1991", "1991", "year", 0),
        ("199X", "1985", "decade", 1),
    ],
)
def test_the_gap_counts_units_both_ways(one, other, unit, units):
    assert gap(parse_edtf(one), parse_edtf(other), unit) == units
    assert gap(parse_edtf(other), parse_edtf(one), unit) == units


def test_precisions_have_an_order():
    order = ["century", "decade", "year", "month", "day"]
    assert sorted(order, key=rank) == order


def test_ordinals():
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th",
    ]  # fmt: skip


@laws
@given(st.integers(-2_000_000, 3_000_000))
def test_the_calendar_is_its_own_inverse(number):
    year, month, day = calendar_day(number)
    assert day_number(year, month, day) == number
    assert 1 <= month <= 12
    assert 1 <= day <= 31


@laws
@given(st.dates())
def test_the_calendar_agrees_with_python(day):
    assert day_number(day.year, day.month, day.day) == day.toordinal()
    assert date(*calendar_day(day.toordinal())) == day


@laws
@given(st.integers(0, 3_500_000), st.sampled_from(["day", "month", "year", "decade", "century"]))
def test_a_unit_holds_the_day_it_is_of(number, unit):
    value = from_unit(unit_index(number, unit), unit)
    assert value.first_day <= number <= value.last_day
    assert value.precision == unit
    assert contains(from_unit(unit_index(number, "century"), "century"), value)
