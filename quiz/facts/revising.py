"""What follows from changed facts in the same transaction: statuses and revisions."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from quiz.accounts.models import User
from quiz.facts.base import FactBase
from quiz.facts.history import changed_fields, kind_of_change
from quiz.facts.models import Fact, FactRevision, Topic
from quiz.facts.records import fact_records
from quiz.facts.standing import statuses
from quiz.facts.status import Status

BATCH = 500
CONSEQUENCE = "follows from a change to another fact"


def store_statuses(topic: Topic, base: FactBase, *, today: int) -> int:
    """Store the status of every fact in the base where it has changed; return how many had."""
    found = statuses(base, today=today)
    changed: dict[Status, list[str]] = defaultdict(list)
    for key, status in found.items():
        changed[status].append(key.partition("/")[2])
    count = 0
    for status, slugs in changed.items():
        for start in range(0, len(slugs), BATCH):
            rows = Fact.objects.filter(topic=topic, slug__in=slugs[start : start + BATCH])
            count += rows.exclude(status=status).update(status=status)
    return count


def write_revisions(
    facts: QuerySet[Fact],
    before: Mapping[int, Mapping[str, Any]],
    *,
    now: datetime,
    edited: int | None = None,
    change: str = "",
    why: str = "",
    by: User | None = None,
) -> list[int]:
    """Write a revision of each fact that is no longer what it was; return their ids.

    `before` holds how they stood. `change` is the kind of change to the edited fact; without one,
    and for all others, it is read off what changed. A fact of which only the status changed
    followed from another.
    """
    after = fact_records(facts)
    changed = [pk for pk, record in after.items() if record != before.get(pk)]
    for start in range(0, len(changed), BATCH):
        old = [pk for pk in changed[start : start + BATCH] if pk in before]
        Fact.objects.filter(pk__in=old).update(revision=F("revision") + 1)
    numbers: dict[int, int] = {}
    for start in range(0, len(changed), BATCH):
        rows = Fact.objects.filter(pk__in=changed[start : start + BATCH])
        numbers.update(rows.values_list("pk", "revision"))
    revisions = []
    for pk in changed:
        was = before.get(pk)
        is_edited = pk == edited
        fields = changed_fields(was, after[pk])
        follows = was is not None and fields == {"status"} and not is_edited
        kind = change if is_edited else kind_of_change(was, after[pk])
        revisions.append(
            FactRevision(
                fact_id=pk,
                n=numbers[pk],
                before=was,
                after=after[pk],
                change=kind or kind_of_change(was, after[pk]),
                why=CONSEQUENCE if follows else why,
                by=by,
                at=now,
            )
        )
    FactRevision.objects.bulk_create(revisions, batch_size=BATCH)
    return changed
