"""What a guest learned joins the account: answers, attempts, memories, days.

Answers keep their nonces. The recalls of both are put in the order of time and numbered anew, and
every memory is replayed from them, so that it is as if one learner had answered all along.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import Min

from quiz.accounts.merging import register
from quiz.accounts.models import User
from quiz.facts.models import Fact
from quiz.learning import remembering
from quiz.learning.asking import KeyFact
from quiz.learning.days import day_of
from quiz.learning.memory import Grade
from quiz.learning.models import Answer, Attempt, LearnerDay, Memory, Recall, Slot
from quiz.learning.rating import RECALL, Evidence
from quiz.learning.recording import RIGHT, as_memory
from quiz.learning.remembering import NOTHING, Trace
from quiz.questions.grading import Verdict


@register
def merge_learning(*, guest: User, user: User, now: datetime) -> None:  # noqa: ARG001
    """Move everything the guest learned to the user; a second call finds nothing to move."""
    Answer.objects.filter(learner=guest).update(learner=user)
    Slot.objects.filter(learner=guest).update(learner=user)
    Attempt.objects.filter(learner=guest).update(learner=user)
    first_day = Recall.objects.filter(learner=guest).aggregate(first=Min("day"))["first"]
    _merge_memories(guest, user)
    _merge_days(guest, user, first_day - timedelta(days=1) if first_day else None)


def _merge_memories(guest: User, user: User) -> None:
    facts = list(Memory.objects.filter(learner=guest).values_list("fact", flat=True))
    if not facts:
        return
    mine = Memory.objects.filter(learner__in=(guest, user), fact__in=facts)
    seen = {(row.fact_id, row.facet): row.revision_seen for row in mine}
    recalls = list(
        Recall.objects.filter(learner__in=(guest, user), fact__in=facts).order_by(
            "fact", "facet", "at", "pk"
        )
    )
    Recall.objects.filter(pk__in=[recall.pk for recall in recalls]).delete()
    mine.delete()
    topics = dict(Fact.objects.filter(pk__in=facts).values_list("pk", "topic"))
    memories: list[Memory] = []
    for (fact, facet), group in groupby(recalls, key=lambda row: (row.fact_id, row.facet)):
        trace, numbered = relived(user, list(group))
        key = KeyFact("", fact, facet, 0, topics[fact], trace)
        memory = as_memory(user, key, trace)
        memory.revision_seen = max(memory.revision_seen, seen.get((fact, facet), 1))
        memories.append(memory)
        Recall.objects.bulk_create(numbered)
    Memory.objects.bulk_create(memories)


def relived(user: User, recalls: Sequence[Recall]) -> tuple[Trace, list[Recall]]:
    """The trace these recalls lead to, and the recalls as the user's, numbered from 1.

    A day is rated once: of two ratings on one day the first stands and the other becomes none.
    """
    zone = ZoneInfo(user.time_zone)
    trace, numbered = NOTHING, []
    for recall in recalls:
        day = day_of(recall.at, zone, user.day_start)
        grade = Grade(recall.rating) if recall.rating else None
        if trace.state is not None and trace.state.last_day >= day:
            grade = None
        if recall.verdict == Verdict.ASK_AGAIN:
            trace = remembering.after_asking_again(trace)
        else:
            trace = remembering.after(
                trace, _as_evidence(recall), grade, day, revision=recall.revision
            )
        recall.pk, recall.learner = None, user
        recall.seq, recall.day, recall.rating = trace.seq, day, grade
        numbered.append(recall)
    return trace, numbered


def _as_evidence(recall: Recall) -> Evidence:
    right: bool | None = recall.verdict in RIGHT
    if recall.verdict == Verdict.PARTIAL:
        right = None
    is_own = recall.form not in RECALL and recall.rating is not None
    return Evidence(
        form=recall.form,
        right=right,
        chosen_grade=Grade(recall.rating) if is_own and recall.rating else None,
    )


def _merge_days(guest: User, user: User, first_day: date | None) -> None:
    """Forget the counters from the guest's first day on: they are folded anew from the recalls."""
    LearnerDay.objects.filter(learner=guest).delete()
    if first_day is not None:
        LearnerDay.objects.filter(learner=user, day__gte=first_day).delete()
