from dataclasses import replace

import pytest

from quiz.facts.base import Citation, Entity, Fact, FactBase, Link, Measure, Name, Source, Voice
from quiz.facts.checks import mistakes_of
from quiz.facts.dates import parse_edtf
from quiz.facts.phrases import SourceText
from quiz.facts.quantities import parse_quantity
from quiz.facts.status import Status

CITED = (Citation("almanac", "paragraph 1"),)


def fact(kind, **changes):
    plain = Fact(
        key="t/f", topic="t", slug="f", kind=kind, thread="x", label="A label",
        sentence="It is [[so]].", stem="Which is it?", citations=CITED, status=Status.REPORTED,
    )  # fmt: skip
    return replace(plain, **changes)


DATE = fact(
    "date",
    sentence="It opened in [[July 2022]].",
    stem="When did it open?",
    when=parse_edtf("2022-07"),
    ask_precision="month",
)
FIGURE = fact(
    "figure",
    sentence="It held [[around 1,500]] ships.",
    stem="How many ships did it hold?",
    measure="ships",
    amount=parse_quantity("1,500", qualifier="about", hedge_text="around", unit="ships"),
)
STATEMENT = fact(
    "statement",
    sentence="The [[Harbour Office]] warned of storms.",
    stem="Who warned of storms?",
    content="storms would come",
    mode="warned",
    voices=(Voice("Harbour Office", "office", "warned"),),
)
IDENTITY = fact(
    "identity",
    sentence="The oldest is the [[Grey Lighthouse]].",
    stem="Which is the oldest?",
    answers=("lighthouse",),
)


def base(*facts, **changes):
    return FactBase(
        topic="t",
        title="T",
        facts={one.key: one for one in facts},
        entities={
            "office": Entity("office", "organisation", "Harbour Office"),
            "lighthouse": Entity(
                "lighthouse", "place", "Grey Lighthouse", names=(Name("Old Light", "short"),)
            ),
        },
        measures={"ships": changes.get("measure", Measure("ships", "ships", "ships"))},
        sources={"almanac": changes.get("source", Source("almanac", "reference", "Almanac"))},
    )


def fields(one, **changes):
    return [mistake.field for mistake in mistakes_of(base(one, **changes))]


@pytest.mark.parametrize("good", [DATE, FIGURE, STATEMENT, IDENTITY])
def test_a_good_fact_has_no_mistakes(good):
    assert fields(good) == []


@pytest.mark.parametrize(
    ("good", "changes", "field"),
    [
        (DATE, {"sentence": "It opened in July 2022."}, "sentence"),
        (DATE, {"sentence": "It [[opened]] in [[July 2022]]."}, "sentence"),
        (DATE, {"sentence": "It opened in [[ ]]."}, "sentence"),
        (DATE, {"sentence": "It opened in [[June 2022]]."}, "sentence"),
        (DATE, {"stem": "When did it open"}, "stem"),
        (DATE, {"stem": "Tell me: when did it open?"}, "stem"),
        (DATE, {"stem": "In which month did it open?"}, "stem"),
        (DATE, {"stem": "When did it open, in July 2022?"}, "stem"),
        (DATE, {"stem": ""}, "stem"),
        (DATE, {"ask_precision": "day"}, "ask_precision"),
        (DATE, {"label": "It opens in July"}, "label"),
        (DATE, {"label": "The opening of 2022"}, "label"),
        (DATE, {"citations": ()}, "citations"),
        (DATE, {"citations": (Citation("almanac", "  "),)}, "citations[0].locator"),
        (DATE, {"citations": (Citation("almanac", "p", "word " * 41),)}, "citations[0].quote"),
        (DATE, {"links": (Link("denies", "other/fact"),)}, "links[0].to"),
        (DATE, {"mode": "claimed"}, "voices"),
        (FIGURE, {"sentence": "It held [[around 1,600]] ships."}, "sentence"),
        (FIGURE, {"sentence": "It held [[1,500]] ships."}, "sentence"),
        (FIGURE, {"sentence": "It held [[more than 1,500]] ships."}, "qualifier"),
        (FIGURE, {"sentence": "It held more than [[1,500]] ships."}, "qualifier"),
        (FIGURE, {"stem": "How many of the 1,500 ships? Around 1,500?"}, "stem"),
        (
            FIGURE,
            {"amount": parse_quantity("1,500", qualifier="over", hedge_text="around")},
            "qualifier",
        ),
        (FIGURE, {"label": "Ships whose crews were killed"}, "grave"),
        (STATEMENT, {"voices": ()}, "voices"),
        (STATEMENT, {"sentence": "The [[Grey Lighthouse]] warned of storms."}, "sentence"),
        (
            STATEMENT,
            {
                "voices": (
                    Voice("Harbour Office", "office", "warned", parse_edtf("2024")),
                    Voice("a paper", None, "reported", parse_edtf("2023")),
                )
            },
            "voices[1].said_on_edtf",
        ),
        (IDENTITY, {"answers": ()}, "answers"),
        (IDENTITY, {"sentence": "The oldest is the [[Red Lighthouse]]."}, "sentence"),
        (IDENTITY, {"stem": "Which is the oldest, the Grey Lighthouse?"}, "stem"),
    ],
)
def test_each_rule_finds_what_it_is_for(good, changes, field):
    assert field in fields(replace(good, **changes))


