"""Who gave which? What one voice gives stands together; what two could have given is not asked."""

from dataclasses import replace

import pytest

from quiz.facts.base import Entity, Family, Measure, Voice
from quiz.facts.dates import parse_edtf
from quiz.facts.quantities import parse_quantity
from quiz.questions.audit import findings
from quiz.questions.given_figures import chosen_givens, premise, stem
from quiz.questions.respond import respond
from tests.questions.test_forms import make, make_fact, offer

LOSSES = Family("losses", "Northern losses", "Killed and wounded are different counts.")
MEASURES = [
    Measure("killed", "Northern soldiers killed", "soldiers", changing=True, family="losses"),
    Measure("wounded", "Northern soldiers wounded", "soldiers", changing=True, family="losses"),
    Measure("total", "Northern casualties in total", "casualties", changing=True, family="losses"),
    Measure("captured", "Northern soldiers captured", "soldiers", changing=True, family="losses"),
    Measure("share", "share of the wounded who returned", "%", changing=True, family="losses"),
]
VOICES = {
    "one": Entity("one", "organisation", "First Service", side="south"),
    "two": Entity("two", "group", "unnamed officials", side="south"),
    "three": Entity("three", "organisation", "Third Office", side="south"),
    "spare": Entity("spare", "organisation", "Fourth Institute", side="south"),
    "paper": Entity("paper", "publication", "Harbour Times"),
}


def voice(key, mode="estimated"):
    return Voice(VOICES[key].name, key, mode)


def given(
    measure, by, text, *, slug="", as_of="2025-01", relay=None, hedge="", qualifier="exactly"
):
    voices = [voice(by)] + ([voice(relay, "reported")] if relay else [])
    return make_fact(
        slug or f"{measure}-{by}",
        "figure",
        measure=measure,
        grave=True,
        mode="estimated",
        amount=parse_quantity(text, qualifier=qualifier, hedge_text=hedge),
        as_of=parse_edtf(as_of) if as_of else None,
        sentence=f"The north had [[{hedge} {text}]] {measure}.".replace("[[ ", "[["),
        stem=f"How many {measure} did the north have?",
        voices=tuple(voices),
    )


ELSEWHERE = make_fact(
    "weather", "statement", sentence="[[Fourth Institute]] said that it rained.",
    stem="Who said that it rained?", content="it rained", voices=(voice("spare", "said"),),
)  # fmt: skip
FIGURES = [
    given("killed", "one", "300"),
    given("wounded", "one", "2,700", hedge="almost", qualifier="nearly"),
    given("killed", "two", "1,000", relay="paper", as_of="2025-01-11~/2025-01-20~"),
    given("total", "two", "4,000", relay="paper", as_of="2025-01-11~/2025-01-20~"),
]


def world_of(*facts, **more):
    return make(
        *facts, ELSEWHERE, measures=MEASURES, families=[LOSSES],
        entities=VOICES | more.pop("entities", {}), **more,
    )  # fmt: skip


def asked(*facts, **more):
    world = world_of(*facts, **more)
    return [item for fact in facts for item in offer("which-source", fact, world)[0]]


def test_what_one_voice_gives_as_of_one_day_stands_together():
    (item,) = asked(*FIGURES)
    assert item.stem == (
        "Two estimates of northern losses are given for January 2025. Who gave which?"
    )
    assert item.frame == (
        "300 soldiers killed, almost 2,700 soldiers wounded",
        "1,000 soldiers killed, 4,000 casualties in total",
    )
    assert sorted(option.text for option in item.options) == [
        "First Service",
        "Fourth Institute",
        "Unnamed officials, cited by the Harbour Times",
    ]
    assert item.feedback.standing == ""
    relayed = "According to the Harbour Times, citing unnamed officials, the north had"
    assert item.feedback.sentence.split("\n") == [
        "According to the First Service, the north had 300 killed (as of January 2025).",
        "According to the First Service, the north had almost 2,700 wounded (as of January 2025).",
        f"{relayed} 1,000 killed (as of mid-January 2025).",
        f"{relayed} 4,000 total (as of mid-January 2025).",
    ]
    assert item.feedback.note == "Both are estimates. Killed and wounded are different counts."


def test_all_its_facts_are_keys_and_each_is_graded_by_its_own_pair():
    (item,) = asked(*FIGURES)
    keys = {use.fact for use in item.uses if use.role == "key"}
    assert keys == {fact.key for fact in FIGURES}
    texts = [option.text for option in item.options]
    first, second = texts.index("First Service"), texts.index("Fourth Institute")
    options = [option.as_json() for option in item.options]
    outcome = respond("which-source", options, item.stored_expected(),
                      {"pairs": {"0": first, "1": second}}, today=None)  # fmt: skip
    assert outcome.score == 0.5
    assert outcome.per_fact == {
        (fact.key, "speaker"): fact.voices[0].entity == "one" for fact in FIGURES
    }


