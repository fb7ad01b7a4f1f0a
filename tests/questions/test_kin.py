"""Who counts as whom: an option must not be right because its speaker speaks for the key."""

import pytest

from quiz.facts.base import Entity, Fact, FactBase, Name, Role
from quiz.questions.likeness import of_one_side, of_one_state, state_of
from quiz.questions.pairing import Premise, chunks
from quiz.questions.question_forms.whose_words import _is_mentioned
from quiz.questions.world import World


@pytest.fixture
def world():
    entities = (
        Entity("russia", "state", "Russia"),
        Entity("defense-ministry", "organisation", "Ministry of Defense", part_of="russia"),
        Entity("president", "person", "The President", roles=(Role("president", of="russia"),)),
        Entity("minister", "person", "The Minister", roles=(Role("head", of="defense-ministry"),)),
        Entity("nato", "organisation", "NATO"),
    )
    return World(FactBase("t", "T", entities={entity.key: entity for entity in entities}), 1)


def test_a_state_is_kin_to_those_who_hold_its_offices(world):
    assert {"president", "minister", "defense-ministry"} <= world.kin("russia")


def test_an_office_holder_is_kin_to_the_body_and_what_it_is_part_of(world):
    assert {"defense-ministry", "russia"} <= world.kin("minister")


def test_two_office_holders_of_one_state_are_not_kin(world):
    assert "minister" not in world.kin("president")


def test_who_speaks_for_a_state_is_not_matched_beside_it(world):
    rows = [
        Premise(None, "speaker", f"“word {n}”", name, key)
        for n, (name, key) in enumerate(
            [
                ("Russia", "russia"),
                ("The President", "president"),
                ("The Minister", "minister"),
                ("NATO", "nato"),
                ("A voice without an entry", None),
            ]
        )
    ]
    sets = chunks(rows, world)
    assert [[row.match for row in chosen] for chosen in sets] == [
        ["Russia", "NATO", "A voice without an entry"]
    ]
    first_without = chunks(rows[1:], world)
    assert [row.match for row in first_without[0]] == [
        "The President", "The Minister", "NATO", "A voice without an entry"
    ]  # fmt: skip


def test_others_are_not_kin(world):
    assert "nato" not in world.kin("russia")


def test_whoever_is_named_beside_the_words_is_no_spare():
    relayed = Fact(
        key="t/words",
        topic="t",
        slug="words",
        kind="statement",
        thread="one",
        label="An order relayed",
        sentence="[[The Minister]] relayed that Kim Jong-un had ordered a “great march”.",
    )
    rows = [Premise(relayed, "speaker", "“great march”", "The Minister", "minister")]
    kim = Entity("kim", "person", "Kim Jong Un", names=(Name("Kim Jong-un", "translit"),))

    assert _is_mentioned(kim, rows)
    assert not _is_mentioned(Entity("rutte", "person", "Mark Rutte"), rows)


def test_an_answer_stands_among_those_of_its_state_or_its_side(world):
    entities = world.base.entities
    ally = Entity("ally", "person", "The Ally", side="east")
    own = Entity("own", "person", "Own", side="east", roles=(Role("chief", of="defense-ministry"),))
    assert state_of(own, world) == state_of(entities["minister"], world) == "russia"
    town = Entity("town", "place", "Town", part_of="russia", side="east")
    far = Entity("far", "place", "Far")
    some = (entities["president"], ally, entities["nato"])
    assert list(of_one_state(some, own, world)) == [entities["president"]]
    assert list(of_one_state(some, ally, world)) == []
    assert list(of_one_side(some, own, world)) == [ally]
    assert list(of_one_side((far,), town, world)) == [far]
