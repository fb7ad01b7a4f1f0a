"""Tell every mistake in files of facts, or in topics that are stored."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from quiz.facts.checks import mistakes_of
from quiz.facts.files import READERS, File
from quiz.facts.loading import load
from quiz.facts.mistakes import Mistake, Place, RefusedError
from quiz.facts.models import Topic
from quiz.facts.phrases import SourceText
from quiz.facts.snapshot import snapshot


class Command(BaseCommand):
    help = (
        "Check facts: files are read and loaded for a try, then taken back; topics are checked as "
        "they are stored. Without arguments all topics are checked. Exit 1 on any mistake."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="*", metavar="FIXTURE|TOPIC")
        parser.add_argument(
            "--source-text",
            type=Path,
            metavar="FILE",
            help="the text of the source: quotations must stand in it, our words must not",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        text = self._source_text(options["source_text"])
        files = [Path(name) for name in options["what"] if _is_path(name)]
        slugs = [name for name in options["what"] if not _is_path(name)]
        topics = Topic.objects.all() if not options["what"] else self._topics(slugs)
        found: list[Mistake] = []
        if files:
            found += self._in_files(files, text)
        for topic in topics:
            found += self._in_topic(topic, text)
        for mistake in found:
            self.stdout.write(str(mistake))
        if found:
            raise CommandError(f"{len(found)} mistake{'s' if len(found) > 1 else ''}.")
        self.stdout.write(self.style.SUCCESS("No mistakes."))

    def _source_text(self, path: Path | None) -> SourceText | None:
        if path is None:
            return None
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        return SourceText(path.read_text(encoding="utf-8"))

    def _topics(self, slugs: list[str]) -> list[Topic]:
        topics = list(Topic.objects.filter(owner=None, slug__in=slugs))
        if missing := set(slugs) - {topic.slug for topic in topics}:
            known = ", ".join(Topic.objects.filter(owner=None).values_list("slug", flat=True))
            raise CommandError(
                f"There is no topic or file “{min(missing)}”. Topics: {known or 'none yet'}."
            )
        return topics

    def _in_files(self, paths: list[Path], text: SourceText | None) -> list[Mistake]:
        """Load for a try: the same code finds the same mistakes, and all of it is taken back."""
        files: list[File] = []
        found: list[Mistake] = []
        for path in paths:
            if not path.is_file():
                raise CommandError(f"There is no file {path}.")
            try:
                file = File.read(path, path.suffix.removeprefix("."))
            except RefusedError as error:
                found += error.mistakes
                continue
            if file.holds_facts:
                files.append(file)
            else:
                what = "it holds no facts, only records of other parts of the app."
                found.append(Mistake("", "", what, place=Place(file.path)))
        with transaction.atomic():
            try:
                load(files=files, now=timezone.now())
            except RefusedError as error:
                found += error.mistakes
            if text and not found:
                slugs = {record.fields.get("slug") for file in files for record in file.records}
                for topic in Topic.objects.filter(owner=None, slug__in=slugs):
                    found += self._in_topic(topic, text)
            transaction.set_rollback(True)
        return found

    def _in_topic(self, topic: Topic, text: SourceText | None) -> list[Mistake]:
        base = snapshot(topic)
        texts = dict.fromkeys(base.sources, text) if text else {}
        return list(mistakes_of(base, texts))


def _is_path(name: str) -> bool:
    return "/" in name or name.rpartition(".")[2] in READERS
