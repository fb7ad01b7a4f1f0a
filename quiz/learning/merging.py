"""What a guest learned joins the account: answers, attempts, memories, days.

Answers keep their nonces. The recalls of both are put in the order of time and numbered anew, and
every memory is replayed from them, so that it is as if one learner had answered all along.
"""

from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import Min

from quiz.accounts.merging import register
from quiz.accounts.models import User
from quiz.facts.models import Fact
from quiz.learning.asking import KeyFact
from quiz.learning.days import day_of
from quiz.learning.models import Answer, Attempt, BegunReview, LearnerDay, Memory, Recall, Slot
from quiz.learning.recording import as_memory
from quiz.learning.reliving import relived


@register
def merge_learning(*, guest: User, user: User, now: datetime) -> None:  # noqa: ARG001
    """Move everything the guest learned to the user; a second call finds nothing to move."""
    Answer.objects.filter(learner=guest).update(learner=user)
    Slot.objects.filter(learner=guest).update(learner=user)
    Attempt.objects.filter(learner=guest).update(learner=user)
    _merge_begun(guest, user)
    first_day = Recall.objects.filter(learner=guest).aggregate(first=Min("day"))["first"]
    _merge_memories(guest, user)
    _merge_days(guest, user, first_day - timedelta(days=1) if first_day else None)


def _merge_begun(guest: User, user: User) -> None:
    """The guest's day goes on, unless the user has begun one of as late a day."""
    for review in BegunReview.objects.filter(learner=guest):
        if not BegunReview.objects.filter(learner=user, day__gte=review.day).exists():
            BegunReview.objects.update_or_create(
                learner=user, defaults={"day": review.day, "questions": review.questions}
            )
        review.delete()


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
        own = [_as_users(recall, user) for recall in group]
        trace = relived(own)
        key = KeyFact("", fact, facet, 0, topics[fact], trace)
        memory = as_memory(user, key, trace)
        memory.revision_seen = max(memory.revision_seen, seen.get((fact, facet), 1))
        memories.append(memory)
        Recall.objects.bulk_create(own)
    Memory.objects.bulk_create(memories)


def _as_users(recall: Recall, user: User) -> Recall:
    """The recall as the user's own, on the day it was by their clock."""
    recall.pk, recall.learner = None, user
    recall.day = day_of(recall.at, ZoneInfo(user.time_zone), user.day_start)
    return recall


def _merge_days(guest: User, user: User, first_day: date | None) -> None:
    """Forget the counters from the guest's first day on: they are folded anew from the recalls."""
    LearnerDay.objects.filter(learner=guest).delete()
    if first_day is not None:
        LearnerDay.objects.filter(learner=user, day__gte=first_day).delete()
