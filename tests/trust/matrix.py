"""Reads `matrix.yaml`: who may do what, one row for each method of each URL name."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

ACTORS = (
    "anon",
    "guest",
    "owner",
    "peer",
    "other_student",
    "teacher",
    "other_teacher",
    "admin",
)
# Pages that are Django's own: each is behind the admin's wall, which has a test of its own.
ADMIN = "admin:"


@dataclass(frozen=True)
class Row:
    action: str
    method: str
    url: str
    who: dict[str, str]
    args: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)

    def __str__(self):
        return f"{self.method} {self.url}"


def read_rows():
    records = yaml.safe_load(Path(__file__).with_name("matrix.yaml").read_text("utf-8"))
    return [row_of(record) for record in records]


def row_of(record):
    method = "post" if "post" in record else "get"
    cells = str(record["who"]).split()
    if len(cells) != len(ACTORS):
        message = f"{record}: {len(cells)} cells, not {len(ACTORS)}"
        raise ValueError(message)
    return Row(
        action=record["action"],
        method=method,
        url=record[method],
        who=dict(zip(ACTORS, cells, strict=True)),
        args=record.get("args", {}),
        data=record.get("data", {}),
    )


def url_names(patterns=None, prefix=""):
    """Every URL name of the site with its namespace, the admin's left out."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            if inner != ADMIN:
                yield from url_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}"
        elif isinstance(pattern, URLPattern):
            yield f"a pattern without a name: {pattern.pattern}"
