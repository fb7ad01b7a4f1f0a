"""Fill a FactBase from the database, in a number of queries that does not depend on its size."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Q, QuerySet

from quiz.facts import base, models
from quiz.facts.base import FactBase
from quiz.facts.dates import DateValue, parse_edtf
from quiz.facts.quantities import Quantity, parse_quantity
from quiz.facts.status import Status

WHEN = ("when_edtf", "when_reading", "when_circa")
AMOUNT = (
    "amount_text", "qualifier", "measure__unit", "hedge_text", "amount_low", "amount_high",
)  # fmt: skip
AS_THEY_ARE = (
    "kind", "label", "sentence", "stem", "occasion", "importance", "grave", "ask_precision",
    "content", "verbatim", "mode", "rank", "note", "not_asked", "revision",
)  # fmt: skip
ENTITY_COLUMNS = (
    "pk", "slug", "kind", "name", "note", "part_of_id", "maybe_same_as__slug", "topic_id",
)  # fmt: skip
# As much as an edit of a large topic reads: most of it is the same at the next one, and telling by
# its plain values that it is takes a fraction of making it anew.
KEPT = 20_000

Row = tuple[Any, ...]


def snapshot(topic: models.Topic) -> FactBase:
    """Return everything that is known of a topic, in 15 queries however large it is.

    Its entities are those at home in it and those it refers to.
    """
    return snapshot_of(topic, models.Fact.objects.filter(topic=topic))


def snapshot_of(topic: models.Topic, chosen: QuerySet[models.Fact]) -> FactBase:
    """Return the base of some facts of a topic: enough for rules that look at these alone."""
    chosen = chosen.order_by()
    threads = models.Thread.objects.filter(topic=topic).order_by("position", "slug")
    return FactBase(
        topic=topic.slug,
        title=topic.title,
        article_word=topic.article_word,
        contested=topic.contested,
        threads={
            slug: base.Thread(slug, title, position, reading)
            for slug, title, position, reading in threads.values_list(
                "slug", "title", "position", "reading"
            )
        },
        facts=facts_of(topic, chosen),
        entities=_entities(topic, chosen),
        **_measures(chosen),
        sources=_sources(chosen),
    )


@lru_cache(maxsize=KEPT)
def _parsed(edtf: str, reading: str = "", circa_years: int = 0) -> DateValue:
    return parse_edtf(edtf, reading=reading, circa_years=circa_years)


def _date(edtf: str) -> DateValue | None:
    return _parsed(edtf) if edtf else None


def _when(edtf: str, reading: str, circa: int) -> DateValue | None:
    return _parsed(edtf, "" if reading == "extent" else reading, circa) if edtf else None


def _amount(
    text: str,
    qualifier: str,
    unit: str | None,
    hedge_text: str,
    low: Decimal | None,
    high: Decimal | None,
) -> Quantity | None:
    if not text:
        return None
    return parse_quantity(
        text,
        qualifier=qualifier or "exactly",
        unit=unit or "",
        hedge_text=hedge_text,
        low=_plain(low),
        high=_plain(high),
    )


def _status(stored: str, retracted_at: datetime | None) -> Status:
    """The stored status, but retracted is what the row says, also before statuses are settled."""
    if retracted_at:
        return Status.RETRACTED
    return Status.UNVERIFIED if stored == Status.RETRACTED else Status(stored)


def _plain(number: Decimal | None) -> Decimal | None:
    """The number without the zeros that its column adds, which would look like precision."""
    return None if number is None else Decimal(format(number.normalize(), "f"))


def _children(rows: QuerySet[Any, Any], *columns: str) -> dict[int, tuple[Row, ...]]:
    """Group rows by their parent's id, the first column, by which they are ordered."""
    found = rows.values_list(*columns)
    return {parent: tuple(group) for parent, group in groupby(found, itemgetter(0))}


