"""What the chemical elements' facts are made from, and the fixture's records."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

TOPIC = ["elements"]
type Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Element:
    """One row of the package; an atomic weight is a ratio, without a unit."""

    number: int
    symbol: str
    name: str
    weight: float | None
    weight_uncertainty: float | None
    radioactive: bool
    discovery_year: int | None
    discoverers: str
    discovery_location: str
    name_origin: str
    description: str

    @property
    def key(self) -> str:
        return self.name.lower()

    @property
    def importance(self) -> int:
        return 1 if self.number <= 20 or self.symbol in CORE else 2 if self.number <= 94 else 3


@dataclass(frozen=True, slots=True)
class Points:
    """Melting and boiling point (kelvin) of an element or of one of its allotropes."""

    number: int
    melting: float | None
    boiling: float | None
    allotrope: str = ""
    sublimes: bool = False
    transition: bool = False


CORE = {"Fe", "Cu", "Ag", "Au", "Hg", "Pb", "Sn", "Zn", "I", "U", "Ra", "Pt", "Ni", "Br", "Pu", "W"}


def slugify(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def record(model: str, **fields: Any) -> Record:
    return {"model": f"quiz.{model}", "fields": fields}


def fact(slug: str, kind: str, thread: str, *, locator: str, **fields: Any) -> Record:
    source = fields.pop("source", "mendeleev")
    return record(
        "fact",
        topic=TOPIC,
        slug=slug,
        kind=kind,
        thread=[*TOPIC, thread],
        **fields,
        citations=[{"source": [source], "locator": locator}],
    )


def entity(slug: str, kind: str, name: str, names: list[dict[str, Any]], note: str = "") -> Record:
    fields: dict[str, Any] = {"slug": slug, "kind": kind, "name": name}
    if note:
        fields["note"] = note
    return record("entity", **fields, topic=TOPIC, names=names)


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
