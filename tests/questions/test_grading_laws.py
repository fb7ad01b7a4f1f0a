"""Laws of grading: over every pair of entities of both topics, and over any text at all."""

import itertools
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quiz.facts.calendar import calendar_day, day_number
from quiz.facts.dates import DateValue, parse_edtf, shown
from quiz.facts.names import fold
from quiz.facts.quantities import parse_quantity
from quiz.facts.quantities import shown as amount_shown
from quiz.questions.grading import (
    NameIndex,
    Verdict,
    grade_date,
    grade_name,
    grade_names,
    grade_number,
)
from quiz.questions.name_index import prepared
from tests.questions.fixture_cards import cards

TODAY = date(2026, 11, 23)
RIGHT = {Verdict.ACCEPT, Verdict.ACCEPT_WITH_NOTE}
UNDECIDED = RIGHT | {Verdict.ASK_AGAIN}
settings.register_profile(
    "grading",
    derandomize=True,
    max_examples=120,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("grading")


CARDS = cards()
INDEX = NameIndex(CARDS)


def texts(card):
    return [form.text for form in card.names if form.accept]


def is_shared(text, card):
    """Another entity has the name too, so that nobody could tell."""
    folded = fold(text).removeprefix("the ")
    for other in CARDS:
        if other.key != card.key:
            entry = prepared(other)
            if folded in entry.surnames or text in entry.symbols:
                return True
            if any(folded == form.text for form in entry.forms):
                return True
    return False


def test_the_fixtures_have_entities_to_try():
    assert len(CARDS) > 300


def test_no_name_of_one_entity_is_accepted_for_another():
    accepted = []
    names = [(other, form.text) for other in CARDS for form in other.names]
    for card in CARDS:
        accepted += [
            (card.names[0].text, text)
            for other, text in names
            if other.key != card.key and grade_name(card, INDEX, text).verdict in RIGHT
        ]
    assert accepted == []


SWAPS = (
    ("north", "south", "east", "west"),
    ("northern", "southern", "eastern", "western"),
    ("north korean", "south korean", "russian", "prussian", "ukrainian", "us", "estonian"),
    ("north korea", "south korea", "russia", "prussia", "ukraine"),
    ("un", "us", "uk", "eu"),
    ("minister", "ministry"),
    ("pro", "anti"),
    ("national", "international"),
)


def swapped():
    """Each name with one word for its opposite or for another of its row."""
    for card in CARDS:
        if not prepared(card).is_described:
            continue
        for form in prepared(card).forms:
            for row in SWAPS:
                for word in row:
                    if form.accept and re.search(rf"\b{word}\b", form.text):
                        for other in row:
                            text = re.sub(rf"\b{word}\b", other, form.text, count=1)
                            if other != word:
                                yield card, form.text, text


def test_a_word_of_sense_is_never_a_slip_of_another():
    tried = list(swapped())
    assert len(tried) > 150
    wrong = [
        (name, text) for card, name, text in tried if grade_name(card, INDEX, text).verdict in RIGHT
    ]
    assert wrong == []


def test_without_the_base_a_word_of_sense_is_still_no_slip():
    """A question written by hand has no other names; English alone has to do."""
    wrong = [
        (name, text)
        for card, name, text in swapped()
        if grade_name(card, [], text).verdict in RIGHT
    ]
    assert wrong == []


def test_every_accepted_name_is_right_or_shared():
    for card in CARDS:
        for text in texts(card):
            verdict = grade_name(card, INDEX, text).verdict
            if card.kind != "symbol" and is_shared(text, card):
                assert verdict is Verdict.ASK_AGAIN, (card, text)
            else:
                wanted = next(form.kind for form in card.names if form.text == text)
                allowed = RIGHT if wanted == "misspelling" else {Verdict.ACCEPT}
                assert verdict in allowed, (card, text)


def test_a_transposition_is_never_simply_wrong():
    wrong = []
    for card in CARDS:
        for form in card.names:
            text = form.text
            if not form.accept or len(fold(text)) < 6 or form.kind in {"symbol", "acronym"}:
                continue
            if card.kind == "symbol" or (text.isupper() and len(text) <= 5):
                continue
            for place in range(len(text) - 1):
                pair = text[place : place + 2]
                if pair[0] == pair[1] or not pair.isalpha():
                    continue
                if any(sign.isdigit() for sign in text[max(0, place - 1) : place + 3]):
                    continue
                slip = text[:place] + pair[::-1] + text[place + 2 :]
                if INDEX.exact.get(fold(slip), set()) - INDEX.places_of(card):
                    continue
                if grade_name(card, INDEX, slip).verdict not in UNDECIDED:
                    wrong.append((text, slip))
    assert wrong == []


def test_co_discoverers_are_right_together_in_any_order():
    people = [card for card in CARDS if card.kind == "person"][-12:]
    for one, two in itertools.pairwise(people):
        for text in (
            f"{one.names[0].text} and {two.names[0].text}",
            f"{two.names[0].text}, {one.names[0].text}",
        ):
            assert grade_names([one, two], INDEX, text).verdict in RIGHT, text
        alone = grade_names([one, two], INDEX, one.names[0].text)
        assert alone.verdict is Verdict.PARTIAL


days = st.dates(min_value=date(1000, 1, 1), max_value=date(2029, 12, 31))


@st.composite
def date_values(draw):
    """A value of each precision."""
    first = draw(days)
    last = first + timedelta(days=draw(st.integers(1, 900)))
    text = draw(
        st.sampled_from(
            [
                f"{first:%Y-%m-%d}",
                f"{first:%Y-%m}",
                f"{first:%Y}",
                f"{first:%Y}"[:3] + "X",
                f"{first:%Y}"[:2] + "XX",
                f"{first:%Y-%m-%d}/{last:%Y-%m-%d}",
                f"{first:%Y-%m}/{last:%Y-%m}",
                f"{first:%Y}/{last:%Y}",
                f"{first:%Y}-{draw(st.integers(21, 24))}",
                f"{first:%Y-%m}-11~/{first:%Y-%m}-20~",
            ]
        )
    )
    return parse_edtf(text)


def graded_date(value: DateValue, text: str, **how):
    how = {"ask_precision": value.precision, "today": TODAY} | how
    return grade_date(value, text, **how)


@given(date_values())
def test_a_date_typed_as_it_is_shown_is_right(value):
    text = shown(value)
    assert graded_date(value, text).verdict is Verdict.ACCEPT, text
    assert graded_date(value, text.upper()).verdict is Verdict.ACCEPT
    assert graded_date(value, f"  {text}. ").verdict is Verdict.ACCEPT


@given(days, st.booleans())
def test_every_way_to_write_a_day_is_right(day, day_first):
    value = parse_edtf(f"{day:%Y-%m-%d}")
    numeric = (
        f"{day.day}/{day.month}/{day.year}" if day_first else (f"{day.month}/{day.day}/{day.year}")
    )
    for text in (
        f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day.day} {day:%B} {day.year}",
        f"{day:%b}. {day.day}, {day.year}", f"{day:%A}, {day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}th {day.year}", numeric, numeric.replace("/", "."),
    ):  # fmt: skip
        assert graded_date(value, text, day_first=day_first).verdict is Verdict.ACCEPT, text


