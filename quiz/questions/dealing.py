"""A group's wrong values dealt out, so that each is wrong as often as it should be.

What is the key of an item once stands k − 1 times beside other keys: otherwise somebody who had
seen the bank could tell the key by how often it is shown.
"""

from collections import Counter
from collections.abc import Callable

from quiz.facts.base import Fact
from quiz.facts.dates import coarsen
from quiz.facts.dates import shown as date_shown
from quiz.questions.distractors import NEAREST, Ranked, Sides, choose_by_rank
from quiz.questions.distractors_dates import sides_of_date
from quiz.questions.distractors_numbers import number_text, sides_of_number
from quiz.questions.precision import asked_precision
from quiz.questions.world import World

# The first dealt know least of what the others need; so all choose again, knowing it.
SWEEPS = 3
# A value may be the key as often as it can be wrong three times for each; once in any case.
FEWEST_KEYS, LENDERS_A_KEY = 1, 5

Asks = Callable[[Fact], bool]


def dealt(fact: Fact, facet: str, form: str, world: World, asks: Asks) -> Ranked | str:
    """The fact's share of its group's deal, or why it has none.

    `asks` tells which other facts of the group the form asks.
    """
    key = ("values", form, *world.group_key(fact, facet))
    deal = world.once(key, lambda: _deal(world.group(fact, facet), facet, form, world, asks))
    found = deal.get(fact.key)
    if found is not None:
        return found
    return _sides(fact, facet, form, world)[1] or "its value would too often be the right one"


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
    able: list[tuple[Fact, Sides]] = []
    for fact in group:
        if fact.grave or not key_text(fact) or not asks(fact):
            continue
        sides, _ = _sides(fact, facet, form, world)
        if sides is not None:
            able.append((fact, sides))
    served, keys = _not_too_often(able)
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


def _not_too_often(
    able: list[tuple[Fact, Sides]],
) -> tuple[list[tuple[Fact, Sides]], Counter[str]]:
    """The facts without those whose value is the key of more items than could make up for it."""
    lends = Counter(
        text
        for _, sides in able
        for text in {candidate.text for side in sides for candidate in side[:NEAREST]}
    )
    keys: Counter[str] = Counter()
    served = []
    for fact, sides in able:
        text = key_text(fact)
        if keys[text] < max(FEWEST_KEYS, lends[text] // LENDERS_A_KEY):
            keys[text] += 1
            served.append((fact, sides))
    return served, keys
