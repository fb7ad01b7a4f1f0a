"""What the engine proposes and the database stores: an item, its options and its feedback.

Pure and frozen. An item holds natural keys only, so that the same facts and seed give the same
bytes on every machine.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
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
    standing: the word of the attribution rail: "both sides", "one voice", "voices differ",
    "unconfirmed". rivals: sentences of other figures. place: source and locator.
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

    def digest(self) -> str:
        """SHA-256 of the canonical JSON; the revision is left out, so wording alone decides."""
        payload = asdict(self)
        del payload["revision"]
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