@given(days, st.sampled_from(["day", "month", "year"]), st.integers(1, 2000))
def test_another_unit_is_never_right(day, precision, step):
    """Off by one or by many: a date of another day, month or year is not accepted."""
    number = day.toordinal() + step
    year, month, other_day = calendar_day(number)
    formats = {
        "day": (f"{day:%Y-%m-%d}", f"{year:04}-{month:02}-{other_day:02}"),
        "month": (f"{day:%Y-%m}", f"{year:04}-{month:02}"),
        "year": (f"{day:%Y}", f"{year:04}"),
    }
    right, wrong = formats[precision]
    assume(right != wrong)
    assert graded_date(parse_edtf(right), wrong).verdict not in RIGHT
    assert graded_date(parse_edtf(wrong), right).verdict not in RIGHT


@given(days)
def test_only_the_other_order_being_right_asks_again(day):
    assume(day.day <= 12 and day.day != day.month)
    value = parse_edtf(f"{day:%Y-%m-%d}")
    text = f"{day.month}/{day.day}/{day.year}"
    assert graded_date(value, text).verdict is Verdict.ASK_AGAIN
    assert graded_date(value, text, day_first=False).verdict is Verdict.ACCEPT


@given(st.integers(-200_000, 1_000_000))
def test_day_numbers_and_calendar_days_are_inverse(number):
    assert day_number(*calendar_day(number)) == number


@given(st.dates())
def test_day_numbers_are_pythons_ordinals(day):
    assert day_number(day.year, day.month, day.day) == day.toordinal()


QUALIFIERS = ["exactly", "about", "nearly", "over", "at_least", "up_to", "at_most"]


