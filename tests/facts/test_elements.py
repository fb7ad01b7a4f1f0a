from collections import Counter
from decimal import Decimal

import pytest
import yaml
from django.conf import settings

from quiz.facts.element_discoveries import discoverers, year_doubt
from quiz.facts.element_names import AT_THE_SAME_TIME, ORGANISATIONS, PEOPLE
from quiz.facts.element_origin_table import NOT_ASKED, ORIGINS
from quiz.facts.element_records import Element, Points, slugify
from quiz.facts.elements import records
from quiz.facts.names import fold
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

    assert year_doubt(doubtful) == "The source’s own texts give different years: 1766, 1776."
    facts = facts_of(doubtful)
    assert facts["ironium-discovered"]["not_asked"]
    assert "not_asked" not in facts["ironium-discoverer"]


def test_weight_is_a_ratio_with_every_digit_of_the_package():
    weight = facts_of(element(weight=173.045, weight_uncertainty=0.01))["iron-weight"]

    assert weight["amount_text"] == "173.045"
    assert weight["sentence"] == "The atomic weight of iron is [[173.045]]."
    assert weight["note"] == "Known to ± 0.010."


def test_weight_without_uncertainty_is_called_conventional():
    weight = facts_of(element(weight=6.94, weight_uncertainty=None))["iron-weight"]

    assert weight["note"] == "A conventional value: the standard gives a range."
    assert "amount_low" not in weight


def test_points_are_asked_in_degrees_and_sublimation_is_no_melting():
    facts = facts_of(
        element(),
        points=[
            Points(number=26, melting=1811.15, boiling=3134.15),
            Points(number=26, melting=90.0, boiling=80.0, allotrope="red", sublimes=True),
        ],
    )

    assert facts["iron-melting-point"]["amount_text"] == "1,538"
    assert len([slug for slug in facts if slug.endswith("-point")]) == 2


def test_form_of_an_element_is_named_where_another_has_another_point():
    facts = facts_of(
        element(number=16, symbol="S", name="Sulfur"),
        points=[
            Points(number=16, melting=368.35, boiling=717.76, allotrope="rhombic", transition=True),
            Points(number=16, melting=388.36, boiling=717.76, allotrope="monoclinic"),
        ],
    )

    melting, boiling = facts["sulfur-melting-point"], facts["sulfur-boiling-point"]
    assert melting["stem"] == "What is the melting point of monoclinic sulfur?"
    assert boiling["stem"] == "What is the boiling point of sulfur?"


@pytest.mark.parametrize(
    ("name", "stem", "sentence"),
    [
        ("Krypton", "What does the Greek word mean that krypton takes its name from?",
         "The name krypton comes from a Greek word that means [[hidden]]."),
        ("Nitrogen", "What do the Greek words mean that nitrogen takes its name from?",
         "The name nitrogen comes from Greek words that mean [[soda forming]]."),
        ("Gallium", "Which place is gallium named after?", "Gallium is named after [[France]]."),
        ("Uranium", "Which planet is uranium named after?",
         "Uranium is named after the planet [[Uranus]]."),
        ("Curium", "Who is curium named after?",
         "Curium is named after [[Pierre Curie and Marie Curie]]."),
        ("Mercury", "Which Roman god is the element with atomic number 26 named after?",
         "The element with atomic number 26 is named after the Roman god [[Mercury]]."),
    ],
)  # fmt: skip
def test_origin_of_a_name_is_asked_by_its_kind(name, stem, sentence):
    told = facts_of(element(name=name))[f"{name.lower()}-name-origin"]

    assert (told["stem"], told["sentence"]) == (stem, sentence)


def test_what_a_learner_would_type_for_an_origin_names_it():
    built = records([element(name=name) for name in ("Krypton", "Thorium", "Tennessine")], (), "1")
    names = {
        name["text"]
        for record in built
        if record["model"] == "quiz.entity"
        for name in record["fields"]["names"]
    }

    assert {"hidden", "kryptos", "Greek kryptos", "Thor", "Tennessee"} <= names


def test_of_two_words_that_mean_the_same_neither_counts_for_the_other():
    built = records([element(name=name) for name in ("Krypton", "Lanthanum")], (), "1")
    (hidden,) = [one["fields"] for one in built if one["fields"].get("slug") == "origin-hidden"]

    assert [name["text"] for name in hidden["names"]] == ["hidden", "to be hidden"]


def test_pluto_is_no_longer_called_a_planet():
    fact = facts_of(element(name="Plutonium"))["plutonium-name-origin"]

    assert fact["stem"] == "Which celestial body is plutonium named after?"
    assert fact["sentence"] == "Plutonium is named after the celestial body [[Pluto]]."


def test_place_stands_behind_what_it_is_part_of():
    built = records([element(name=name) for name in ("Berkelium", "Californium")], (), "1")
    places = [record["fields"] for record in built if record["fields"].get("kind") == "place"]

    assert [place["name"] for place in places] == ["California", "Berkeley"]
    assert places[1]["part_of"] == ["place-california"]


def test_finders_in_two_countries_are_told_apart_and_are_no_rivals():
    facts = facts_of(
        element(
            name="Oxygen",
            discovery_year=1774,
            discoverers="Joseph Priestly, Carl Wilhelm Scheele",
            discovery_location="England/Sweden",
        )
    )

    first, second = facts["oxygen-discoverer-1"], facts["oxygen-discoverer-2"]
    assert first["sentence"] == "In England, oxygen was discovered by [[Joseph Priestley]]."
    assert first["note"] == "The source also names Carl Wilhelm Scheele, in Sweden."
    assert first["measure"] != second["measure"]
    assert first["subject"] == second["subject"]


