from collections import Counter

import pytest
from django.conf import settings

from quiz.facts.elements import Element, Points, discoverers, doubt_of, origin_of, records
from quiz.management.commands.build_elements import read_package, rendered

FIXTURE = settings.BASE_DIR / "fixtures" / "elements.yaml"


def element(**changes):
    row = {
        "number": 26,
        "symbol": "Fe",
        "name": "Iron",
        "weight": 55.845,
        "weight_uncertainty": 0.002,
        "radioactive": False,
        "discovery_year": None,
        "discoverers": "Known to the ancients.",
        "discovery_location": "",
        "name_origin": "Anglo-Saxon: iron; symbol from Latin: ferrum (iron).",
        "description": "",
    }
    return Element(**row | changes)


def facts_of(*elements, points=()):
    built = records(elements, points, "1.0")
    return {record["fields"]["slug"]: record["fields"] for record in built if is_fact(record)}


def is_fact(record):
    return record["model"] == "quiz.fact"


def test_element_known_to_the_ancients_is_not_asked_for_a_year():
    assert "iron-discovered" not in facts_of(element())
    assert "iron-discoverer" not in facts_of(element())


def test_weight_shows_the_digits_that_its_uncertainty_allows():
    weight = facts_of(element(weight=72.63, weight_uncertainty=0.008))["iron-weight"]

    assert weight["amount_text"] == "72.630"
    assert (weight["amount_low"], weight["amount_high"]) == ("72.622", "72.638")


def test_element_that_decays_has_no_standard_weight():
    assert "iron-weight" not in facts_of(element(radioactive=True))


def test_year_is_set_aside_where_the_package_contradicts_itself():
    doubtful = element(
        name="Ironium",
        discovery_year=1766,
        discoverers="Henry Cavendish",
        description="A gas. Discovered by Henry Cavendish in 1776.",
    )

    assert doubt_of(doubtful) == "The source's own texts give different years: 1766, 1776."
    assert facts_of(doubtful)["ironium-discovered"]["not_asked"]


def test_points_are_asked_in_degrees_and_sublimation_is_no_melting():
    facts = facts_of(
        element(),
        points=[
            Points(number=26, melting=1811.15, boiling=3134.15),
            Points(number=26, melting=90.0, boiling=80.0, allotrope="red", sublimes=True),
        ],
    )

    assert facts["iron-melting-point"]["amount_text"] == "1538"
    assert len([slug for slug in facts if slug.endswith("-point")]) == 2


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("Greek: lithos (stone).", "Greek lithos (stone)"),
        ("Named in honor of Niels Bohr", "Niels Bohr"),
        ("Medieval Latin: sodanum, (headache remedy); symbol from Latin natrium.",
         "Medieval Latin sodanum (headache remedy)"),
    ],
)  # fmt: skip
def test_origin_is_a_short_phrase(text, origin):
    assert origin_of(element(name="Testium", name_origin=text)) == origin


def test_unknown_spelling_of_a_discoverer_is_an_error_that_says_what_to_do():
    with pytest.raises(ValueError, match="add who that is"):
        facts_of(element(name="Testium", discoverers="J. Doe", discovery_year=1900))


def test_pairs_of_discoverers_are_told_apart():
    assert discoverers(element(discoverers="Pierre and Marie Curie")) == [
        "Pierre Curie",
        "Marie Curie",
    ]


def test_committed_fixture_is_what_the_package_gives():
    pytest.importorskip("mendeleev")

    assert FIXTURE.read_text(encoding="utf-8") == rendered(read_package())


def test_committed_fixture_has_over_800_facts_of_every_measure():
    text = FIXTURE.read_text(encoding="utf-8")
    measures = Counter(
        measure for measure in MEASURES for _ in range(text.count(f"measure:\n    - {measure}\n"))
    )

    assert text.count("- model: quiz.fact\n") >= 800
    assert all(measures[measure] > 60 for measure in MEASURES)


MEASURES = (
    "chemical-symbol",
    "atomic-number",
    "element-of-number",
    "discovery-year",
    "discoverer",
    "name-origin",
    "atomic-weight",
    "melting-point",
    "boiling-point",
)
