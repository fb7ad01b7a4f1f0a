"""How a fact stands: derived from who says it, never typed by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """AGREED and REPORTED are asked plainly, CLAIMED and CONTESTED with their voice."""

    AGREED = "agreed"
    REPORTED = "reported"
    CLAIMED = "claimed"
    CONTESTED = "contested"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    UNVERIFIED = "unverified"

    @property
    def is_askable(self) -> bool:
        return self not in {Status.RETRACTED, Status.UNVERIFIED}

    @property
    def needs_voice(self) -> bool:
        return self in {Status.CLAIMED, Status.CONTESTED}


WORD_OF_SOMEBODY = frozenset(
    {"claimed", "estimated", "announced", "denied", "confirmed", "said", "warned"}
)


@dataclass(frozen=True, slots=True)
class Span:
    """From low to high, both included; None where there is no bound."""

    low: Decimal | int | None = None
    high: Decimal | int | None = None

    def is_apart_from(self, other: "Span") -> bool:
        return (self.high is not None and other.low is not None and self.high < other.low) or (
            other.high is not None and self.low is not None and other.high < self.low
        )


@dataclass(frozen=True, slots=True)
class Names:
    """Entities that are right; `kin` adds their parts, wholes and possible second names."""

    right: frozenset[str]
    kin: frozenset[str] = frozenset()

    def is_apart_from(self, other: "Names") -> bool:
        return not (self.right | self.kin) & other.right and not (other.right | other.kin) & (
            self.right
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What the status of one fact depends on.

    cited: a citation supports it. ended: its validity is over. side: the side its first voice
    speaks for. actor, actor_side: who acts where the fact confirms or denies another: its first
    voice, else its subject. roots: the independent documents, not of a party, that support it.
    """

    key: str
    retracted: bool = False
    cited: bool = True
    deprecated: bool = False
    ended: bool = False
    measure: str | None = None
    subject: str | None = None
    changing: bool = False
    value: Span | Names | None = None
    as_of: Span | None = None
    voice: str | None = None
    side: str | None = None
    actor: str | None = None
    actor_side: str | None = None
    mode: str = "told"
    roots: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tie:
    """`by` confirms, denies or supersedes `of`."""

    kind: str
    by: str
    of: str


def contradict(fact: Standing, other: Standing) -> bool:
    """Whether two facts of one measure cannot both hold as they are said.

    Where the measure changes over time, one voice's figures of different dates are newer reports
    of a moving thing. Different voices contradict even then: dates of estimates lie days apart
    while the estimates lie far apart, and naming both voices is the safe side to err on.
    """
    return _are_apart(fact.value, other.value) and not _is_newer_report(fact, other)


def _are_apart(value: Span | Names | None, other: Span | Names | None) -> bool:
    if isinstance(value, Span):
        return isinstance(other, Span) and value.is_apart_from(other)
    return isinstance(value, Names) and isinstance(other, Names) and value.is_apart_from(other)


def _is_newer_report(fact: Standing, other: Standing) -> bool:
    return (
        fact.changing
        and fact.voice == other.voice
        and fact.as_of is not None
        and other.as_of is not None
        and fact.as_of.is_apart_from(other.as_of)
    )


def derive(facts: Iterable[Standing], ties: Iterable[Tie]) -> dict[str, Status]:
    """Return the status of each fact; the facts given are all that can touch each other."""
    known = {fact.key: fact for fact in facts}
    found: dict[str, Status] = {}
    for fact in known.values():
        if fact.retracted:
            found[fact.key] = Status.RETRACTED
        elif not fact.cited:
            found[fact.key] = Status.UNVERIFIED
    valid = [tie for tie in ties if tie.by in known and tie.of in known and tie.by not in found]
    replaced = {tie.of for tie in valid if tie.kind == "supersedes"}
    for fact in known.values():
        if fact.key not in found and (fact.deprecated or fact.ended or fact.key in replaced):
            found[fact.key] = Status.SUPERSEDED
    current = [fact for fact in known.values() if fact.key not in found]
    live = [tie for tie in valid if tie.by not in found]
    disputed = _contradicted(current) | _denied(known, live)
    backed = _confirmers(known, live)
    for fact in current:
        found[fact.key] = (
            Status.CONTESTED
            if fact.key in disputed
            else _undisputed(fact, backed.get(fact.key, frozenset()))
        )
    return found


def _undisputed(fact: Standing, backed: frozenset[str]) -> Status:
    own = {fact.side} if fact.side and fact.mode != "denied" else set()
    if len(backed | own) > 1:
        return Status.AGREED
    if fact.voice is not None or fact.mode in WORD_OF_SOMEBODY:
        return Status.CLAIMED
    return Status.AGREED if len(fact.roots) > 1 else Status.REPORTED


def _contradicted(current: list[Standing]) -> set[str]:
    groups: dict[tuple[str, str | None], list[Standing]] = {}
    for fact in current:
        if fact.measure is not None and fact.value is not None:
            groups.setdefault((fact.measure, fact.subject), []).append(fact)
    by_measure: dict[str, list[Standing]] = {}
    for (measure, _), members in groups.items():
        by_measure.setdefault(measure, []).extend(members)
    disputed: set[str] = set()
    for (measure, subject), members in groups.items():
        # A fact without a subject may be about any, so it meets every subject's facts.
        others = by_measure[measure] if subject is None else members
        for fact in members:
            for other in others:
                if other.key != fact.key and contradict(fact, other):
                    disputed |= {fact.key, other.key}
    return disputed


def _denied(known: Mapping[str, Standing], live: list[Tie]) -> set[str]:
    """Facts that somebody denies who does not confirm them elsewhere."""
    confirmed = {(_speaker(known[tie.by]), tie.of) for tie in live if tie.kind == "confirms"}
    return {
        tie.of
        for tie in live
        if tie.kind == "denies" and (_speaker(known[tie.by]), tie.of) not in confirmed
    }


def _speaker(fact: Standing) -> str:
    return fact.actor_side or fact.actor or fact.key


def _confirmers(known: Mapping[str, Standing], live: list[Tie]) -> dict[str, frozenset[str]]:
    """The sides that confirm each fact."""
    sides: dict[str, set[str]] = {}
    for tie in live:
        side = known[tie.by].actor_side
        if tie.kind == "confirms" and side:
            sides.setdefault(tie.of, set()).add(side)
    return {key: frozenset(found) for key, found in sides.items()}