@lru_cache(maxsize=KEPT)
def _fact(
    topic: str,
    row: Row,
    answers: tuple[Row, ...],
    voices: tuple[Row, ...],
    citations: tuple[Row, ...],
    links: tuple[Row, ...],
    also_right: tuple[Row, ...],
) -> base.Fact:
    slug, thread, subject, measure, as_of, since, until, status, retracted_at = row[:9]
    return base.Fact(
        key=f"{topic}/{slug}",
        topic=topic,
        slug=slug,
        thread=thread,
        subject=subject,
        answers=tuple(entity for _, entity in answers),
        when=_when(*row[9:12]),
        measure=measure,
        amount=_amount(*row[12:18]),
        as_of=_date(as_of),
        valid_from=_date(since),
        valid_to=_date(until),
        status=_status(status, retracted_at),
        voices=tuple(
            base.Voice(label or name or "", entity, mode, _date(said_on))
            for _, label, name, entity, mode, said_on in voices
        ),
        citations=tuple(
            base.Citation(source, locator, quote, _date(reported_on), stance)
            for _, source, locator, quote, reported_on, stance in citations
        ),
        links=tuple(base.Link(kind, f"{to_topic}/{to}") for _, kind, to_topic, to in links),
        also_right=tuple(text for _, text in also_right),
        **dict(zip(AS_THEY_ARE, row[18:], strict=True)),
    )


def facts_of(topic: models.Topic, chosen: QuerySet[models.Fact]) -> dict[str, base.Fact]:
    """Some facts of a topic by their keys, without what they refer to."""
    within = Q(fact__in=chosen.values("pk"))
    answers = _children(
        models.FactAnswer.objects.filter(within).order_by("fact_id", "n"),
        "fact_id", "entity__slug",
    )  # fmt: skip
    voices = _children(
        models.Voice.objects.filter(within).order_by("fact_id", "n"),
        "fact_id", "label", "entity__name", "entity__slug", "mode", "said_on_edtf",
    )  # fmt: skip
    citations = _children(
        models.Citation.objects.filter(within).order_by("fact_id", "pk"),
        "fact_id", "source__slug", "locator", "quote", "reported_on", "stance",
    )  # fmt: skip
    links = _children(
        models.FactLink.objects.filter(from_fact__in=chosen.values("pk")).order_by(
            "from_fact_id", "kind", "to_fact__slug"
        ),
        "from_fact_id", "kind", "to_fact__topic__slug", "to_fact__slug",
    )  # fmt: skip
    also_right = _children(
        models.AlsoRight.objects.filter(within).order_by("fact_id", "pk"), "fact_id", "text"
    )
    rows = chosen.order_by().values_list(
        "pk", "slug", "thread__slug", "subject__slug", "measure__slug", "as_of_edtf",
        "valid_from_edtf", "valid_to_edtf", "status", "retracted_at", *WHEN, *AMOUNT, *AS_THEY_ARE,
    )  # fmt: skip
    facts: dict[str, base.Fact] = {}
    for row in sorted(rows, key=itemgetter(1)):
        pk = row[0]
        fact = _fact(
            topic.slug,
            row[1:],
            answers.get(pk, ()),
            voices.get(pk, ()),
            citations.get(pk, ()),
            links.get(pk, ()),
            also_right.get(pk, ()),
        )
        facts[fact.key] = fact
    return facts


def entities_of(topic: models.Topic) -> dict[str, base.Entity]:
    """Every entity of a topic: those at home in it and those its facts refer to."""
    return _entities(topic, models.Fact.objects.filter(topic=topic).order_by())