@st.composite
def quantities(draw):
    digits = draw(st.integers(1, 999_999))
    zeros = draw(st.integers(0, 4))
    text = draw(
        st.sampled_from(
            [f"{digits * 10**zeros:,}", f"{Decimal(digits) / 100:,}", f"{digits % 900 + 1} million"]
        )
    )
    unit = draw(st.sampled_from(["", "soldiers", "%", "km"]))
    return parse_quantity(text, qualifier=draw(st.sampled_from(QUALIFIERS)), unit=unit)


@given(quantities())
def test_a_number_typed_as_it_is_shown_is_right(quantity):
    for text in (
        amount_shown(quantity),
        amount_shown(quantity, hedge=False, unit=True),
        quantity.text,
        str(quantity.value),
        f"{quantity.value:,f}".replace(",", " "),
    ):
        assert grade_number(quantity, text).verdict in RIGHT, text
    assert grade_number(quantity, quantity.text, field_scale=quantity.scale).verdict in RIGHT


@given(st.integers(1, 99), st.sampled_from([-1, 1]))
def test_a_small_count_is_never_right_off_by_one(count, step):
    quantity = parse_quantity(str(count))
    assert grade_number(quantity, str(count + step)).verdict is Verdict.REJECT


@given(quantities(), st.sampled_from([-3, -2, -1, 1, 2, 3]))
def test_a_wrong_number_of_zeros_is_never_right(quantity, power):
    text = f"{quantity.value.scaleb(power).normalize():f}"
    assume(not re.search(r"\.\d{3}$", text))  # 12.000 may mean twelve thousand
    result = grade_number(quantity, text)
    assume(result.verdict is not Verdict.ASK_AGAIN)
    assert result.verdict is Verdict.REJECT, text


@given(quantities(), st.data())
def test_swapped_digits_are_judged_as_a_number(quantity, data):
    """One wrong digit is right only where the value is near, never for its likeness."""
    text = f"{quantity.value:f}"
    place = data.draw(st.integers(0, len(text) - 1))
    assume(text[place].isdigit())
    digit = data.draw(st.sampled_from("0123456789"))
    typed = text[:place] + digit + text[place + 1 :]
    if grade_number(quantity, typed).verdict in RIGHT:
        off = abs(Decimal(typed) - quantity.value)
        assert off <= abs(quantity.value) / 10


@given(quantities())
def test_the_other_sign_is_never_right(quantity):
    result = grade_number(quantity, f"-{quantity.value:f}")
    assert result.verdict is Verdict.REJECT


EXPECTED_DATE = parse_edtf("2022-02-24")
EXPECTED_AMOUNT = parse_quantity("12,000", qualifier="about", unit="people")
PIECES = st.sampled_from(
    "24 2 02 2022 February feb of the - – / . , : to or and between circa c. ~ th 's 1990s "
    "century 19th early mid BC 12,000 12.000 1e9 ½ million k % $ € km percent points more than "
    "less at least ± × 10^6 minus half a dozen Kim Jong Un Zelensky President \x00 \ud800 İ ß "
    "ﷺ ⁴ ٣ 九".split()
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(alphabet=st.characters(), max_size=60),
    st.lists(PIECES, max_size=12).map(" ".join),
    st.lists(PIECES, max_size=12).map("".join),
)


@settings(max_examples=400)
@given(ANY_TEXT)
def test_no_text_raises(text):
    for result in (
        graded_date(EXPECTED_DATE, text),
        grade_number(EXPECTED_AMOUNT, text, field_scale="thousand"),
        grade_name(CARDS[0], INDEX, text),
        grade_names(CARDS[:2], INDEX, text),
    ):
        assert result.verdict in Verdict
        assert result.score in {0.0, 0.5, 1.0}


@pytest.mark.parametrize(
    "piece", ["1", "a", "1,", "1 ", "1-", "a-", "- ", "24 Feb ", "half a ", "½", "ﷺ", "\x00", "Kim ",
              "one hundred ", "(", "~", "1/", "km", "İ", "\ud800"]
)  # fmt: skip
def test_a_long_text_is_not_read_but_asked_again(piece):
    text = (piece * 10_000)[:10_000]
    for result in (
        graded_date(EXPECTED_DATE, text),
        grade_number(EXPECTED_AMOUNT, text),
        grade_name(CARDS[0], INDEX, text),
    ):
        assert result.verdict in {Verdict.ASK_AGAIN, Verdict.REJECT}


def test_a_zone_ambiguous_day_may_be_the_next_one():
    value = replace(EXPECTED_DATE, zone_ambiguous=True)
    assert graded_date(value, "25 February 2022").verdict is Verdict.ACCEPT_WITH_NOTE
    assert graded_date(value, "26 February 2022").verdict is Verdict.REJECT
