"""Write every served question of a topic as an outside judge needs it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quiz.facts.models import Topic
from quiz.questions.exporting import Exported, lines
from quiz.questions.models import Question, QuestionVersion


class Command(BaseCommand):
    help = "Write the served questions of a topic, one JSON object a line, sorted by id."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--topic", required=True, help="slug of the topic")
        parser.add_argument("--format", choices=("jsonl",), default="jsonl")
        parser.add_argument("--output", type=Path, metavar="FILE", help="standard output without")

    def handle(self, *args: Any, **options: Any) -> None:
        topic = Topic.objects.filter(owner=None, slug=options["topic"]).first()
        if topic is None:
            known = ", ".join(Topic.objects.filter(owner=None).values_list("slug", flat=True))
            raise CommandError(f"There is no topic {options['topic']!r}. Topics: {known}.")
        text = "".join(lines(exported(topic)))
        if options["output"] is None:
            self.stdout.write(text, ending="")
            return
        with options["output"].open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        if options["verbosity"] > 0:
            self.stderr.write(f"{options['output']}: {text.count('\n')} questions.")


def exported(topic: Topic) -> list[Exported]:
    versions = (
        QuestionVersion.objects.served()
        .filter(question__fact__topic=topic, question__origin=Question.Origin.GENERATED)
        .select_related("question__fact")
        .order_by()
    )
    return [
        Exported(
            fact=f"{topic.slug}/{version.question.fact.slug}",
            facet=version.question.facet,
            form=version.question.form,
            variant=version.question.variant,
            version=version.n,
            stem=version.stem,
            options=version.options,
            expected=version.expected,
            feedback=version.feedback,
            revision=version.fact_revision,
        )
        for version in versions.iterator(chunk_size=2_000)
    ]
