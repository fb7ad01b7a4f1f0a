"""The five verdicts of a typed answer and what comes with one."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST = 200  # characters: no date, number or name is longer


class Verdict(StrEnum):
    ACCEPT = "accept"
    ACCEPT_WITH_NOTE = "accept_with_note"
    PARTIAL = "partial"
    REJECT = "reject"
    ASK_AGAIN = "ask_again"


SCORES = {Verdict.ACCEPT: 1.0, Verdict.ACCEPT_WITH_NOTE: 1.0, Verdict.PARTIAL: 0.5}
# From best to worst: of several readings of one answer the kindest counts, and a reading that
# is right is never outdone by a question back.
ORDER = (
    Verdict.ACCEPT,
    Verdict.ACCEPT_WITH_NOTE,
    Verdict.PARTIAL,
    Verdict.ASK_AGAIN,
    Verdict.REJECT,
)


@dataclass(frozen=True, slots=True)
class Graded:
    """note: a sentence for the learner. read_as: how the text was read. code: the reason."""

    verdict: Verdict
    note: str = ""
    read_as: str = ""
    code: str = ""

    @property
    def score(self) -> float:
        return SCORES.get(self.verdict, 0.0)


def kindest(readings: list[Graded]) -> Graded:
    return min(readings, key=lambda graded: ORDER.index(graded.verdict))


def ask_again(note: str, code: str) -> Graded:
    return Graded(Verdict.ASK_AGAIN, note, code=code)


def reject(note: str = "", code: str = "wrong", read_as: str = "") -> Graded:
    return Graded(Verdict.REJECT, note, read_as, code)
