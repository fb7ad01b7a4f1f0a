"""What letters give away: of a symbol by its initial, of an origin by the name made from it."""

import pytest

from quiz.facts.base import Citation, Entity, Fact, FactBase, Measure, Source, Thread
from quiz.facts.quantities import parse_quantity
from quiz.facts.status import Status
from quiz.questions.audit import RULES
from quiz.questions.grade_numbers import grade_number
from quiz.questions.graded import Verdict
from quiz.questions.items import Held, Item
from quiz.questions.letters import shows_through
from quiz.questions.question_forms.registry import FORMS
from quiz.questions.world import World

SYMBOLS = {
    "helium": "He", "hydrogen": "H", "hafnium": "Hf", "mercury": "Hg", "holmium": "Ho",
    "hassium": "Hs", "iron": "Fe", "fermium": "Fm", "francium": "Fr", "fluorine": "F",
    "iodine": "I", "indium": "In", "iridium": "Ir", "uranium": "U",
}  # fmt: skip
PLACES = {
    "gallium": "France", "hafnium": "Copenhagen", "lutetium": "Paris", "nihonium": "Japan",
    "polonium": "Poland",
}  # fmt: skip
PROPOSE = dict(FORMS)
O10 = [rule.check for rule in RULES if rule.id == "O10"]


def told(slug, subject, answer, measure, stem, sentence):
    return Fact(
        key=f"t/{slug}",
        topic="t",
        slug=slug,
        kind="identity",
        thread="x",
        label=f"About {slug}",
        sentence=sentence,
        stem=stem,
        subject=subject,
        answers=(answer,),
        measure=measure,
        status=Status.REPORTED,
        citations=(Citation("book", "page 1"),),
    )


def world_of(pairs, kind):
    names = {name: Entity(name, "substance", name) for name in pairs}
    answers = {f"{kind}-{text}": Entity(f"{kind}-{text}", kind, text) for text in pairs.values()}
    facts = [
        told(
            name,
            name,
            f"{kind}-{text}",
            "m",
            f"What is it of {name}?",
            f"It is of {name} [[{text}]].",
        )
        for name, text in pairs.items()
    ]
    return made(facts, {**names, **answers}, Measure("m", "something"))


def made(facts, entities, measure):
    return World(
        FactBase(
            "t",
            "T",
            article_word="source",
            threads={"x": Thread("x", "X", 1)},
            sources={"book": Source("book", "reference", "A book")},
            entities=entities,
            measures={measure.key: measure},
            facts={fact.key: fact for fact in facts},
        ),
        1,
    )


def offered(form, world, name):
    world.turn_to_next()
    return next(iter(PROPOSE[form](world.base.facts[f"t/{name}"], world)), None)


@pytest.mark.parametrize(
    ("name", "text", "does"),
    [
        ("bohrium", "Niels Bohr", True),
        ("holmium", "Stockholm", True),
        ("protactinium", "parent of actinium", True),
        ("osmium", "Œsme", False),
        ("gallium", "France", False),
        ("krypton", "hidden", False),
        ("in", "In", False),
    ],
)
def test_a_name_shows_through_what_it_was_made_from(name, text, does):
    assert shows_through(name, text) == does


def test_wrong_symbols_begin_as_the_right_one_does():
    world = world_of(SYMBOLS, "symbol")

    for name in ("helium", "iron", "iodine"):
        item = offered("choice", world, name)
        assert {option.text[0] for option in item.options} == {SYMBOLS[name][0]}, name


def test_a_symbol_alone_of_its_letter_is_blocked():
    world = world_of(SYMBOLS, "symbol")
    item = offered("choice", world, "uranium")

    assert isinstance(item, Item)
    assert [problem for check in O10 for problem in check(item, world.base.facts[item.fact], world)]


def test_an_answer_that_its_name_shows_is_not_chosen_but_typed():
    world = world_of(PLACES, "place")

    assert isinstance(offered("choice", world, "gallium"), Item)
    held = offered("choice", world, "polonium")
    assert isinstance(held, Held)
    assert "letters" in held.reason
    assert isinstance(offered("typed", world, "polonium"), Item)
    assert isinstance(offered("true-false", world, "polonium"), Held)


def test_symbols_are_matched_among_those_of_their_letter():
    world = world_of(SYMBOLS, "symbol")
    items = [offered("matching", world, name) for name in SYMBOLS if SYMBOLS[name][0] == "H"]
    found = [item for item in items if isinstance(item, Item)]

    assert found
    assert {option.text[0] for item in found for option in item.options} == {"H"}


def test_what_is_called_like_something_of_another_kind_is_no_rival_name():
    entities = {
        "metal": Entity("metal", "substance", "Mercury"),
        "god": Entity("god", "other", "Mercury"),
        "hg": Entity("hg", "symbol", "Hg"),
    }
    fact = told(
        "hg", "hg", "god", "m", "Which god is Hg named after?", "Hg is named after [[Mercury]]."
    )
    item = offered("typed", made([fact], entities, Measure("m", "a god")), "hg")

    assert not [other for other in item.expected["others"] if other["key"] == "metal"]


def numbered(values, unit=""):
    facts = [
        Fact(
            key=f"t/f{n}",
            topic="t",
            slug=f"f{n}",
            kind="figure",
            thread="x",
            label=f"Figure {n}",
            sentence=f"The figure of thing {n} is [[{text}]]{unit and f' {unit}'}.",
            stem=f"What is the figure of thing {n}?",
            subject=f"thing-{n}",
            measure="m",
            amount=parse_quantity(text, qualifier="exactly", unit=unit),
            status=Status.REPORTED,
            citations=(Citation("book", "page 1"),),
        )
        for n, text in enumerate(values)
    ]
    things = {f"thing-{n}": Entity(f"thing-{n}", "other", f"thing {n}") for n in range(len(values))}
    return made(facts, things, Measure("m", "a figure", unit))


def test_a_number_that_tells_one_from_another_is_not_estimated():
    counted = numbered([str(n) for n in range(1, 60)])
    measured = numbered([f"{n * 7}.5" for n in range(1, 60)])

    assert "known or not" in offered("estimate", counted, "f40").reason
    assert isinstance(offered("estimate", measured, "f40"), Item)


def test_a_cloze_tells_its_unit_once():
    world = numbered([str(n * 13) for n in range(1, 60)], "°C")
    item = offered("cloze", world, "f30")

    assert item.frame[0].endswith("_____ °C.")
    assert not any("°C" in option.text for option in item.options)
    assert any("°C" in option.text for option in offered("choice", world, "f30").options)


def test_a_ratio_may_be_typed_with_the_unit_of_a_mass_and_is_told_without():
    weight = parse_quantity("173.045", qualifier="exactly", unit="relative mass")

    assert grade_number(weight, "173.045 u").verdict is Verdict.ACCEPT
    assert grade_number(weight, "173.045 g/mol").verdict is Verdict.ACCEPT
    assert grade_number(weight, "173").note == "The source gives 173.045."
