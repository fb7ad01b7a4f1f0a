"""Changes a learner makes: beginning reviews and attempts, leaving grave facts out.

Answers, the one change that everything turns on, are in `answering`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from quiz.accounts.models import User
from quiz.classrooms.models import Assignment
from quiz.facts.models import Topic
from quiz.learning.asking import Asked, slots
from quiz.learning.candidates import begun_on, day_now
from quiz.learning.models import Answer, Attempt, BegunReview, Memory, Recall, Slot
from quiz.learning.planning import plan_review
from quiz.learning.recording import remembered
from quiz.learning.rounds import Round
from quiz.questions.models import QuestionSet, QuestionVersion
from quiz.questions.respond import respond

SENT_TWICE = timedelta(seconds=10)


def set_leave_out_grave(*, learner: User, leave_out: bool) -> None:
    if learner.leave_out_grave != leave_out:
        learner.leave_out_grave = leave_out
        learner.save(update_fields=["leave_out_grave"])


def start_review(*, learner: User, now: datetime) -> Round:
    """Begin the day's review, or go on with what is left of it.

    Sent twice it begins once: both plan the same.
    """
    plan = plan_review(learner, now)
    day = day_now(learner, now)
    if plan.remaining or begun_on(learner, day) is not None:
        BegunReview.objects.update_or_create(
            learner=learner, defaults={"day": day, "questions": list(plan.remaining)}
        )
    return plan


@transaction.atomic
def start_attempt(
    *,
    learner: User,
    question_set: QuestionSet,
    now: datetime,
    assignment: Assignment | None = None,
) -> Attempt:
    """Begin a question set, or go on with the attempt of it that is still open."""
    _lock(learner)
    attempt = Attempt.objects.filter(
        learner=learner,
        question_set=question_set,
        assignment=assignment,
        state=Attempt.State.OPEN,
    ).first()
    if attempt is not None:
        return attempt
    items = [item for item in question_set.items.with_versions() if item.is_served]
    return _begin(
        learner,
        question_set.topic,
        [(item.version, item.own_stem) for item in items if item.version],
        now,
        question_set=question_set,
        assignment=assignment,
    )


@transaction.atomic
def start_quiz(
    *, learner: User, topic: Topic, questions: Sequence[str], now: datetime
) -> Attempt | None:
    """Begin a quiz of these questions; a form sent twice in a row begins one.

    Later it may have been sent with other parts chosen, and is another quiz.
    """
    _lock(learner)
    served = QuestionVersion.objects.served().filter(question__public_id__in=questions)
    by_question = {version.question.public_id: version for version in
                   served.select_related("question")}  # fmt: skip
    versions = [by_question[question] for question in questions if question in by_question]
    if not versions:
        return None
    untouched = Attempt.objects.filter(
        learner=learner,
        topic=topic,
        question_set=None,
        state=Attempt.State.OPEN,
        size=len(versions),
        started_at__gt=now - SENT_TWICE,
    ).exclude(slots__seq__gt=0)
    attempt = untouched.order_by("-started_at").first()
    if attempt is not None:
        return attempt
    return _begin(learner, topic, [(version, "") for version in versions], now)


def finish_attempt(*, attempt: Attempt, learner: User, now: datetime) -> None:
    """Close an attempt; without feedback until now, its answers are remembered from here on.

    The slots move on with it, so that an answer on its way finds them changed and is refused.
    """
    with transaction.atomic():
        open_attempt = Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.OPEN)
        if not open_attempt.update(state=Attempt.State.FINISHED, finished_at=now):
            return
        Slot.objects.filter(attempt=attempt).update(seq=F("seq") + 1)
        if attempt.question_set is not None and attempt.question_set.feedback_at_end:
            _remember(attempt, learner, now)
    attempt.state, attempt.finished_at = Attempt.State.FINISHED, now


def _lock(learner: User) -> None:
    """Let two requests that begin the same thing follow each other."""
    list(User.objects.select_for_update().filter(pk=learner.pk).values_list("pk"))


def _begin(
    learner: User,
    topic: Topic,
    versions: Sequence[tuple[QuestionVersion, str]],
    now: datetime,
    *,
    question_set: QuestionSet | None = None,
    assignment: Assignment | None = None,
) -> Attempt:
    attempt = Attempt.objects.create(
        learner=learner,
        topic=topic,
        question_set=question_set,
        assignment=assignment,
        size=len(versions),
        started_at=now,
    )
    Slot.objects.bulk_create(
        Slot(attempt=attempt, learner=learner, n=n, version=version, own_stem=own_stem)
        for n, (version, own_stem) in enumerate(versions, start=1)
    )
    return attempt


def _remember(attempt: Attempt, learner: User, now: datetime) -> None:
    """Store what the answers that stand say about each fact; each memory is touched once."""
    asked = slots(learner, attempt.public_id)
    standing: dict[str, Answer] = {}
    nonces = [row.slot.nonce for row in asked.values() if row.slot and row.slot.nonce]
    for answer in Answer.objects.filter(learner=learner, nonce__in=nonces).order_by("try_no"):
        standing[answer.nonce] = answer
    touched: set[tuple[int, str]] = set()
    memories: list[Memory] = []
    recalls: list[Recall] = []
    for row in asked.values():
        stands = standing.get(row.slot.nonce) if row.slot else None
        if stands is None:
            continue
        new_memories, new_recalls = _evidence_of(row, stands, learner, now)
        for memory, recall in zip(new_memories, new_recalls, strict=True):
            # A fact asked twice in one attempt was first remembered, or not, the first time.
            if (memory.fact_id, memory.facet) not in touched:
                touched.add((memory.fact_id, memory.facet))
                memories.append(memory)
                recalls.append(recall)
    # Another answer about one of these facts may have come first; then that memory stands.
    stored = [pair for pair in zip(memories, recalls, strict=True)
              if Memory.objects.store([pair[0]])]  # fmt: skip
    Recall.objects.bulk_create(recall for _, recall in stored)


def _evidence_of(
    row: Asked, answer: Answer, learner: User, now: datetime
) -> tuple[list[Memory], list[Recall]]:
    outcome = respond(
        row.form,
        row.options,
        row.expected,
        answer.given,
        today=now.date(),
        day_first=learner.date_order == User.DateOrder.DAY_FIRST,
        second_try=True,
    )
    return remembered(learner, row, outcome, answer.given, now=now, nonce=answer.nonce)