def test_finders_are_called_independent_only_where_the_package_says_so():
    told = {
        "name": "Beryllium",
        "discoverers": "Fredrich Wöhler, A.A.Bussy",
        "discovery_location": "Germany/France",
    }
    said = facts_of(element(**told, description="Isolated independently by both in 1828."))
    unsaid = facts_of(element(**told))

    assert "independently" in said["beryllium-discoverer-1"]["sentence"]
    assert "independently" not in unsaid["beryllium-discoverer-1"]["sentence"]


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


def package():
    pytest.importorskip("mendeleev")
    from mendeleev.fetch import fetch_table

    return {row["name"].lower(): row for row in fetch_table("elements").to_dict("records")}


def fixture_facts():
    built = yaml.safe_load(FIXTURE.read_text(encoding="utf-8"))
    return {record["fields"]["slug"]: record["fields"] for record in built if is_fact(record)}


def test_every_weight_of_the_fixture_is_the_packages_digit_by_digit():
    facts = fixture_facts()
    weights = {name: row for name, row in package().items() if f"{name}-weight" in facts}

    assert len(weights) == 84
    for name, row in weights.items():
        fact = facts[f"{name}-weight"]
        assert Decimal(fact["amount_text"]) == Decimal(str(row["atomic_weight"])), name
        if "amount_high" in fact:
            off = Decimal(fact["amount_high"]) - Decimal(fact["amount_text"])
            assert off == Decimal(f"{row['atomic_weight_uncertainty']:.1e}"), name


def test_every_point_of_the_fixture_is_the_packages():
    pytest.importorskip("mendeleev")
    from mendeleev.fetch import fetch_table

    names = {row["atomic_number"]: name for name, row in package().items()}
    given = {}
    for row in fetch_table("phasetransitions").to_dict("records"):
        for what in ("melting", "boiling"):
            slug = f"{names[row['atomic_number']]}-{what}-point"
            given.setdefault(slug, set()).add(row[f"{what}_point"])
    facts = {slug: fact for slug, fact in fixture_facts().items() if slug.endswith("-point")}

    for slug, fact in facts.items():
        celsius = float(fact["amount_text"].replace(",", "").replace("\N{MINUS SIGN}", "-"))
        assert any(abs(kelvin - 273.15 - celsius) < 0.00006 for kelvin in given[slug]), slug


def test_every_year_and_finder_of_the_fixture_is_the_packages():
    rows = package()
    spelt = {}
    for spelling, name in (*PEOPLE.items(), *ORGANISATIONS.items()):
        spelt.setdefault(slugify(name), set()).add(spelling)
    for slug, fact in fixture_facts().items():
        row = rows.get(fact["subject"][0]) if fact["subject"] else None
        if slug.endswith("-discovered"):
            assert int(fact["when_edtf"]) == row["discovery_year"], slug
        elif "-discoverer" in slug:
            told = row["discoverers"] + AT_THE_SAME_TIME.get(fact["subject"][0], "")
            for (answer,) in fact["answers"]:
                last = answer.rpartition("-")[2]
                assert last in fold(told) or any(one in told for one in spelt[answer]), slug


# What the package tells in other words: the Curies' first names, "generate" and the like.
REWORDED = {"hydrogen", "scandium", "thulium", "magnesium", "potassium"}


def test_every_origin_stands_in_the_packages_own_texts():
    rows = package()
    for name, origin in ORIGINS.items():
        told = fold(f"{rows[name]['name_origin']} {rows[name]['description']}")
        for answer in origin.answers:
            for part in fold(answer).removeprefix("the ").split():
                assert part[:4] in told or name in REWORDED, (name, part)
        for part in fold(origin.root).split():
            assert part in told, (name, part)


def test_every_origin_can_be_typed_in_three_words():
    for name, origin in ORIGINS.items():
        texts = (*origin.answers, *origin.also_typed)
        assert any(len(text.split()) <= 3 for text in texts), name


def test_origin_known_to_be_wrong_is_kept_with_its_reason():
    facts = fixture_facts()

    for name, reason in NOT_ASKED.items():
        assert facts[f"{name}-name-origin"]["not_asked"] == reason


def test_every_sort_of_meaning_has_enough_for_its_own_wrong_options():
    built = yaml.safe_load(FIXTURE.read_text(encoding="utf-8"))
    named = [record["fields"] for record in built if record["model"] == "quiz.entity"]
    notes = {fields["name"]: fields.get("note", "") for fields in named}
    asked = [one for name, one in ORIGINS.items() if name not in NOT_ASKED]
    sorts = Counter(notes[one.answers[0]] for one in asked if one.after == "word")

    assert set(sorts) == {"a quality", "a doer", "something described", "a thing"}
    assert min(sorts.values()) >= 4
    assert notes["sky blue"] == "a quality"
    assert notes["soda forming"] == "a doer"


def test_committed_fixture_has_over_800_facts_of_every_measure():
    text = FIXTURE.read_text(encoding="utf-8")
    measures = Counter(
        measure for measure in MEASURES for _ in range(text.count(f"measure:\n    - {measure}\n"))
    )

    assert text.count("- model: quiz.fact\n") >= 800
    assert all(measures[measure] > 60 for measure in MEASURES)
    assert text.count("- name-") > 90


MEASURES = (
    "chemical-symbol",
    "atomic-number",
    "element-of-number",
    "discovery-year",
    "discoverer",
    "atomic-weight",
    "melting-point",
    "boiling-point",
)
