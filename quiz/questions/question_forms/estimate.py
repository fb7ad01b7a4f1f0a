"""An estimate: the nearer, the better; full inside the source's own band."""

from collections.abc import Iterator
from decimal import Decimal

from quiz.facts.base import Fact
from quiz.facts.quantities import bounds
from quiz.facts.status import Status
from quiz.questions.assembling import held, make
from quiz.questions.items import Held, Item
from quiz.questions.typed_answers import typed_number
from quiz.questions.wording import asked
from quiz.questions.world import World

FORM = "estimate"
SMALLEST = Decimal(20)
MANY = 20


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    amount = fact.amount
    if fact.kind != "figure" or amount is None:
        return
    if fact.grave:
        yield held(fact, "value", FORM, "nobody guesses at people's suffering", "§0.2")
        return
    if fact.status not in {Status.AGREED, Status.REPORTED}:
        yield held(fact, "value", FORM, "a claim is not estimated", "§0.19")
        return
    if (
        amount.value is None
        or amount.qualifier not in {"exactly", "about"}
        or amount.value < SMALLEST
        or not fact.stem
    ):
        yield held(fact, "value", FORM, "no magnitude that could be estimated", "F4")
        return
    if _is_a_number_of_its_own(fact, world):
        yield held(
            fact, "value", FORM, "a number that tells one from another is known or not", "F4"
        )
        return
    typed = typed_number(fact, world)
    if isinstance(typed, str):
        yield held(fact, "value", FORM, typed, "F4")
        return
    low, high = bounds(amount)
    yield make(
        fact,
        world,
        facet="value",
        form=FORM,
        stem=asked(fact, world, hedge_in_field=True),
        shown=typed.shown,
        expected={**typed.expected, "band": [str(low), str(high)]},
        field={**typed.field, "hint": f"your estimate: {typed.field['hint']}"},
        accepted=typed.accepted,
    )


def _is_a_number_of_its_own(fact: Fact, world: World) -> bool:
    """Whether the measure numbers its subjects: many whole values, no two of them alike."""

    def measure() -> bool:
        amounts = [
            other.amount
            for other in world.group(fact, "value")
            if other.measure == fact.measure and other.amount is not None
        ]
        values = {amount.value for amount in amounts if amount.qualifier == "exactly"}
        return len(amounts) >= MANY and len(values) == len(amounts) and all(map(_is_whole, values))

    return world.once(("numbers", fact.measure, *world.group_key(fact, "value")), measure)


def _is_whole(value: Decimal | None) -> bool:
    return value is not None and value == value.to_integral_value()
