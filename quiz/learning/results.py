"""The result of a finished attempt, question by question."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from quiz.accounts.models import User
from quiz.learning.answering import LEFT_OUT, Answered, How
from quiz.learning.asking import Asked, slots
from quiz.learning.claiming import claim_of
from quiz.learning.models import Answer, Attempt
from quiz.learning.presenting import Card, answered_card
from quiz.learning.tally import tally
from quiz.learning.tokens import Token, places_of
from quiz.questions.grading import Verdict

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ResultRow:
    n: int
    card: Card
    is_answered: bool
    is_left_out: bool
    score: float


@dataclass(frozen=True, slots=True)
class Result:
    """What was left out by the learner counts neither way."""

    rows: tuple[ResultRow, ...]

    @property
    def counted(self) -> int:
        return sum(not row.is_left_out for row in self.rows)

    @property
    def points(self) -> float:
        return sum(row.score for row in self.rows if not row.is_left_out)

    @property
    def words(self) -> str:
        return tally(self.points, self.counted)

    @property
    def answered(self) -> int:
        return sum(row.is_answered for row in self.rows)


def result_of(learner: User, attempt: Attempt) -> Result:
    """Read every slot with the answer that stands; three queries."""
    asked = slots(learner, attempt.public_id)
    nonces = [row.slot.nonce for row in asked.values() if row.slot and row.slot.nonce]
    standing = {
        answer.nonce: answer
        for answer in Answer.objects.filter(learner=learner, nonce__in=nonces).order_by("try_no")
    }
    return Result(
        tuple(
            _row(learner, row, standing.get(row.slot.nonce))
            for row in asked.values()
            if row.slot is not None
        )
    )


def told(learner: User, row: Asked, stored: Answer) -> Card:
    """The card of a question with what was answered, apart from any round."""
    token = Token(learner.public_id, row.question, row.n, 0, stored.presented_at)
    order = str(row.expected.get("order", "given"))
    places = places_of(token, stored.nonce, len(row.options), order)
    found = Answered(
        How.REPEAT, row, token, stored.nonce, places, stored.given, stored.verdict,
        stored.score, stored.reply,
    )  # fmt: skip
    return answered_card(found, learner=learner)


def told_with_claim(learner: User, row: Asked, stored: Answer) -> Card:
    """The same, with whether what was typed may be counted as right, or was."""
    return replace(told(learner, row, stored), claim=claim_of(stored))


def _row(learner: User, row: Asked, stored: Answer | None) -> ResultRow:
    assert row.slot is not None
    if stored is not None:
        return ResultRow(row.slot.n, told(learner, row, stored), True, False, stored.score)
    token = Token(learner.public_id, row.question, row.n, 0, EPOCH)
    places = tuple(range(len(row.options)))
    nothing = Answered(
        How.REPEAT, row, token, "", places, {"dont_know": True}, Verdict.REJECT.value
    )
    card = answered_card(nothing, learner=learner)
    return ResultRow(row.slot.n, card, False, row.slot.verdict == LEFT_OUT, 0.0)
