"""The options of a choice: the key among values that are surely wrong, each with its reason."""

from dataclasses import dataclass

from quiz.facts.base import Fact
from quiz.facts.dates import coarsen, shown
from quiz.questions.dealing import Asks
from quiz.questions.distractors import Candidate, Ranked, choose_by_rank
from quiz.questions.distractors_dates import sides_of_date
from quiz.questions.distractors_names import lures, right_entities
from quiz.questions.distractors_numbers import number_text, sides_of_number
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
    """Dates in ascending order, drawn for this item alone, or why none are offered."""
    sides = sides_of_date(fact, world, item, precision)
    if isinstance(sides, str):
        return sides
    return as_options(fact, choose_by_rank(item, sides, world), precision, world)


def wrong_numbers(fact: Fact, world: World, item: str) -> Options | str:
    """Numbers in ascending order, drawn for this item alone, or why none are offered."""
    sides = sides_of_number(fact, world, item)
    if isinstance(sides, str):
        return sides
    return as_options(fact, choose_by_rank(item, sides, world), "", world)


def as_options(fact: Fact, ranked: Ranked, precision: str, world: World) -> Options:
    """The ranked values with the key among them, each wrong one with its reason."""
    right = ""
    if fact.when is not None and fact.kind == "date":
        right = shown(coarsen(fact.when, precision))
    elif fact.amount is not None:
        right = number_text(fact.amount)

    def option(wrong: Candidate) -> Option:
        if wrong.fact is None:
            why = why_not_given(wrong.text, right, world)
            return Option(wrong.text, False, why, rule=wrong.rule)
        why = (
            why_date(wrong.text, wrong.fact, world)
            if fact.kind == "date"
            else why_number(wrong.text, wrong.fact, fact, world)
        )
        return Option(wrong.text, False, why, from_fact=wrong.fact.key)

    below, above = map(option, ranked.below), map(option, ranked.above)
    return Options(right, (*below, Option(right, True), *above))


def wrong_names(
    fact: Fact, facet: str, world: World, form: str = "choice", asks: Asks | None = None
) -> Options | str:
    """The key first; names are shuffled when they are shown."""
    entities = right_entities(fact, facet)
    if not entities:
        return "nobody who is an entity is the answer"
    if len(entities) > 1:
        return "several are right together"
    entity = world.base.entities.get(entities[0])
    if entity is None:
        return "the answer is not an entity of the base"
    found = lures(fact, facet, world, form, asks)
    if isinstance(found, str):
        return found
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
