"""What an editor may let count beside a fact's own value, and what is refused with a reason."""

from dataclasses import replace
from decimal import Decimal

import pytest

from quiz.facts.also_right import counted, reach, refusal, refusals
from quiz.facts.base import Fact, FactBase, Measure
from quiz.facts.dates import parse_edtf
from quiz.facts.quantities import parse_quantity

MEASURES = {
    "ships": Measure("ships", "ships", "ships", family="vessels"),
    "boats": Measure("boats", "boats", "boats", family="vessels"),
    "opening": Measure("opening", "when it opened"),
}


def fact(key="tides/one", **fields):
    return Fact(
        key=key, topic="tides", slug=key[6:], kind=fields.pop("kind"), thread="coast",
        label="A", sentence="It was [[so]].", subject="harbour", **fields,
    )  # fmt: skip


def figure(text, qualifier="exactly", **fields):
    amount = parse_quantity(text, qualifier=qualifier)
    return fact(kind="figure", amount=amount, measure=fields.pop("measure", "ships"), **fields)


def dated(edtf, *, circa=0, **fields):
    when = parse_edtf(edtf, circa_years=circa)
    return fact(kind="date", when=when, measure="opening", **fields)


def base(*facts):
    return FactBase("tides", "Tides", facts={one.key: one for one in facts}, measures=MEASURES)


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (figure("1,234"), "1,200"),
        (figure("1,234"), "1,230"),
        (figure("12,000", "about"), "11,000"),
        (figure("12,000", "about"), "12.9 thousand"),
        (figure("2,500", "at_least"), "2,700"),
        (figure("50", "nearly"), "46"),
        (figure("12,000", "up_to"), "11,000"),
        (dated("2022-01-14"), "2022-01"),
        (dated("2022-01-14"), "2022"),
        (dated("2022-01-14"), "2022-01-15"),
        (dated("2022-01"), "2022"),
        (dated("1850", circa=5), "1858"),
        (dated("2022-01-10/2022-01-20"), "2022-01-15"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_honestly_reads_the_same_value_may_count(one, text):
    assert refusal(base(one), one, text) is None


@pytest.mark.parametrize(
    ("one", "text", "why"),
    [
        (figure("27"), "28", "digits are never nearly right"),
        (figure("98"), "100", "digits are never nearly right"),
        (figure("1,234"), "1,243", "digits are never nearly right"),
        (figure("1,234"), "1,000", "digits are never nearly right"),
        (figure("1,234"), "12,340", "digits are never nearly right"),
        (figure("1,234"), "1,234", "counts anyway"),
        (figure("12,000", "about"), "9,000", "too far"),
        (figure("2,500", "at_least"), "2,400", "beyond that bound"),
        (figure("2,500", "at_least"), "3,000", "too far"),
        (figure("50", "nearly"), "51", "beyond that bound"),
        (figure("2,000–3,000", "range"), "3,100", "says how far it reaches"),
        (figure("1,234"), "many", "no number"),
        (dated("2022-01-14"), "2022-01-24", "another date"),
        (dated("2022-01-14"), "2021", "another date"),
        (dated("2022-01"), "2022-02", "another date"),
        (dated("2022-01-14"), "202X", "leaves nearly everything open"),
        (dated("2022-01-14"), "../2022", "leaves nearly everything open"),
        (dated("2022-01"), "2022-01", "counts anyway"),
        (dated("1850", circa=5), "1861", "another date"),
        (dated("2022"), "soon", "no date"),
        (fact(kind="statement"), "them", "cannot count"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_is_refused_with_a_sentence(one, text, why):
    problem = refusal(base(one), one, text)

    assert problem is not None
    assert why in problem[0]


@pytest.mark.parametrize(
    ("one", "other", "text"),
    [
        (figure("12,000", "about"), figure("11,000", key="tides/two"), "11,000"),
        (figure("12,000", "about"), figure("11,200", key="tides/two", measure="boats"), "11,000"),
        (figure("2,500", "at_least"), figure("2,700", "over", key="tides/two"), "2,700"),
        (dated("2022-01"), dated("2022-05", key="tides/two"), "2022"),
    ],
)
def test_anothers_value_never_counts_whichever_of_the_two_is_looked_at(one, other, text):
    problem = refusal(base(one, other), one, text)
    assert problem is not None
    assert "another fact's value" in problem[0]

    letting = replace(one, also_right=(text,))
    both = base(letting, other)
    assert [field for field, _, _ in refusals(both, letting)] == ["also_right[0]"]
    assert [field for field, _, _ in refusals(both, other)] == ["also_right"]


def test_anothers_value_elsewhere_is_no_matter():
    one = figure("12,000", "about")
    elsewhere = replace(figure("11,000", key="tides/two"), subject="canal")

    assert refusal(base(one, elsewhere), one, "11,000") is None


def test_an_exact_figure_counts_its_rounding_alone():
    exact, about = parse_quantity("1,234"), parse_quantity("12,000", qualifier="about")

    assert counted(exact, (Decimal(1_200),), Decimal(1_200))
    assert not counted(exact, (Decimal(1_200),), Decimal(1_210))
    assert counted(about, (Decimal(11_000),), Decimal(11_210))
    assert not counted(about, (Decimal(11_000),), Decimal(10_990))
    assert not counted(about, (), Decimal(12_700))


def test_what_counts_widens_the_bounds_that_wrong_options_keep_clear_of():
    assert reach(figure("12,000", "about", also_right=("10,000",)))[0] == 10_000
    assert reach(figure("1,234", also_right=("1,200",))) == (1_200, 1_234)
