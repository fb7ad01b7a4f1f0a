"""Changing facts: each change is checked, revised, and settles the facts that it touches."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from quiz.accounts.models import User
from quiz.facts import base
from quiz.facts.checks import mistakes_of
from quiz.facts.columns import compute, missing_parts
from quiz.facts.following import Changed, tell
from quiz.facts.mistakes import Mistake, RefusedError
from quiz.facts.models import (
    AlsoRight,
    Fact,
    FactLink,
    FactRevision,
    Topic,
)
from quiz.facts.near import about_the_same
from quiz.facts.records import fact_records
from quiz.facts.revising import store_statuses, write_revisions
from quiz.facts.snapshot import facts_of, snapshot_of


@dataclass
class Edit:
    """An edit under way: how the facts near the edited ones stood before."""

    records: dict[int, dict[str, Any]] = field(default_factory=dict)
    before: dict[str, base.Fact] = field(default_factory=dict)
    changed: list[int] = field(default_factory=list)


def facts_near(fact: Fact) -> QuerySet[Fact]:
    """The fact and all whose status a change to it can touch: about the same, or by links."""
    # Looked up once: joined to the facts, or within each of the queries for their parts, this makes
    # a database read every fact there is.
    linked = FactLink.objects.filter(Q(from_fact=fact) | Q(to_fact=fact)).order_by()
    ends = {pk for ends in linked.values_list("from_fact", "to_fact") for pk in ends}
    near = Q(pk__in={fact.pk, *ends}) | about_the_same([fact.pk])
    rows = Fact.objects.filter(near, topic=fact.topic_id).order_by()
    return Fact.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))


def begin_edit(fact: Fact | None) -> Edit:
    """Note how things stand; call it inside the transaction, before anything is changed."""
    edit = Edit()
    if fact is not None:
        lock(Fact.objects.filter(pk=fact.pk).values("topic"))
        stored = Fact.objects.select_for_update().get(pk=fact.pk)
        if stored.revision != fact.revision:
            what = "somebody else has changed it meanwhile."
            right = "look at its revisions, then save again"
            raise RefusedError((Mistake(f"fact {stored.key}", "", what, right),))
        _note(edit, stored.topic, facts_near(stored))
    return edit


def lock(topics: Collection[int] | QuerySet[Any, Any]) -> list[Topic]:
    """These topics (ids), for this transaction alone: edits of one topic follow each other.

    Two at once would each settle the statuses without what the other says.
    """
    return list(Topic.objects.locked().filter(pk__in=topics))


def _note(edit: Edit, topic: Topic, facts: QuerySet[Fact]) -> None:
    edit.records |= fact_records(facts)
    edit.before |= facts_of(topic, facts)


def finish_edit(
    edit: Edit, *, fact: Fact, change: str, why: str, by: User | None, now: datetime
) -> Edit:
    """Check the edited fact, settle what it touches, write revisions, hold its questions.

    RefusedError with every mistake; the caller's transaction then must not be committed.
    """
    lock(Fact.objects.filter(pk=fact.pk).values("topic"))
    stored = Fact.objects.select_related("topic", "measure").get(pk=fact.pk)
    near = facts_near(stored)
    newly = near.exclude(pk__in=[*edit.records, stored.pk])
    edit.records |= fact_records(newly)
    everything = Fact.objects.filter(Q(pk__in=list(edit.records)) | Q(pk=stored.pk))
    snapshot = snapshot_of(stored.topic, everything)
    if mistakes := tuple(mistakes_of(snapshot, only=[stored.key])):
        raise RefusedError(mistakes)
    Fact.objects.filter(pk=stored.pk).update(edited_in_app=True)
    edit.changed = _settle(
        edit,
        stored.topic,
        everything,
        snapshot,
        edited=stored.pk,
        change=change,
        why=why,
        by=by,
        now=now,
    )
    return edit


def _settle(
    edit: Edit,
    topic: Topic,
    facts: QuerySet[Fact],
    snapshot: base.FactBase,
    *,
    edited: int,
    change: str,
    why: str,
    by: User | None,
    now: datetime,
) -> list[int]:
    store_statuses(topic, snapshot, today=now.date().toordinal())
    changed = write_revisions(
        facts, edit.records, edited=edited, change=change, why=why, by=by, now=now
    )
    if changed:
        tell(Changed(topic, tuple(changed), _as_they_were(edit, topic, changed), now))
    return changed


def _as_they_were(edit: Edit, topic: Topic, ids: Collection[int]) -> tuple[base.Fact, ...]:
    slugs = Fact.objects.filter(pk__in=ids).order_by("slug").values_list("slug", flat=True)
    keys = (f"{topic.slug}/{slug}" for slug in slugs)
    return tuple(edit.before[key] for key in keys if key in edit.before)


@contextmanager
def editing(fact: Fact, *, change: str, why: str, by: User | None, now: datetime) -> Iterator[Edit]:
    """Change a fact's rows within; at the end all of it is checked and settled, or taken back."""
    with transaction.atomic():
        edit = begin_edit(fact)
        yield edit
        finish_edit(edit, fact=fact, change=change, why=why, by=by, now=now)


