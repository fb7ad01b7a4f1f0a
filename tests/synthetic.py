"""A made-up topic of any size, for laws, attackers and benchmarks; the same seed, the same base.

Shares follow the article: a third dates (days, months, years, a few circa and windows), a third
figures (a fifth of them bounded, a tenth with a rival of another voice), the rest statements and
identities; speakers follow a Zipf law; some entities are parts of others.
"""

import random
from dataclasses import replace
from decimal import Decimal

from quiz.facts.base import (
    Citation,
    Entity,
    Fact,
    FactBase,
    Family,
    Measure,
    Name,
    Source,
    Thread,
    Voice,
)
from quiz.facts.dates import day_number, from_unit, parse_edtf
from quiz.facts.quantities import parse_quantity
from quiz.facts.status import Status

TOPIC = "synthetic"
FIRST_DAY = day_number(2021, 1, 1)
LAST_DAY = day_number(2026, 2, 4)
FACTS_A_THREAD = 150
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_NOUNS = "trucks bridges boats tents generators barrels drones radios wagons crates".split()
_VERBS = "opened closed moved repaired sold bought inspected renamed".split()
_QUALIFIERS = ["exactly"] * 5 + ["about"] * 3 + ["up_to", "over", "at_least", "nearly"]
_HEDGES = {"about": "about", "up_to": "up to", "over": "more than", "at_least": "at least",
           "nearly": "almost", "exactly": ""}  # fmt: skip


def make_base(n_facts: int, seed: int, *, topic: str = TOPIC) -> FactBase:
    """A base of n facts."""
    return _Maker(n_facts, seed, topic).base()


