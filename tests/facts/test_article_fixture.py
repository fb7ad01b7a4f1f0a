"""The fact base of the article: whole, in our own words, its names and its grave facts."""

import re
from collections import Counter

import pytest
from django.core.management import call_command

from quiz.facts.models import Entity, Fact, Source, Thread, Topic
from tests.facts.article import ENTITIES, FACTS, PATH, TOPIC

LOADED = re.compile(r"\b(elite|heroic|fake|terrorist|slave-like|coup|holy war)\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”")


@pytest.fixture
def loaded(db):
    call_command("loaddata", str(PATH), verbosity=0)
    return Topic.objects.get(slug=TOPIC)


def outside_quotes(text):
    return QUOTED.sub("", text)


def test_the_fixture_loads_whole(loaded):
    assert Fact.objects.filter(topic=loaded).count() == len(FACTS) >= 220
    assert Entity.objects.filter(topic=loaded).count() == len(ENTITIES) >= 120
    assert set(Fact.objects.values_list("kind", flat=True)) == set(Fact.Kind.values)
    assert not Fact.objects.filter(status="unverified").exists()


def test_loading_it_twice_changes_nothing(loaded):
    before = list(Fact.objects.order_by("pk").values())
    call_command("loaddata", str(PATH), verbosity=0)
    assert list(Fact.objects.order_by("pk").values()) == before


def test_check_facts_finds_nothing_to_say_against_it(db, capsys):
    call_command("check_facts", str(PATH))


def test_every_thread_has_a_reading_and_core_facts(loaded):
    titles = list(Thread.objects.order_by("position").values_list("title", flat=True))
    assert titles == ["Recognition", "Arms", "Troops", "Kursk", "Labor", "Reactions"]
    for thread in Thread.objects.all():
        assert 80 <= len(thread.reading.split()) <= 150, thread
        assert thread.facts.filter(importance=1).exists(), thread
    assert 35 <= Fact.objects.filter(importance=1).count() <= 50


def test_the_text_of_the_article_is_not_stored(loaded):
    source = Source.objects.get()
    assert source.text == ""
    assert re.fullmatch(r"[0-9a-f]{64}", source.text_sha256)


def test_every_section_of_the_article_is_cited():
    locators = [row["locator"] for fact in FACTS.values() for row in fact["citations"]]
    assert all(re.fullmatch(r"[A-Z][\w: -]+, paragraph \d", text) for text in locators)
    sections = {text.rsplit(", ", 1)[0] for text in locators}
    assert len(sections) == 14
    places = Counter(locators)
    for section, last in [
        ("Diplomatic support for Russia", 4),
        ("Arms deliveries to Russia", 3),
        ("Deployment of North Korean soldiers to Russia", 6),
        ("Kursk campaign", 7),
        ("North Korean labor", 2),
        ("International reactions: Russia", 3),
    ]:
        for number in range(1, last + 1):
            assert places[f"{section}, paragraph {number}"], (section, number)


@pytest.mark.parametrize("slug", FACTS)
def test_a_fact_has_one_marked_answer_and_a_question_or_a_reason(slug):
    fact = FACTS[slug]
    assert len(re.findall(r"\[\[.+?\]\]", fact["sentence"])) == 1
    assert fact["stem"].endswith("?") if "stem" in fact else fact["not_asked"]
    assert not re.search(r"\b20\d\d\b", fact["label"])


@pytest.mark.parametrize("slug", FACTS)
def test_loaded_words_stand_in_quotation_marks(slug):
    for field in ("label", "sentence", "stem"):
        text = outside_quotes(FACTS[slug].get(field, ""))
        assert not LOADED.search(text), (field, text)


PROSE = ("label", "sentence", "stem", "occasion", "content", "note", "not_asked")


@pytest.mark.parametrize("slug", FACTS)
def test_apostrophes_and_quotation_marks_are_those_of_print_and_one_name_is_shown(slug):
    fact = FACTS[slug]
    quotes = [row.get("quote", "") for row in fact["citations"]]
    text = " ".join([*(fact.get(field, "") for field in PROSE), *quotes])
    assert not re.search(r"['\"]", text)
    assert "Kim Jong-un" not in text


@pytest.mark.parametrize("slug", [s for s, fact in FACTS.items() if fact.get("verbatim")])
def test_quoted_words_are_held_as_the_article_quotes_them(slug):
    fact = FACTS[slug]
    assert fact["content"] in fact["citations"][0]["quote"]


@pytest.mark.parametrize(
    "slug", [s for s, entity in ENTITIES.items() if entity["kind"] == "person"]
)
def test_a_person_has_a_surname_an_office_and_a_note(slug):
    person = ENTITIES[slug]
    surnames = [row["text"] for row in person["names"] if row["kind"] == "surname"]
    assert surnames
    assert any(name in person["name"].split() for name in surnames)
    assert person["note"]
    assert person["roles"]


GRAVE_MEASURES = {
    "soldiers-killed",
    "soldiers-wounded",
    "casualties-total",
    "first-prisoners",
    "workers-sent-2024",
    "workers-planned-2025",
    "laborers-at-frontlines",
}


def test_facts_of_the_killed_the_wounded_the_captured_and_of_forced_labor_are_grave():
    measures = {
        fact["measure"][0] for fact in FACTS.values() if fact.get("grave") and "measure" in fact
    }
    assert measures == GRAVE_MEASURES
    for slug, fact in FACTS.items():
        if fact.get("measure", [""])[0] in GRAVE_MEASURES:
            assert fact["grave"] is True, slug
    words = re.compile(r"killed|wounded|captur|prisoner|slave-like", re.IGNORECASE)
    for slug, fact in FACTS.items():
        if words.search(fact["sentence"]):
            assert fact.get("grave"), slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nis", "south-korean-intelligence"),
        ("hur", "diu"),
        ("un-sanctions", "international-sanctions"),
        ("north-korean-government", "north-korean-leadership"),
    ],
)
def test_names_that_may_mean_one_entity_are_linked(one, other):
    assert ENTITIES[other]["maybe_same_as"] == [one]


def test_similar_names_stay_apart():
    assert ENTITIES["kursk"]["part_of"] == ["kursk-oblast"]
    assert ENTITIES["kursk-campaign"]["kind"] == "event"
    names = {row["text"] for row in ENTITIES["kursk-oblast"]["names"]}
    assert "Kursk" not in names
    for slug in ("kim-jong-un", "kim-yong-bok"):
        assert {"Kim"} <= {row["text"] for row in ENTITIES[slug]["names"]}


@pytest.mark.parametrize(
    ("slug", "spelling"),
    [
        ("volodymyr-zelenskyy", "Volodymyr Zelensky"),
        ("kim-jong-un", "Kim Jong-un"),
        ("luhansk-peoples-republic", "Lugansk People’s Republic"),
        ("kyiv", "Kiev"),
    ],
)
def test_other_spellings_are_names_of_one_entity(slug, spelling):
    assert spelling in {row["text"] for row in ENTITIES[slug]["names"]}
