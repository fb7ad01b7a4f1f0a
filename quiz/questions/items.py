"""What the engine proposes and the database stores: an item, its options and its feedback.

Pure and frozen. An item holds natural keys only, so that the same facts and seed give the same
bytes on every machine.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    """One shown option.

    `why` is the sentence shown when it was chosen and is wrong; `from_fact` is the fact its value
    is true of; `rule` names the generator rule and step where no fact lends the value.
    """

    text: str
    right: bool
    why: str = ""
    from_fact: str | None = None
    rule: str = ""
    entity: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "right": self.right,
            "why": self.why,
            "from_fact": self.from_fact,
            "rule": self.rule,
            "entity": self.entity,
        }


@dataclass(frozen=True, slots=True)
class Use:
    """A fact an item uses: role is key, premise, distractor or rival."""

    fact: str
    role: str
    facet: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is shown after the answer; every text is plain, quotation marks included.

    sentence: the right answer in its sentence, the answer in [[double brackets]].
    voice: "Who says so", a phrase with its date, empty where the source itself tells.
    standing: the word of the attribution rail: "both sides", "one source", "one voice",
    "voices differ", "unconfirmed". rivals: sentences of other figures. place: source and locator.
    """

    sentence: str
    voice: str = ""
    as_of: str = ""
    place: str = ""
    source: str = ""
    locator: str = ""
    quote: str = ""
    standing: str = ""
    note: str = ""
    rivals: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "sentence": self.sentence,
            "voice": self.voice,
            "as_of": self.as_of,
            "place": self.place,
            "source": self.source,
            "locator": self.locator,
            "quote": self.quote,
            "standing": self.standing,
            "note": self.note,
            "rivals": list(self.rivals),
        }


@dataclass(frozen=True, slots=True)
class Item:
    """A proposed question.

    id: "topic/fact/facet/form/variant". expected: what grading needs (see the form's module);
    shown: the right answer as text, or a list of texts. order: "given" keeps the options as they
    stand (numbers, dates), "shuffle" lets the presentation reorder them (names, sentences).
    frame: lines shown above the options (premises of matching, events of ordering, the sentence
    of true-false and cloze). field: label and unit of a typed field, with "___" for the blank.
    """

    fact: str
    facet: str
    form: str
    variant: str
    stem: str
    shown: str | tuple[str, ...]
    expected: Mapping[str, Any]
    feedback: Feedback
    options: tuple[Option, ...] = ()
    accepted: tuple[str, ...] = ()
    attribution: str = ""
    status: str = ""
    order: str = "given"
    frame: tuple[str, ...] = ()
    field: Mapping[str, str] = field(default_factory=dict)
    uses: tuple[Use, ...] = ()
    grave: bool = False
    revision: int = 1

    @property
    def id(self) -> str:
        return f"{self.fact}/{self.facet}/{self.form}/{self.variant}"

    @property
    def key_options(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if option.right)

    def payload(self) -> dict[str, Any]:
        """All that is stored of the item, the revision left out: wording alone decides."""
        return {
            "stem": self.stem,
            "options": [option.as_json() for option in self.options],
            "expected": self.stored_expected(),
            "feedback": self.feedback.as_json(),
            "uses": [[use.fact, use.role, use.facet] for use in self.uses],
        }

    def stored_expected(self) -> dict[str, Any]:
        """`expected` as a version stores it, with what the page needs to show the item."""
        return {
            **self.expected,
            "shown": self.shown if isinstance(self.shown, str) else list(self.shown),
            "accepted": list(self.accepted),
            "order": self.order,
            "frame": list(self.frame),
            "field": dict(self.field),
            "attribution": self.attribution,
            "status": self.status,
            "grave": self.grave,
        }

    def digest(self) -> str:
        """SHA-256 of the canonical JSON of the payload."""
        return digest_of(self.payload())


def digest_of(payload: Mapping[str, Any]) -> str:
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Held:
    """A form that is not offered for a fact's facet, with the reason on record."""

    fact: str
    facet: str
    form: str
    reason: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found on an item: severity is block, warn or inform."""

    rule: str
    severity: str
    where: str
    what: str
