"""Writes a pure base into the tables, in bulk: for tests of storing and for benchmarks."""

from quiz.facts import base, models
from quiz.facts.names import fold


def store_base(made: base.FactBase) -> models.Topic:
    """The base's topic with all its rows."""
    topic = models.Topic.objects.create(slug=made.topic, title=made.title, contested=made.contested)
    threads = {
        key: models.Thread.objects.create(
            topic=topic, slug=key, title=thread.title, position=thread.position
        )
        for key, thread in made.threads.items()
    }
    sources = {
        key: models.Source.objects.create(slug=key, kind=source.kind, title=source.title)
        for key, source in made.sources.items()
    }
    entities = _entities(made, topic)
    measures = _measures(made)
    facts = _facts(made, topic, threads, entities, measures)
    models.Voice.objects.bulk_create(
        (
            models.Voice(
                fact=facts[fact.key],
                n=n,
                entity=entities[voice.entity] if voice.entity else None,
                label="" if voice.entity else voice.label,
                mode=voice.mode,
                said_on_edtf=voice.said_on.edtf if voice.said_on else "",
            )
            for fact in made.facts.values()
            for n, voice in enumerate(fact.voices)
        ),
        batch_size=1000,
    )
    models.FactAnswer.objects.bulk_create(
        (
            models.FactAnswer(fact=facts[fact.key], n=n, entity=entities[key])
            for fact in made.facts.values()
            for n, key in enumerate(fact.answers)
        ),
        batch_size=1000,
    )
    models.Citation.objects.bulk_create(
        (
            models.Citation(
                fact=facts[fact.key], source=sources[cited.source], locator=cited.locator
            )
            for fact in made.facts.values()
            for cited in fact.citations
        ),
        batch_size=1000,
    )
    models.FactLink.objects.bulk_create(
        models.FactLink(from_fact=facts[fact.key], to_fact=facts[link.to], kind=link.kind)
        for fact in made.facts.values()
        for link in fact.links
    )
    return topic


def _entities(made: base.FactBase, topic: models.Topic) -> dict[str, models.Entity]:
    rows = {
        key: models.Entity(
            slug=key, kind=entity.kind, name=entity.name, note=entity.note, topic=topic
        )
        for key, entity in made.entities.items()
    }
    models.Entity.objects.bulk_create(rows.values(), batch_size=1000)
    for key, entity in made.entities.items():
        rows[key].part_of = rows[entity.part_of] if entity.part_of else None
    models.Entity.objects.bulk_update(rows.values(), ["part_of"], batch_size=500)
    models.EntityName.objects.bulk_create(
        (
            models.EntityName(
                entity=rows[key],
                text=name.text,
                folded=fold(name.text),
                kind=name.kind,
                accept=name.accept,
                from_general_knowledge=name.general,
            )
            for key, entity in made.entities.items()
            for name in entity.names
        ),
        batch_size=1000,
    )
    models.TopicSide.objects.bulk_create(
        models.TopicSide(topic=topic, entity=rows[key], side=entity.side)
        for key, entity in made.entities.items()
        if entity.side
    )
    return rows


def _measures(made: base.FactBase) -> dict[str, models.Measure]:
    families = {
        key: models.MeasureFamily.objects.create(
            slug=key, title=family.title, why_they_differ=family.why_they_differ
        )
        for key, family in made.families.items()
    }
    rows = {
        key: models.Measure(
            slug=key,
            counts=measure.counts,
            unit=measure.unit,
            stage=measure.stage,
            changing=measure.changing,
            family=families[measure.family] if measure.family else None,
        )
        for key, measure in made.measures.items()
    }
    models.Measure.objects.bulk_create(rows.values(), batch_size=1000)
    return rows


def _facts(made, topic, threads, entities, measures) -> dict[str, models.Fact]:
    rows = {}
    for key, fact in made.facts.items():
        amount, when = fact.amount, fact.when
        rows[key] = models.Fact(
            topic=topic,
            slug=fact.slug,
            kind=fact.kind,
            thread=threads[fact.thread],
            importance=fact.importance,
            grave=fact.grave,
            label=fact.label,
            sentence=fact.sentence,
            stem=fact.stem,
            occasion=fact.occasion,
            subject=entities[fact.subject] if fact.subject else None,
            when_edtf=when.edtf if when else "",
            when_first_day=when.first_day if when else None,
            when_last_day=when.last_day if when else None,
            when_precision=when.precision if when else "",
            when_reading=when.reading if when else "extent",
            when_circa=when.circa_years if when else 0,
            ask_precision=fact.ask_precision,
            measure=measures[fact.measure] if fact.measure else None,
            amount_text=amount.text if amount else "",
            amount_value=amount.value if amount else None,
            amount_low=amount.low if amount else None,
            amount_high=amount.high if amount else None,
            qualifier=amount.qualifier if amount else "",
            hedge_text=amount.hedge_text if amount else "",
            significant_digits=amount.significant_digits if amount else None,
            content=fact.content,
            verbatim=fact.verbatim,
            mode=fact.mode,
            note=fact.note,
            not_asked=fact.not_asked,
            status=fact.status.value,
            revision=fact.revision,
        )
    models.Fact.objects.bulk_create(rows.values(), batch_size=500)
    return rows