def test_an_unlike_count_is_not_mixed_in():
    captured = given("captured", "three", "2")
    world = world_of(*FIGURES, captured)
    items = [
        item for fact in (*FIGURES, captured) for item in offer("which-source", fact, world)[0]
    ]
    assert [use.fact for use in items[0].uses if use.role == "key"].count(captured.key) == 0
    assert offer("which-source", captured, world) == (
        [], ["what it counts is given by no other voice, unlike others of its family"]
    )  # fmt: skip


def test_without_rivals_each_premise_says_what_it_counts():
    figures = [
        given("killed", "one", "300", as_of="2025-01"),
        given("captured", "three", "1", as_of="2025-06"),
        given("share", "two", "40", as_of=None),
    ]
    (item,) = asked(*figures)
    assert item.stem == "Three estimates of northern losses are given. Who gave which?"
    assert item.frame == (
        "Northern soldiers captured: 1 (as of June 2025)",
        "300 Northern soldiers killed (as of January 2025)",
        "Share of the wounded who returned: 40",
    )
    lines = item.feedback.sentence.split("\n")
    assert [line.rpartition("(")[2] for line in lines] == [
        "as of June 2025).", "as of January 2025).", "undated in the article)."
    ]  # fmt: skip
    assert item.feedback.as_of == ""


def test_what_nobody_estimates_is_given_by_voices():
    figures = [
        replace(one, mode="claimed", voices=(replace(one.voices[0], mode="claimed"),))
        for one in (given("killed", "one", "300", hedge="about", qualifier="about"), FIGURES[2])
    ]
    (item,) = asked(*figures)
    assert item.stem == (
        "Two voices give figures of northern losses for January 2025. Who gave which?"
    )
    assert item.frame == ("About 300 soldiers killed", "1,000 soldiers killed")


def test_the_time_is_the_coarsest_that_all_share():
    figures = [given("killed", "one", "300"), given("killed", "two", "900", as_of="2025-06")]
    (item,) = asked(*figures)
    assert item.stem.startswith("Two estimates of northern losses are given for 2025.")


def test_a_figure_that_two_voices_give_is_nobodys():
    figures = [
        given("killed", "one", "300"),
        given("killed", "two", "300"),
        given("killed", "three", "900"),
        given("wounded", "one", "50"),
    ]
    world = world_of(*figures)
    assert offer("which-source", figures[0], world)[1] == ["another voice gives the same figure"]
    for fact in figures:
        for item in offer("which-source", fact, world)[0]:
            assert all("300" not in text for text in item.frame)


def test_who_passes_on_a_figure_is_no_option_beside_it():
    figures = [
        given("killed", "one", "300", relay="paper"),
        given("killed", "paper", "900"),
    ]
    world = world_of(*figures)
    for fact in figures:
        assert offer("which-source", fact, world) == (
            [], ["its voices are one, or one passes on what the other says"]
        )  # fmt: skip


def test_voices_that_may_be_one_do_not_stand_beside_each_other():
    twin = {"two": replace(VOICES["two"], maybe_same_as="one")}
    world = world_of(*FIGURES, entities=twin)
    assert [offer("which-source", fact, world)[0] for fact in FIGURES] == [[]] * 4


def test_a_service_is_no_spare_beside_its_own_official():
    official = Voice("an official of Fourth Institute", None, "estimated")
    figures = [
        given("killed", "one", "300"),
        replace(given("killed", "two", "900"), voices=(official,)),
    ]
    world = world_of(*figures)
    assert [reason for fact in figures for reason in offer("which-source", fact, world)[1]] == [
        "nobody is left who could be the spare"
    ]


def test_the_rule_blocks_an_option_that_gave_the_figure_too():
    (item,) = asked(*FIGURES)
    again = given("killed", "spare", "300", slug="later")
    world = world_of(*FIGURES, again)
    assert "T2" in {finding.rule for finding in findings(item, world)}


@pytest.mark.parametrize(
    ("measure", "text", "line"),
    [
        ("killed", "300", "300 soldiers killed (as of January 2025)"),
        ("killed", "1", "Soldiers killed: 1 (as of January 2025)"),
        ("share", "40", "Share of the wounded who returned: 40 (as of January 2025)"),
    ],
)
def test_a_premise_reads_as_a_count_or_as_a_value(measure, text, line):
    own = given(measure, "one", text)
    other = given("total", "two", "50", as_of=None)
    world = world_of(own, other)
    givens = chosen_givens(own, world)
    assert premise(next(one for one in givens if own in one.facts), givens, world) == line
    assert stem(givens, world).startswith("Two estimates of northern losses are given.")
