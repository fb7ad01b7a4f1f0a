"""The fact base of the article: complete, in our own words, with its traps modelled."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from quiz.facts.models import Entity, Fact, Measure, Source, Thread, Topic
from quiz.facts.yaml import read

TOPIC = "north-korea-ukraine"
PATH = Path(__file__).parents[2] / "fixtures" / f"{TOPIC}.yaml"
RECORDS = read(PATH.read_text(encoding="utf-8"))
FACTS = {record.fields["slug"]: record.fields for record in RECORDS if record.model == "quiz.fact"}
ENTITIES = {
    record.fields["slug"]: record.fields for record in RECORDS if record.model == "quiz.entity"
}
LOADED = re.compile(r"\b(elite|heroic|fake|terrorist|slave-like|coup|holy war)\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”")


def outside_quotes(text):
    return QUOTED.sub("", text)


def voices_of(slug):
    rows = FACTS[slug].get("voices", ())
    return [row["entity"][0] if "entity" in row else row["label"] for row in rows]


def said_on(slug, n=0):
    return FACTS[slug]["voices"][n].get("said_on_edtf", "")


@pytest.fixture
def loaded(db):
    call_command("loaddata", str(PATH), verbosity=0)
    return Topic.objects.get(slug=TOPIC)


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


# One row a figure: its measure, its amount, its bound, the source's own word, who says so.
FIGURES = [
    ("shell-failure-rate", "50", "up_to", "up to", ["ukraine"]),
    ("shells-total", "12 million", "exactly", None, ["cfr"]),
    (
        "shells-and-missiles",
        "3 million",
        "exactly",
        None,
        ["us-intelligence", "volodymyr-zelenskyy"],
    ),
    ("howitzers-delivered", "50", "nearly", "almost", []),
    ("missile-systems-delivered", "20", "about", "around", []),
    ("sent-for-training", "1,500", "about", "around", ["nis"]),
    ("arrived-kursk-border", "10,000", "about", "about", ["us-defense-department"]),
    ("brigades-planned", "5", "at_least", "at least", ["ukraine"]),
    ("soldiers-per-brigade", "2,000–3,000", "range", None, ["ukraine"]),
    ("barracks-distance", "50", "about", "about", []),
    ("monthly-salary", "2,000", "about", "around", ["south-korean-intelligence"]),
    ("first-prisoners", "2", "exactly", None, ["ukraine"]),
    ("killed-south-korea", "300", "exactly", None, ["south-korean-intelligence"]),
    ("wounded-south-korea", "2,700", "nearly", "almost", ["south-korean-intelligence"]),
    ("killed-western", "1,000", "exactly", None, ["western-officials", "bbc"]),
    ("casualties-western", "4,000", "exactly", None, ["western-officials", "bbc"]),
    ("deminers-announced", "1,000", "exactly", None, ["sergei-shoigu"]),
    ("rebuilders-announced", "5,000", "exactly", None, ["sergei-shoigu"]),
    ("workers-sent-2024", "10,000", "over", "more than", ["bbc"]),
    (
        "workers-planned-2025",
        "50,000",
        "up_to",
        "as many as",
        ["south-korean-intelligence-official", "bbc"],
    ),
    ("laborers-at-frontlines", "30,000", "exactly", None, ["modern-war-institute"]),
]


@pytest.mark.parametrize(("slug", "amount", "qualifier", "hedge", "voices"), FIGURES)
def test_a_figure_keeps_its_bound_its_hedge_and_its_voice(slug, amount, qualifier, hedge, voices):
    fact = FACTS[slug]
    assert fact["amount_text"] == amount
    assert fact["qualifier"] == qualifier
    assert fact.get("hedge_text") == hedge
    assert voices_of(slug) == voices


@pytest.mark.parametrize(
    "slug", ["shells-yearly-capacity", "troops-decided", "officers-decided", "generals-decided"]
)
def test_an_estimate_nobody_is_named_for_says_so(slug):
    assert all("does not name" in name for name in voices_of(slug))


@pytest.mark.parametrize(
    ("slug", "speaker"),
    [
        ("workers-sent-2024", "bbc"),
        ("workers-sent-year", "bbc"),
        ("workers-sector", "bbc"),
        ("words-slave-like", "bbc"),
        ("words-in-violation", "bbc"),
        ("sanctions-on-labor", "bbc"),
        ("workers-planned-2025", "south-korean-intelligence-official"),
        ("workers-planned-speaker", "south-korean-intelligence-official"),
        ("laborers-at-frontlines", "modern-war-institute"),
        ("laborers-speaker", "modern-war-institute"),
        ("zelenskyy-labor", "volodymyr-zelenskyy"),
        ("zelenskyy-shortage", "volodymyr-zelenskyy"),
        ("shoigu-says", "sergei-shoigu"),
        ("deminers-announced", "sergei-shoigu"),
        ("rebuilders-announced", "sergei-shoigu"),
    ],
)
def test_each_word_on_labor_has_its_speaker_and_stands_in_its_thread(slug, speaker):
    assert voices_of(slug)[0] == speaker
    assert FACTS[slug]["thread"] == [TOPIC, "labor"]


@pytest.mark.parametrize("slug", [s for s, fact in FACTS.items() if fact.get("voices")])
def test_a_voice_without_a_name_reads_well_after_according_to_and_after_reported_by(slug):
    for row in FACTS[slug]["voices"]:
        label = row.get("label", "the article itself")
        assert label == "the article itself" or label.endswith(" the article does not name")
        assert not re.search(r"\b(estimate|reports?)\b", label)


def test_only_one_quantity_has_rival_figures():
    counts = Counter(
        (fact["measure"][0], fact["subject"][0])
        for fact in FACTS.values()
        if fact["kind"] == "figure"
    )
    rivals = {key: count for key, count in counts.items() if count > 1}
    assert rivals == {("soldiers-killed", "north-korean-soldiers"): 2}


@pytest.mark.parametrize(
    ("family", "size"), [("shells", 3), ("troops", 6), ("losses", 4), ("workers", 5)]
)
def test_measures_easily_confused_form_a_family_about_one_subject(loaded, family, size):
    measures = Measure.objects.filter(family__slug=family)
    assert measures.count() >= size
    subjects = set(Fact.objects.filter(measure__in=measures).values_list("subject", flat=True))
    assert len(subjects) == 1


# One row a date: what is known, and at which precision it is asked.
DATES = [
    ("involved-since", "2022", "year"),
    ("crimea-recognized", "2017", "year"),
    ("republics-recognized", "2022-07", "month"),
    ("relations-severed", "2022", "year"),
    ("personnel-sent", "2024-23", "year"),
    ("heavy-weapons-delivered", "2024-11-11~/2024-11-20~", "month"),
    ("first-arrival-kursk", "2024-10-25", "month"),
    ("nato-claims-date", "2024-10", "month"),
    ("fake-news-day", "../2024-10-24", None),
    ("campaign-ended", "../2025-04-26", None),
    ("workers-sent-year", "2024", "year"),
    ("first-clash-day", "../2024-11-05", None),
    ("first-capture-day", "../2025-01-11", None),
    ("putin-press-conference", "2024-10-24", "month"),
    ("rutte-escalation-date", "2024-10-28", "month"),
    ("choe-meets-lavrov", "2024-11-01", "month"),
    ("choe-meets-putin", "2024-11-04", "month"),
    ("baerbock-in-kyiv", "2024-11-04", "month"),
    ("agreement-approved", "2024-11-06", "month"),
    ("yoon-suggests-date", "2024-11-07", "month"),
    ("first-capture-announced", "2025-01-11", "month"),
    ("governments-acknowledge", "2025-04", "month"),
    ("gerasimov-confirms-date", "2025-04-26", "month"),
    ("troops-confirmed-by-north-korea", "2025-04-28", "month"),
    ("monument-announced", "2025-04", "month"),
    ("shoigu-announces", "2025-06", "month"),
    ("putin-thanks", "2025-09", "month"),
    ("memorial-announced", "2025-12", "month"),
]


def test_every_dated_event_is_in_the_table():
    known = {
        (slug, fact["when_edtf"], fact.get("ask_precision"))
        for slug, fact in FACTS.items()
        if fact["kind"] == "date"
    }
    assert known == set(DATES)


@pytest.mark.parametrize("slug", ["personnel-sent", "heavy-weapons-delivered"])
def test_a_season_and_a_part_of_a_month_are_windows(slug):
    assert FACTS[slug]["when_reading"] == "window"


@pytest.mark.parametrize(
    ("slug", "edtf"), [("first-clash-day", "../2024-11-05"), ("first-capture-day", "../2025-01-11")]
)
def test_where_only_the_report_has_a_day_it_is_no_more_than_a_bound(slug, edtf):
    fact = FACTS[slug]
    assert (fact["when_edtf"], fact["when_reading"]) == (edtf, "before")
    assert fact["citations"][0]["reported_on"] == edtf.removeprefix("../")


@pytest.mark.parametrize("slug", ["fake-news-day", "campaign-ended"])
def test_what_the_article_only_puts_before_something_else_has_no_day_of_its_own(slug):
    fact = FACTS[slug]
    assert fact["when_reading"] == "before"
    assert "day" in fact["note"]
    assert "ask_precision" not in fact


@pytest.mark.parametrize(
    ("slug", "reported"),
    [
        ("first-clash", "2024-11-05"),
        ("first-clash-region", "2024-11-05"),
        ("south-koreans-claimed", "2025-02-19"),
        ("artillery-cover", "2025-02-19"),
        ("shells-total", "2025-11"),
        ("shells-reporter", "2025-11"),
        ("nis-sending", "2024-10"),
        ("drones-recon", "2025-10"),
        ("zaporizhzhia-claim", "2025-11"),
        ("diu-border", "2026-02-04"),
    ],
)
def test_the_day_of_a_report_is_not_the_day_of_an_event(slug, reported):
    fact = FACTS[slug]
    assert "when_edtf" not in fact
    assert fact["citations"][0]["reported_on"] == reported


# One row a claim that came through others: from the first speaker to the last before the article.
CHAINS = [
    ("south-koreans-claimed", ["north-korean-commanders", "captured-soldiers", "nhk"]),
    ("artillery-cover", ["captured-soldiers", "nhk"]),
    ("zaporizhzhia-claim", ["pro-war-bloggers", "ukrainian-media"]),
    ("shells-and-missiles", ["us-intelligence", "volodymyr-zelenskyy"]),
    ("workers-planned-2025", ["south-korean-intelligence-official", "bbc"]),
    ("workers-planned-speaker", ["south-korean-intelligence-official", "bbc"]),
    ("killed-western", ["western-officials", "bbc"]),
    ("wi-beneficial", ["wi-sun-lak", "korea-herald"]),
    ("umierov-identify", ["rustem-umierov", "kbs"]),
    ("first-arrival-kursk", ["hur"]),
    ("order-giver", ["choe-son-hui"]),
]


@pytest.mark.parametrize(("slug", "chain"), CHAINS)
def test_a_relayed_claim_keeps_its_chain(slug, chain):
    assert voices_of(slug) == chain


WORDS = [
    ("holy war", "choe-son-hui"),
    ("tough response", "antony-blinken"),
    ("significant escalation", "mark-rutte"),
    ("heroic", "vladimir-putin"),
    ("coup", "vladimir-putin"),
    ("terrorist", "volodymyr-zelenskyy"),
    ("fake news", "russia"),
    ("slave-like conditions", "bbc"),
]


@pytest.mark.parametrize(("words", "speaker"), WORDS)
def test_quoted_words_have_their_speaker(words, speaker):
    slugs = [s for s, fact in FACTS.items() if fact.get("verbatim") and fact["content"] == words]
    assert [voices_of(slug) for slug in slugs] == [[speaker]]


@pytest.mark.parametrize(
    "slug", ["umierov-skirmishes", "gerasimov-words", "memorial-dedication", "umierov-disguise"]
)
def test_what_the_text_has_lost_or_does_not_ascribe_is_kept_but_not_asked(slug):
    assert FACTS[slug]["not_asked"]
    assert "stem" not in FACTS[slug]


def test_the_assessment_with_lost_words_says_so():
    assert "lost words" in FACTS["storm-corps"]["note"]


@pytest.mark.parametrize(
    ("slug", "kind", "to"),
    [
        ("words-fake-news", "denies", "nato-evidence"),
        ("gerasimov-confirms", "confirms", "nato-evidence"),
        ("troops-confirmed-by-north-korea", "confirms", "nato-evidence"),
        ("words-fake-news", "denies", "nis-sending"),
        ("north-korea-confirms", "confirms", "nato-evidence"),
        ("north-korea-confirms", "confirms", "nis-sending"),
        ("governments-acknowledge", "confirms", "nato-evidence"),
        ("putin-thanks", "confirms", "nato-evidence"),
        ("memorial-said", "confirms", "rutte-region"),
        ("prisoners-origin", "confirms", "first-prisoners"),
    ],
)
def test_denial_and_confirmation_are_linked_to_what_they_concern(slug, kind, to):
    assert {"to": [TOPIC, to], "kind": kind} in FACTS[slug]["links"]


def test_no_link_is_without_a_row_above():
    """A link says more than a sentence does: each was read in the article."""
    links = {
        (slug, row["kind"], row["to"][1])
        for slug, fact in FACTS.items()
        for row in fact.get("links", ())
    }
    assert len(links) == 11


def test_no_figure_is_confirmed_by_those_who_only_confirm_that_troops_were_sent():
    for fact in FACTS.values():
        for row in fact.get("links", ()):
            to = FACTS[row["to"][1]]
            assert to["kind"] != "figure" or row["to"][1] == "first-prisoners"


def test_what_several_say_is_one_measure_so_that_none_lends_its_words_to_another():
    several = {s for s, fact in FACTS.items() if fact.get("measure") == ["sending-of-soldiers"]}
    assert several == {"nato-evidence", "nis-sending", "north-korea-confirms"}
    assert len({FACTS[slug]["subject"][0] for slug in several}) == 1


def test_two_memorials_are_announcements_for_two_cities():
    assert FACTS["monument-city"]["answers"] == [["pyongyang"]]
    assert FACTS["memorial-city"]["answers"] == [["kursk"]]
    for slug in ("monument-city", "memorial-city"):
        assert FACTS[slug]["mode"] == "announced"
        assert "nnounc" in FACTS[slug]["note"]


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
        ("luhansk-peoples-republic", "Lugansk People's Republic"),
        ("kyiv", "Kiev"),
    ],
)
def test_other_spellings_are_names_of_one_entity(slug, spelling):
    assert spelling in {row["text"] for row in ENTITIES[slug]["names"]}


def test_both_sides_came_to_agree_and_the_losses_stay_contested(loaded):
    agreed = Fact.objects.filter(status="agreed").values_list("slug", flat=True)
    assert set(agreed) == {"nato-evidence", "nis-sending", "rutte-region"}
    contested = Fact.objects.filter(status="contested").values_list("slug", flat=True)
    assert set(contested) == {"killed-south-korea", "killed-western"}
