"""A group's wrong values dealt out, so that each is wrong as often as it should be.

What is the key of an item once stands k − 1 times beside other keys: otherwise somebody who had
seen the bank could tell the key by how often it is shown.
"""

from collections import Counter
from collections.abc import Callable

from quiz.facts.base import Fact
from quiz.facts.dates import coarsen
from quiz.facts.dates import shown as date_shown
from quiz.questions.distractors import Ranked, Sides, choose_by_rank
from quiz.questions.distractors_dates import sides_of_date
from quiz.questions.distractors_numbers import number_text, sides_of_number
from quiz.questions.precision import asked_precision
from quiz.questions.world import World

# The first dealt know least of what the others need; so all choose again, knowing it.
SWEEPS = 3

Asks = Callable[[Fact], bool]


def dealt(fact: Fact, facet: str, form: str, world: World, asks: Asks) -> Ranked | str:
    """The fact's share of its group's deal, or why it has none.

    `asks` tells which other facts of the group the form asks.
    """
    key = ("values", form, *world.group_key(fact, facet))
    deal = world.once(key, lambda: _deal(world.group(fact, facet), facet, form, world, asks))
    found = deal.get(fact.key)
    return found if found is not None else _sides(fact, facet, form, world)[1]


def key_text(fact: Fact) -> str:
    """The right value as an option shows it, "" where it cannot be one."""
    if fact.kind == "date" and fact.when is not None:
        precision = asked_precision(fact)
        return date_shown(coarsen(fact.when, precision)) if precision else ""
    if fact.kind == "figure" and fact.amount is not None and fact.amount.value is not None:
        return number_text(fact.amount)
    return ""


def _sides(fact: Fact, facet: str, form: str, world: World) -> tuple[Sides | None, str]:
    item = f"{fact.key}/{facet}/{form}/0"
    if fact.kind == "date":
        found = sides_of_date(fact, world, item, asked_precision(fact))
    else:
        found = sides_of_number(fact, world, item)
    return (None, found) if isinstance(found, str) else (found, "")


def _deal(
    group: tuple[Fact, ...], facet: str, form: str, world: World, asks: Asks
) -> dict[str, Ranked]:
    served: list[tuple[Fact, Sides]] = []
    keys: Counter[str] = Counter()
    for fact in group:
        if fact.grave or not key_text(fact) or not asks(fact):
            continue
        sides, _ = _sides(fact, facet, form, world)
        if sides is not None:
            served.append((fact, sides))
            keys[key_text(fact)] += 1
    need = {text: 3 * count for text, count in keys.items()}
    deal: dict[str, Ranked] = {}
    for _ in range(SWEEPS):
        for fact, sides in served:
            before = deal.get(fact.key)
            for candidate in before.wrong if before else ():
                need[candidate.text] = need.get(candidate.text, 0) + 1
            ranked = choose_by_rank(f"{fact.key}/{facet}/{form}/0", sides, world, need)
            for candidate in ranked.wrong:
                need[candidate.text] = need.get(candidate.text, 0) - 1
            deal[fact.key] = ranked
    return deal
