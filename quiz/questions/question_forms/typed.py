"""The answer is typed: a date, a number in its field, or a name."""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.items import Held, Item
from quiz.questions.precision import asked_precision
from quiz.questions.typed_answers import Typed, typed_date, typed_name, typed_number
from quiz.questions.wording import asked
from quiz.questions.world import World, facets_of

FORM = "typed"


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    facet = facets_of(fact)[0]
    if not fact.stem:
        yield held(fact, facet, FORM, "the fact has no question of its own", "S1")
        return
    answer = typed_answer(fact, facet, world)
    if isinstance(answer, str):
        yield held(fact, facet, FORM, answer, "F3" if fact.kind == "date" else "F4")
        return
    yield make(
        fact,
        world,
        facet=facet,
        form=FORM,
        stem=asked(fact, world, asked_precision(fact), hedge_in_field=True),
        shown=answer.shown,
        expected=answer.expected,
        field=answer.field,
        accepted=answer.accepted,
    )


def typed_answer(fact: Fact, facet: str, world: World) -> Typed | str:
    """What is accepted when it is typed, or why it cannot be."""
    match fact.kind:
        case "date":
            return typed_date(fact)
        case "figure":
            return typed_number(fact, world)
        case _:
            return typed_name(fact, facet, world)
