"""What grading a typed answer returns, and the cleaning that all kinds of answer share."""

from dataclasses import dataclass
from enum import StrEnum

from quiz.facts.names import normalise

LONGEST = 200


class Verdict(StrEnum):
    ACCEPT = "accept"
    ACCEPT_WITH_NOTE = "accept_with_note"
    PARTIAL = "partial"
    REJECT = "reject"
    ASK_AGAIN = "ask_again"


SCORES = {Verdict.ACCEPT: 1.0, Verdict.ACCEPT_WITH_NOTE: 1.0, Verdict.PARTIAL: 0.5}
# From best to worst: among several readings of one text the best one counts.
ORDER = (
    Verdict.ACCEPT,
    Verdict.ACCEPT_WITH_NOTE,
    Verdict.PARTIAL,
    Verdict.ASK_AGAIN,
    Verdict.REJECT,
)


@dataclass(frozen=True, slots=True)
class Graded:
    """A verdict with its reason.

    note: a sentence for the learner, empty where the verdict says all. read_as: how the text was
    understood. code: the rule that decided, for statistics and tests.
    """

    verdict: Verdict
    score: float
    note: str = ""
    read_as: str = ""
    code: str = ""

    @property
    def is_right(self) -> bool:
        return self.verdict in {Verdict.ACCEPT, Verdict.ACCEPT_WITH_NOTE}


def graded(verdict: Verdict, code: str, note: str = "", read_as: str = "") -> Graded:
    return Graded(verdict, SCORES.get(verdict, 0.0), note, read_as, code)


def ask_again(code: str, note: str, read_as: str = "") -> Graded:
    return graded(Verdict.ASK_AGAIN, code, f"One more try: {note}", read_as)


class UnreadableError(ValueError):
    """The text could not be read: invalid is not wrong. Says what to write instead."""

    def __init__(self, code: str, note: str) -> None:
        super().__init__(note)
        self.code = code
        self.note = note


def cleaned(given: str) -> str:
    """Return the text folded to plain signs, ASCII digits and single spaces.

    Raises UnreadableError for what is empty or too long to be an answer.
    """
    trimmed = given[: 60 * LONGEST].strip()
    if len(trimmed) > LONGEST or len(given) > 60 * LONGEST:
        raise UnreadableError("too_long", "please give only the answer, in a few words.")
    plain = normalise(trimmed)
    plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in plain)
    if not plain:
        raise UnreadableError("empty", "please write an answer first.")
    if len(plain) > 2 * LONGEST:
        raise UnreadableError("too_long", "please give only the answer, in a few words.")
    return plain
