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
