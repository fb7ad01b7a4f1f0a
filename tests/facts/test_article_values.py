"""The article's figures keep their bounds, its dates their precision."""

from collections import Counter

import pytest
from django.core.management import call_command

from quiz.facts.models import Fact, Measure
from tests.facts.article import FACTS, PATH, voices_of

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
def test_measures_easily_confused_form_a_family_about_one_subject(db, family, size):
    call_command("loaddata", str(PATH), verbosity=0)
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
