"""Each form on the smallest base that shows what it offers, and what it refuses."""

import re
from dataclasses import replace

import pytest

from quiz.facts.base import (
    Citation,
    Entity,
    Fact,
    FactBase,
    Family,
    Measure,
    Name,
    Source,
    Thread,
    Voice,
)
from quiz.facts.dates import parse_edtf
from quiz.facts.quantities import parse_quantity
from quiz.facts.status import Status
from quiz.questions.audit import blocks
from quiz.questions.blanks import date_inside
from quiz.questions.distractors_numbers import plain_number
from quiz.questions.items import Held
from quiz.questions.question_forms.registry import FORMS
from quiz.questions.respond import respond
from quiz.questions.world import World
from tests.synthetic import make_base

PEOPLE = "Ada Abel,Ben Brandt,Cleo Craig,Dora Dunn,Emil Evers,Finn Falk,Gro Gundersen".split(",")
PROPOSE = dict(FORMS)


def people():
    return {
        f"p{n}": Entity(f"p{n}", "person", name, names=(Name(name.split()[1], "surname"),),
                        side="north" if n % 2 else "south")
        for n, name in enumerate(PEOPLE)
    }  # fmt: skip


def make_fact(slug, kind, **fields):
    voices = fields.get("voices", ())
    return Fact(
        key=f"t/{slug}",
        topic="t",
        slug=slug,
        kind=kind,
        thread="x",
        label=fields.pop("label", f"Event {slug}"),
        status=fields.pop("status", Status.CLAIMED if voices else Status.REPORTED),
        citations=fields.pop("citations", (Citation("book", "page 1"),)),
        **fields,
    )


def make(*facts, measures=(), families=(), **more):
    return World(
        FactBase(
            topic="t",
            title="T",
            contested=True,
            threads={"x": Thread("x", "X")},
            facts={fact.key: fact for fact in facts},
            entities=people() | more.pop("entities", {}),
            measures={measure.key: measure for measure in measures},
            families={family.key: family for family in families},
            sources={"book": Source("book", "reference", "A book")},
        ),
        1,
    )


def offer(form, fact, world):
    """The items and the reasons of a form for a fact; an item never breaks a block rule."""
    world.turn_to_next()
    found = list(PROPOSE[form](fact, world))
    items = [one for one in found if not isinstance(one, Held)]
    for item in items:
        assert [finding for finding in blocks(item, world) if finding.rule != "O3"] == []
    return items, [one.reason for one in found if isinstance(one, Held)]


def event(n, edtf, **fields):
    text = fields.pop("text", edtf)
    fields.setdefault("label", f"Bridge {'abcdefghijkl'[n]} is opened")
    return make_fact(
        f"bridge-{n}",
        "date",
        when=parse_edtf(edtf),
        sentence=f"Bridge {'abcdefghijkl'[n]} was opened in [[{text}]].",
        stem=f"When was bridge {'abcdefghijkl'[n]} opened?",
        **fields,
    )


EVENTS = [event(n, f"{2001 + 3 * n}", text=str(2001 + 3 * n)) for n in range(9)]


def test_a_date_in_the_middle_is_a_choice_and_one_at_the_edge_is_not():
    world = make(*EVENTS)
    (item,), _ = offer("choice", EVENTS[4], world)
    assert item.stem == "In which year was bridge e opened?"
    assert [option.text for option in item.options if option.right] == ["2013"]
    assert [option.text for option in item.options] == sorted(
        option.text for option in item.options
    )
    items, (reason,) = offer("choice", EVENTS[0], world)
    assert not items
    assert "too few dates" in reason


def test_every_wrong_date_is_what_another_fact_says():
    world = make(*EVENTS)
    (item,), _ = offer("choice", EVENTS[4], world)
    for option in item.options:
        if not option.right:
            assert world.base.facts[option.from_fact].when.edtf == option.text
            assert option.why == f"{option.text} is when {told(world, option.from_fact)}"


def told(world, key):
    sentence = world.base.facts[key].sentence
    return sentence[: sentence.index(" in [[")].replace("Bridge", "bridge") + "."


