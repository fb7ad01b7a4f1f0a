"""A fact gives way to a newer one, which is known already or is written down with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from quiz.accounts.models import User
from quiz.corrections.actions import UNCONFIRMED
from quiz.corrections.blast import UnconfirmedError, blast_radius
from quiz.facts.actions import begin_edit, finish_edit, save_checked, supersede_fact
from quiz.facts.models import Citation, Fact, FactAnswer, FactRevision, Voice

VALUE = {"date": "when_edtf", "figure": "amount_text", "statement": "content"}
KEPT = (
    "topic", "kind", "thread", "importance", "grave", "label", "stem", "occasion", "subject",
    "when_edtf", "when_reading", "ask_precision", "measure", "amount_text", "qualifier",
    "hedge_text", "content", "verbatim", "mode",
)  # fmt: skip


def can_be_written_anew(fact: Fact) -> bool:
    return fact.kind in VALUE


@transaction.atomic
def give_way(
    *,
    fact: Fact,
    successor: Fact | None,
    report: Mapping[str, Any] | None,
    valid_to: str,
    why: str,
    confirmed: bool,
    by: User,
    now: datetime,
) -> Fact:
    """Mark a fact as superseded: by another, by a newer report written down now, or since a date.

    RefusedError or UnconfirmedError; then nothing is stored. What learners learned stands as what
    was said then: nobody is asked again for it.
    """
    if not blast_radius(fact).is_empty and not confirmed:
        raise UnconfirmedError(blast_radius(fact), [UNCONFIRMED])
    if report is not None:
        successor = _written(fact, report, why=why, by=by, now=now)
        fact.refresh_from_db()
    supersede_fact(fact=fact, successor=successor, valid_to=valid_to, why=why, by=by, now=now)
    return successor or fact


def _written(fact: Fact, report: Mapping[str, Any], *, why: str, by: User, now: datetime) -> Fact:
    """Store the newer report: what the older one is about, with its own value, date and place."""
    edit = begin_edit(None)
    new = Fact(**{name: getattr(fact, name) for name in KEPT})
    new.slug = _free_slug(fact)
    new.sentence, new.as_of_edtf = report["sentence"], report["as_of_edtf"]
    setattr(new, VALUE[fact.kind], report["value"])
    save_checked(new)
    FactAnswer.objects.bulk_create(
        FactAnswer(fact=new, n=row.n, entity_id=row.entity_id) for row in fact.answers.all()
    )
    Voice.objects.bulk_create(
        Voice(fact=new, n=row.n, entity_id=row.entity_id, label=row.label, mode=row.mode)
        for row in fact.voices.all()
    )
    Citation.objects.create(fact=new, source=report["source"], locator=report["locator"])
    change = FactRevision.Change.FIRST
    finish_edit(edit, fact=new, change=change, why=why, by=by, now=now)
    return new


def _free_slug(fact: Fact) -> str:
    stem = fact.slug[: Fact._meta.get_field("slug").max_length - 4]  # type: ignore[operator]
    taken = set(Fact.objects.filter(topic=fact.topic_id).values_list("slug", flat=True))
    return next(slug for n in range(2, 10_000) if (slug := f"{stem}-{n}") not in taken)
