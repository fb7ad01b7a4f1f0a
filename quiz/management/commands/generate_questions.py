"""Make the questions of all topics, or of one, and say what was held back and why."""

import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from quiz.corrections.models import Outbox
from quiz.facts.models import Topic
from quiz.questions.actions import SEED, Summary, generate_questions


class Command(BaseCommand):
    help = "Make questions from the facts; only what changed is rewritten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--topic", help="slug of one topic; all public topics without it")
        parser.add_argument("--seed", type=int, default=SEED, help="for experiments only")

    def handle(self, *args: Any, **options: Any) -> None:
        topics = Topic.objects.filter(owner=None)
        if options["topic"]:
            topics = topics.filter(slug=options["topic"])
            if not topics:
                known = ", ".join(Topic.objects.filter(owner=None).values_list("slug", flat=True))
                raise CommandError(f"There is no topic {options['topic']!r}. Topics: {known}.")
        for topic in topics:
            waiting = list(Outbox.objects.filter(fact__topic=topic).values_list("pk", flat=True))
            summary = self._generate(topic, options["seed"])
            Outbox.objects.filter(pk__in=waiting).delete()  # all of it is made anew
            self._tell(topic, summary, verbose=options["verbosity"] > 0)

    def _generate(self, topic: Topic, seed: int) -> Summary:
        with tqdm(
            desc=topic.slug, unit=" facts", file=sys.stderr, disable=not sys.stderr.isatty()
        ) as bar:

            def progress(done: int, number: int) -> None:
                bar.total = number
                bar.update(done - bar.n)

            return generate_questions(topic=topic, now=timezone.now(), seed=seed, progress=progress)

    def _tell(self, topic: Topic, summary: Summary, *, verbose: bool) -> None:
        write = self.stdout.write
        write(f"{topic.title}: {summary.stored} questions from {summary.facts} facts.")
        if not verbose:
            return
        forms = sorted({*summary.new, *summary.changed, *summary.unchanged, *summary.retired})
        blocked: Counter[str] = Counter()
        for (form, _), count in summary.blocked.items():
            blocked[form] += count
        write(f"{'form':<14}{'new':>7}{'changed':>9}{'same':>7}{'retired':>9}{'held':>6}")
        for form in forms:
            write(
                f"{form:<14}{summary.new[form]:>7}{summary.changed[form]:>9}"
                f"{summary.unchanged[form]:>7}{summary.retired[form]:>9}{blocked[form]:>6}"
            )
        if summary.blocked:
            write("Held back by a rule:")
            for (form, rule), count in sorted(summary.blocked.items()):
                write(f"  {form}: {rule}: {count}")
        if summary.reasons:
            write("Not offered:")
            for (form, reason), count in sorted(summary.reasons.items()):
                write(f"  {form or 'no form'}: {reason}: {count}")
