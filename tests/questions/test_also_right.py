"""What an editor let count: graded, offered nowhere as wrong, and said in the export."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from quiz.facts.dates import overlaps, parse_edtf
from quiz.facts.quantities import parse_quantity, shown_number
from quiz.questions.distractors_numbers import plain_number
from quiz.questions.engine import propose, propose_for
from quiz.questions.grading import grade_date, grade_number
from quiz.questions.items import Held
from quiz.questions.read_options import date_of
from quiz.questions.respond_typed import grade_typed
from quiz.questions.world import World
from tests.synthetic import make_base

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("amount", "also", "given", "verdict"),
    [
        (parse_quantity("1,234"), "1200", "1,200", "accept_with_note"),
        (parse_quantity("1,234"), "1200", "1.2 thousand", "accept_with_note"),
        (parse_quantity("1,234"), "1200", "1,210", "partial"),
        (parse_quantity("1,234"), "1200", "1,020", "reject"),
        (parse_quantity("1,234"), "1200", "12,000", "reject"),
        (parse_quantity("12,000", qualifier="about"), "11000", "11,100", "accept_with_note"),
        (parse_quantity("12,000", qualifier="about"), "11000", "10,900", "partial"),
        (parse_quantity("2,500", qualifier="at_least"), "2700", "2,650", "accept_with_note"),
        (parse_quantity("2,500", qualifier="at_least"), "2700", "less than 2,650", "reject"),
    ],
)
def test_a_number_that_was_let_count_counts_with_a_note(amount, also, given, verdict):
    assert grade_number(amount, given, also=(Decimal(also),)).verdict == verdict


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("2022", "accept_with_note"),
        ("15 January 2022", "accept_with_note"),
        ("Januray 15, 2022", "accept_with_note"),
        ("16 January 2022", "reject"),
        ("January 2022", "partial"),
        ("2021", "reject"),
    ],
)
def test_a_date_that_was_let_count_counts_with_a_note(given, verdict):
    also = (parse_edtf("2022"), parse_edtf("2022-01-15"))
    known = parse_edtf("2022-01-14")

    result = grade_date(known, given, ask_precision="day", today=TODAY, also=also)

    assert result.verdict == verdict
    if result.is_right:
        assert "The source gives 14" in result.note


def letting(base, kind, make):
    """The base with something more let count for each askable fact of a kind."""
    facts = {
        key: replace(fact, also_right=make(fact)) if fact.kind == kind else fact
        for key, fact in base.facts.items()
    }
    return replace(base, facts=facts)


def near_figure(fact):
    value = fact.amount.value
    return (shown_number((value * 4 / 3).to_integral_value()),) if value is not None else ()


def test_no_wrong_option_is_near_enough_to_count():
    base = letting(make_base(200, 4), "figure", near_figure)
    checked = 0
    for item in propose(base, 1).items:
        fact = base.facts[item.fact]
        if item.form != "choice" or not fact.also_right:
            continue
        number = parse_quantity(fact.also_right[0]).value
        low, high = sorted((number, fact.amount.value))
        wrong = [plain_number(option.text) for option in item.options if not option.right]
        checked += 1
        assert not [value for value in wrong if low <= value <= high]
    assert checked > 10


def test_no_wrong_date_counts_when_it_is_typed():
    def next_year(fact):
        year = fact.when.edtf[:4] if fact.when else ""
        return (str(int(year) + 1),) if year.isdecimal() else ()

    base = letting(make_base(200, 4), "date", next_year)
    checked = 0
    for item in propose(base, 1).items:
        fact = base.facts[item.fact]
        if item.form == "choice" and item.facet == "date" and fact.also_right:
            other = parse_edtf(fact.also_right[0])
            dates = [date_of(option.text) for option in item.options if not option.right]
            checked += 1
            assert not [one for one in dates if one and overlaps(one, other)]
    assert checked > 3


def test_a_typed_question_stores_what_counts_and_its_export_says_so():
    base = letting(make_base(60, 4), "figure", near_figure)
    world = World(base, 1)
    typed = [
        found.item
        for fact in base.facts.values()
        if fact.also_right
        for found in propose_for(fact, world)
        if not isinstance(found, Held) and found.item.form == "typed"
    ]

    assert typed
    for item in typed:
        also = base.facts[item.fact].also_right[0]
        expected = item.stored_expected()
        assert also in expected["accepted"]
        assert grade_typed(expected, also, today=TODAY).is_right


def test_where_nothing_more_counts_nothing_is_stored_for_it():
    for item in propose(make_base(60, 4), 1).items:
        assert "also" not in item.expected
