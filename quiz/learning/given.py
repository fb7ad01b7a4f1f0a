"""Reads what the browser sent for a question into plain JSON, in displayed places.

Pure: a mapping in, a mapping out. What is missing or too long is said to the learner (422); what no
page of ours sends is refused (400).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from quiz.questions.respond import ORDERED, PAIRED, SINGLE, TYPED

LONGEST = 200
TEXT = TYPED | {"estimate"}


class Posted(Protocol):
    """A form as it was posted (Django's QueryDict)."""

    def get(self, key: str, default: None = None) -> str | None: ...
    def getlist(self, key: str) -> Sequence[str]: ...


class MalformedError(ValueError):
    """No page of ours sends this."""


class NotYetError(ValueError):
    """Something is missing or too long; the message says what, the page keeps what was typed."""


def read(form: str, posted: Posted, *, options: int, premises: int) -> dict[str, Any]:
    if posted.get("dont_know"):
        return {"dont_know": True}
    if form in SINGLE:
        return {"choice": _choice(posted, options)}
    if form == "several-right":
        return {"choices": _choices(posted, options)}
    if form in PAIRED:
        return {"pairs": _pairs(posted, options, premises)}
    if form in ORDERED:
        return {"order": _order(posted, options)}
    if form == "flashcard":
        return {"rating": _number(posted.get("rating") or "", 1, 4)}
    if form in TEXT:
        return {"text": _text(posted)}
    raise MalformedError(form)


def sureness(posted: Posted) -> int | None:
    """How sure the learner was, 1 to 3; None where it was not said or nothing was answered."""
    text = posted.get("sureness")
    return _number(text, 1, 3) if text and not posted.get("dont_know") else None


def kept(posted: Posted) -> Mapping[str, str]:
    """What was typed, to be shown again; signs that no field can hold are gone."""
    text = posted.get("text") or ""
    return {"text": text[:LONGEST].replace("\x00", "")}


def _number(text: str, low: int, high: int) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 3 or not low <= int(text) <= high:
        raise MalformedError(f"{text[:20]!r} is no number from {low} to {high}")
    return int(text)


def _choice(posted: Posted, options: int) -> int:
    text = posted.get("choice") or ""
    if not text:
        raise NotYetError("Choose one first, or say that you don’t know.")
    return _number(text, 0, options - 1)


def _choices(posted: Posted, options: int) -> list[int]:
    chosen = posted.getlist("choices")
    if not chosen:
        raise NotYetError("Choose at least one, or say that you don’t know.")
    if len(chosen) > options:
        raise MalformedError("more choices than options")
    return sorted({_number(text, 0, options - 1) for text in chosen})


def _pairs(posted: Posted, options: int, premises: int) -> dict[str, int]:
    pairs = {}
    for premise in range(premises):
        text = posted.get(f"pair-{premise}") or ""
        if text:
            pairs[str(premise)] = _number(text, 0, options - 1)
    if not pairs:
        raise NotYetError("Match at least one, or say that you don’t know.")
    return pairs


def _order(posted: Posted, options: int) -> list[int]:
    places = [posted.get(f"place-{option}") or "" for option in range(options)]
    if not all(places):
        raise NotYetError("Give each of them a number, or say that you don’t know.")
    numbers = [_number(text, 1, options) for text in places]
    if len(set(numbers)) < options:
        raise NotYetError("Give each of them a number of its own.")
    return sorted(range(options), key=lambda option: numbers[option])


def _text(posted: Posted) -> str:
    text = posted.get("text") or ""
    if "\x00" in text:
        raise NotYetError("That text holds a sign that cannot be read. Please type it again.")
    if len(text) > LONGEST:
        raise NotYetError(f"That is too long: up to {LONGEST} characters, please.")
    if not text.strip():
        raise NotYetError("Type an answer first, or say that you don’t know.")
    return text.strip()