def test_another_name_of_the_answer_may_be_marked():
    assert fields(replace(IDENTITY, sentence="The oldest is the [[Old Light]].")) == []


def test_a_preposition_may_stand_before_the_asking_word():
    assert fields(replace(IDENTITY, stem="Under the roof of which house do they meet?")) == []


def test_a_figure_needs_a_unit():
    assert fields(FIGURE, measure=Measure("ships", "ships", "")) == ["measure"]


def test_a_changing_figure_needs_a_date_or_the_voice_it_is_from():
    changing = Measure("ships", "ships", "ships", changing=True)
    voiced = replace(FIGURE, voices=(Voice("Harbour Office", "office"),))
    dated = replace(FIGURE, as_of=parse_edtf("2024"))

    assert fields(FIGURE, measure=changing) == ["as_of_edtf"]
    assert fields(voiced, measure=changing) == []
    assert fields(dated, measure=changing) == []


def test_facts_that_supersede_each_other_are_refused():
    one = replace(DATE, key="t/a", links=(Link("supersedes", "t/b"),))
    two = replace(DATE, key="t/b", links=(Link("supersedes", "t/a"),))

    found = [mistake.field for mistake in mistakes_of(base(one, two))]

    assert found == ["links", "links"]


def test_a_quotation_stands_in_the_source_and_our_words_do_not():
    text = SourceText("The old harbour opened in July 2022 after many years of work by the town.")
    quoting = replace(DATE, citations=(Citation("almanac", "p", "opened in summer"),))
    copying = replace(DATE, note="The old harbour opened in July 2022 after many years, they say.")

    found = {
        mistake.field
        for one in (quoting, copying)
        for mistake in mistakes_of(base(one), {"almanac": text})
    }

    assert found == {"citations[0].quote", "note"}


def test_a_verbatim_statement_stands_in_the_source():
    verbatim = replace(STATEMENT, verbatim=True, content="a holy war")

    found = mistakes_of(base(verbatim), {"almanac": SourceText("They spoke of a war.")})

    assert "content" in [mistake.field for mistake in found]


def test_the_hash_of_a_stored_text_is_compared():
    wrong = Source("almanac", "reference", "A", text="Some text.", text_sha256="0" * 64)
    short = replace(wrong, text_sha256="12")

    assert fields(DATE, source=wrong) == ["text_sha256"]
    assert fields(DATE, source=short) == ["text_sha256"]


def test_a_teachers_own_question_is_checked_for_its_key_only():
    teacher = Source("almanac", "teacher", "Ms Teacher")
    own = replace(IDENTITY, stem="The oldest, please", label="In July 2022")

    assert fields(own, source=teacher) == []
    assert fields(replace(own, sentence="No answer."), source=teacher) == ["sentence"]


def test_a_retracted_fact_is_left_as_it_was():
    assert fields(replace(DATE, sentence="", status=Status.RETRACTED)) == []


def test_every_mistake_says_what_would_have_been_right():
    broken = replace(
        DATE, sentence="None.", stem="Tell", label="July", citations=(), mode="claimed"
    )

    found = list(mistakes_of(base(broken)))

    assert len(found) >= 5
    assert all(mistake.right and mistake.record == "fact t/f" for mistake in found)
