"""Django's loaddata for facts: checked, revised, and nothing stored where anything is wrong."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.loaddata import Command as DjangoCommand
from django.core.serializers.python import Deserializer
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from quiz.facts.files import READERS, File
from quiz.facts.loading import Loaded, load
from quiz.facts.mistakes import RefusedError


class Command(DjangoCommand):
    help = (
        "Load facts from YAML or JSON files. A file is loaded again only when it has changed; "
        "any mistake stops all of it."
    )

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--again", action="store_true", help="Load files even where they have not changed."
        )

    def handle(self, *labels: Any, **options: Any) -> None:
        self.again = options["again"]
        self.waiting: list[File] = []
        super().handle(*labels, **options)

    def loaddata(self, fixture_labels: Any) -> None:
        """Load everything inside Django's transaction, which any refusal rolls back."""
        verbosity, self.verbosity = self.verbosity, self.verbosity if self.verbosity > 1 else 0
        super().loaddata(fixture_labels)  # it would say "Installed 0 objects"
        self.verbosity = verbosity
        if not self.waiting:
            return
        try:
            done = load(files=self.waiting, now=timezone.now())
        except RefusedError as error:
            count = len(error.mistakes)
            message = f"{error}\n{count} mistake{'s' if count > 1 else ''}; nothing was stored."
            raise CommandError(message) from error
        self._tell(done)

    def load_label(self, fixture_label: str) -> None:
        found = self.find_fixtures(fixture_label)
        formats = {self.parse_name(Path(path).name)[1] for path, _, _ in found}
        if self.using != DEFAULT_DB_ALIAS or not formats <= set(READERS):
            super().load_label(fixture_label)
            return
        for path, _, _ in found:
            self._take(path)

    def _take(self, path: str) -> None:
        _, form, compressed = self.parse_name(Path(path).name)
        opener: Any = self.compression_formats[compressed]
        opened, mode = opener
        with opened(path, mode) as stream:
            try:
                content = stream.read()
                raw = content.encode() if isinstance(content, str) else content
                file = File.read(Path(path), form or "", raw)
            except RefusedError as error:
                raise CommandError(f"{error}\nNothing was stored.") from error
        self.fixture_count += 1
        if not file.holds_facts:
            self._load_plain(file)
        elif not self.again and (loaded_at := file.loaded_at):
            when = timezone.localtime(loaded_at)
            self.stdout.write(f"{file.path}: unchanged since {when:%-d %B %Y, %H:%M}, not loaded")
        else:
            self.waiting.append(file)

    def _load_plain(self, file: File) -> None:
        """Records of other rooms, the way Django loads them."""
        rows = [{"model": one.model, "fields": one.fields, "pk": one.pk} for one in file.records]
        for thing in Deserializer(rows, using=self.using, ignorenonexistent=self.ignore):
            self.loaded_object_count += self.save_obj(thing)
        self.fixture_object_count += len(rows)

    def _tell(self, done: Loaded) -> None:
        if self.verbosity < 1:
            return
        files = ", ".join(file.path for file in self.waiting)
        self.stdout.write(
            f"{files}: {done.records} records, {done.created} new facts, "
            f"{len(done.changed)} changed"
        )
        for key in done.kept:
            self.stdout.write(f"  {key}: edited in the app, which wins over the file")
        for key in done.gone:
            self.stdout.write(f"  {key}: no longer in the file; it stays until it is retracted")