def figure(slug, text, *, measure="m", qualifier="exactly", hedge="", voice=None, **fields):
    shown = f"{hedge} {text}".strip()
    voices = (Voice(PEOPLE[voice], f"p{voice}", "estimated"),) if voice is not None else ()
    return make_fact(
        slug,
        "figure",
        measure=measure,
        amount=parse_quantity(text, qualifier=qualifier, unit="crates", hedge_text=hedge),
        sentence=f"The harbour held [[{shown}]] crates.",
        stem="How many crates did the harbour hold?",
        voices=voices,
        **fields,
    )


M = Measure("m", "crates in the harbour", "crates")


@pytest.mark.parametrize("qualifier", ["up_to", "over", "at_least", "nearly", "at_most"])
def test_a_bound_is_typed_but_never_chosen(qualifier):
    bound = figure("a", "400", qualifier=qualifier, hedge="up to")
    world = make(bound, measures=[M])
    assert offer("choice", bound, world)[1] == ["a bounded figure rules no value out surely"]
    (item,), _ = offer("typed", bound, world)
    assert item.field["label"] == "up to ___"
    assert item.expected["qualifier"] == qualifier


def test_a_grave_figure_takes_only_forms_that_invent_nothing():
    grave = figure("a", "400", grave=True, voice=0)
    other = figure("b", "700", grave=True, voice=1)
    spare = make_fact("c", "statement", sentence="[[Cleo Craig]] said that it rained.",
                      stem="Who said that it rained?", content="it rained",
                      voices=(Voice("Cleo Craig", "p2"),))  # fmt: skip
    world = make(grave, other, spare, measures=[M])
    for form in "choice true-false says-so cloze estimate what-said".split():
        assert offer(form, grave, world)[0] == []
    (item,), _ = offer("which-source", grave, world)
    assert item.frame == ("400 crates in the harbour", "700 crates in the harbour")
    texts = [option.text for option in item.options]
    assert sorted(texts) == ["Ada Abel", "Ben Brandt", "Cleo Craig"]
    right = {"pairs": {"0": texts.index("Ada Abel"), "1": texts.index("Ben Brandt")}}
    stored = item.stored_expected()
    assert respond("which-source", texts, stored, right, today=None).score == 1.0


def test_no_invented_value_lies_within_what_another_voice_says():
    key = figure("a", "400", voice=0)
    rival = figure("b", "650", qualifier="over", hedge="more than", voice=1)
    world = make(key, rival, measures=[M])
    items, _ = offer("choice", key, world)
    for item in items:
        for option in item.options:
            assert option.right or int(option.text.replace(",", "")) <= 650


def melting(n, degrees):
    return make_fact(
        f"metal-{n}", "figure", measure="melting",
        amount=parse_quantity(str(degrees), unit="°C"),
        sentence=f"Metal {n} melts at [[{degrees} °C]].", stem=f"Where does metal {n} melt?",
        subject=f"metal-{n}",
    )  # fmt: skip


METALS = [melting(n, -210 + 7 * n) for n in range(14)]
MELTING = Measure("melting", "melting point", "°C")


def test_no_invented_value_lies_beyond_all_that_is_known_of_its_measure():
    world = make(*METALS, measures=[MELTING])
    known = [int(metal.amount.value) for metal in METALS]
    for n, metal in enumerate(METALS):
        items, reasons = offer("choice", metal, world)
        if n in {0, len(METALS) - 1}:
            assert reasons == ["too few figures above or below it that are surely wrong"]
        for item in items:
            values = [plain_number(option.text) for option in item.options]
            assert min(known) <= min(values)
            assert max(values) <= max(known)


def test_nothing_is_colder_than_can_be():
    alone = melting(1, -260)
    world = make(alone, *(melting(n, -259 + n) for n in range(2, 5)), measures=[MELTING])
    for item in offer("choice", alone, world)[0]:
        assert all(plain_number(option.text) > -273 for option in item.options)
    (card,), _ = offer("choice", METALS[6], make(*METALS, measures=[MELTING]))
    first = replace(card.options[0], text="−300 °C", right=False, rule="x", from_fact=None)
    cold = replace(card, options=(first, *card.options[1:]))
    found = {finding.rule for finding in blocks(cold, make(*METALS, measures=[MELTING]))}
    assert "O15" in found


def statement(n, content, **fields):
    return make_fact(
        f"said-{n}",
        "statement",
        sentence=f"[[{PEOPLE[n]}]] said that {content}.",
        stem=f"Who said that {content}?",
        content=content,
        voices=(Voice(PEOPLE[n], f"p{n}"),),
        **fields,
    )


