"""Fill a FactBase from the database, in a number of queries that does not depend on its size."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from quiz.facts import base, models
from quiz.facts.base import FactBase
from quiz.facts.dates import DateValue, parse_edtf
from quiz.facts.quantities import Quantity, parse_quantity
from quiz.facts.status import Status

FACT_COLUMNS = (
    "pk", "slug", "kind", "thread__slug", "label", "sentence", "stem", "occasion", "importance",
    "grave", "subject__slug", "when_edtf", "when_reading", "when_circa", "ask_precision",
    "measure__slug", "measure__unit", "amount_text", "qualifier", "amount_low", "amount_high",
    "hedge_text", "content", "verbatim", "mode", "as_of_edtf", "valid_from_edtf",
    "valid_to_edtf", "rank", "note", "not_asked", "retracted_at", "status", "revision",
)  # fmt: skip


def snapshot(topic: models.Topic) -> FactBase:
    """Return everything that is known of a topic, in 14 queries however large it is.

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


@lru_cache(maxsize=20_000)
def _parsed(edtf: str, reading: str = "", circa_years: int = 0) -> DateValue:
    return parse_edtf(edtf, reading=reading, circa_years=circa_years)


def _date(edtf: str) -> DateValue | None:
    return _parsed(edtf) if edtf else None


def _when(row: Mapping[str, Any]) -> DateValue | None:
    if not row["when_edtf"]:
        return None
    reading = "" if row["when_reading"] == "extent" else row["when_reading"]
    return _parsed(row["when_edtf"], reading, row["when_circa"])


def _amount(row: Mapping[str, Any]) -> Quantity | None:
    if not row["amount_text"]:
        return None
    return parse_quantity(
        row["amount_text"],
        qualifier=row["qualifier"] or "exactly",
        unit=row["measure__unit"] or "",
        hedge_text=row["hedge_text"],
        low=_plain(row["amount_low"]),
        high=_plain(row["amount_high"]),
    )


def _status(row: Mapping[str, Any]) -> Status:
    """The stored status, but retracted is what the row says, also before statuses are settled."""
    if row["retracted_at"]:
        return Status.RETRACTED
    stored = Status(row["status"])
    return Status.UNVERIFIED if stored == Status.RETRACTED else stored


def _plain(number: Decimal | None) -> Decimal | None:
    """The number without the zeros that its column adds, which would look like precision."""
    return None if number is None else Decimal(format(number.normalize(), "f"))


def _children[T](
    rows: QuerySet[Any, Any], make: Callable[..., T], *columns: str
) -> dict[int, tuple[T, ...]]:
    """Group rows by their parent's id, the first column; `make` takes the rest."""
    groups: dict[int, list[T]] = defaultdict(list)
    for parent, *values in rows.values_list(*columns):
        groups[parent].append(make(*values))
    return {parent: tuple(members) for parent, members in groups.items()}


def _voice(label: str, name: str | None, entity: str | None, mode: str, said_on: str) -> base.Voice:
    return base.Voice(label or name or "", entity, mode, _date(said_on))


def _citation(
    source: str, locator: str, quote: str, reported_on: str, stance: str
) -> base.Citation:
    return base.Citation(source, locator, quote, _date(reported_on), stance)


def facts_of(topic: models.Topic, chosen: QuerySet[models.Fact]) -> dict[str, base.Fact]:
    """Some facts of a topic by their keys, without what they refer to."""
    within = Q(fact__in=chosen.values("pk"))
    answers = _children(
        models.FactAnswer.objects.filter(within).order_by("fact_id", "n"),
        str, "fact_id", "entity__slug",
    )  # fmt: skip
    voices = _children(
        models.Voice.objects.filter(within).order_by("fact_id", "n"),
        _voice, "fact_id", "label", "entity__name", "entity__slug", "mode", "said_on_edtf",
    )  # fmt: skip
    citations = _children(
        models.Citation.objects.filter(within).order_by("fact_id", "pk"),
        _citation, "fact_id", "source__slug", "locator", "quote", "reported_on", "stance",
    )  # fmt: skip
    links = _children(
        models.FactLink.objects.filter(from_fact__in=chosen.values("pk")).order_by(
            "from_fact_id", "kind", "to_fact__slug"
        ),
        lambda kind, to_topic, to: base.Link(kind, f"{to_topic}/{to}"),
        "from_fact_id", "kind", "to_fact__topic__slug", "to_fact__slug",
    )  # fmt: skip
    also_right = _children(
        models.AlsoRight.objects.filter(within).order_by("fact_id", "pk"), str, "fact_id", "text"
    )
    facts: dict[str, base.Fact] = {}
    for row in chosen.order_by("slug").values(*FACT_COLUMNS):
        pk, key = row["pk"], f"{topic.slug}/{row['slug']}"
        facts[key] = base.Fact(
            key=key,
            topic=topic.slug,
            slug=row["slug"],
            kind=row["kind"],
            thread=row["thread__slug"],
            label=row["label"],
            sentence=row["sentence"],
            stem=row["stem"],
            occasion=row["occasion"],
            importance=row["importance"],
            grave=row["grave"],
            subject=row["subject__slug"],
            answers=answers.get(pk, ()),
            when=_when(row),
            ask_precision=row["ask_precision"],
            measure=row["measure__slug"],
            amount=_amount(row),
            content=row["content"],
            verbatim=row["verbatim"],
            mode=row["mode"],
            as_of=_date(row["as_of_edtf"]),
            valid_from=_date(row["valid_from_edtf"]),
            valid_to=_date(row["valid_to_edtf"]),
            rank=row["rank"],
            note=row["note"],
            not_asked=row["not_asked"],
            status=_status(row),
            revision=row["revision"],
            voices=voices.get(pk, ()),
            citations=citations.get(pk, ()),
            links=links.get(pk, ()),
            also_right=also_right.get(pk, ()),
        )
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
    near = models.Entity.objects.filter(named)
    wanted = named | Q(pk__in=near.exclude(part_of=None).values("part_of"))
    wanted |= Q(
        pk__in=models.EntityRole.objects.filter(entity__in=near, of__isnull=False).values("of")
    )
    chosen_entities = models.Entity.objects.filter(wanted)
    within = Q(entity__in=chosen_entities.values("pk"))
    names = _children(
        models.EntityName.objects.filter(within).order_by("entity_id", "pk"),
        base.Name, "entity_id", "text", "kind", "accept", "from_general_knowledge",
    )  # fmt: skip
    roles = _children(
        models.EntityRole.objects.filter(within).order_by("entity_id", "pk"),
        lambda role, of, since, until: base.Role(role, of, _date(since), _date(until)),
        "entity_id", "role", "of__slug", "valid_from", "valid_to",
    )  # fmt: skip
    sides = dict(
        models.TopicSide.objects.filter(topic=topic).order_by().values_list("entity_id", "side")
    )
    rows = list(
        chosen_entities.order_by("slug").values_list(
            "pk", "slug", "kind", "name", "note", "part_of_id", "maybe_same_as__slug", "topic_id"
        )
    )
    slugs = {row[0]: row[1] for row in rows}
    parents = {row[0]: row[5] for row in rows}
    return {
        slug: base.Entity(
            key=slug,
            kind=kind,
            name=name,
            note=note,
            part_of=slugs.get(parent) if parent else None,
            maybe_same_as=same,
            names=names.get(pk, ()),
            roles=roles.get(pk, ()),
            side=_side(pk, sides, parents),
            at_home=home == topic.pk or pk in sides,
        )
        for pk, slug, kind, name, note, parent, same, home in rows
    }


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
