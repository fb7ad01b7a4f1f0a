import pytest
from django.db import IntegrityError, transaction

from quiz.facts.models import (
    Citation,
    Entity,
    EntityName,
    EntityRole,
    Fact,
    FactAnswer,
    FactLink,
    FactRevision,
    Measure,
    Source,
    Thread,
    Topic,
    TopicSide,
    Voice,
)
from tests.factories import (
    NOW,
    EntityFactory,
    FactFactory,
    SourceFactory,
    ThreadFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def refused(name, step, *args, **kwargs):
    """The database refuses a step, and the constraint that does is the one that is named."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        step(*args, **kwargs)
    message = str(caught.value)
    assert name in message or "UNIQUE" in message


@pytest.mark.parametrize(
    ("factory", "name"),
    [
        (TopicFactory, "topic_public_slug_is_unique"),
        (EntityFactory, "entity_public_slug_is_unique"),
        (SourceFactory, "source_public_slug_is_unique"),
    ],
)
def test_a_public_slug_is_unique(factory, name):
    factory(slug="tides")

    refused(name, factory, slug="tides")


@pytest.mark.parametrize(
    ("factory", "name"),
    [
        (TopicFactory, "topic_slug_is_unique_for_its_owner"),
        (EntityFactory, "entity_slug_is_unique_for_its_owner"),
        (SourceFactory, "source_slug_is_unique_for_its_owner"),
    ],
)
def test_an_owner_may_take_a_public_slug_but_only_once(factory, name):
    owner = UserFactory()
    factory(slug="tides")
    factory(slug="tides", owner=owner)

    refused(name, factory, slug="tides", owner=owner)


def test_a_thread_is_unique_in_its_topic():
    thread = ThreadFactory()

    refused(
        "thread_slug_is_unique_in_its_topic", ThreadFactory, topic=thread.topic, slug=thread.slug
    )
    ThreadFactory(slug=thread.slug)


def test_an_entity_has_a_name_a_role_and_a_side_once():
    entity, topic = EntityFactory(), TopicFactory()
    EntityName.objects.create(entity=entity, text="NHO")
    EntityRole.objects.create(entity=entity, role="minister", valid_from="2020")
    TopicSide.objects.create(topic=topic, entity=entity, side="east")

    refused(
        "entityname_is_unique_for_its_entity", EntityName.objects.create, entity=entity, text="NHO"
    )
    refused(
        "entityrole_is_said_once",
        EntityRole.objects.create, entity=entity, role="minister", valid_from="2020",
    )  # fmt: skip
    refused(
        "topicside_is_one_for_an_entity",
        TopicSide.objects.create, topic=topic, entity=entity, side="west",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("fact_importance_is_1_to_3", {"importance": 4}),
        ("fact_of_kind_date_has_a_date", {"kind": "date"}),
        ("fact_of_kind_figure_has_amount_qualifier_and_measure", {"kind": "figure"}),
        ("fact_of_kind_statement_has_content", {"kind": "statement"}),
        ("fact_date_ends_after_it_begins", {"when_first_day": 2, "when_last_day": 1}),
        ("fact_amount_bounds_are_in_order", {"amount_low": 2, "amount_high": 1}),
        ("fact_validity_ends_after_it_begins", {"valid_from_day": 2, "valid_to_day": 1}),
    ],
)
def test_a_fact_is_whole_for_its_kind(name, changes):
    refused(name, FactFactory, **changes)


@pytest.mark.parametrize("missing", ["qualifier", "measure", "amount_value"])
def test_a_figure_lacks_nothing(missing):
    measure = Measure.objects.create(slug="ships", counts="ships", unit="ships")
    whole = {"kind": "figure", "qualifier": "exactly", "measure": measure, "amount_value": 12}
    FactFactory(**whole)
    lacking = whole | {missing: "" if missing == "qualifier" else None}

    refused("fact_of_kind_figure_has_amount_qualifier_and_measure", FactFactory, **lacking)


def test_a_fact_is_unique_in_its_topic():
    fact = FactFactory()

    refused(
        "fact_slug_is_unique_in_its_topic",
        FactFactory, topic=fact.topic, thread=fact.thread, slug=fact.slug,
    )  # fmt: skip


def test_answers_and_voices_have_their_own_places():
    fact, entity = FactFactory(), EntityFactory()
    FactAnswer.objects.create(fact=fact, n=0, entity=entity)
    Voice.objects.create(fact=fact, n=0, label="a witness")

    refused(
        "factanswer_place_is_taken_once",
        FactAnswer.objects.create,
        fact=fact,
        n=0,
        entity=EntityFactory(),
    )
    refused(
        "factanswer_entity_is_named_once", FactAnswer.objects.create, fact=fact, n=1, entity=entity
    )
    refused("voice_place_is_taken_once", Voice.objects.create, fact=fact, n=0, label="another")
    refused("voice_is_named", Voice.objects.create, fact=fact, n=1)


def test_links_join_two_facts_once():
    one, two = FactFactory(), FactFactory()
    FactLink.objects.create(from_fact=one, to_fact=two, kind="denies")

    refused(
        "factlink_is_said_once", FactLink.objects.create, from_fact=one, to_fact=two, kind="denies"
    )
    refused(
        "factlink_joins_two_facts",
        FactLink.objects.create,
        from_fact=one,
        to_fact=one,
        kind="denies",
    )


def test_a_citation_is_given_once_and_a_revision_numbered_once():
    fact, source = FactFactory(), SourceFactory()
    Citation.objects.create(fact=fact, source=source, locator="p. 1")
    FactRevision.objects.create(fact=fact, n=1, after={}, change="first", at=NOW)

    refused(
        "citation_is_given_once", Citation.objects.create, fact=fact, source=source, locator="p. 1"
    )
    refused(
        "factrevision_number_is_unique",
        FactRevision.objects.create, fact=fact, n=1, after={}, change="wrong", at=NOW,
    )  # fmt: skip


def test_no_constraint_of_the_room_is_left_untried():
    from pathlib import Path

    models = (
        Topic, Thread, Source, Entity, EntityName, EntityRole, TopicSide, Fact, FactAnswer, Voice,
        FactLink, Citation, FactRevision,
    )  # fmt: skip
    named = {constraint.name for model in models for constraint in model._meta.constraints}
    text = Path(__file__).read_text()

    assert sorted(name for name in named if name not in text) == []
