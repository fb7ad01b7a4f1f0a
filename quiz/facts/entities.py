"""Changing entities: their names reach further than the facts that they are part of.

Whoever is known to a topic may stand among the wrong options of any question, and what is typed
is compared with the names of all.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from quiz.accounts.models import User
from quiz.facts.actions import lock, touch
from quiz.facts.columns import compute
from quiz.facts.following import Changed, tell
from quiz.facts.models import (
    Citation,
    Entity,
    EntityName,
    Fact,
    FactAnswer,
    Topic,
    TopicSide,
    Voice,
)
from quiz.facts.records import fact_records
from quiz.facts.revising import write_revisions
from quiz.facts.unheard import is_unheard


def facts_using(entities: Iterable[Entity]) -> QuerySet[Fact]:
    """Facts that an entity is part of: as subject, answer or voice."""
    chosen = [entity.pk for entity in entities]
    return Fact.objects.filter(
        Q(subject__in=chosen)
        | Q(pk__in=Fact.objects.filter(answers__entity__in=chosen).values("pk"))
        | Q(pk__in=Fact.objects.filter(voices__entity__in=chosen).values("pk"))
    )


def topics_knowing(entity: Entity) -> set[int]:
    """Ids of the topics an entity is at home in, and of those referring to it, a part or holder."""
    near = Q(pk=entity.pk) | Q(part_of=entity) | Q(roles__of=entity)
    known = list(Entity.objects.filter(near).order_by().values_list("pk", flat=True))
    topics = (
        Entity.objects.filter(pk__in=known).values_list("topic"),
        TopicSide.objects.filter(entity__in=known).values_list("topic"),
        Fact.objects.filter(subject__in=known).values_list("topic"),
        FactAnswer.objects.filter(entity__in=known).values_list("fact__topic"),
        Voice.objects.filter(entity__in=known).values_list("fact__topic"),
        Citation.objects.filter(source__publisher__in=known).values_list("fact__topic"),
    )
    found = {topic for rows in topics for (topic,) in rows.order_by().distinct()}
    return {topic for topic in found if topic is not None}


def settle_entity(entity: Entity, *, now: datetime, formerly: Collection[int] = ()) -> None:
    """Settle what stands on an entity that has come or changed.

    `formerly`: ids of topics that knew it before.

    Where it only has names besides, `tell_of_names` does less.
    """
    touch(facts_using([entity]), now=now, whole={*topics_knowing(entity), *formerly})


@transaction.atomic
def add_alias(
    *,
    entity: Entity,
    text: str,
    kind: str,
    accept: bool,
    now: datetime,
    why: str = "",
    by: User | None = None,
) -> EntityName:
    """Add a name to an entity; the questions about it are made anew with it."""
    topics = lock(topics_knowing(entity))
    before = fact_records(facts_using([entity]))
    name, _ = EntityName.objects.get_or_create(
        entity=entity,
        text=text,
        defaults={"kind": kind, "accept": accept, "added_in_app": True},
    )
    was = name.kind
    name.accept, name.kind = accept, kind
    compute(name)
    name.save()
    own = facts_using([entity])
    write_revisions(own, before, now=now, why=why, by=by)
    _tell(topics, [name], now=now, may_be_unheard=was == kind)
    return name


def tell_of_names(names: Sequence[EntityName], *, now: datetime) -> None:
    """Tell of names that an entity has besides; no status follows from what somebody is called."""
    topics = lock(topics_knowing(names[0].entity))
    _tell(topics, names, now=now, may_be_unheard=True)


def _tell(
    topics: Iterable[Topic], names: Sequence[EntityName], *, now: datetime, may_be_unheard: bool
) -> None:
    using = facts_using([names[0].entity])
    texts = tuple(name.text for name in names)
    for topic in topics:
        held = tuple(using.filter(topic=topic).order_by("pk").values_list("pk", flat=True))
        unheard = may_be_unheard and all(is_unheard(topic, name) for name in names)
        tell(Changed(topic, held, (), now, names=texts, unheard=unheard))