class _Maker:
    def __init__(self, n_facts: int, seed: int, topic: str) -> None:
        self.rng = random.Random(seed)
        self.topic = topic
        self.n_facts = n_facts
        self.names: set[str] = set()
        self.entities: dict[str, Entity] = {}
        self.measures: dict[str, Measure] = {}
        self.families: dict[str, Family] = {}
        self.facts: dict[str, Fact] = {}
        threads = max(1, n_facts // FACTS_A_THREAD)
        self.threads = [f"thread-{n}" for n in range(threads)]
        self.people = self._entities("person", max(12, n_facts // 12), "side")
        self.places = self._entities("place", max(12, n_facts // 12), "")
        self.bodies = self._entities("organisation", max(8, n_facts // 40), "side")

    def base(self) -> FactBase:
        makers = [self._date] * 35 + [self._figure] * 30 + [self._statement] * 15
        makers += [self._identity] * 20
        n = 0
        while len(self.facts) < self.n_facts:
            self.rng.choice(makers)(n)
            n += 1
        return FactBase(
            topic=self.topic,
            title="A made-up topic",
            contested=True,
            threads={key: Thread(key, key.title(), n) for n, key in enumerate(self.threads)},
            facts=dict(list(self.facts.items())[: self.n_facts]),
            entities=self.entities,
            measures=self.measures,
            families=self.families,
            sources={"book": Source("book", "reference", "A made-up book")},
        )

    def _word(self) -> str:
        while True:
            syllables = self.rng.randint(2, 3)
            word = "".join(
                self.rng.choice(_CONSONANTS) + self.rng.choice(_VOWELS) for _ in range(syllables)
            ) + self.rng.choice(_CONSONANTS)
            if word not in self.names:
                self.names.add(word)
                return word.title()

    def _entities(self, kind: str, count: int, side: str) -> list[str]:
        keys = []
        for n in range(count):
            if kind == "person":
                surname = self._word()
                name = f"{self._word()} {surname}"
                names = (Name(name, "full"), Name(surname, "surname"))
            else:
                name = self._word() if kind == "place" else f"{self._word()} Office"
                names = (Name(name, "full"),)
            key = f"{kind}-{n}"
            part_of = (
                f"{kind}-{self.rng.randrange(n)}" if n > 5 and self.rng.random() < 0.1 else None
            )
            self.entities[key] = Entity(
                key,
                kind,
                name,
                part_of=part_of if kind == "place" else None,
                names=names,
                side=self.rng.choice(["left", "right"]) if side else None,
            )
            keys.append(key)
        return keys

    def _zipf(self, keys: list[str]) -> str:
        """An entity of the thread's own dozen or so, the first ones most often."""
        weights = [1 / (place + 1) for place in range(len(keys))]
        return self.rng.choices(keys, weights)[0]

    def _near(self, keys: list[str], thread: int) -> str:
        share = max(10, len(keys) // len(self.threads))
        start = thread * share % max(1, len(keys) - share + 1)
        return self._zipf(keys[start : start + share])

    def _voice(self, thread: int) -> Voice:
        key = self._near(self.people if self.rng.random() < 0.6 else self.bodies, thread)
        said_on = from_unit(self.rng.randint(2021 * 12, 2026 * 12), "month")
        return Voice(self.entities[key].name, key, "claimed", said_on)

    def _fact(self, n: int, kind: str, **fields: object) -> Fact:
        slug = f"fact-{n:05}"
        fact = Fact(
            key=f"{self.topic}/{slug}",
            topic=self.topic,
            slug=slug,
            kind=kind,
            importance=self.rng.randint(1, 3),
            grave=fields.pop("grave", False),
            status=Status.CLAIMED if fields.get("voices") else Status.REPORTED,
            mode="claimed" if fields.get("voices") else "told",
            citations=(Citation("book", f"chapter {n % 40 + 1}"),),
            **fields,
        )
        self.facts[fact.key] = fact
        return fact

    def _date(self, n: int) -> None:
        thread = self.rng.randrange(len(self.threads))
        thing, verb = self._word(), self.rng.choice(_VERBS)
        # A tenth lies in the last two months: facts near the edge are a case of their own.
        first = LAST_DAY - 59 if self.rng.random() < 0.1 else FIRST_DAY
        day = self.rng.randint(first, LAST_DAY)
        value = from_unit(day, "day")
        ask = self.rng.choice(["day", "month", "month"])
        if self.rng.random() < 0.4:
            value, ask = parse_edtf(value.edtf[:7]), "month"
        voices = (self._voice(thread),) if self.rng.random() < 0.3 else ()
        text = value.edtf
        self._fact(
            n,
            "date",
            thread=self.threads[thread],
            label=f"{thing} is {verb}",
            sentence=f"{thing} was {verb} in [[{text}]].",
            stem=f"When was {thing} {verb}?",
            when=value,
            ask_precision=ask,
            voices=voices,
        )

    def _figure(self, n: int) -> None:
        thread = self.rng.randrange(len(self.threads))
        noun, place = self.rng.choice(_NOUNS), self._word()
        measure = f"measure-{n}"
        family = None
        if self.rng.random() < 0.2:
            family = f"family-{n // 10}"
            self.families.setdefault(family, Family(family, family, "They count other things."))
        self.measures[measure] = Measure(measure, f"{noun} in {place}", noun, "", False, family)
        number = self._number()
        rivals = 2 if self.rng.random() < 0.1 else 1
        for rival in range(rivals):
            voiced = rivals > 1 or self.rng.random() < 0.3
            qualifier = self.rng.choice(_QUALIFIERS)
            amount = parse_quantity(
                f"{number:,}", qualifier=qualifier, unit=noun, hedge_text=_HEDGES[qualifier]
            )
            shown = f"{_HEDGES[qualifier]} {number:,}".strip()
            self._fact(
                n + rival * 100_000,
                "figure",
                thread=self.threads[thread],
                label=f"Number of {noun} in {place}",
                sentence=f"There were [[{shown}]] {noun} in {place}.",
                stem=f"How many {noun} were there in {place}?",
                measure=measure,
                amount=amount,
                voices=(self._voice(thread),) if voiced else (),
                grave=self.rng.random() < 0.05,
            )
            number = self._number()

    def _number(self) -> int:
        """Spread over all magnitudes alike, as counted things are: more begin with 1 than with 9."""
        digits = self.rng.choice([1, 1, 2, 2, 3])
        value = 10 ** self.rng.uniform(0.3, 7)
        number = int(float(f"{value:.{digits - 1}e}"))
        return max(2, number)

    def _statement(self, n: int) -> None:
        thread = self.rng.randrange(len(self.threads))
        voice = self._voice(thread)
        thing, verb = self._word(), self.rng.choice(_VERBS)
        self._fact(
            n,
            "statement",
            thread=self.threads[thread],
            label=f"A word on {thing}",
            sentence=f"[[{voice.label}]] said that {thing} would soon be {verb} again.",
            stem=f"Who said that {thing} would soon be {verb} again?",
            content=f"{thing} would soon be {verb} again",
            voices=(replace(voice, mode="said"),),
        )

    def _identity(self, n: int) -> None:
        thread = self.rng.randrange(len(self.threads))
        thing, verb = self._word(), self.rng.choice(_VERBS)
        key = self._near(self.places, thread)
        self._fact(
            n,
            "identity",
            thread=self.threads[thread],
            label=f"Where {thing} was {verb}",
            sentence=f"{thing} was {verb} in [[{self.entities[key].name}]].",
            stem=f"Where was {thing} {verb}?",
            answers=(key,),
            voices=(self._voice(thread),) if self.rng.random() < 0.2 else (),
        )


def amount_of(fact: Fact) -> Decimal:
    assert fact.amount is not None
    assert fact.amount.value is not None
    return fact.amount.value
