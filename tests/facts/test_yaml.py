import pytest
from django.core import serializers
from django.core.serializers.base import DeserializationError

from quiz.facts.children import as_key, flattened, nearest
from quiz.facts.models import Entity, EntityName
from quiz.facts.yaml import read
from tests.factories import EntityFactory

TEXT = """
- model: quiz.thing
  fields:
    year: 2017
    month: 2024-11
    day: 2024-11-04
    number: 12.50
    no: No
    on: On
    yes: yes
    grave: true
    quoted: "true"
    nothing:
    none: null
    octal: 010
    time: 12:30:45
"""


def test_nothing_but_true_false_and_null_is_converted():
    fields = read(TEXT)[0].fields

    assert fields == {
        "year": "2017", "month": "2024-11", "day": "2024-11-04", "number": "12.50", "no": "No",
        "on": "On", "yes": "yes", "grave": True, "quoted": "true", "nothing": None, "none": None,
        "octal": "010", "time": "12:30:45",
    }  # fmt: skip


def test_records_know_their_lines():
    records = read("# A comment\n\n- model: a.b\n  fields: {}\n- model: a.c\n  fields: {}\n")

    assert [(record.number, record.line) for record in records] == [(1, 3), (2, 5)]


def test_children_become_records_of_their_own_after_their_parent():
    value = {
        "model": "quiz.fact",
        "fields": {
            "topic": ["tides"],
            "slug": "opened",
            "answers": ["kursk", ["moscow"]],
            "links": [{"to": ["tides", "other"], "kind": "denies"}],
        },
    }

    parent, *children = flattened([value])

    assert parent == {"model": "quiz.fact", "fields": {"topic": ["tides"], "slug": "opened"}}
    assert [child["fields"] for child in children] == [
        {"fact": ["tides", "opened"], "entity": "kursk", "n": 0},
        {"fact": ["tides", "opened"], "entity": ["moscow"], "n": 1},
        {"from_fact": ["tides", "opened"], "to_fact": ["tides", "other"], "kind": "denies"},
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "text"),
    [
        (
            "yaml",
            (
                "- model: quiz.entity\n  fields:\n    slug: '1'\n    kind: person\n    name: 2017\n"
                "    names: [{text: No}]\n"
            ),
        ),
        (
            "json",
            (
                '[{"model": "quiz.entity", "fields": {"slug": "1", "kind": "person",'
                ' "name": "2017", "names": [{"text": "No"}]}}]'
            ),
        ),
    ],
)
def test_djangos_own_deserializing_takes_the_same_files(form, text):
    for thing in serializers.deserialize(form, text):
        thing.save()

    assert Entity.objects.get().name == "2017"
    assert EntityName.objects.get().text == "No"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["yaml", "json"])
def test_what_is_dumped_can_be_read_again(form):
    EntityFactory(slug="on", name="No")
    text = serializers.serialize(form, Entity.objects.all())

    (thing,) = serializers.deserialize(form, text)

    assert (thing.object.slug, thing.object.name) == ("on", "No")


@pytest.mark.parametrize(("form", "text"), [("yaml", "{"), ("json", "{"), ("yaml", "a: b")])
def test_unreadable_text_is_djangos_own_error(form, text):
    with pytest.raises(DeserializationError):
        list(serializers.deserialize(form, text))


def test_keys_may_be_written_as_one_word():
    assert as_key("kursk") == ("kursk",)
    assert as_key(["a", "b"]) == ("a", "b")
    assert as_key(7) == ()


def test_a_misspelt_word_is_met_by_the_nearest():
    assert nearest("qualifer", ["qualifier", "kind"]) == "did you mean “qualifier”?"
    assert nearest("zzz", ["qualifier", "kind"]) == ""
