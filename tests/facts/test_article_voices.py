"""Who says what in the article: chains, quoted words, labor, confirmations and denials."""

import re

import pytest
from django.core.management import call_command

from quiz.facts.models import Fact
from tests.facts.article import FACTS, PATH, TOPIC, voices_of


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


@pytest.mark.parametrize("slug", [s for s, fact in FACTS.items() if fact["kind"] == "statement"])
def test_only_the_speakers_own_words_are_quoted_from_a_statement(slug):
    fact = FACTS[slug]
    if not fact.get("verbatim") and "not_asked" not in fact:
        assert "“" not in fact["sentence"] + fact["content"]


@pytest.mark.parametrize(
    "slug",
    [
        "umierov-skirmishes",
        "gerasimov-words",
        "memorial-dedication",
        "umierov-disguise",
        "storm-corps",
    ],
)
def test_what_the_text_has_lost_or_does_not_ascribe_is_kept_but_not_asked(slug):
    assert FACTS[slug]["not_asked"]
    assert "stem" not in FACTS[slug]


def test_the_assessment_with_lost_words_says_so():
    assert "lost words" in FACTS["storm-corps"]["note"]


# One row a link: who confirms or denies, and all of what other fact. A row more or less is a
# reading of the article that has changed.
LINKS = [
    ("words-fake-news", "denies", "nis-sending"),
    ("north-korea-confirms", "confirms", "nis-sending"),
    ("north-korea-confirms", "confirms", "gerasimov-confirms"),
    ("troops-confirmed-by-north-korea", "confirms", "nis-sending"),
    ("governments-acknowledge", "confirms", "gerasimov-confirms"),
    ("putin-thanks", "confirms", "nis-sending"),
    ("prisoners-origin", "confirms", "first-prisoners"),
]


def test_denials_and_confirmations_are_linked_to_what_they_concern():
    found = {
        (slug, row["kind"], row["to"][1])
        for slug, fact in FACTS.items()
        for row in fact.get("links", ())
    }
    assert found == set(LINKS)


def test_evidence_that_one_voice_claims_is_neither_confirmed_nor_denied():
    for fact in FACTS.values():
        assert all(row["to"][1] != "nato-evidence" for row in fact.get("links", ()))


def test_no_figure_is_confirmed_by_those_who_only_confirm_that_troops_were_sent():
    for fact in FACTS.values():
        for row in fact.get("links", ()):
            to = FACTS[row["to"][1]]
            assert to["kind"] != "figure" or row["to"][1] == "first-prisoners"


# Said alike by several: what one of them said would not be surely wrong beside another.
SAID_ALIKE = {
    "soldiers-on-russias-side": {
        "nato-evidence",
        "nis-sending",
        "north-korea-confirms",
        "gerasimov-confirms",
    },
    "soldiers-in-kursk": {"border-arrival-reported", "first-arrival-claimed"},
    "first-clash": {"first-clash", "umierov-skirmishes"},
    "benefit-of-taking-part": {"wi-beneficial", "atlantic-experience", "zelenskyy-experience"},
    "weight-of-the-deployment": {
        "words-significant-escalation",
        "rutte-risks",
        "rutte-dynamics",
        "rutte-areas",
        "baerbock-aggravates",
        "austin-concern",
        "guterres-warning",
        "kyslytsia-threat",
        "new-dimension",
    },
}


def test_what_several_say_is_one_measure_so_that_none_lends_its_words_to_another():
    found = {}
    for slug, fact in FACTS.items():
        if fact["kind"] == "statement" and "measure" in fact:
            found.setdefault(fact["measure"][0], set()).add(slug)
    assert found == SAID_ALIKE
    for slugs in found.values():
        assert len({FACTS[slug]["subject"][0] for slug in slugs}) == 1


def test_two_memorials_are_announcements_for_two_cities():
    assert FACTS["monument-city"]["answers"] == [["pyongyang"]]
    assert FACTS["memorial-city"]["answers"] == [["kursk"]]
    for slug in ("monument-city", "memorial-city"):
        assert FACTS[slug]["mode"] == "announced"
        assert "nnounc" in FACTS[slug]["note"]


def test_both_sides_came_to_agree_and_the_losses_stay_contested(db):
    call_command("loaddata", str(PATH), verbosity=0)
    agreed = Fact.objects.filter(status="agreed").values_list("slug", flat=True)
    assert set(agreed) == {"nis-sending"}
    contested = Fact.objects.filter(status="contested").values_list("slug", flat=True)
    assert set(contested) == {"killed-south-korea", "killed-western"}
