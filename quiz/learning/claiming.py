"""“I was right”: a typed answer that was not accepted counts for the learner's own schedule.

Only the recall is put right, and the memory lived anew from its recalls. The answer and its score
stay as they were graded: they are what a teacher sees, until a person confirms the claim.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from quiz.learning.asking import KeyFact
from quiz.learning.memory import Grade
from quiz.learning.models import Answer, LearnerDay, Memory, Recall
from quiz.learning.rating import RECALL, Evidence, grade
from quiz.learning.recording import RIGHT, as_memory
from quiz.learning.reliving import relived
from quiz.questions.grading import Verdict

REFUSED = frozenset({Verdict.REJECT.value, Verdict.PARTIAL.value})
# What a correction may have changed since is not lived anew.
KEPT = frozenset({"id", "learner", "fact", "facet", "topic", "revision_seen"})


class Claim(StrEnum):
    NONE = ""
    OPEN = "open"  # the learner may say so
    MADE = "made"


class NotClaimableError(Exception):
    """The answer is none that a learner may count as right: no page of ours offers it."""


def may_claim(form: str, verdict: str, given: Mapping[str, Any]) -> bool:
    """Only what was typed may have been misread; “I don’t know” was not."""
    return form in RECALL and verdict in REFUSED and "text" in given


def claim_of(answer: Answer) -> Claim:
    """How a stored answer stands.

    Where feedback comes at the end the answers make one result, which a teacher set as a test:
    there a learner reports, and nothing is counted beforehand.
    """
    question_set = answer.attempt.question_set if answer.attempt else None
    is_test = question_set is not None and question_set.feedback_at_end
    if is_test or not may_claim(answer.version.question.form, answer.verdict, answer.given):
        return Claim.NONE
    recall = _recall_of(answer)
    if recall is None:
        return Claim.NONE
    return Claim.MADE if recall.verdict in RIGHT else Claim.OPEN


@transaction.atomic
def put_right(*, answer: Answer) -> bool:
    """Remember the answer as if it had been accepted; False if that was done before.

    The lock moves on by it, so that an answer which read the memory before is not stored upon it.
    """
    recall = _recall_of(answer)
    if recall is None:
        raise NotClaimableError
    memory = Memory.objects.select_for_update().get(
        learner=answer.learner_id, fact=recall.fact_id, facet=recall.facet
    )
    recalls = list(_recalls_about(answer).order_by("seq"))
    at = next(place for place, row in enumerate(recalls) if row.pk == recall.pk)
    if recalls[at].verdict in RIGHT:
        return False
    recalls[at].verdict = Verdict.ACCEPT.value
    recalls[at].rating = _accepted(recall.form, second_try=_was_second_try(answer, recalls[:at]))
    trace = relived(recalls)
    Recall.objects.bulk_update(recalls[at:], ["verdict", "rating"])
    fact = KeyFact("", recall.fact_id, recall.facet, recall.revision, memory.topic_id, trace)
    lived = as_memory(answer.learner, fact, trace)
    lived.pk, lived.seq = memory.pk, memory.seq + 1
    lived.save(update_fields=[each.name for each in Memory._meta.fields if each.name not in KEPT])
    # Days that were folded with the miss are folded anew.
    LearnerDay.objects.filter(learner=answer.learner_id, day__gte=recall.day).delete()
    return True


def was_first_of_day(answer: Answer) -> bool:
    """Whether nothing about the fact was answered earlier that day: a return in a round is not."""
    recall = _recall_of(answer)
    if recall is None:
        return True
    earlier = _recalls_about(answer).filter(day=recall.day, seq__lt=recall.seq)
    return not earlier.exclude(verdict=Verdict.ASK_AGAIN).exists()


def _recalls_about(answer: Answer) -> QuerySet[Recall]:
    """All recalls of what the answer's question asks; a typed one asks a single fact."""
    question = answer.version.question
    return Recall.objects.filter(
        learner=answer.learner_id, fact=question.fact_id, facet=question.facet
    )


def _recall_of(answer: Answer) -> Recall | None:
    return _recalls_about(answer).filter(nonce=answer.nonce).first()


def _accepted(form: str, *, second_try: bool) -> Grade | None:
    return grade(Evidence(form, right=True, second_try=second_try), None)


def _was_second_try(answer: Answer, earlier: list[Recall]) -> bool:
    """Asked again just before; an attempt keeps that with its answers, not as a recall."""
    if answer.attempt_id is None:
        return bool(earlier) and earlier[-1].verdict == Verdict.ASK_AGAIN
    asked_again = Answer.objects.filter(
        learner=answer.learner_id, attempt=answer.attempt_id, version=answer.version_id, try_no=0
    )
    return asked_again.exists()
