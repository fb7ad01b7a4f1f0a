"""What an outside judge reads of a question: one JSON object a line, the same bytes everywhere."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Exported:
    """A question version with its natural keys; `fact` is "topic/slug"."""

    fact: str
    facet: str
    form: str
    variant: str
    version: int
    stem: str
    options: list[dict[str, Any]]
    expected: Mapping[str, Any]
    feedback: Mapping[str, Any]
    revision: int

    @property
    def id(self) -> str:
        return f"{self.fact}/{self.facet}/{self.form}/{self.variant}"

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "version": self.version,
            "fact": self.fact,
            "facet": self.facet,
            "form": self.form,
            "stem": asked(self.stem, self.expected),
            "expected": self.expected["shown"],
            "accepted": self.expected["accepted"],
            "options": [
                {key: option.get(key) for key in ("text", "right", "why", "from_fact")}
                for option in self.options
            ],
            "feedback": told(self.feedback),
            "attribution": self.expected["attribution"],
            "status": self.expected["status"],
            "source": self.feedback["source"],
            "locator": self.feedback["locator"],
            "revision": self.revision,
        }


def lines(rows: Iterable[Exported]) -> Iterator[str]:
    """Sorted by id, one object a line."""
    for row in sorted(rows, key=lambda row: row.id):
        yield json.dumps(row.as_json(), ensure_ascii=False) + "\n"


def asked(stem: str, expected: Mapping[str, Any]) -> str:
    """All that is asked, a line each: the question, what stands above the options, the field."""
    field = expected.get("field", {})
    # The label holds the unit already.
    blank = ", ".join(field[key] for key in ("label", "hint") if field.get(key))
    return "\n".join(line for line in (stem, *expected.get("frame", ()), blank) if line)


def told(feedback: Mapping[str, Any]) -> str:
    """The feedback as a learner reads it, from the answer in its sentence to the other figures."""
    place = ": ".join(part for part in (feedback["source"], feedback["place"]) if part)
    parts = (
        feedback["standing"],
        feedback["sentence"].replace("[[", "").replace("]]", ""),
        feedback["quote"] and f"“{feedback['quote'].strip('“”')}”",
        feedback["voice"],
        feedback["as_of"],
        feedback["note"],
        place,
        *feedback["rivals"],
    )
    return "\n".join(part for part in parts if part)