def _entities(topic: models.Topic, chosen: QuerySet[models.Fact]) -> dict[str, base.Entity]:
    facts = chosen.values("pk")
    named = Q(topic=topic) | Q(pk__in=models.TopicSide.objects.filter(topic=topic).values("entity"))
    named |= Q(pk__in=chosen.exclude(subject=None).values("subject"))
    named |= Q(pk__in=models.FactAnswer.objects.filter(fact__in=facts).values("entity"))
    said = models.Voice.objects.filter(fact__in=facts).exclude(entity=None)
    named |= Q(pk__in=said.values("entity"))
    cited = models.Source.objects.filter(citations__fact__in=facts).exclude(publisher=None)
    named |= Q(pk__in=cited.values("publisher"))
    rows = list(models.Entity.objects.filter(named).order_by().values_list(*ENTITY_COLUMNS))
    guests = [row[0] for row in rows if row[-1] != topic.pk]
    known = Q(entity__topic=topic) | Q(entity__in=guests)
    role_rows = models.EntityRole.objects.order_by("entity_id", "pk")
    # What a name stands for or is part of comes with it, and its own names and roles as well.
    above = {row[5] for row in rows} | {*role_rows.filter(known).values_list("of_id", flat=True)}
    beyond = above - {row[0] for row in rows} - {None}
    rows += models.Entity.objects.filter(pk__in=beyond).values_list(*ENTITY_COLUMNS)
    known |= Q(entity__in=beyond)
    roles = _children(
        role_rows.filter(known), "entity_id", "role", "of__slug", "valid_from", "valid_to"
    )
    names = _children(
        models.EntityName.objects.filter(known).order_by("entity_id", "pk"),
        "entity_id", "text", "kind", "accept", "from_general_knowledge",
    )  # fmt: skip
    sides = dict(
        models.TopicSide.objects.filter(topic=topic).order_by().values_list("entity_id", "side")
    )
    rows.sort(key=itemgetter(1))
    slugs = {row[0]: row[1] for row in rows}
    parents = {row[0]: row[5] for row in rows}
    return {
        slug: _entity(
            slug,
            kind,
            name,
            note,
            slugs.get(parent) if parent else None,
            same,
            names.get(pk, ()),
            roles.get(pk, ()),
            _side(pk, sides, parents),
            at_home=home == topic.pk or pk in sides,
        )
        for pk, slug, kind, name, note, parent, same, home in rows
    }


@lru_cache(maxsize=KEPT)
def _entity(
    slug: str,
    kind: str,
    name: str,
    note: str,
    part_of: str | None,
    maybe_same_as: str | None,
    names: tuple[Row, ...],
    roles: tuple[Row, ...],
    side: str | None,
    *,
    at_home: bool,
) -> base.Entity:
    return base.Entity(
        key=slug,
        kind=kind,
        name=name,
        note=note,
        part_of=part_of,
        maybe_same_as=maybe_same_as,
        names=tuple(base.Name(*row[1:]) for row in names),
        roles=tuple(
            base.Role(role, of, _date(since), _date(until)) for _, role, of, since, until in roles
        ),
        side=side,
        at_home=at_home,
    )


def _side(pk: int, sides: Mapping[int, str], parents: Mapping[int, int | None]) -> str | None:
    """The entity's own side, else that of what it is part of."""
    seen: set[int] = set()
    at: int | None = pk
    while at is not None and at not in seen:
        if at in sides:
            return sides[at]
        seen.add(at)
        at = parents.get(at)
    return None


def _measures(chosen: QuerySet[models.Fact]) -> dict[str, Any]:
    rows = models.Measure.objects.filter(
        pk__in=chosen.exclude(measure=None).values("measure")
    ).select_related("family")
    measures: dict[str, base.Measure] = {}
    families: dict[str, base.Family] = {}
    for row in rows:
        family = row.family
        measures[row.slug] = base.Measure(
            row.slug, row.counts, row.unit, row.stage, row.changing, family.slug if family else None
        )
        if family:
            families[family.slug] = base.Family(family.slug, family.title, family.why_they_differ)
    return {"measures": measures, "families": families}


def _sources(chosen: QuerySet[models.Fact]) -> dict[str, base.Source]:
    cited = models.Source.objects.filter(citations__fact__in=chosen.values("pk"))
    rows = models.Source.objects.filter(
        Q(pk__in=cited.values("pk"))
        | Q(pk__in=cited.exclude(derived_from=None).values("derived_from"))
    ).select_related("publisher", "derived_from")
    return {
        row.slug: base.Source(
            key=row.slug,
            kind=row.kind,
            title=row.title,
            publisher=row.publisher.slug if row.publisher else None,
            retrieved_on=row.retrieved_on.isoformat() if row.retrieved_on else "",
            text_sha256=row.text_sha256,
            text=row.text,
            derived_from=row.derived_from.slug if row.derived_from else None,
        )
        for row in rows
    }