SAID = [
    statement(0, "the harbour would be closed in winter"),
    statement(1, "the bridges would be painted in green"),
    statement(2, "the railway would be sold to a company"),
    statement(3, "the market would be moved to the river"),
    statement(4, "the library would be open on Sundays"),
]


def test_who_said_it_is_asked_among_people_of_the_same_story():
    world = make(*SAID)
    (item,), _ = offer("choice", SAID[0], world)
    assert item.facet == "speaker"
    assert item.order == "shuffle"
    assert item.key_options[0].text == "Ada Abel"
    assert {option.entity for option in item.options} <= {f"p{n}" for n in range(7)}


def test_a_name_with_a_word_of_the_question_is_no_option():
    before = offer("choice", SAID[0], make(*SAID))[0][0]
    taken = next(option for option in before.options if not option.right)
    word = taken.text.split()[0].upper()
    asked = replace(SAID[0], stem=f"Who said at the {word} that the harbour would be closed?")
    (item,), _ = offer("choice", asked, make(asked, *SAID[1:]))
    assert taken.text not in [option.text for option in item.options]


def test_what_was_said_stands_among_others_words():
    world = make(*SAID)
    (item,), _ = offer("what-said", SAID[0], world)
    assert item.stem == "Which of these did Ada Abel say?"
    assert item.key_options[0].text == "The harbour would be closed in winter."
    assert all(option.from_fact for option in item.options if not option.right)


def test_words_with_a_pronoun_are_not_offered():
    telling = statement(0, "she would close the harbour in winter")
    assert offer("what-said", telling, make(telling, *SAID[1:]))[1] == [
        "a pronoun in what was said would tell the speaker"
    ]


def test_an_entity_that_may_be_the_same_is_no_option():
    twin = Entity("twin", "person", "Ada A. Bell", maybe_same_as="p0", side="south")
    world = make(*SAID, entities={"twin": twin})
    (item,), _ = offer("choice", SAID[0], world)
    assert "twin" not in {option.entity for option in item.options}


def test_a_day_that_is_not_given_cannot_be_told():
    days = [event(n, f"2024-0{n + 1}-1{n}", text=f"1{n} May 2024") for n in range(6)]
    month = event(
        7, "2024-03", text="March 2024",
        citations=(Citation("book", "page 1", reported_on=parse_edtf("2024-04-02")),),
    )  # fmt: skip
    world = make(*days, month)
    (item,), _ = offer("can-you-tell", month, world)
    assert item.stem == "On which day was bridge h opened? Can you tell from the article?"
    assert item.key_options[0].text == "No, the day is not given"
    reports = [option for option in item.options if "date of the report" in option.why]
    assert [option.text for option in reports] == ["Yes, 2\u00a0April 2024"]


def test_true_and_false_change_one_slot_and_are_for_what_is_not_claimed():
    world = make(*EVENTS)
    for one in EVENTS[3:6]:
        (item,), _ = offer("true-false", one, world)
        true = item.key_options[0].text == "True"
        assert (one.when.edtf in item.frame[0]) == true
        assert item.frame[0].startswith("Bridge")
    claimed = replace(EVENTS[4], voices=(Voice("Ada Abel", "p0", "claimed"),),
                      status=Status.CLAIMED)  # fmt: skip
    items, reasons = offer("true-false", claimed, make(claimed, *EVENTS[:4], *EVENTS[5:]))
    assert (items, reasons) == ([], ["a claim is asked by says-so"])


def test_no_other_name_is_called_false_where_one_text_is_all_that_is_known():
    """“NHK interviewed Wi” is unsaid by an article that tells of the Herald; it is not untrue."""
    base = make_base(400, seed=3)
    told = [
        fact
        for fact in base.facts.values()
        if fact.kind == "identity" and not fact.grave and not fact.status.needs_voice
    ]
    reference = World(replace(base, contested=False), 1)

    assert base.contested
    offered = {fact.key: offer("true-false", fact, World(base, 1)) for fact in told[:20]}
    assert all(items == [] for items, _ in offered.values())
    assert any(offer("true-false", fact, reference)[0] for fact in told)


