"""Names that no text has: an editor's alias for them changes only what may be typed."""

import pytest

from quiz.facts.columns import compute
from quiz.facts.models import Entity, EntityName, MeasureFamily, Voice
from quiz.facts.unheard import is_unheard
from tests.factories import EntityFactory, FactFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return TopicFactory()


@pytest.fixture
def person(topic):
    return EntityFactory(topic=topic, kind=Entity.Kind.PERSON, name="Ada Lovelace")


def named(entity, text, kind="short"):
    name = EntityName(entity=entity, text=text, kind=kind)
    compute(name)
    name.save()
    return name


def test_a_name_that_stands_nowhere_is_unheard(topic, person):
    FactFactory(topic=topic, sentence="Ada Lovelace wrote [[a note]].")
    assert is_unheard(topic, named(person, "Countess Byron"))
    assert is_unheard(topic, named(person, "Ada Byron King"))


def test_a_name_in_a_text_is_heard(topic, person):
    FactFactory(topic=topic, sentence="A countess wrote [[a note]].")
    FactFactory(topic=topic, note="Lord Byron had a daughter.")
    Voice.objects.create(fact=FactFactory(topic=topic), label="a friend of Ólga")
    MeasureFamily.objects.create(slug="engines", title="Engines", why_they_differ="They do.")
    for text in ("Countess Quux", "Miss Byron", "Olga", "Engines"):
        assert not is_unheard(topic, named(person, text)), text
    assert is_unheard(TopicFactory(slug="another"), named(person, "Lady Byron"))


def test_a_name_without_a_word_of_its_own_is_heard(topic, person):
    assert not is_unheard(topic, named(person, "Lovelace Ada"))
    assert not is_unheard(topic, named(person, "the engineer"))


def test_a_surname_and_a_name_that_somebody_else_has_are_heard(topic, person):
    EntityFactory(topic=topic, name="Gráce Hopper")
    named(EntityFactory(topic=topic, name="Another"), "Amazing Quux")
    assert not is_unheard(topic, named(person, "Quux", EntityName.Kind.SURNAME))
    assert not is_unheard(topic, named(person, "Grace Hopper"))
    assert not is_unheard(topic, named(person, "amazing quux".title()))
