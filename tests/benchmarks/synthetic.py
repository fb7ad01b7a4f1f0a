"""A topic of any number of facts over all four kinds, made by the factories of the tests."""

from datetime import date, timedelta
from itertools import batched

from quiz.facts.columns import compute
from quiz.facts.models import (
    Citation,
    Entity,
    EntityName,
    Fact,
    FactAnswer,
    Measure,
    MeasureFamily,
    Source,
    Thread,
    Topic,
    Voice,
)
from quiz.facts.revising import store_statuses
from quiz.facts.snapshot import snapshot
from tests.factories import (
    EntityFactory,
    FactFactory,
    SourceFactory,
    ThreadFactory,
    TopicFactory,
)

FACTS_A_THREAD = 200
PLACES, PEOPLE, SOURCES = 300, 120, 20
FIRST_DAY = date(2001, 1, 1)
SYLLABLES = ("ba", "ko", "mi", "ru", "ten", "lau", "dor", "vi", "sha", "pel", "nor", "gri")


def make_topic(facts: int, slug: str = "synthetic") -> Topic:
    """Store the topic with its facts; the same number gives the same facts."""
    topic = TopicFactory(slug=slug, title="A topic of any size")
    threads = [
        ThreadFactory(topic=topic, slug=f"thread-{n}", title=f"Part {n}", position=n)
        for n in range(-(-facts // FACTS_A_THREAD))
    ]
    cast = Cast(topic, sites=-(-facts // 4))
    rows = [cast.fact(n, threads[n // FACTS_A_THREAD]) for n in range(facts)]
    for fact in rows:
        compute(fact)
    store(rows)
    store(cast.citations(rows))
    store(cast.answers)
    store(cast.voices)
    store_statuses(topic, snapshot(topic), today=date(2026, 3, 2).toordinal())
    return topic


class Cast:
    """Who and what the facts are about: sites that open, lie somewhere, and are talked about."""

    def __init__(self, topic: Topic, *, sites: int) -> None:
        self.topic = topic
        family = MeasureFamily.objects.create(
            slug="people-of-a-site", title="People of a site", why_they_differ="Staff or guests."
        )
        self.measures = {
            slug: Measure.objects.create(slug=slug, counts=counts, unit=unit, family=within)
            for slug, counts, unit, within in (
                ("opening", "the day on which a site opened", "", None),
                ("staff", "the people who work at a site", "people", family),
                ("guests", "the people who visit a site in a year", "people", family),
                ("place", "the place in which a site lies", "", None),
            )
        }
        self.sites = self._entities(sites, "site", Entity.Kind.EVENT, "Site")
        self.places = self._entities(PLACES, "place", Entity.Kind.PLACE, "")
        self.people = self._entities(PEOPLE, "person", Entity.Kind.PERSON, "Doctor")
        self.sources = [
            SourceFactory.build(slug=f"source-{n}", title=f"Report {n}", kind=Source.Kind.MEDIA)
            for n in range(SOURCES)
        ]
        store(self.sources)
        self.answers: list[FactAnswer] = []
        self.voices: list[Voice] = []

    def _entities(self, count: int, slug: str, kind: str, title: str) -> list[Entity]:
        rows = [
            EntityFactory.build(
                slug=f"{slug}-{n}", kind=kind, name=f"{title} {name(n)}".strip(), topic=self.topic
            )
            for n in range(count)
        ]
        store(rows)
        names = [EntityName(entity=row, text=row.name) for row in rows]
        for each in names:
            compute(each)
        store(names)
        return rows

    def fact(self, n: int, thread: Thread) -> Fact:
        site = self.sites[n // 4]
        make = (self._opening, self._people, self._place, self._saying)[n % 4]
        fact: Fact = make(n, site)
        fact.topic, fact.thread, fact.subject = self.topic, thread, site
        fact.importance = 1 + n % 3
        return fact

    def _opening(self, n: int, site: Entity) -> Fact:
        day = FIRST_DAY + timedelta(days=n * 37 % 9_000)
        shown = f"{day.day} {day:%B %Y}"
        return self._build(
            n,
            kind=Fact.Kind.DATE,
            label=f"{site.name} opens",
            sentence=f"{site.name} opened on [[{shown}]].",
            stem=f"When did {site.name} open?",
            when_edtf=day.isoformat(),
            ask_precision=Fact.Precision.DAY,
            measure=self.measures["opening"],
        )

    def _people(self, n: int, site: Entity) -> Fact:
        count = f"{100 + n * 7_919 % 90_000:,}"
        staff = n % 8 == 1
        return self._build(
            n,
            kind=Fact.Kind.FIGURE,
            label=f"People of {site.name}",
            sentence=f"{site.name} has [[{count}]] {'workers' if staff else 'guests a year'}.",
            stem=f"How many {'workers' if staff else 'guests a year'} does {site.name} have?",
            amount_text=count,
            qualifier=Fact.Qualifier.EXACTLY,
            measure=self.measures["staff" if staff else "guests"],
        )

    def _place(self, n: int, site: Entity) -> Fact:
        place = self.places[n * 31 % PLACES]
        fact = self._build(
            n,
            kind=Fact.Kind.IDENTITY,
            label=f"Where {site.name} lies",
            sentence=f"{site.name} lies in [[{place.name}]].",
            stem=f"In which place does {site.name} lie?",
            measure=self.measures["place"],
        )
        self.answers.append(FactAnswer(fact=fact, entity=place))
        return fact

    def _saying(self, n: int, site: Entity) -> Fact:
        speaker = self.people[n * 17 % PEOPLE]
        fact = self._build(
            n,
            kind=Fact.Kind.STATEMENT,
            label=f"{site.name} will be rebuilt",
            sentence=f"[[{speaker.name}]] said that {site.name} would be rebuilt.",
            stem=f"Who said that {site.name} would be rebuilt?",
            content=f"{site.name} would be rebuilt",
            mode=Fact.Mode.SAID,
        )
        self.voices.append(Voice(fact=fact, entity=speaker, mode=Fact.Mode.SAID))
        return fact

    def _build(self, n: int, **fields: object) -> Fact:
        fact: Fact = FactFactory.build(slug=f"fact-{n}", topic=None, thread=None, **fields)
        if fact.kind != Fact.Kind.STATEMENT and n % 5 == 0:
            fact.mode = Fact.Mode.CLAIMED
            speaker = self.people[n * 13 % PEOPLE]
            self.voices.append(Voice(fact=fact, entity=speaker, mode=Fact.Mode.CLAIMED))
        return fact

    def citations(self, facts: list[Fact]) -> list[Citation]:
        return [
            Citation(fact=fact, source=self.sources[n % SOURCES], locator=f"paragraph {n}")
            for n, fact in enumerate(facts)
        ]


def name(n: int) -> str:
    """A name of its own for every number."""
    parts = []
    n += len(SYLLABLES)
    while n:
        n, which = divmod(n, len(SYLLABLES))
        parts.append(SYLLABLES[which])
    return "".join(parts).capitalize()


def store(rows: list) -> None:
    for batch in batched(rows, 2000):
        type(batch[0]).objects.bulk_create(batch)
