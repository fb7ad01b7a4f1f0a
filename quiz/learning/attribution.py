"""Who says so, as of when, where, and how well it stands: told wherever a fact is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quiz.facts.status import Status

type Rail = tuple[str, str]  # the class of the line on the left, and the word beside it

NOTHING: Rail = ("", "")
UNCONFIRMED: Rail = ("rail-dotted", "Unconfirmed")
# By the word that a question's feedback keeps.
RAILS: dict[str, Rail] = {
    "both sides": ("rail-solid", "Both sides say so"),
    "several sources": ("rail-solid", "Several sources"),
    "one source": ("rail-dashed", "One source"),
    "one voice": ("rail-dashed", "One voice"),
    "voices differ": ("rail-double", "Voices differ"),
    "unconfirmed": UNCONFIRMED,
}
OF_STATUS: dict[str, Rail] = {
    Status.AGREED: RAILS["both sides"],
    Status.REPORTED: RAILS["one source"],
    Status.CLAIMED: RAILS["one voice"],
    Status.CONTESTED: RAILS["voices differ"],
    Status.SUPERSEDED: ("rail-dotted", "Superseded"),
    Status.RETRACTED: ("rail-dotted", "Taken back"),
    Status.UNVERIFIED: UNCONFIRMED,
}


@dataclass(frozen=True, slots=True)
class Attribution:
    rail: str
    rail_word: str
    voice: str
    as_of: str
    source: str
    place: str

    @property
    def said(self) -> str:
        """Who says so, and as of when."""
        if not self.voice:
            return self.as_of
        said = f"Who says so: {self.voice}"
        if not self.as_of:
            return said
        return f"{said} {self.as_of}." if said.endswith(".") else f"{said} · {self.as_of}"


def attribution_of(feedback: Mapping[str, Any]) -> Attribution:
    """What a question's feedback says of it; a place that tells no more than its source is one."""
    rail, rail_word = RAILS.get(feedback.get("standing", ""), NOTHING)
    source, place = feedback.get("source", ""), feedback.get("place", "")
    if not place or place == source:
        source, place = "", source or place
    voice, as_of = feedback.get("voice", ""), feedback.get("as_of", "")
    return Attribution(rail, rail_word, voice, as_of, source, place)


def rail_of(status: str, mode: str, *, has_voice: bool) -> Rail:
    """The same of a fact itself: a claim, or what nobody is named for, is unconfirmed."""
    if status == Status.CLAIMED and (mode == "claimed" or not has_voice):
        return UNCONFIRMED
    return OF_STATUS[status]
