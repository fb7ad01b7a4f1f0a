"""A small topic with stored questions, for tests of what corrections do to them."""

from datetime import UTC, datetime

from django.core.management import call_command

from quiz.facts.files import File
from quiz.facts.loading import load
from quiz.facts.models import Topic
from quiz.questions.actions import generate_questions
from tests.facts.writing import date_fact, figure, identity, records, statement, write

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MONTHS = ("January", "March", "May", "August", "October", "December")
NUMBERS = (1, 3, 5, 8, 10, 12)
OPENING = {"measure": ["opening"], "subject": ["north-harbour"]}
MEASURES = {"model": "quiz.measure", "fields": {"slug": "opening", "counts": "when it opened"}}


def dated(n, **changes):
    month, number = MONTHS[n], NUMBERS[n]
    return date_fact(
        slug=f"opened-{n}",
        label=f"Harbour number {'ABCDEF'[n]} opens",
        sentence=f"Harbour {'ABCDEF'[n]} opened in [[{month} 2022]].",
        stem=f"When did harbour {'ABCDEF'[n]} open?",
        when_edtf=f"2022-{number:02}",
        ask_precision="month",
        **changes,
    )


def store(tmp_path, *more):
    """Load the topic and make its questions."""
    facts = [*(dated(n) for n in range(6)), figure(), statement(), identity(), *more]
    path = write(tmp_path / "tides.json", records(*facts))
    load(files=[File.read(path, "json")], now=NOW)
    topic = Topic.objects.get(slug="tides")
    generate_questions(topic=topic, now=NOW)
    return topic


def store_with_pier(tmp_path):
    """The same with a date of which another voice may give another value."""
    more = date_fact(
        slug="asked", label="The great pier opens", stem="When did the great pier open?",
        sentence="The great pier opened in [[July 2022]].", **OPENING,
    )  # fmt: skip
    write(tmp_path / "measures.json", [MEASURES])
    call_command("loaddata", str(tmp_path / "measures.json"), verbosity=0)
    return store(tmp_path, more)


def made_anew(topic):
    """How many questions making all anew changes, by form: none where every edit did its work."""
    summary = generate_questions(topic=topic, now=NOW)
    assert summary.unchanged.total()
    return summary.new + summary.changed + summary.retired
