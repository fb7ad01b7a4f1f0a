"""The strip of what is known, beside dates that are open at one end."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from quiz.facts.dates import parse_edtf
from quiz.learning.models import Memory
from quiz.learning.timeline import strip_of
from tests.factories import FactFactory, GuestFactory, SourceFactory, UserFactory

pytestmark = pytest.mark.django_db


def dated(topic, text, **extra):
    value = parse_edtf(text)
    return FactFactory(
        topic=topic,
        kind="date",
        when_edtf=text,
        when_reading=value.reading,
        when_first_day=value.first_day,
        when_last_day=value.last_day,
        when_precision=value.precision,
        ask_precision="month",
        **extra,
    )


def known(fact):
    learner = GuestFactory()
    Memory.objects.create(
        learner=learner, fact=fact, facet="date", topic=fact.topic, last_rating=3, rated=1
    )
    return learner


def test_a_date_open_at_one_end_does_not_stretch_the_strip(topic):
    fact = dated(topic, "2024-11")
    dated(topic, "../2024-10-31")
    dated(topic, "2025-04/..")
    dated(topic, "2025-01-05")
    strip = strip_of(known(fact), topic)
    assert (strip.first_year, strip.last_year, strip.waiting) == ("2024", "2025", 3)


def test_where_every_date_is_open_there_is_no_strip(topic):
    fact = dated(topic, "../2024-10-31")
    assert strip_of(known(fact), topic) is None


def reported(topic, reported_on, **extra):
    fact = FactFactory(topic=topic, **extra)
    fact.citations.create(source=SourceFactory(), locator="1", reported_on=reported_on)
    return fact


def shapes(strip):
    return [(mark.shape, mark.event.when) for mark in strip.marks]


def test_a_known_fact_with_no_date_but_its_reports_is_a_hollow_flag(topic):
    fact = dated(topic, "2024-11")
    learner = known(fact)
    told = reported(topic, "2025-02-19", label="A claim")
    reported(topic, "2025-11", label="Not known yet")
    for facet in ("content", "speaker"):
        Memory.objects.create(
            learner=learner, fact=told, facet=facet, topic=topic, last_rating=2, rated=1
        )
    strip = strip_of(learner, topic)
    assert shapes(strip) == [
        ("bar", "November 2024"), ("flag", "reported 19\N{NO-BREAK SPACE}February 2025"),
    ]  # fmt: skip
    assert (strip.waiting, strip.last_year, strip.has_reports) == (1, "2025", True)


def test_a_report_of_what_was_missed_or_has_a_date_of_its_own_is_none(topic):
    fact = dated(topic, "2024-11")
    fact.citations.create(source=SourceFactory(), locator="1", reported_on="2025-01")
    learner = known(fact)
    missed = reported(topic, "2025-02")
    Memory.objects.create(
        learner=learner, fact=missed, facet="content", topic=topic, last_rating=1, rated=1
    )
    assert shapes(strip_of(learner, topic)) == [("bar", "November 2024")]


def test_reports_alone_make_a_strip(topic):
    fact = reported(topic, "2025-02")
    learner = GuestFactory()
    Memory.objects.create(
        learner=learner, fact=fact, facet="content", topic=topic, last_rating=3, rated=1
    )
    assert shapes(strip_of(learner, topic)) == [("flag", "reported February 2025")]


def test_the_page_says_what_a_flag_is_and_lists_it(topic, client):
    fact = reported(topic, "2025-02", label="A claim about Kursk")
    learner = UserFactory()
    Memory.objects.create(
        learner=learner, fact=fact, facet="content", topic=topic, last_rating=3, rated=1,
        last_day=date(2026, 3, 2),
    )  # fmt: skip
    client.force_login(learner)
    page = client.get(reverse("quiz:review-today")).content.decode()
    assert "A hollow flag is the date of a report" in page
    assert "<b>Reported February 2025</b>: A claim about Kursk" in page


@pytest.mark.parametrize(
    ("status", "mode", "word"),
    [
        ("reported", "told", ""),
        ("claimed", "claimed", "Unconfirmed"),
        ("contested", "told", "Voices differ"),
    ],
)
def test_a_claim_is_no_bare_event(topic, status, mode, word):
    fact = dated(topic, "2024-11", status=status, mode=mode, label="Soldiers arrive")
    strip = strip_of(known(fact), topic)
    assert [mark.event.standing for mark in strip.marks] == [word]
    page = render_to_string("learning/_strip.html", {"strip": strip})
    assert f"Soldiers arrive{f' ({word.lower()})' if word else ''}</title>" in page
    assert (f'<span class="meta">· {word}</span>' in page) == bool(word)