def revise_fact(
    *, fact: Fact, changes: Mapping[str, Any], change: str, why: str, by: User | None, now: datetime
) -> list[int]:
    """Set columns of a fact and return the ids of all facts that changed by it."""
    with editing(fact, change=change, why=why, by=by, now=now) as edit:
        for name, value in changes.items():
            setattr(fact, name, value)
        save_checked(fact)
    fact.refresh_from_db()
    return edit.changed


def save_checked(fact: Fact) -> None:
    """Compute the columns that follow from others and save; RefusedError where they cannot be."""
    record = f"fact {fact.key}"
    refused = [Mistake(record, name, f"{what}.") for name, what in compute(fact)]
    if not refused:
        refused = [Mistake(record, name, what, right) for name, what, right in missing_parts(fact)]
    if refused:
        raise RefusedError(tuple(refused))
    names = {column.name for column in Fact._meta.concrete_fields if not column.primary_key}
    if fact.pk is None:
        fact.save()
        return
    fact.save(update_fields=names - {"status", "revision", "edited_in_app"})


def retract_fact(*, fact: Fact, why: str, by: User | None, now: datetime) -> list[int]:
    """Take a fact back: it is asked no more, and contradicts nothing any longer."""
    change = FactRevision.Change.RETRACTED
    return revise_fact(
        fact=fact, changes={"retracted_at": now}, change=change, why=why, by=by, now=now
    )


def restore_fact(*, fact: Fact, why: str, by: User | None, now: datetime) -> list[int]:
    """Take a retraction back."""
    change = FactRevision.Change.WRONG
    return revise_fact(
        fact=fact, changes={"retracted_at": None}, change=change, why=why, by=by, now=now
    )


def supersede_fact(
    *,
    fact: Fact,
    successor: Fact | None,
    valid_to: str,
    why: str,
    by: User | None,
    now: datetime,
) -> list[int]:
    """Mark a fact as superseded: by another fact, or by the end of its validity (EDTF)."""
    with editing(fact, change=FactRevision.Change.SUPERSEDED, why=why, by=by, now=now) as edit:
        fact.valid_to_edtf = valid_to or fact.valid_to_edtf
        if successor is not None:
            other = Fact.objects.filter(pk=successor.pk).exclude(pk__in=list(edit.records))
            _note(edit, fact.topic, other)
            FactLink.objects.get_or_create(
                from_fact=successor, to_fact=fact, kind=FactLink.Kind.SUPERSEDES
            )
        elif not valid_to:
            fact.rank = Fact.Rank.DEPRECATED
        save_checked(fact)
    fact.refresh_from_db()
    return edit.changed


def let_count(*, fact: Fact, text: str, why: str, by: User | None, now: datetime) -> list[int]:
    """Let something count beside the fact's own value; RefusedError where it may not.

    Nothing that was learned becomes wrong by it, so that nobody is asked again for it.
    """
    change = FactRevision.Change.WORDING
    with editing(fact, change=change, why=why, by=by, now=now) as edit:
        AlsoRight.objects.get_or_create(fact=fact, text=text)
    fact.refresh_from_db()
    return edit.changed


def set_also_right(fact: Fact, texts: Sequence[str]) -> None:
    """Make what counts beside the fact's value exactly these; within an edit of the fact."""
    fact.also_right.exclude(text__in=texts).delete()
    stored = set(fact.also_right.values_list("text", flat=True))
    AlsoRight.objects.bulk_create(
        AlsoRight(fact=fact, text=text) for text in texts if text not in stored
    )


@transaction.atomic
def touch(
    facts: QuerySet[Fact],
    *,
    now: datetime,
    whole: Collection[int] = (),
    why: str = "",
    by: User | None = None,
) -> None:
    """Settle facts of which something they stand on has changed: a side, a measure.

    Statuses may change by it, and all their questions are held and made anew; of the `whole`
    topics (ids) all questions there are, since any of them may show or weigh what has changed.
    """
    rows = dict(facts.order_by().values_list("pk", "topic"))
    ids = list(rows)
    for topic in lock({*rows.values(), *whole}):
        own = Fact.objects.filter(topic=topic, pk__in=ids)
        near = Fact.objects.filter(Q(pk__in=ids) | about_the_same(ids), topic=topic).order_by()
        near = Fact.objects.filter(pk__in=list(near.values_list("pk", flat=True)))
        edit = Edit()
        _note(edit, topic, near)
        snapshot = snapshot_of(topic, near)
        store_statuses(topic, snapshot, today=now.date().toordinal())
        changed = write_revisions(near, edit.records, now=now, why=why, by=by)
        held = set(changed) | set(own.values_list("pk", flat=True))
        before = _as_they_were(edit, topic, held)
        tell(Changed(topic, tuple(held), before, now, whole=topic.pk in whole))
