"""A changed entity reaches every question of the topics that know it, not only those about it."""

import pytest
from django.urls import reverse

from quiz.facts.entities import add_alias, settle_entity, topics_knowing
from quiz.facts.models import Entity, EntityRole, TopicSide
from quiz.questions.actions import generate_questions
from quiz.questions.models import QuestionVersion
from tests.corrections.test_fact_admin import filled
from tests.corrections.tides import NOW, made_anew
from tests.factories import EntityFactory, FactFactory, SourceFactory, TopicFactory, UserFactory
from tests.synthetic import make_base
from tests.synthetic_rows import store_base

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    topic = store_base(make_base(40, seed=19))
    generate_questions(topic=topic, now=NOW)
    return topic


def come(topic):
    """Somebody of whom no fact speaks, but who would do for a wrong option."""
    person = EntityFactory(topic=topic, slug="wilma", kind=Entity.Kind.PERSON, name="Wilma Quade")
    TopicSide.objects.create(topic=topic, entity=person, side="left")
    return person


@pytest.fixture
def stranger(topic):
    person = come(topic)
    generate_questions(topic=topic, now=NOW)
    return person


def shown(text):
    served = QuestionVersion.objects.served()
    return [row for row in served if any(one["text"] == text for one in row.options)]


def assert_all_is_made(topic):
    assert not made_anew(topic)
    assert not QuestionVersion.objects.filter(state="stale").exists()


def test_who_comes_to_a_topic_may_be_a_wrong_option_at_once(
    topic, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        settle_entity(come(topic), now=NOW)
    assert shown("Wilma Quade")
    assert_all_is_made(topic)


def test_a_wrong_option_takes_its_new_name(topic, stranger, django_capture_on_commit_callbacks):
    assert shown("Wilma Quade")
    with django_capture_on_commit_callbacks(execute=True):
        Entity.objects.filter(pk=stranger.pk).update(name="Wilma Quade-Orr")
        settle_entity(stranger, now=NOW)
    assert not shown("Wilma Quade")
    assert shown("Wilma Quade-Orr")
    assert_all_is_made(topic)


def test_who_may_be_the_right_one_is_no_wrong_option_from_the_commit_on(topic, stranger):
    version = shown("Wilma Quade")[0]
    right = next(one["text"] for one in version.options if one["right"])
    stranger.maybe_same_as = Entity.objects.get(name=right)
    stranger.save()
    settle_entity(stranger, now=NOW)
    assert not QuestionVersion.objects.served().filter(pk=version.pk).exists()


def test_a_strangers_new_name_is_known_where_it_could_be_typed(
    topic, stranger, django_capture_on_commit_callbacks
):
    typed = QuestionVersion.objects.served().filter(question__form="typed", expected__type="name")
    version = typed.filter(question__facet="speaker").first()
    name = version.expected["shown"]
    with django_capture_on_commit_callbacks(execute=True):
        add_alias(
            entity=stranger, text=f"Quuz {name.split()[0]}", kind="short", accept=True, now=NOW
        )
    current = typed.get(question=version.question)
    assert stranger.slug in {other["key"] for other in current.expected["others"]}
    assert_all_is_made(topic)


def test_a_topic_knows_whom_it_refers_to_and_what_these_belong_to():
    topics = [TopicFactory(slug=f"topic-{n}") for n in range(7)]
    body, part, holder = EntityFactory(topic=topics[0]), EntityFactory(), EntityFactory()
    Entity.objects.filter(pk=part.pk).update(part_of=body)
    EntityRole.objects.create(entity=holder, role="head", of=body)
    FactFactory(topic=topics[1], subject=body)
    FactFactory(topic=topics[2]).answers.create(n=0, entity=part)
    FactFactory(topic=topics[3]).voices.create(n=0, entity=holder)
    TopicSide.objects.create(topic=topics[4], entity=body, side="north")
    FactFactory(topic=topics[5]).citations.create(source=SourceFactory(publisher=body))
    assert topics_knowing(body) == {topic.pk for topic in topics[:6]}


@pytest.mark.parametrize("act", ["change", "delete"])
def test_the_admin_makes_all_anew_that_may_show_the_entity(
    topic, stranger, act, client, django_capture_on_commit_callbacks
):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    url = reverse(f"admin:quiz_entity_{act}", args=[stranger.pk])
    if act == "change":
        data = filled(client, url, name="Wilma Orr")
    else:
        stranger.sides.all().delete()  # who is on a side is kept
        data = {"post": "yes"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, data).status_code == 302
    assert not shown("Wilma Quade")
    assert bool(shown("Wilma Orr")) == (act == "change")
    assert_all_is_made(topic)


def test_a_side_taken_in_the_admin_bears_on_all_questions(
    topic, stranger, client, django_capture_on_commit_callbacks
):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    url = reverse("admin:quiz_topicside_delete", args=[stranger.sides.get().pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, {"post": "yes"}).status_code == 302
    assert not shown("Wilma Quade")
    assert_all_is_made(topic)
