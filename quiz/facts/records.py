"""A fact as plain values, in the words of the fixture: what revisions keep and compare."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from quiz.facts.models import (
    AlsoRight,
    Citation,
    EntityName,
    Fact,
    FactAnswer,
    FactLink,
    Voice,
)

PLAIN = (
    "kind", "importance", "grave", "label", "sentence", "stem", "occasion", "when_edtf",
    "when_reading", "when_circa", "ask_precision", "amount_text", "qualifier", "hedge_text",
    "content", "verbatim", "mode", "as_of_edtf", "valid_from_edtf", "valid_to_edtf", "rank",
    "note", "not_asked", "status",
)  # fmt: skip
USUAL = {"rank": "normal", "when_reading": "extent"}


def fact_records(facts: QuerySet[Fact]) -> dict[int, dict[str, Any]]:
    """Return the plain values of each fact by its id, in eight queries however many they are."""
    added = EntityName.objects.filter(added_in_app=True, accept=True).order_by("text")
    names = Prefetch("entity__names", added, to_attr="added")
    rows = facts.order_by().select_related("topic", "thread", "subject", "measure")
    rows = rows.prefetch_related(
        Prefetch(
            "answers",
            FactAnswer.objects.order_by("n").select_related("entity").prefetch_related(names),
        ),
        Prefetch(
            "voices", Voice.objects.order_by("n").select_related("entity").prefetch_related(names)
        ),
        Prefetch("also_right", AlsoRight.objects.order_by("id")),
        Prefetch("citations", Citation.objects.order_by("id").select_related("source")),
        Prefetch(
            "links",
            FactLink.objects.order_by("kind", "to_fact__slug").select_related("to_fact__topic"),
        ),
    )
    return {fact.pk: fact_record(fact) for fact in rows}


def fact_record(fact: Fact) -> dict[str, Any]:
    """Return what is said of one fact; empty and usual values are left out."""
    record: dict[str, Any] = {name: getattr(fact, name) for name in PLAIN}
    record["thread"] = fact.thread.slug
    record["subject"] = fact.subject.slug if fact.subject else ""
    record["measure"] = fact.measure.slug if fact.measure else ""
    record["retracted_at"] = fact.retracted_at.isoformat() if fact.retracted_at else ""
    record["amount_low"] = _plain_number(fact.amount_low)
    record["amount_high"] = _plain_number(fact.amount_high)
    record["answers"] = [answer.entity.slug for answer in fact.answers.all()]
    record["voices"] = [
        _without_empty(
            entity=voice.entity.slug if voice.entity else "",
            label=voice.label,
            mode=voice.mode,
            said_on_edtf=voice.said_on_edtf,
        )
        for voice in fact.voices.all()
    ]
    record["citations"] = [
        _without_empty(
            source=citation.source.slug,
            locator=citation.locator,
            quote=citation.quote,
            reported_on=citation.reported_on,
            stance=citation.stance,
        )
        for citation in fact.citations.all()
    ]
    record["also_right"] = [one.text for one in fact.also_right.all()]
    record["names_added"] = _names_added(fact)
    record["links"] = [{"to": link.to_fact.slug, "kind": link.kind} for link in fact.links.all()]
    return {
        name: value
        for name, value in record.items()
        if value not in ("", None, [], False, 0) and USUAL.get(name) != value
    }


def _names_added(fact: Fact) -> list[str]:
    """The names that editors let count for the fact's answer, of its speaker for a statement."""
    children: Iterable[FactAnswer | Voice] = fact.answers.all()
    if fact.kind == Fact.Kind.STATEMENT:
        children = fact.voices.all()[:1]
    entities = [child.entity for child in children if child.entity is not None]
    return [name.text for entity in entities for name in vars(entity)["added"]]


def _without_empty(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _plain_number(value: Any) -> str:
    return "" if value is None else format(value.normalize(), "f")