def test_more_than_is_known_is_not_said():
    """A day where only the month is given: the article neither says so nor otherwise."""
    months = [
        event(
            n, f"2024-{n + 1:02}", text=parse_text(n), voices=(Voice("Ada Abel", "p0", "claimed"),)
        )
        for n in range(10)
    ]
    world = make(*months)
    rights = set()
    for one in months:
        for item in offer("says-so", one, world)[0]:
            rights.add(item.expected["right"][0])
            if item.expected["right"] == [2]:
                assert "2024" in item.frame[0]
                month = parse_text(int(one.slug[-1]))
                assert re.search(rf"on \d+\s{month}", item.frame[0])
    assert 2 in rights


def parse_text(n):
    months = "January February March April May June July August September October".split()
    return f"{months[n]} 2024"


def test_events_are_put_in_order_by_labels_that_do_not_tell_it():
    world = make(*EVENTS)
    (item,) = [item for one in EVENTS for item in offer("ordering", one, world)[0]][:1]
    years = [world.base.facts[item.options[n].from_fact].when.first_day
             for n in item.expected["sequence"]]  # fmt: skip
    assert years == sorted(years)
    assert [option.text for option in item.options] == sorted(o.text for o in item.options)
    telling = replace(EVENTS[4], label="The first bridge is opened")
    assert offer("ordering", telling, make(telling, *EVENTS[:4]))[0] == []


def test_which_of_two_came_first():
    world = make(*EVENTS)
    (item,), _ = offer("which-first", EVENTS[4], world)
    first, second = (world.base.facts[option.from_fact].when for option in item.options)
    assert item.options[0].right == (first.first_day < second.first_day)


def test_four_events_are_matched_with_their_years_and_one_is_spare():
    world = make(*EVENTS)
    items = [item for one in EVENTS for item in offer("matching", one, world)[0]]
    item = items[0]
    assert len(item.frame) == 4
    assert len(item.options) == 5
    for place, option in item.expected["pairs"].items():
        fact = world.base.facts[item.expected["facts"][place][0][0]]
        assert item.options[option].text == fact.when.edtf


def test_several_are_right_where_several_happened_in_one_unit():
    near = [event(n, f"200{n}", text=f"200{n}") for n in range(3)]
    far = [event(n, f"201{n}", text=f"201{n}") for n in range(4, 7)]
    world = make(*near, *far)
    (item,) = [item for one in near for item in offer("several-right", one, world)[0]]
    assert item.stem == "Which of these happened between 2000 and 2009? Choose all that did."
    assert len(item.key_options) == 3
    assert 4 <= len(item.options) <= 6


CHAINED = make_fact(
    "c", "statement", sentence="[[Ada Abel]] told them that it was so.",
    stem="Who told them that it was so?", content="it was so",
    voices=(Voice("Ada Abel", "p0"), Voice("Ben Brandt", "p1", said_on=parse_edtf("2013-04"))),
)  # fmt: skip


def said_by(slug, *numbers, **fields):
    voices = tuple(Voice(PEOPLE[n], f"p{n}") for n in numbers)
    return replace(CHAINED, key=f"t/{slug}", slug=slug, voices=voices, **fields)


def test_each_place_of_a_chain_is_chosen_for_and_a_voice_is_left_over():
    world = make(CHAINED, said_by("other", 2, content="it was otherwise"))
    (item,), _ = offer("chain", CHAINED, world)
    assert item.stem == "A claim: It was so. Who told whom? One voice is left over."
    assert item.frame == ("Said it first", "Passed it on")
    assert item.shown == ("Said it first: Ada Abel", "Passed it on: Ben Brandt")
    texts = [option.text for option in item.options]
    assert sorted(texts) == ["Ada Abel", "Ben Brandt", "Cleo Craig"]
    assert item.expected["pairs"] == {
        "0": texts.index("Ada Abel"), "1": texts.index("Ben Brandt")
    }  # fmt: skip
    by_text = {option.text: option for option in item.options}
    assert by_text["Ben Brandt"].why == "Ben Brandt (April 2013) passed it on."
    assert by_text["Cleo Craig"].why == (
        "The article names Cleo Craig for something else, not in this chain."
    )
    first, second = item.expected["pairs"].values()
    outcome = respond("chain", [o.as_json() for o in item.options], item.expected,
                      {"pairs": {"0": first, "1": 3 - first - second}}, today=None)  # fmt: skip
    assert outcome.score == 0.5
    assert outcome.per_fact == {("t/c", "speaker"): False}


