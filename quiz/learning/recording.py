"""What a response leaves behind: memories as they are after it, and recalls, its evidence."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from quiz.accounts.models import User
from quiz.learning import remembering
from quiz.learning.asking import Asked, KeyFact, key_facts
from quiz.learning.days import day_of, start_of
from quiz.learning.memory import Grade
from quiz.learning.models import Memory, Recall
from quiz.learning.rating import Evidence
from quiz.learning.remembering import Trace
from quiz.questions.grading import Verdict
from quiz.questions.respond import Outcome

RIGHT = frozenset({Verdict.ACCEPT.value, Verdict.ACCEPT_WITH_NOTE.value})


def remembered(
    learner: User,
    asked: Asked,
    outcome: Outcome,
    given: Mapping[str, Any],
    *,
    now: datetime,
    nonce: str,
    second: bool = False,
) -> tuple[list[Memory], list[Recall]]:
    """The memories as they are after a response, and the response as evidence about each."""
    zone = ZoneInfo(learner.time_zone)
    day = day_of(now, zone, learner.day_start)
    memories, recalls = [], []
    for fact, right in _evidence(learner, asked, outcome):
        grade: Grade | None = None
        if outcome.verdict is Verdict.ASK_AGAIN:
            trace = remembering.after_asking_again(fact.trace)
        else:
            seen = _seen(asked, given, right=right, second=second)
            grade = remembering.grade_of(fact.trace, seen, day)
            trace = remembering.after(fact.trace, seen, grade, day, revision=fact.revision)
        memories.append(as_memory(learner, fact, trace))
        recalls.append(
            Recall(
                learner=learner,
                fact_id=fact.fact,
                facet=fact.facet,
                seq=trace.seq,
                at=now,
                day=day,
                form=asked.form,
                verdict=_word(outcome, right=right),
                rating=grade and int(grade),
                revision=fact.revision,
                nonce=nonce,
            )
        )
    return memories, recalls


def as_memory(learner: User, fact: KeyFact, trace: Trace) -> Memory:
    zone = ZoneInfo(learner.time_zone)
    return Memory(
        learner=learner,
        fact_id=fact.fact,
        facet=fact.facet,
        topic_id=fact.topic,
        seq=trace.seq,
        stability=trace.state.stability if trace.state else None,
        difficulty=trace.state.difficulty if trace.state else None,
        last_rated_day=trace.state.last_day if trace.state else None,
        due_at=start_of(trace.due_day, zone, learner.day_start) if trace.due_day else None,
        last_rating=trace.last_grade and int(trace.last_grade),
        rated=trace.rated,
        lapses=trace.lapses,
        recalled_days=trace.recalled_days,
        self_rated_days=trace.self_rated_days,
        last_recalled_day=trace.last_recalled_day,
        last_form=trace.last_form,
        last_day=trace.last_day,
        asked_again=trace.asked_again,
        revision_seen=trace.revision_seen,
    )


def _evidence(
    learner: User, asked: Asked, outcome: Outcome
) -> Sequence[tuple[KeyFact, bool | None]]:
    """Each fact that was asked and whether it was right, the lock among them."""
    whole: bool | None = outcome.verdict.value in RIGHT
    if outcome.verdict is Verdict.PARTIAL:
        whole = None
    lock = KeyFact("", asked.fact, asked.facet, asked.revision, asked.topic, asked.trace)
    if not outcome.per_fact or not asked.has_several_facts:
        return [(lock, whole)]
    # The lock is taken as it was read with the question: read again it might have moved on since.
    facts = {
        (fact.fact, fact.facet): (fact, outcome.per_fact[fact.key, fact.facet])
        for fact in key_facts(learner, asked.version)
        if (fact.key, fact.facet) in outcome.per_fact
    }
    place = (lock.fact, lock.facet)
    facts[place] = (lock, facts[place][1] if place in facts else None)
    return list(facts.values())


def _seen(asked: Asked, given: Mapping[str, Any], *, right: bool | None, second: bool) -> Evidence:
    return Evidence(
        form=asked.form,
        right=right,
        options=len(asked.options),
        second_try=second,
        chosen_grade=Grade(given["rating"]) if "rating" in given else None,
    )


def _word(outcome: Outcome, *, right: bool | None) -> str:
    if not outcome.per_fact:
        return outcome.verdict.value
    if right is None:
        return Verdict.PARTIAL.value
    return Verdict.ACCEPT.value if right else Verdict.REJECT.value
