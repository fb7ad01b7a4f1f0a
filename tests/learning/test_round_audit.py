from dataclasses import replace

import pytest

from quiz.learning.auditing import Showing, findings_of_round

FIRST = Showing(
    public_id="first",
    id="first/value/typed/0",
    fact=1,
    facet="value",
    form="typed",
    key="",
    sentence="There were 1,500 boats in Kursk.",
    asked="How many boats were there?",
    told="There were 1,500 boats in Kursk.",
    asks=frozenset({(1, "value")}),
)
SECOND = replace(
    FIRST,
    id="second/date/choice/0",
    fact=2,
    facet="date",
    form="choice",
    sentence="The bridge was opened in May 2024.",
    asked="When was the bridge opened?",
    told="The bridge was opened in May 2024.",
    asks=frozenset({(2, "date")}),
)


def rules(*shown):
    return [finding.rule for finding in findings_of_round(shown)]


def test_two_questions_about_other_things_are_fine():
    assert rules(FIRST, SECOND) == []


@pytest.mark.parametrize(
    ("earlier", "rule"),
    [
        ({"told": f"Yes. {SECOND.sentence} No."}, "N1"),
        ({"asked": f"Is this so? {SECOND.sentence}"}, "N5"),
        ({"asks": frozenset({(1, "value"), (2, "date")})}, "N2"),
    ],
)
def test_what_gives_a_later_answer_away_is_found(earlier, rule):
    assert rules(replace(FIRST, **earlier), SECOND) == [rule]


def test_what_tells_an_earlier_answer_is_fine():
    assert rules(SECOND, replace(FIRST, told=SECOND.sentence)) == []


def numbered(count, **changes):
    return [
        replace(FIRST, id=f"{n}", fact=n, asks=frozenset(), sentence="", **changes)
        for n in range(count)
    ]


def test_many_questions_between_two_answers_are_told():
    assert rules(*numbered(8), *numbered(2, form="true-false")) == ["N3"]


def test_one_name_as_the_answer_of_three_in_ten_is_told():
    assert rules(*numbered(3, key="Kim Jong Un")) == ["N4"]
    assert rules(*numbered(2, key="Kim Jong Un")) == []
