"""Fixtures as files: read once, known again by their hash."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings

from quiz.facts import json, yaml
from quiz.facts.children import NESTS, Record, UnreadableError, nearest
from quiz.facts.keys import ORDER
from quiz.facts.mistakes import Mistake, Place, RefusedError
from quiz.facts.models import FixtureLoad

OURS = frozenset(model._meta.label_lower for model in ORDER)
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
        if mistakes := _strangers(shown, records):
            raise RefusedError(mistakes)
        return cls(shown, hashlib.sha256(raw).hexdigest(), tuple(records))

    @property
    def loaded_at(self) -> datetime | None:
        """When exactly these bytes were loaded before, if they were the last ones of this path."""
        load = FixtureLoad.objects.filter(path=self.path, sha256=self.sha256).first()
        return load.at if load else None

    @property
    def holds_facts(self) -> bool:
        """Whether it is ours to load; else it is any fixture of Django's."""
        return any(record.model in OURS for record in self.records)


def _strangers(path: str, records: list[Record]) -> tuple[Mistake, ...]:
    """Records of other models than those of facts: a slip, or what no file of facts may bring."""
    if not records:
        what = "it holds no records."
        right = "a list of records, each beginning with “- model: ”."
        return (Mistake("", "", what, right, Place(path)),)
    strangers = [record for record in records if record.model not in OURS]
    if len(strangers) == len(records) and all(_is_elsewhere(record.model) for record in records):
        return ()
    return tuple(
        Mistake(
            "",
            "model",
            f"“{record.model}” is no model that stands in a file of facts.",
            _right_model(record.model),
            Place(path, record.line, record.number),
        )
        for record in strangers
    )


def _right_model(label: str) -> str:
    for parent, nests in NESTS.items():
        for name, nest in nests.items():
            if nest.model == label:
                return f"it stands within its {parent}, under {name}."
    names = {model.partition(".")[2] for model in OURS}
    close = nearest(label.partition(".")[2] or label, names)
    return close or f"one of {', '.join(sorted(OURS))}."


def _is_elsewhere(label: str) -> bool:
    """Whether it is a model outside this room, which Django's own loaddata may load."""
    try:
        return not apps.get_model(label).__module__.startswith("quiz.facts")
    except (LookupError, ValueError):
        return False


def shown_path(path: Path) -> str:
    """The path from the project's folder, so that it is the same on every machine."""
    resolved = path.resolve()
    root = Path(settings.BASE_DIR).resolve()
    return str(resolved.relative_to(root) if resolved.is_relative_to(root) else resolved)
