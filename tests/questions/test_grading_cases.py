"""Every shared case of typed answers, and a table for each row of the grading rules."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from quiz.facts.dates import parse_edtf
from quiz.facts.quantities import parse_quantity
from quiz.questions.grading import (
    NameCard,
    NameForm,
    NameIndex,
    grade_date,
    grade_name,
    grade_names,
    grade_number,
)

TODAY = date(2026, 11, 23)
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "typed-answers.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def quantity(expected):
    given = {"qualifier": expected["qualifier"], "unit": expected["unit"]}
    if "low" in expected:
        return parse_quantity(f"{expected['low']:,}–{expected['high']:,}", **given)
    amount = expected["amount"]
    return parse_quantity(f"{int(amount) if amount == int(amount) else amount:,}", **given)


def grade_case(case):
    expected, given = case["expected"], case["given"]
    if case["kind"] == "date":
        when = parse_edtf(expected["when"], circa_years=expected.get("circa_years", 0))
        when = replace(when, zone_ambiguous=expected.get("zone_ambiguous", False))
        return grade_date(when, given, ask_precision=expected["precision"], today=TODAY)
    if case["kind"] == "number":
        return grade_number(quantity(expected), given)
    kind = expected.get("entity_kind", "person")
    names = (expected["name"], *expected["aliases"])
    card = NameCard(tuple(NameForm(text) for text in names), kind)
    return grade_name(card, [NameCard((NameForm(o),), kind) for o in expected["others"]], given)


def case_id(case):
    expected = case["expected"]
    what = expected.get("when") or expected.get("name") or expected.get("amount") or "range"
    return f"{case['kind']} {what} <- {case['given']}"


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_shared_case_gets_its_verdict(case):
    assert grade_case(case).verdict == case["verdict"]


def dated(edtf, given, ask="", **how):
    when = parse_edtf(edtf)
    return grade_date(when, given, ask_precision=ask or when.precision, today=TODAY, **how)


@pytest.mark.parametrize(
    ("edtf", "ask", "given", "verdict"),
    [
        # formats
        ("2022-02-24", "day", "Thursday, 24 February 2022", "accept"),
        ("2022-02-24", "day", "the 24th of February, 2022", "accept"),
        ("2022-02-24", "day", "February 24th 2022", "accept"),
        ("2022-02-24", "day", "2022 February 24", "accept"),
        ("2022-02-24", "day", "24-Feb-2022", "accept"),
        ("2022-02-24", "day", "24/2/22", "accept"),
        ("2022-02-24", "day", "20220224", "accept"),
        ("2022-02-24", "day", "24\u00a0February\u00a02022", "accept"),
        ("2022-02-24", "day", "24. 02. 2022", "accept"),
        ("2022-02-24", "day", "on or about 24 Feb", "ask_again"),
        ("2022-02-24", "day", "Feb 22", "ask_again"),
        ("2022-02", "month", "Feb '22", "accept"),
        ("2022-02", "month", "Feb 22", "ask_again"),
        ("2022-02", "month", "02/2022", "accept"),
        ("2022-02", "month", "2022-02", "accept"),
        ("2022-02", "month", "Febuary 2022", "accept_with_note"),
        ("2022-02", "month", "Janury 2022", "reject"),
        ("1991", "year", "'91", "accept"),
        ("1991", "year", "91", "accept"),
        ("2030", "year", "30", "accept"),
        ("1932", "year", "32", "accept"),
        ("2032", "year", "32", "reject"),
        ("0079", "year", "AD 79", "accept"),
        ("-0043", "year", "44 BC", "accept"),
        ("-0043", "year", "44 AD", "reject"),
        ("2022-02-24", "day", "24 February 2022 (Thursday)", "accept"),
        ("2022-02-24", "day", "the twenty-fourth of February 2022", "accept"),
        # finer, coarser, off by one
        ("2025-04-26", "month", "April 2025", "accept"),
        ("2025-04-26", "month", "26 April 2025", "accept"),
        ("2025-04-26", "month", "25 April 2025", "partial"),
        ("2025-04-26", "month", "3 April 2025", "partial"),
        ("2025-04-26", "month", "2025", "partial"),
        ("2025-04-26", "month", "May 2025", "reject"),
        ("2025-04-26", "year", "May 2025", "partial"),
        ("2022-02-24", "day", "25 February 2022", "partial"),
        ("2022-02-24", "day", "26 February 2022", "reject"),
        ("2022-02-24", "day", "2022", "partial"),
        ("2022-02-24", "day", "21st century", "reject"),
        ("2022-02-24", "day", "April", "reject"),
        ("2022-02-24", "day", "February", "partial"),
        ("2022-02-24", "day", "31/2/2022", "ask_again"),
        ("2022-02-24", "day", "2022-13-01", "ask_again"),
        ("2022-02-24", "day", "24 February 2022 or 25 February 2022", "ask_again"),
        ("2022-02-24", "day", "before 2023", "ask_again"),
        # periods
        ("2024-23", "range", "autumn 2024", "accept"),
        ("2024-23", "range", "fall of 2024", "accept"),
        ("2024-23", "range", "October 2024", "partial"),
        ("2013-24", "range", "winter 2013/14", "accept"),
        ("2013-24", "range", "winter 2014", "accept"),
        ("2024-11-11~/2024-11-20~", "month", "November 2024", "accept"),
        ("2024-11-11~/2024-11-20~", "month", "mid-November 2024", "accept"),
        ("2024-11-11~/2024-11-20~", "month", "middle of November 2024", "accept"),
        ("2024-11-11~/2024-11-20~", "month", "15 November 2024", "accept_with_note"),
        ("2024-11-11~/2024-11-20~", "month", "3 November 2024", "partial"),
        ("2014", "year", "early 2014", "accept_with_note"),
        ("2014-01/2014-03", "range", "Q1 2014", "accept"),
        ("2014-01/2014-03", "range", "first quarter of 2014", "accept"),
        ("199X", "decade", "the 90’s", "accept"),
        ("199X", "decade", "1994", "accept_with_note"),
        ("199X", "decade", "late 1990s", "accept_with_note"),
        ("192X", "decade", "the twenties", "ask_again"),
        ("202X", "decade", "the twenties", "accept"),
        ("18XX", "century", "the nineteenth century", "accept"),
        ("18XX", "century", "the 1800s", "accept"),
        ("180X", "decade", "the 1800s", "accept"),
        ("18XX", "century", "1853", "accept_with_note"),
        ("18XX", "century", "1801-1900", "accept"),
        ("18XX", "century", "XIX century", "accept"),
        # intervals
        ("2014-03/2014-05", "range", "March to May 2014", "accept"),
        ("2014-03/2014-05", "range", "between March and May 2014", "accept"),
        ("2014-03/2014-05", "range", "March-May 2014", "accept"),
        ("2014-03/2014-05", "range", "March to June 2014", "partial"),
        ("2014-03/2014-05", "range", "April 2014", "partial"),
        ("2014-03/2014-05", "range", "June to July 2014", "reject"),
        ("2014-05-03/2014-05-05", "range", "3-5 May 2014", "accept"),
        ("2014-05-03/2014-05-05", "range", "May 3-5, 2014", "accept"),
        ("1914-07-28/1918-11-11", "range", "1914-18", "partial"),
        ("1914-07-28/1918-11-11", "range", "28 July 1914 – 3 May 1918", "partial"),
        ("1914/1918", "range", "1914-18", "accept"),
        ("1914-07-28/1918-11-11", "range", "1914", "partial"),
        # bounds
        ("../2022-03", "", "by March 2022", "accept"),
        ("../2022-03", "", "March 2022", "accept"),
        ("../2022-03", "", "after March 2022", "ask_again"),
    ],
)
def test_a_date_is_graded_by_its_interval(edtf, ask, given, verdict):
    assert dated(edtf, given, ask).verdict == verdict


def test_the_order_of_day_and_month_is_the_learners_and_asked_again_once():
    assert dated("2021-04-03", "3/4/2021").verdict == "accept"
    assert dated("2021-04-03", "4/3/2021").verdict == "ask_again"
    assert dated("2021-04-03", "4/3/2021", day_first=False).verdict == "accept"
    assert dated("2021-04-03", "3/4/2021", day_first=False).verdict == "ask_again"
    assert dated("2021-04-03", "5/6/2021").verdict == "reject"
    assert dated("2021-04-03", "4/3/2021").note == (
        "One more try: please write the month as a word."
    )


def test_a_year_that_the_stem_fixes_need_not_be_typed():
    assert dated("2022-02-24", "24 February", stem_year=2022).verdict == "accept"
    assert dated("2022-02-24", "25 March", stem_year=2022).verdict == "reject"
    assert dated("2022-02", "February", stem_year=2022).verdict == "accept"


def test_the_reading_is_echoed():
    assert dated("2025-04-26", "apr 2025", "month").read_as == "April 2025"
    assert dated("2022-02-24", "24.2.").read_as == "24\u00a0February"


def numbered(amount, given, qualifier="exactly", unit="", **how):
    return grade_number(parse_quantity(amount, qualifier=qualifier, unit=unit), given, **how)


@pytest.mark.parametrize(
    ("amount", "qualifier", "unit", "given", "verdict"),
    [
        # exactly
        ("99", "exactly", "", "98", "reject"),
        ("345", "exactly", "", "346", "partial"),
        ("345.67", "exactly", "", "346", "accept_with_note"),
        ("345", "exactly", "", "361", "partial"),
        ("345", "exactly", "", "380", "reject"),
        ("12 million", "exactly", "shells", "12,000,000", "accept"),
        ("12 million", "exactly", "shells", "12m", "accept"),
        ("12 million", "exactly", "shells", "twelve million shells", "accept"),
        ("12 million", "exactly", "shells", "12 million missiles", "ask_again"),
        ("500,000", "exactly", "", "half a million", "accept"),
        ("500,000", "exactly", "", "5 lakh", "accept"),
        ("20,000,000", "exactly", "", "2 crore", "accept"),
        ("123,456", "exactly", "", "1,23,456", "accept"),
        ("1,200,000", "exactly", "", "1.2e6", "accept"),
        ("1,200,000", "exactly", "", "1.2 × 10⁶", "accept"),
        (
            "127,305",
            "exactly",
            "",
            "one hundred and twenty-seven thousand three hundred and five",
            "accept",
        ),
        ("2.5", "exactly", "", "2½", "accept"),
        ("2.5", "exactly", "", "two point five", "accept"),
        ("1,234.5", "exactly", "", "1.234,5", "accept"),
        ("1,234.5", "exactly", "", "1 234,5", "accept"),
        ("12,000", "exactly", "", "12'000", "accept"),
        ("12,000", "exactly", "", "12 000", "accept"),
        ("12,000", "exactly", "", "12 00", "ask_again"),
        ("1.234", "exactly", "", "1,234", "accept_with_note"),
        ("12", "exactly", "", "12,000", "reject"),
        ("5", "exactly", "", "more than 5", "partial"),
        # about
        ("12,000", "about", "", "12,600", "accept"),
        ("12,000", "about", "", "12,601", "partial"),
        ("12,000", "about", "", "13,200", "partial"),
        ("12,000", "about", "", "13,201", "reject"),
        ("1,500", "about", "", "1,501", "accept"),
        # nearly: 5 % below to the value
        ("50", "nearly", "", "almost 50", "accept"),
        ("50", "nearly", "", "50", "accept"),
        ("50", "nearly", "", "47.5", "accept"),
        ("50", "nearly", "", "52", "partial"),
        ("50", "nearly", "", "44", "reject"),
        ("50", "nearly", "", "over 50", "reject"),
        # over, at least
        ("5,000", "at_least", "", "at least 5,000", "accept"),
        ("5,000", "at_least", "", "5,000 or more", "accept"),
        ("5,000", "at_least", "", "4,800", "partial"),
        ("5,000", "at_least", "", "4,700", "reject"),
        ("5,000", "over", "", "at most 5,000", "reject"),
        ("5,000", "over", "", "almost 5,000", "reject"),
        # up to, at most
        ("50", "up_to", "", "as many as 50", "accept"),
        ("50", "up_to", "", "less than 50", "accept"),
        ("50", "up_to", "", "49", "accept"),
        ("50", "at_most", "", "46", "partial"),
        ("50", "at_most", "", "53", "reject"),
        ("50", "up_to", "", "at least 50", "reject"),
        ("50", "up_to", "", "more than 50", "reject"),
        # ranges
        ("2,000–3,000", "range", "", "2000 to 3000", "accept"),
        ("2,000–3,000", "range", "", "two to three thousand", "accept"),
        ("2,000–3,000", "range", "", "between 2 and 3 thousand", "accept"),
        ("2,000–3,000", "range", "", "2,000 to 4,000", "partial"),
        ("2,000–3,000", "range", "", "1,000 to 4,000", "reject"),
        ("2,000–3,000", "range", "", "2,500", "accept_with_note"),
        ("2,000–3,000", "range", "", "1,900", "partial"),
        ("2,000–3,000", "range", "", "1,800", "reject"),
        ("12,000", "about", "", "12,000 ± 500", "partial"),
        ("2,000–3,000", "range", "", "2.000-3.000", "accept_with_note"),
        ("2,000–3,000", "range", "", "3,000-2,000", "ask_again"),
        # percent, money, units
        ("45", "exactly", "%", "45 per cent", "accept"),
        ("45", "exactly", "%", "0.45", "ask_again"),
        ("45", "exactly", "%", "0.44", "reject"),
        ("45", "exactly", "%", "45 pp", "reject"),
        ("45", "exactly", "percentage points", "45 percentage points", "accept"),
        ("45", "exactly", "soldiers", "45%", "reject"),
        ("2,000", "exactly", "US dollars a month", "$2,000", "accept"),
        ("2,000", "exactly", "US dollars a month", "2000 USD per month", "accept"),
        ("2,000", "exactly", "US dollars a month", "2,000 dollars a year", "reject"),
        ("2,000", "exactly", "US dollars a month", "2,000 euros", "reject"),
        ("2,000", "exactly", "US dollars a month", "2,000 won", "reject"),
        ("8,000", "exactly", "kilometers", "8000 km", "accept"),
        ("8,000", "exactly", "kilometers", "8,000,000 m", "accept_with_note"),
        ("8,000", "exactly", "kilometers", "5,000 miles", "accept_with_note"),
        ("8,000", "exactly", "kilometers", "8 kg", "reject"),
        ("100", "exactly", "°C", "212 °F", "accept_with_note"),
        ("100", "exactly", "°C", "373.15 K", "accept_with_note"),
        ("100", "exactly", "°C", "100 degrees Celsius", "accept"),
        ("−38.83", "exactly", "°C", "-38.83", "accept"),
        ("−38.83", "exactly", "°C", "minus 38.83 °C", "accept"),
        ("−38.83", "exactly", "°C", "38.83", "reject"),
        ("1.008", "exactly", "Da", "1.008 u", "accept"),
        ("12,000", "about", "soldiers", "12,000 troops", "accept"),
        ("12,000", "about", "soldiers", "12,000 men", "accept"),
        ("12,000", "about", "soldiers", "12,000 bananas", "ask_again"),
        # unreadable is not wrong
        ("12,000", "about", "", "dozens", "ask_again"),
        ("12,000", "about", "", "", "ask_again"),
        ("12,000", "about", "", "12/13", "ask_again"),
        ("12,000", "about", "", "12 and 13 thousand", "ask_again"),
    ],
)
def test_a_number_is_graded_by_its_qualifier(amount, qualifier, unit, given, verdict):
    assert numbered(amount, given, qualifier, unit).verdict == verdict


@pytest.mark.parametrize("given", ["12", "12 million", "12,000,000", "twelve", "12m", "12.0"])
def test_in_a_field_of_millions_the_scale_may_be_left_out(given):
    assert numbered("12 million", given, field_scale="million").verdict == "accept"


def test_in_a_field_of_millions_another_scale_is_another_number():
    assert numbered("12 million", "12 thousand", field_scale="million").verdict == "reject"
    assert numbered("12 million", "1.2", field_scale="million").code == "factor_of_ten"


@pytest.mark.parametrize("given", ["1200", "120,000", "12", "1.2", "12 million"])
def test_a_wrong_number_of_zeros_is_said_so(given):
    result = numbered("12,000", given, "about")
    assert (result.verdict, result.code) == ("reject", "factor_of_ten")
    assert "times too" in result.note


def test_what_was_read_is_echoed_with_its_unit():
    assert numbered("2,000", "2k", unit="$").read_as == "$2,000"
    assert numbered("−2.1", "-2,1 %", unit="%").read_as == "−2.1%"


def card(*names, kind="person", key=""):
    forms = tuple(NameForm(*n) if isinstance(n, tuple) else NameForm(n) for n in names)
    return NameCard(forms, kind, key)


KIMS = [
    card("Kim Jong Un", ("Kim Jong-un", "translit"), ("Kim", "surname"), key="un"),
    card("Kim Yong Bok", ("Kim", "surname"), key="bok"),
    card("Choe Son-hui", ("Choe", "surname"), key="choe"),
]


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("Kim", "ask_again"),
        ("Un", "reject"),
        ("Mr Kim", "ask_again"),
        ("Supreme Leader Kim Jong Un", "accept"),
        ("Kim Jong-Un, leader of North Korea", "accept"),
        ("Kim Yong Bok", "reject"),
        ("Kim Jong Il", "reject"),
        ("Kim Jong Uhn", "accept_with_note"),
        ("Choe", "reject"),
        ("Kim Jong Un / Choe", "reject"),
        ("\x00", "ask_again"),
        ("…", "ask_again"),
    ],
)
def test_a_listed_surname_is_right_only_where_nobody_shares_it(given, verdict):
    assert grade_name(KIMS[0], NameIndex(KIMS), given).verdict == verdict


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("Foreign Minister Sergey Lavrov", "accept"),
        ("Russian Foreign Minister Lavrov", "accept"),
        ("Russia's foreign minister Lavrov", "accept"),
        ("Sergey Lavrov, the foreign minister of Russia", "accept"),
        ("Minister of Russia Sergey Lavrov", "accept"),
        ("Lavrov, Sergey", "accept"),
        ("Lavrov, S.", "accept"),
        ("S. Lavrov", "accept"),
        ("Sergey Viktorovich Lavrov", "accept"),
        ("Sergei Lavrov", "accept"),
        ("Sergej Lawrow", "accept_with_note"),
        ("Лавров", "accept"),
        ("Sergey", "reject"),
        ("Shoigu", "reject"),
        ("Sergei Shoigu", "reject"),
    ],
)
def test_titles_order_and_initials_do_not_matter(given, verdict):
    lavrov = card("Sergey Lavrov", ("Sergei Lavrov", "translit"), ("Lavrov", "surname"))
    shoigu = card("Sergei Shoigu", ("Shoigu", "surname"))
    assert grade_name(lavrov, [shoigu], given).verdict == verdict


@pytest.mark.parametrize(
    ("given", "verdict"),
    [("Na", "accept"), (" Na. ", "accept"), ("na", "ask_again"), ("NA", "ask_again"),
     ("Ne", "reject"), ("N", "reject"), ("sodium", "reject"), ("Na or Ne", "reject")],
)  # fmt: skip
def test_a_symbol_is_a_whole_word_with_its_case(given, verdict):
    others = [card("Ne", kind="symbol"), card("sodium", kind="substance")]
    assert grade_name(card("Na", kind="symbol"), others, given).verdict == verdict


def test_a_symbol_is_no_near_spelling_of_a_name():
    tin = card("tin", ("Sn", "symbol"), kind="substance")
    indium = card("indium", ("In", "symbol"), kind="substance")
    assert grade_name(tin, [indium], "In").verdict == "reject"
    assert grade_name(tin, [indium], "Sn").verdict == "accept"
    assert grade_name(tin, [indium], "sn").verdict == "reject"


@pytest.mark.parametrize(
    ("given", "verdict"),
    [("Defense Intelligence of Ukraine", "accept"), ("Defense Intelligence Agency", "ask_again"),
     ("Defense Intelligence Service", "ask_again"),
     ("Ukrainian Defense Intelligence Agency", "accept_with_note")],
)  # fmt: skip
def test_a_body_that_other_states_have_too_is_named_with_its_state(given, verdict):
    diu = NameCard(
        (NameForm("DIU"), NameForm("Defense Intelligence of Ukraine")),
        "organisation",
        "diu",
        note="Ukraine’s defense intelligence",
        within=("Ukraine",),
    )
    assert grade_name(diu, [], given).verdict == verdict


@pytest.mark.parametrize(
    ("given", "verdict"),
    [("rise", "ask_again"), ("ric", "ask_again"), ("rcie", "accept_with_note"),
     ("rices", "accept_with_note"), ("mice", "reject")],
)  # fmt: skip
def test_a_short_noun_with_another_letter_may_be_another_word(given, verdict):
    assert grade_name(card("rice", kind="substance"), [], given).verdict == verdict


def test_a_short_proper_name_may_have_a_slip():
    assert grade_name(card("Kyiv", kind="place"), [], "Kyjv").verdict == "accept_with_note"


def test_digits_of_a_name_are_never_fuzzy():
    gun = card("M-1989 Koksan", kind="weapon")
    assert grade_name(gun, [], "M 1989 koksan").verdict == "accept"
    assert grade_name(gun, [], "M-1989 Kokson").verdict == "accept_with_note"
    assert grade_name(gun, [], "M-1988 Koksan").verdict == "reject"
    missile = card("Hwasong-11A", kind="weapon")
    assert grade_name(missile, [], "Hwasong-11B").verdict == "reject"


def test_a_name_that_two_entities_share_is_asked_again():
    one, two = card("Georgia", kind="place", key="a"), card("Georgia", kind="state", key="b")
    assert grade_name(one, [one, two], "Georgia").verdict == "ask_again"


def test_an_acronym_is_taken_whole_with_or_without_points():
    who = card("World Health Organization", ("WHO", "acronym"), kind="organisation")
    for text in ("WHO", "who", "W.H.O.", "the WHO"):
        assert grade_name(who, [], text).verdict == "accept"
    assert grade_name(who, [], "WHQ").verdict == "reject"


def test_an_unaccepted_name_is_not_right():
    place = card("Kyiv", ("Kief", "misspelling", False), kind="place")
    assert grade_name(place, [], "Kief").verdict == "reject"


CURIES = [card("Pierre Curie", ("Curie", "surname")), card("Marie Curie", ("Curie", "surname"))]


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("Pierre Curie and Marie Curie", "accept"),
        ("Marie Curie & Pierre Curie", "accept"),
        ("Marie Curie, Pierre Currie", "accept_with_note"),
        ("Marie Curie", "partial"),
        ("Marie Curie and Pierre Curie and Albert Einstein", "partial"),
        ("Marie Curie and Albert Einstein", "partial"),
        ("Albert Einstein and Niels Bohr", "reject"),
        ("Pierre and Marie Curie", "accept"),
        ("Marie and Pierre Curie", "accept"),
        ("Marie Curie Pierre Curie", "accept"),
        ("Albert and Marie Curie", "partial"),
        ("Einstein", "reject"),
        ("Curie", "ask_again"),
    ],
)
def test_several_who_are_right_together_are_graded_together(given, verdict):
    index = NameIndex([*CURIES, card("Albert Einstein", ("Einstein", "surname"))])
    assert grade_names(CURIES, index, given).verdict == verdict
