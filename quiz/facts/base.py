"""FactBase: an in-memory snapshot of a topic with the closed-world queries of the engine.

Everything here is frozen and free of Django; `quiz.facts.snapshot` fills it from the database.
Keys are natural: an entity's slug, a fact's "topic/slug". What the base does not hold is unknown,
and only what it can prove wrong may become a wrong option.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from quiz.facts.dates import DateValue
from quiz.facts.quantities import Quantity
from quiz.facts.status import Status

NAMED_IN_FULL = frozenset({"person", "place", "state"})


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    kind: str
    accept: bool = True
    general: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    role: str
    of: str | None = None
    valid_from: DateValue | None = None
    valid_to: DateValue | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """at_home: it belongs to the topic whether or not a fact refers to it."""

    key: str
    kind: str
    name: str
    note: str = ""
    part_of: str | None = None
    maybe_same_as: str | None = None
    names: tuple[Name, ...] = ()
    roles: tuple[Role, ...] = ()
    side: str | None = None
    at_home: bool = True

    @property
    def all_names(self) -> tuple[str, ...]:
        return (self.name, *(name.text for name in self.names if name.text != self.name))


@dataclass(frozen=True, slots=True)
class Family:
    key: str
    title: str
    why_they_differ: str


@dataclass(frozen=True, slots=True)
class Measure:
    key: str
    counts: str
    unit: str = ""
    stage: str = ""
    changing: bool = False
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    key: str
    kind: str
    title: str
    publisher: str | None = None
    retrieved_on: str = ""
    text_sha256: str = ""
    text: str = ""
    derived_from: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    source: str
    locator: str
    quote: str = ""
    reported_on: DateValue | None = None
    stance: str = "supports"


@dataclass(frozen=True, slots=True)
class Voice:
    """A link of the chain from the first speaker to the source; `label` is what is shown."""

    label: str
    entity: str | None = None
    mode: str = "said"
    said_on: DateValue | None = None


@dataclass(frozen=True, slots=True)
class Link:
    kind: str
    to: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `sentence` holds its answer in [[double brackets]], without its voice."""

    key: str
    topic: str
    slug: str
    kind: str
    thread: str
    label: str
    sentence: str
    stem: str = ""
    occasion: str = ""
    importance: int = 2
    grave: bool = False
    subject: str | None = None
    answers: tuple[str, ...] = ()
    when: DateValue | None = None
    ask_precision: str = ""
    measure: str | None = None
    amount: Quantity | None = None
    content: str = ""
    verbatim: bool = False
    mode: str = "told"
    as_of: DateValue | None = None
    valid_from: DateValue | None = None
    valid_to: DateValue | None = None
    rank: str = "normal"
    note: str = ""
    not_asked: str = ""
    status: Status = Status.UNVERIFIED
    revision: int = 1
    voices: tuple[Voice, ...] = ()
    citations: tuple[Citation, ...] = ()
    links: tuple[Link, ...] = ()
    also_right: tuple[str, ...] = ()

    @property
    def speaker(self) -> Voice | None:
        """The first voice of the chain, whose word it is; None where the source itself tells."""
        return self.voices[0] if self.voices else None

    @property
    def is_askable(self) -> bool:
        return self.status.is_askable and not self.not_asked

    @property
    def plain_sentence(self) -> str:
        return self.sentence.replace("[[", "").replace("]]", "")


@dataclass(frozen=True, slots=True)
class Thread:
    key: str
    title: str
    position: int = 0
    reading: str = ""


@dataclass(frozen=True)
class FactBase:
    topic: str
    title: str
    article_word: str = "article"
    contested: bool = False
    threads: Mapping[str, Thread] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    families: Mapping[str, Family] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    @cached_property
    def by_measure(self) -> Mapping[str, tuple[Fact, ...]]:
        """Facts of each measure, sorted by key."""
        groups: dict[str, list[Fact]] = {}
        for key in sorted(self.facts):
            fact = self.facts[key]
            if fact.measure is not None:
                groups.setdefault(fact.measure, []).append(fact)
        return {measure: tuple(facts) for measure, facts in groups.items()}

    @cached_property
    def letting_count(self) -> tuple[Fact, ...]:
        """Facts beside whose own value something else counts, sorted by key."""
        return tuple(self.facts[key] for key in sorted(self.facts) if self.facts[key].also_right)

    def rivals(self, fact: Fact) -> tuple[Fact, ...]:
        """Other facts that give a value for the same quantity: same measure, same subject.

        A measure may be shared by many subjects (the melting points of all elements); a fact
        without a subject is a rival of all with its measure, which errs on the safe side.
        """
        if fact.measure is None:
            return ()
        return tuple(
            other
            for other in self.by_measure.get(fact.measure, ())
            if other.key != fact.key
            and (other.subject is None or fact.subject is None or other.subject == fact.subject)
        )

    @cached_property
    def names_with_the(self) -> tuple[str, ...]:
        """Names that begin with a capital article, which no sentence may lower."""
        return tuple(
            sorted(
                name
                for entity in self.entities.values()
                for name in entity.all_names
                if name.startswith("The ")
            )
        )

    @cached_property
    def capital_words(self) -> frozenset[str]:
        """Words that keep their capital wherever a sentence puts them.

        All of the names of people and places; of the names of bodies and things only the first,
        unless the full name has it further on: "Security", of "UN Security Council", is a common
        word elsewhere.
        """
        words = {
            word
            for entity in self.entities.values()
            for name in entity.all_names
            for n, word in enumerate(_words(name))
            if entity.kind in NAMED_IN_FULL
            or not word[:1].isupper()
            or (n == 0 and word not in _words(entity.name)[1:])
        }
        small = {"The", "A", "An", "Of", "In", "At", "On"}
        return frozenset(
            word
            for word in words
            if word[:1].isupper() and word not in small and word.lower() not in words
        )


def _words(name: str) -> list[str]:
    return name.replace("-", " ").replace("'s", "").replace("’s", "").split()
