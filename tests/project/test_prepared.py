"""Rows stored by one written statement are the rows that Django would have stored."""

from datetime import UTC, date, datetime

import pytest
from django.forms.models import model_to_dict

from project.prepared import Insert
from quiz.learning.models import Answer, Memory
from tests.factories import FactFactory, QuestionVersionFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 12, 30, 15, 123456, UTC)


def as_read(row):
    found = model_to_dict(row)
    del found["id"]
    return found


def test_a_memory_with_every_column_filled():
    fact, learner = FactFactory(), UserFactory()
    memory = Memory(
        learner=learner, fact=fact, facet="date", topic=fact.topic, seq=1, stability=0.1 + 0.2,
        difficulty=5.5, last_rated_day=date(2026, 11, 25), last_rating=3, due_at=AT, rated=2,
        lapses=1, recalled_days=4, self_rated_days=5, last_recalled_day=date(2026, 11, 24),
        last_form="cloze-typed", last_day=date(2026, 11, 23), asked_again=True, revision_seen=7,
    )  # fmt: skip
    assert Insert(Memory).store([memory]) == 1
    stored = Memory.objects.get()
    stored_by_statement = as_read(stored)
    stored.delete()
    memory.save(force_insert=True)
    assert as_read(Memory.objects.get()) == stored_by_statement


@pytest.mark.parametrize("sureness", [None, 3])
def test_an_answer_with_what_was_given(sureness):
    answer = Answer(
        learner=UserFactory(), presented_at=AT, nonce="n", context="round",
        version=QuestionVersionFactory(), given={"text": "“Kyiv” \\ ü"}, sureness=sureness,
        verdict="accept", score=0.75, reply={"note": "é"}, answered_at=AT,
    )  # fmt: skip
    assert Insert(Answer).store([answer]) == 1
    stored = Answer.objects.get()
    stored_by_statement = as_read(stored)
    stored.delete()
    answer.save(force_insert=True)
    assert as_read(Answer.objects.get()) == stored_by_statement


def test_without_rows_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Insert(Memory).store([]) == 0
