"""One response is answered: graded, stored once, remembered.

The row that says what comes next is the lock: the slot of an attempt, else the memory of the
question's first key fact. It is claimed by its `seq`, first thing in the transaction; whoever finds
it moved on looks up what was stored instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from project.prepared import Insert
from quiz.accounts.models import User
from quiz.learning import given as givens
from quiz.learning.asking import Asked, shown_and_served, shown_version, slots
from quiz.learning.days import day_of
from quiz.learning.models import Answer, Attempt, BegunReview, Memory, Recall, Slot
from quiz.learning.recording import RIGHT, remembered
from quiz.learning.rounds import Kind, Mark, Round
from quiz.learning.tokens import Token, nonce_of, places_of
from quiz.learning.updating import correction
from quiz.questions.grading import Verdict
from quiz.questions.present import as_stored
from quiz.questions.respond import Outcome, UnreadableGivenError, respond

TRIES = 5
LEFT_OUT = "left_out"
_ANSWERS, _RECALLS = Insert(Answer), Insert(Recall)


class UnknownQuestionError(Exception):
    """Nothing is there that the token names: 404."""


class ClosedError(Exception):
    """The attempt is finished or its time is over: 410."""


class BusyError(Exception):
    """Others answered the same facts in the same moment, again and again: 503."""


class How(StrEnum):
    STORED = "stored"
    REPEAT = "repeat"  # the same was given before: what was stored is the reply
    CONFLICT = "conflict"  # something else was given before, and it stands
    MOVED_ON = "moved on"  # another question about the fact was answered since
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a response; `given` is what stands, in stored indices."""

    how: How
    asked: Asked
    token: Token
    nonce: str
    places: tuple[int, ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    verdict: str = ""
    score: float = 0.0
    reply: Mapping[str, Any] = field(default_factory=dict)
    following: Asked | None = None

    @property
    def mark(self) -> Mark:
        if self.how is How.LEFT_OUT:
            return Mark.LEFT_OUT
        if self.verdict in RIGHT:
            return Mark.RIGHT
        return Mark.PARTLY if self.verdict == Verdict.PARTIAL else Mark.WRONG

    @property
    def is_asked_again(self) -> bool:
        return self.verdict == Verdict.ASK_AGAIN

    @property
    def untouched(self) -> Asked | None:
        """What follows, read before the response, if the response cannot have changed its lock."""
        asked, other = self.asked, self.following
        if other is None or asked.has_several_facts:
            return None
        return None if (other.fact, other.facet) == (asked.fact, asked.facet) else other

    @property
    def round(self) -> Round | None:
        """The round after this response."""
        if self.token.round is None or self.is_asked_again:
            return self.token.round
        return self.token.round.after(self.token.question, self.mark)


def answer(*, learner: User, token: Token, posted: givens.Posted, now: datetime) -> Answered:
    """Grade and store one response, or find what was stored for it."""
    for _ in range(TRIES):
        step = _Step.read(learner, token, now, givens.sureness(posted))
        given = step.stored_given(posted)
        found = step.change_until_the_end(given) if step.is_at_end else step.answer_once(given)
        if found is not None:
            return found
    raise BusyError


def leave_out(*, learner: User, token: Token, now: datetime) -> Answered:
    """Go on without a grave question: no answer, no score, no effect on what is remembered."""
    step = _Step.read(learner, token, now)
    if not step.asked.is_grave:
        raise givens.MalformedError("only grave questions are left out")
    slot = step.asked.slot
    if slot and not slot.verdict:
        step.refuse_if_closed()
        Slot.objects.filter(pk=slot.pk, seq=slot.seq).update(seq=F("seq") + 1, verdict=LEFT_OUT)
    elif slot is None:
        _leave_out_today(step)
    return step.result(How.LEFT_OUT)


@transaction.atomic
def _leave_out_today(step: "_Step") -> None:
    """What was left out of the day's review is not announced again that day."""
    begun = BegunReview.objects.select_for_update().filter(learner=step.learner, day=step.day)
    for review in begun:
        review.questions = [one for one in review.questions if one != step.token.question]
        review.save(update_fields=["questions"])


def _upcoming(token: Token) -> str | None:
    """The question that most likely comes next in the round."""
    return token.round.after(token.question, Mark.RIGHT).next if token.round else None


def _as_shown(asked: Asked | None, learner: User, token: Token) -> Asked | None:
    """The slot's question in the version that was shown, if a correction has replaced it since."""
    if asked is None or asked.n == token.n or asked.question != token.question:
        return asked
    shown = shown_version(learner, token.question, token.n)
    return replace(shown, slot=asked.slot, has_changed=True) if shown is not None else None


@dataclass(frozen=True, slots=True)
class _Step:
    learner: User
    token: Token
    now: datetime
    asked: Asked
    following: Asked | None
    nonce: str
    places: tuple[int, ...]
    sureness: int | None = None

    @classmethod
    def read(
        cls, learner: User, token: Token, now: datetime, sureness: int | None = None
    ) -> "_Step":
        following = None
        if token.attempt:
            found = slots(learner, token.attempt, (token.slot, token.slot + 1))
            asked = _as_shown(found.get(token.slot), learner, token)
            following = found.get(token.slot + 1)
        elif upcoming := _upcoming(token):
            asked, following = shown_and_served(learner, token.question, token.n, upcoming)
        else:
            asked = shown_version(learner, token.question, token.n)
        if asked is None or asked.question != token.question:
            raise UnknownQuestionError
        nonce = nonce_of(token, learner=learner.pk, fact=asked.fact, facet=asked.facet)
        order = str(asked.expected.get("order", "given"))
        places = places_of(token, nonce, len(asked.options), order)
        return cls(learner, token, now, asked, following, nonce, places, sureness)

    @property
    def is_at_end(self) -> bool:
        return self.asked.slot is not None and self.asked.slot.at_end

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.learner.time_zone)

    @property
    def day(self) -> date:
        return day_of(self.now, self.zone, self.learner.day_start)

    def stored_given(self, posted: givens.Posted) -> dict[str, Any]:
        asked = self.asked
        premises = len(asked.expected.get("frame", ()))
        shown = givens.read(asked.form, posted, options=len(asked.options), premises=premises)
        return as_stored(shown, self.places)

    def graded(self, given: Mapping[str, Any], *, second: bool) -> Outcome:
        try:
            return respond(
                self.asked.form,
                self.asked.options,
                self.asked.expected,
                given,
                today=self.day,
                day_first=self.learner.date_order == User.DateOrder.DAY_FIRST,
                second_try=second,
            )
        except UnreadableGivenError as error:
            raise givens.MalformedError(str(error)) from error

    def result(self, how: How, stored: Answer | None = None) -> Answered:
        answered = Answered(
            how, self.asked, self.token, self.nonce, self.places, following=self.following
        )
        if stored is None:
            return answered
        return Answered(
            how,
            self.asked,
            self.token,
            self.nonce,
            self.places,
            stored.given,
            stored.verdict,
            stored.score,
            stored.reply,
            self.following,
        )

    def refuse_if_closed(self) -> None:
        slot = self.asked.slot
        if slot is None:
            return
        is_over = slot.closes_at is not None and slot.closes_at <= self.now
        if is_over or slot.state != Attempt.State.OPEN:
            raise ClosedError

    def answer_once(self, given: Mapping[str, Any]) -> Answered | None:
        """Claim, then store; None when the lock or a memory moved on in between."""
        if self.asked.seq != self.token.seq:
            return self._already(given)
        self.refuse_if_closed()
        outcome = self.graded(given, second=self.token.second)
        stored = self._answer(given, outcome, 0 if outcome.verdict is Verdict.ASK_AGAIN else 1)
        memories, recalls = self._remembered(outcome, given)
        with transaction.atomic():
            if not self._claim(stored) or not Memory.objects.store(memories):
                transaction.set_rollback(True)
                return None
            _ANSWERS.store([stored])
            _RECALLS.store(recalls)
        return self.result(How.STORED, stored)

    def change_until_the_end(self, given: Mapping[str, Any]) -> Answered | None:
        """Without feedback an answer may be changed until the attempt is finished.

        Nothing is remembered before that: what counts is the answer that stands then.
        """
        slot = self.asked.slot
        assert slot is not None
        rows = Answer.objects.filter(learner=self.learner, nonce=self.nonce).order_by("-try_no")
        earlier = list(rows) if slot.seq else []
        if earlier and earlier[0].given == given and earlier[0].try_no:
            return self.result(How.REPEAT, earlier[0])
        self.refuse_if_closed()
        outcome = self.graded(given, second=bool(earlier and earlier[-1].try_no == 0))
        is_again = outcome.verdict is Verdict.ASK_AGAIN
        try_no = 0 if is_again else (earlier[0].try_no if earlier else 0) + 1
        stored = self._answer(given, outcome, try_no)
        with transaction.atomic():
            if not self._claim(stored, seq=slot.seq):
                return None
            _ANSWERS.store([stored])
        return self.result(How.STORED, stored)

    def _already(self, given: Mapping[str, Any]) -> Answered:
        rows = Answer.objects.filter(learner=self.learner, nonce=self.nonce)
        stored = rows.order_by("-try_no").first()
        if stored is None:
            self.refuse_if_closed()
            return self.result(How.MOVED_ON)
        return self.result(How.REPEAT if stored.given == given else How.CONFLICT, stored)

    def _claim(self, stored: Answer, seq: int | None = None) -> bool:
        """Close the slot with this answer; without one the memory itself is the claim."""
        slot = self.asked.slot
        if slot is None:
            return True
        rows = Slot.objects.filter(pk=slot.pk, seq=self.token.seq if seq is None else seq)
        if stored.verdict == Verdict.ASK_AGAIN:
            return rows.update(seq=F("seq") + 1) == 1
        return (
            rows.update(
                seq=F("seq") + 1,
                version=self.asked.version,
                nonce=stored.nonce,
                verdict=stored.verdict,
                score=stored.score,
            )
            == 1
        )

    def _answer(self, given: Mapping[str, Any], outcome: Outcome, try_no: int) -> Answer:
        round_ = self.token.round
        context = Answer.Context.QUIZ
        if round_ is not None:
            context = Answer.Context(
                Answer.Context.ROUND if round_.kind is Kind.FIRST else round_.kind.value
            )
        return Answer(
            learner=self.learner,
            presented_at=self.token.shown_at,
            nonce=self.nonce,
            try_no=try_no,
            context=context.value,
            version_id=self.asked.version,
            attempt_id=self.asked.slot.attempt if self.asked.slot else None,
            given=dict(given),
            sureness=self.sureness,
            verdict=outcome.verdict.value,
            score=outcome.score,
            reply={
                key: value
                for key, value in (
                    ("note", outcome.note),
                    ("read_as", outcome.read_as),
                    ("updated", correction(self.asked)),
                )
                if value
            },
            answered_at=self.now,
        )

    def _remembered(
        self, outcome: Outcome, given: Mapping[str, Any]
    ) -> tuple[list[Memory], list[Recall]]:
        if outcome.verdict is Verdict.ASK_AGAIN and self.asked.slot:
            return [], []
        return remembered(
            self.learner,
            self.asked,
            outcome,
            given,
            now=self.now,
            nonce=self.nonce,
            second=self.token.second,
        )
