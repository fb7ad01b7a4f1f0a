"""Fixtures as files: read once, known again by their hash."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from quiz.facts import json, yaml
from quiz.facts.children import Record, UnreadableError
from quiz.facts.keys import ORDER
from quiz.facts.mistakes import Mistake, Place, RefusedError
from quiz.facts.models import FixtureLoad

READERS = {"yaml": yaml.read, "yml": yaml.read, "json": json.read}


@dataclass(frozen=True, slots=True)
class File:
    """A fixture as read: its records, and the hash by which a second load knows it."""

    path: str
    sha256: str
    records: tuple[Record, ...]

    @classmethod
    def read(cls, path: Path, form: str, content: bytes | None = None) -> "File":
        """Read a YAML or JSON file; RefusedError where it is none."""
        raw = path.read_bytes() if content is None else content
        shown = shown_path(path)
        try:
            records = READERS[form](raw.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            mistake = Mistake("", "", "it is not written in UTF-8.", place=Place(shown))
            raise RefusedError((mistake,)) from error
        except UnreadableError as error:
            mistake = Mistake("", "", f"{error}.", place=Place(shown, error.line))
            raise RefusedError((mistake,)) from error
        return cls(shown, hashlib.sha256(raw).hexdigest(), tuple(records))

    @property
    def loaded_at(self) -> datetime | None:
        """When exactly these bytes were loaded before, if they were the last ones of this path."""
        load = FixtureLoad.objects.filter(path=self.path, sha256=self.sha256).first()
        return load.at if load else None

    def is_ours(self, record: Record) -> bool:
        return record.model in {model._meta.label_lower for model in ORDER}


def shown_path(path: Path) -> str:
    """The path from the project's folder, so that it is the same on every machine."""
    resolved = path.resolve()
    root = Path(settings.BASE_DIR).resolve()
    return str(resolved.relative_to(root) if resolved.is_relative_to(root) else resolved)
