"""Who counts as whom: an option must not be right because its speaker speaks for the key."""

import pytest

from quiz.facts.base import Entity, Fact, FactBase, Name, Role
from quiz.questions.likeness import (
    is_of_sort,
    of_one_side,
    of_one_state,
    sort_asked,
    species,
    species_beside,
    state_named,
    state_of,
)
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


@pytest.mark.parametrize(
    ("stem", "kind", "note", "sort"),
    [
        ("Which type of transport plane took them?", "weapon", "transport plane", "plane"),
        ("Which television station asked him?", "publication", "a television station", "station"),
        ("For which think tank did she work?", "organisation", "think tank", "tank"),
        ("Of which party, needed at home, were they?", "organisation", "party of it", "party"),
        ("Which body approved it?", "organisation", "body of the state", ""),
        ("Which outlet asked him?", "publication", "newspaper", ""),
        ("To which body of the party was it sent?", "organisation", "party of it", ""),
        ("In which city was it?", "place", "city in Russia", "city"),
        ("In which city was it?", "place", "capital of Russia", "city"),
        ("Near which town was it?", "place", "town in Ukraine", "town"),
        ("In which region was it?", "place", "region of Ukraine", ""),
        ("Which element is it?", "substance", "element", ""),
        ("Who was the head of the party?", "person", "head of the party", ""),
    ],
)
def test_a_question_asks_for_the_sort_that_it_and_the_answer_are_called_by(stem, kind, note, sort):
    entity = Entity("x", kind, "X", note=note)
    assert sort_asked(stem, entity) == sort
    assert is_of_sort(entity, sort)
    assert is_of_sort(Entity("y", kind, "Y", note="something else"), sort) is not bool(sort)


@pytest.mark.parametrize(
    ("kind", "note", "found"),
    [
        ("event", "war between two states", "fighting"),
        ("event", "warning of a storm", ""),
        ("event", "events of 2014", "unrest"),
        ("event", "held before the conference", "meeting"),
        ("place", "city in Russia", "settlement"),
        ("place", "part of Russia", "region"),
        ("organisation", "city council", "official"),
    ],
)
def test_places_and_events_are_of_a_species(kind, note, found):
    assert species(Entity("x", kind, "X", note=note)) == found


@pytest.mark.parametrize(
    ("note", "is_city", "is_town"),
    [("capital of Ukraine", True, False), ("city in Russia", True, True),
     ("town in Ukraine", False, True), ("region of Ukraine", False, False)],
)  # fmt: skip
def test_a_capital_is_no_town_and_a_town_no_city(note, is_city, is_town):
    place = Entity("x", "place", "X", note=note)
    assert (is_of_sort(place, "city"), is_of_sort(place, "town")) == (is_city, is_town)


@pytest.mark.parametrize(
    ("kind", "note", "found"),
    [
        ("organisation", "institute, a think tank", "institute"),
        ("organisation", "council of the United Nations", "official"),
        ("organisation", "intelligence service of Ukraine", "intelligence"),
        ("origin", "a quality", "quality"),
        ("origin", "something described", "described"),
    ],
)
def test_an_answer_stands_beside_its_own_sort_and_a_speaker_beside_any(kind, note, found):
    entity = Entity("x", kind, "X", note=note)
    assert species_beside(entity, "identity") == found
    assert (species_beside(entity, "speaker") == "") is (kind == "organisation")


def test_a_state_is_named_by_its_adjective_too(world):
    president, nato = (world.base.entities[key] for key in ("president", "nato"))
    assert state_named("Who spoke of the Russian army?", president, world) == "russia"
    assert state_named("Who spoke of the army?", president, world) is None
    assert state_named("Who spoke of the Russian army?", nato, world) is None
