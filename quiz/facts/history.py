"""What changed between two states of a fact, as pairs of texts for a person to read."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ANSWER_FIELDS = frozenset(
    {
        "when_edtf", "when_reading", "when_circa", "amount_text", "amount_low", "amount_high",
        "qualifier", "answers", "content", "verbatim", "kind",
    }
)  # fmt: skip
WORDING_FIELDS = frozenset(
    {
        "sentence", "stem", "label", "note", "occasion", "importance", "thread", "grave",
        "not_asked", "ask_precision", "hedge_text", "also_right", "names_added",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: kind is same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    field: str
    was: str
    now: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The words that stayed, went and came, in reading order."""
        old, new = self.was.split(), self.now.split()
        pieces: list[Piece] = []
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for step, a, b, c, d in matcher.get_opcodes():
            if step == "equal":
                pieces.append(Piece("same", " ".join(old[a:b])))
                continue
            if b > a:
                pieces.append(Piece("gone", " ".join(old[a:b])))
            if d > c:
                pieces.append(Piece("new", " ".join(new[c:d])))
        return tuple(pieces)


def changed_fields(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> frozenset[str]:
    old = before or {}
    return frozenset(key for key in {*old, *after} if old.get(key) != after.get(key))


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Difference]:
    """Return every changed field with its old and new text, in alphabetical order."""
    old = before or {}
    return [
        Difference(field.replace("_", " "), as_text(old.get(field)), as_text(after.get(field)))
        for field in sorted(changed_fields(before, after))
    ]


def as_text(value: Any) -> str:
    """A stored value as a person reads it: lists as lines, mappings as “name: value”."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key.replace('_', ' ')}: {as_text(value[key])}" for key in value)
    if isinstance(value, list):
        return "; ".join(as_text(part) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def answer_of(record: Mapping[str, Any] | None) -> str:
    """The marked answer of a stored state: what a learner was told is right."""
    sentence = str((record or {}).get("sentence", ""))
    return sentence.partition("[[")[2].partition("]]")[0]


def kind_of_change(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    """What a change is when nobody says so, as in a file: the value of FactRevision.Change."""
    if before is None:
        return "first"
    changed = changed_fields(before, after)
    if "retracted_at" in changed and after.get("retracted_at"):
        return "retracted"
    if changed & ANSWER_FIELDS or answer_of(before) != answer_of(after):
        return "wrong"
    if changed <= {"status", "links"}:
        return "status"
    return "wording" if changed <= WORDING_FIELDS | {"status"} else "source"


def told(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (field, text) of everything a state says, for a first version."""
    for field in sorted(record):
        if text := as_text(record[field]):
            yield field.replace("_", " "), text
