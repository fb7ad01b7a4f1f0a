import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from quiz.facts.models import Fact
from quiz.questions.actions import SEED, generate_questions
from quiz.questions.engine import propose
from quiz.questions.exporting import Exported, lines
from quiz.questions.models import QuestionVersion
from tests.synthetic import make_base
from tests.synthetic_rows import store_base

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUSE = Path(__file__).resolve().parents[2]
DIGEST = """
import django, hashlib
django.setup()
from tests.questions.test_export_command import from_facts_alone
print(hashlib.sha256(from_facts_alone().encode()).hexdigest())
"""
KEYS = [
    "id", "version", "fact", "facet", "form", "stem", "expected", "accepted", "options", "feedback",
    "attribution", "status", "source", "locator", "revision",
]  # fmt: skip


@pytest.fixture
def topic():
    topic = store_base(make_base(120, seed=3))
    generate_questions(topic=topic, now=NOW)
    return topic


def export(slug="synthetic"):
    out = StringIO()
    call_command("export_questions", "--topic", slug, "--format", "jsonl", stdout=out)
    return out.getvalue()


def from_facts_alone():
    """The same text without any database: what every database must hold."""
    return "".join(
        lines(
            Exported(
                fact=item.fact,
                facet=item.facet,
                form=item.form,
                variant=item.variant,
                version=1,
                stem=item.stem,
                options=[option.as_json() for option in item.options],
                expected=item.stored_expected(),
                feedback=item.feedback.as_json(),
                revision=item.revision,
            )
            for item in propose(make_base(120, seed=3), SEED).items
        )
    )


def test_every_line_has_exactly_the_keys_that_were_agreed(topic):
    rows = [json.loads(line) for line in export().splitlines()]

    assert len(rows) == QuestionVersion.objects.served().count() > 200
    for row in rows:
        assert list(row) == KEYS
        assert row["id"].startswith(f"{row['fact']}/{row['facet']}/{row['form']}/")
        assert row["feedback"]
        for option in row["options"]:
            assert list(option) == ["text", "right", "why", "from_fact"]
    ids = [row["id"] for row in rows]
    assert ids == sorted(set(ids))


def test_the_bytes_are_those_of_the_facts_whatever_the_database(topic):
    assert export() == from_facts_alone()


def test_two_processes_write_the_same_bytes(topic):
    told = [
        subprocess.run(
            [
                sys.executable,
                "-c",
                DIGEST,
            ],
            cwd=HOUSE,
            env=os.environ | {"PYTHONHASHSEED": seed, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "project.settings"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]  # fmt: skip

    assert told == [hashlib.sha256(export().encode()).hexdigest()] * 2


def test_no_id_of_the_database_and_no_clock_stand_in_it(topic):
    before = export()
    QuestionVersion.objects.update(created_at=NOW + timedelta(days=400))

    text = export()

    assert text == before
    for version in QuestionVersion.objects.select_related("question")[:50]:
        assert version.question.public_id not in text


def test_what_is_held_or_stale_is_not_in_it(topic):
    version = QuestionVersion.objects.served().filter(question__form="typed").first()
    QuestionVersion.objects.filter(pk=version.pk).update(state="stale")
    fact = version.question.fact
    other = Fact.objects.exclude(pk=fact.pk).filter(questions__form="typed").first()
    Fact.objects.filter(pk=other.pk).update(revision=2)

    ids = {json.loads(line)["id"] for line in export().splitlines()}

    assert not any(one.startswith(f"synthetic/{fact.slug}/") and "/typed/" in one for one in ids)
    assert not any(one.startswith(f"synthetic/{other.slug}/") for one in ids)


def test_the_sentence_to_be_judged_and_the_field_stand_in_the_stem(topic):
    rows = {row["form"]: row for row in map(json.loads, export().splitlines())}

    assert rows["true-false"]["stem"].startswith("True or false?\n")
    assert "\n" in rows["typed"]["stem"]
    assert "_____" in rows["cloze"]["stem"]


def test_a_file_is_written_where_one_is_named(topic, tmp_path):
    path = tmp_path / "questions.jsonl"
    call_command("export_questions", "--topic", "synthetic", "--output", str(path), verbosity=0)
    assert path.read_bytes() == export().encode()


def test_an_unknown_topic_is_told_with_the_known_ones(topic):
    with pytest.raises(CommandError, match=r"'nowhere'.*synthetic"):
        export("nowhere")
