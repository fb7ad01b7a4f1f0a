"""The strip of what is known, beside dates that are open at one end."""

import pytest

from quiz.facts.dates import parse_edtf
from quiz.learning.models import Memory
from quiz.learning.timeline import strip_of
from tests.factories import FactFactory, GuestFactory

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
