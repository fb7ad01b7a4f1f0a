"""The options of a choice: the key among values that are surely wrong, each with its reason."""

from dataclasses import dataclass

from quiz.facts.base import Fact
from quiz.facts.dates import coarsen, shown
from quiz.questions.distractors import Candidate
from quiz.questions.distractors_dates import rank_dates
from quiz.questions.distractors_names import lures, right_entities
from quiz.questions.distractors_numbers import number_text, rank_numbers
from quiz.questions.evidence import why_date, why_entity, why_not_given, why_number
from quiz.questions.items import Option
from quiz.questions.world import World


@dataclass(frozen=True, slots=True)
class Options:
    """The key's text and all options in the order in which they are stored."""

    right: str
    options: tuple[Option, ...]

    @property
    def wrong(self) -> tuple[Option, ...]:
        return tuple(option for option in self.options if not option.right)

    @property
    def place(self) -> int:
        return next(place for place, option in enumerate(self.options) if option.right)


def wrong_dates(fact: Fact, world: World, item: str, precision: str) -> Options | str:
    """Dates in ascending order, or why none are offered."""

    def make() -> Options | str:
        ranked = rank_dates(fact, world, item, precision)
        if isinstance(ranked, str) or fact.when is None:
            return str(ranked)
        right = shown(coarsen(fact.when, precision))

        def option(wrong: Candidate) -> Option:
            if wrong.fact is not None:
                why = why_date(wrong.text, wrong.fact, world)
                return Option(wrong.text, False, why, from_fact=wrong.fact.key)
            return Option(wrong.text, False, why_not_given(wrong.text, right, world), None,
                          wrong.rule)  # fmt: skip

        return _in_order(right, tuple(map(option, ranked.below)),
                         tuple(map(option, ranked.above)))  # fmt: skip

    return world.for_now(("wrong dates", item, precision), make)


def wrong_numbers(fact: Fact, world: World, item: str) -> Options | str:
    """Numbers in ascending order, or why none are offered."""

    def make() -> Options | str:
        ranked = rank_numbers(fact, world, item)
        if isinstance(ranked, str) or fact.amount is None:
            return str(ranked)
        right = number_text(fact.amount)

        def option(wrong: Candidate) -> Option:
            if wrong.fact is not None:
                why = why_number(wrong.text, wrong.fact, fact, world)
                return Option(wrong.text, False, why, from_fact=wrong.fact.key)
            return Option(wrong.text, False, why_not_given(wrong.text, right, world), None,
                          wrong.rule)  # fmt: skip

        return _in_order(right, tuple(map(option, ranked.below)),
                         tuple(map(option, ranked.above)))  # fmt: skip

    return world.for_now(("wrong numbers", item), make)


def _in_order(right: str, below: tuple[Option, ...], above: tuple[Option, ...]) -> Options:
    return Options(right, (*below, Option(right, True), *above))


def wrong_names(fact: Fact, facet: str, world: World) -> Options | str:
    """The key first; names are shuffled when they are shown."""
    entities = right_entities(fact, facet)
    if not entities:
        return "nobody who is an entity is the answer"
    if len(entities) > 1:
        return "several are right together"
    entity = world.base.entities.get(entities[0])
    if entity is None:
        return "the answer is not an entity of the base"
    found = lures(fact, facet, world)
    if len(found) < 2:
        return "too few names that are plausible and surely wrong"
    wrong = tuple(
        Option(
            lure.entity.name,
            False,
            why_entity(lure.entity, lure.fact, facet, world),
            from_fact=lure.fact.key if lure.fact else None,
            rule="" if lure.fact else f"same kind: {lure.entity.kind}",
            entity=lure.entity.key,
        )
        for lure in found
    )
    return Options(entity.name, (Option(entity.name, True, entity=entity.key), *wrong))
