from datetime import UTC, datetime

import pytest

from quiz.facts.files import File
from quiz.facts.loading import load
from quiz.facts.models import Fact, Topic, TopicSide
from quiz.facts.snapshot import snapshot, snapshot_of
from tests.facts.writing import date_fact, figure, identity, records, statement, write

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def stored(tmp_path, *facts):
    path = write(tmp_path / "tides.json", records(*facts))
    load(files=[File.read(path, "json")], now=NOW)
    return Topic.objects.get(slug="tides")


def test_a_snapshot_holds_what_the_file_said(tmp_path):
    topic = stored(tmp_path, date_fact(), figure(), statement(), identity())

    base = snapshot(topic)

    assert base.facts["tides/opened"].when.edtf == "2022-07"
    amount = base.facts["tides/ships-counted"].amount
    assert (amount.value, amount.qualifier, amount.unit) == (1500, "about", "ships")
    voice = base.facts["tides/warned"].voices[0]
    assert (voice.label, voice.entity) == ("North Harbour Office", "north-harbour")
    assert base.facts["tides/oldest"].answers == ("lighthouse",)
    assert base.entities["north-harbour"].all_names == ("North Harbour Office", "NHO")
    assert base.facts["tides/opened"].citations[0].locator == "Harbour, paragraph 1"


def test_the_number_of_queries_does_not_grow_with_the_facts(
    tmp_path, django_assert_max_num_queries
):
    topic = stored(tmp_path, date_fact(), figure(), statement(), identity())
    with django_assert_max_num_queries(14) as small:
        snapshot(topic)
    many = [
        make(slug=f"{make.__name__}-{n}")
        for make in (date_fact, figure, statement, identity)
        for n in range(40)
    ]
    topic = stored(tmp_path, *many)

    with django_assert_max_num_queries(14) as large:
        base = snapshot(topic)

    assert len(base.facts) == 164
    assert len(large) == len(small)


def test_an_entity_takes_the_side_of_what_it_is_part_of(tmp_path):
    topic = stored(tmp_path, identity(), statement())
    office = Fact.objects.get(slug="warned").voices.get().entity
    TopicSide.objects.create(topic=topic, entity=office, side="east")

    base = snapshot(topic)

    assert base.entities["north-harbour"].side == "east"
    assert base.entities["lighthouse"].side == "east"


def test_a_retracted_fact_is_told_so_whatever_is_stored(tmp_path):
    topic = stored(tmp_path, date_fact())
    Fact.objects.update(retracted_at=NOW)

    assert snapshot(topic).facts["tides/opened"].status == "retracted"


def test_a_part_of_a_topic_can_be_looked_at_alone(tmp_path):
    topic = stored(tmp_path, date_fact(), figure())

    base = snapshot_of(topic, Fact.objects.filter(slug="opened"))

    assert list(base.facts) == ["tides/opened"]
    assert base.measures == {}