def test_a_single_voice_is_no_chain():
    single = replace(CHAINED, voices=CHAINED.voices[:1])
    assert offer("chain", single, make(single))[1] == ["its voices are no chain"]


@pytest.mark.parametrize(
    ("chained", "other"),
    [
        (CHAINED, said_by("other", 1)),
        (replace(CHAINED, content="it was of Cleo Craig"), said_by("other", 2)),
        (replace(CHAINED, measure="m"), said_by("other", 2, measure="m")),
        (CHAINED, replace(CHAINED, key="t/o", slug="o", voices=(Voice("somebody unnamed"),))),
    ],
    ids=["is in the chain", "stands in the claim", "says so too", "is nobody"],
)
def test_no_spare_voice_of_a_chain_may_be_right(chained, other):
    world = make(chained, other, measures=[Measure("m", "sayings", "sayings")])
    assert offer("chain", chained, world)[1] == ["nobody is left who could be the spare"]


def test_the_spare_of_a_chain_is_of_a_kind_that_speaks_in_it():
    outlets = {key: Entity(key, "publication", key.title()) for key in ("post", "radio")}
    other = replace(CHAINED, key="t/o", slug="o", voices=(Voice("Post", "post"),))
    world = make(CHAINED, other, entities=outlets)
    assert offer("chain", CHAINED, world)[0] == []
    relayed = replace(CHAINED, voices=(CHAINED.voices[0], Voice("Radio", "radio")))
    (item,), _ = offer("chain", relayed, make(relayed, other, entities=outlets))
    assert {option.text for option in item.options} == {"Ada Abel", "Radio", "Post"}


def test_a_choice_that_asks_for_a_sort_offers_no_other_sort():
    entities = {
        f"{sort}{n}": Entity(f"{sort}{n}", "weapon", name, note=sort)
        for sort, names in (("plane", "Gannet Fulmar Petrel"), ("howitzer", "Anvil Forge Tongs"))
        for n, name in enumerate(names.split())
    }
    asks = [
        make_fact(
            f"{sort}-{n}", "identity", sentence=f"They came by [[{entities[key].name}]] {n}.",
            stem=f"Which type of {sort} was it in place {n}?", answers=(key,),
        )
        for n, (sort, key) in enumerate([("plane", "plane0"), ("howitzer", "howitzer1")])
    ]  # fmt: skip
    world = make(*asks, entities=entities)
    for fact in asks:
        (item,), _ = offer("choice", fact, world)
        assert {world.base.entities[option.entity].note for option in item.options} == {
            world.base.entities[fact.answers[0]].note
        }
    few = {key: one for key, one in entities.items() if key not in {"plane1", "plane2"}}
    assert offer("choice", asks[0], make(*asks, entities=few))[1] == [
        "too few others of the sort that is asked for"
    ]


def test_the_hedge_itself_is_asked():
    hedged = [
        figure(f"h{n}", str(100 * (n + 2)), measure=f"m{n}", qualifier=qualifier, hedge=word)
        for n, (qualifier, word) in enumerate(
            [("about", "around"), ("nearly", "almost"), ("over", "more than")]
        )
    ]
    measures = [Measure(f"m{n}", f"crates in harbour {n}", "crates") for n in range(3)]
    world = make(*hedged, measures=measures)
    (item,), _ = offer("which-hedge", hedged[1], world)
    assert item.stem == "What stands before the number in the article?"
    assert item.frame == ("The harbour held _____ 300 crates.",)
    assert item.key_options[0].text == "almost"
    assert len(item.options) == 3


def test_figures_of_a_family_are_matched_with_what_they_count():
    family = Family("f", "Crates", "They count other crates.")
    measures = [Measure(f"m{n}", f"crates of kind {n}", "crates", family="f") for n in range(5)]
    figures = [figure(f"k{n}", str(100 * (n + 2)), measure=f"m{n}") for n in range(5)]
    world = make(*figures, measures=measures, families=[family])
    items = [item for one in figures for item in offer("what-counted", one, world)[0]]
    assert items[0].stem == "Four figures count four different things. What does each count?"
    assert len(items[0].options) == 5
    assert items[0].feedback.note == "They count other crates."


