"""How a fact stands: derived from who says it, never typed by hand."""

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
