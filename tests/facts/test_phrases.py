from decimal import Decimal

import pytest

from quiz.facts.dates import parse_edtf
from quiz.facts.phrases import SourceText, amounts_in, date_agrees, has_words, hedge_in


@pytest.mark.parametrize(
    ("phrase", "edtf"),
    [
        ("4 November 2024", "2024-11-04"),
        ("November 4, 2024", "2024-11-04"),
        ("July 2022", "2022-07"),
        ("2022", "2022"),
        ("the 1990s", "199X"),
        ("autumn of 2024", "2024-23"),
        ("mid-November 2024", "2024-11-11/2024-11-20"),
        ("by July 2025", "../2025-07"),
        ("October to December 2024", "2024-10/2024-12"),
    ],
)
def test_a_phrase_that_says_the_date_agrees(phrase, edtf):
    assert date_agrees(phrase, parse_edtf(edtf, reading="window" if "-11-11" in edtf else ""))


@pytest.mark.parametrize(
    ("phrase", "edtf"),
    [
        ("5 November 2024", "2024-11-04"),
        ("November 2024", "2024-11-04"),
        ("4 November 2024", "2024-11"),
        ("June 2022", "2022-07"),
        ("July 2021", "2022-07"),
        ("2022", "2022-07"),
        ("spring of 2024", "2024-23"),
        ("mid-December 2024", "2024-11-11/2024-11-20"),
        ("last year", "2022"),
    ],
)
def test_a_phrase_that_says_another_date_does_not(phrase, edtf):
    assert not date_agrees(phrase, parse_edtf(edtf))


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("around 1,500", ["1500"]),
        ("up to two million", ["2000000"]),
        ("12 million", ["12000000"]),
        ("2,000–3,000", ["2000", "3000"]),
        ("2,000 to 3,000 soldiers", ["2000", "3000"]),
        ("−38.829 °C", ["-38.829"]),
        ("up to 50%", ["50"]),
        ("three", ["3"]),
        ("none", []),
    ],
)
def test_amounts_are_read_in_digits_and_words(text, amounts):
    assert amounts_in(text) == [Decimal(amount) for amount in amounts]


def test_the_longest_hedge_is_read():
    assert hedge_in("as many as 50,000") == "as many as"
    assert hedge_in("Sometimes") == ""


def test_short_names_are_compared_with_their_case():
    assert not has_words("Which symbol stands for it in books?", "In")
    assert has_words("Does In stand for indium?", "In")
    assert has_words("Who met LAVROV there?", "Lavrov")


def test_eight_words_in_a_row_are_copied_unless_they_are_quoted():
    source = SourceText("The tide came in before anybody at the harbour had woken up that morning.")

    assert source.copied("They say the tide came in before anybody at the harbour did.")
    assert not source.copied(
        "He said “the tide came in before anybody at the harbour had woken up”."
    )
    assert not source.copied("The tide came in before anybody noticed.")
    assert source.holds("at the harbour had woken")