def test_whose_words_they_are():
    quoted = [
        replace(
            one,
            content=f"it was a “word of {one.slug}”",
            sentence=f"[[{one.voices[0].label}]] said so.",
        )
        for one in SAID
    ]
    world = make(*quoted)
    (item,) = [item for one in quoted for item in offer("whose-words", one, world)[0]]
    assert len(item.frame) == 4
    assert all(text.startswith("“") for text in item.frame)


def test_an_estimate_is_for_what_nobody_disputes():
    plain = figure("a", "400")
    (item,), _ = offer("estimate", plain, make(plain, measures=[M]))
    assert item.expected["band"] == ["400", "400"]
    claimed = figure("a", "400", voice=0)
    assert offer("estimate", claimed, make(claimed, measures=[M]))[1] == [
        "a claim is not estimated"
    ]


def test_a_cloze_blanks_the_answer_and_nothing_else():
    world = make(*EVENTS)
    (item,), _ = offer("cloze", EVENTS[4], world)
    assert item.frame == ("Bridge e was opened in _____.",)
    (typed,), _ = offer("cloze-typed", EVENTS[4], world)
    assert typed.frame == item.frame
    assert typed.expected["edtf"] == "2013"


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("In [[2013]], the bridge was opened.", "The bridge was opened in [[2013]]."),
        ("On [[4 May 2013]], Ada Abel came.", "Ada Abel came on [[4 May 2013]]."),
        ("They said in [[2013]] that it was so.", "They said in [[2013]] that it was so."),
        ("In [[2013]], they said that it was so.", "It was in [[2013]] that they said that it was so."),
        ("In [[2013]], it was so, as in 2012.", "It was in [[2013]] that it was so, as in 2012."),
    ],
)  # fmt: skip
def test_a_date_to_be_filled_in_stands_where_english_puts_it(told, asked):
    assert date_inside(told) == asked


def test_a_cloze_of_a_date_in_front_asks_for_it_at_the_end():
    sentence = "On [[4 May 2013]], bridge e was opened."
    one = replace(
        EVENTS[4], when=parse_edtf("2013-05-04"), sentence=sentence, ask_precision="month"
    )
    (item,), _ = offer("cloze-typed", one, make(one))
    assert item.frame == ("Bridge e was opened in _____.",)


def test_names_on_a_card_take_their_articles_where_they_are_several():
    places = {
        key: Entity(key, "place", name)
        for key, name in (("europe", "Europe"), ("peninsula", "Korean Peninsula"))
    }
    both = make_fact(
        "areas", "identity", sentence="It threatens [[Europe and the Korean Peninsula]] alike.",
        stem="Which areas does it threaten?", answers=("europe", "peninsula"),
    )  # fmt: skip
    one = replace(both, answers=("peninsula",))
    (card,), _ = offer("flashcard", both, make(both, entities=places))
    assert card.shown == "Europe and the Korean Peninsula"
    (card,), _ = offer("flashcard", one, make(one, entities=places))
    assert card.shown == "Korean Peninsula"
    (typed,), _ = offer("typed", both, make(both, entities=places))
    given = {"text": "Korean Peninsula, Europe"}
    assert respond("typed", [], typed.expected, given, today=None).score == 1.0


def test_a_card_goes_back_from_a_date_only_where_it_is_the_only_one():
    world = make(*EVENTS)
    cards, _ = offer("flashcard", EVENTS[4], world)
    assert [card.variant for card in cards] == ["0", "event"]
    assert cards[1].stem == "What does the article date to 2013?"
    twin = replace(event(10, "2013", text="2013"), slug="twin")
    cards, reasons = offer("flashcard", EVENTS[4], make(*EVENTS, twin))
    assert [card.variant for card in cards] == ["0"]
    assert reasons == ["other events share its year"]


def test_every_form_is_offered_somewhere_in_a_made_up_base():
    base = make_base(400, 2)
    offered = set()
    world = World(base, 1)
    for fact in base.facts.values():
        world.turn_to_next()
        for _, propose in FORMS:
            offered |= {one.form for one in propose(fact, world) if not isinstance(one, Held)}
    assert offered >= {form for form, _ in FORMS} - {
        "chain", "standing", "what-counted", "whose-words"
    }  # fmt: skip
