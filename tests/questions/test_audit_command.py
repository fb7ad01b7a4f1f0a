import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quiz.facts.models import Fact
from quiz.questions.actions import generate_questions, hold_stale
from quiz.questions.auditing import audit_topic, rule_ids
from quiz.questions.models import Question, QuestionFact, QuestionVersion
from tests.synthetic import make_base
from tests.synthetic_rows import store_base

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def topic():
    topic = store_base(make_base(60, seed=3))
    generate_questions(topic=topic, now=NOW)
    return topic


def audit(topic):
    return audit_topic(topic, today=NOW.date())


def command(*arguments):
    out = StringIO()
    call_command("audit_questions", *arguments, stdout=out)
    return out.getvalue()


def blocks(topic):
    return {(finding.rule, finding.what) for finding in audit(topic).blocks}


def served(form):
    return QuestionVersion.objects.served().filter(question__form=form).first()


def test_what_was_just_generated_has_no_block(topic):
    found = audit(topic)

    assert found.blocks == []
    assert found.is_clean
    assert found.states["served"] == QuestionVersion.objects.served().count() > 100
    assert found.states["held"] == QuestionVersion.objects.filter(state="held").count()
    assert found.states["not stored"] == 0


def test_every_rule_is_told_by_its_id_found_or_not(topic):
    text = command("--topic", "synthetic")

    for rule in (*(f"T{n}" for n in range(1, 17)), "S1", "S9", "O3", "O15", "F5", *(f"K{n}" for n in range(1, 13))):  # fmt: skip
        assert any(line.startswith(f"{rule} ") for line in text.splitlines()), rule
    assert rule_ids() == sorted(rule_ids(), key=rule_ids().index)
    assert "Attackers on what is served" in text


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"stem": "Which is it?"}, "the stored bytes are not those of its digest"),
        ({"digest": "0" * 64}, "its digest is another one"),
        ({"expected": {"right": [0]}}, "the stored bytes are not those of its digest"),
    ],
)
def test_a_stored_byte_that_does_not_follow_from_the_facts_blocks(topic, change, what):
    QuestionVersion.objects.filter(pk=served("typed").pk).update(**change)
    assert ("T1", what) in blocks(topic)


def test_a_fact_on_record_too_few_blocks(topic):
    versions = QuestionVersion.objects.served()
    QuestionFact.objects.filter(version__in=versions, role="distractor").first().delete()
    assert ("T1", "the facts on record are not those it uses") in blocks(topic)


def test_a_question_that_is_missing_or_left_over_blocks(topic):
    version = served("choice")
    Question.objects.filter(pk=version.question_id).update(variant="old")

    assert blocks(topic) >= {
        ("T1", "it follows from the facts and is not stored"),
        ("T1", "it does not follow from the facts any more"),
    }


def test_a_fact_changed_behind_the_engines_back_blocks(topic):
    fact = Fact.objects.filter(kind="figure", questions__form="typed").first()
    Fact.objects.filter(pk=fact.pk).update(stem="How many of them were there in all?")
    assert ("T1", "its digest is another one") in blocks(topic)


def test_what_is_stale_is_counted_and_blocks_nothing(topic):
    hold_stale(fact_ids=[Fact.objects.first().pk])

    found = audit(topic)

    assert found.states["stale"] > 0
    assert found.blocks == []


def test_a_block_makes_the_command_fail(topic):
    QuestionVersion.objects.filter(pk=served("typed").pk).update(stem="Which is it?")
    with pytest.raises(CommandError, match="1 block"):
        command()


def test_the_whole_is_told_as_json(topic):
    (told,) = json.loads(command("--json"))["topics"]

    assert told["clean"] is True
    assert told["blocks"] == []
    assert {row["rule"] for row in told["rules"]} >= {"T1", "T2", "S4", "O14", "F9", "K12"}
    assert {row["verdict"] for row in told["attackers"]} <= {"ok", "flag", "too few"}


def test_made_up_banks_are_attacked_without_a_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        text = command("--synthetic", "60", "--seeds", "1")
    assert "60 facts, 1 seeds" in text


def test_an_unknown_topic_is_told_with_the_known_ones(topic):
    with pytest.raises(CommandError, match=r"'nowhere'.*synthetic"):
        command("--topic", "nowhere")
