"""One right option among three or four: a date, a figure, a speaker, an identity."""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import BOUNDED, held, make
from quiz.questions.items import Held, Item
from quiz.questions.precision import asked_precision
from quiz.questions.wording import asked
from quiz.questions.world import World, facets_of
from quiz.questions.wrong_options import Options, wrong_dates, wrong_names, wrong_numbers

FORM = "choice"


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    facet = facets_of(fact)[0]
    if fact.grave:
        yield held(fact, facet, FORM, "a grave fact takes no wrong values", "§0.2")
        return
    if not fact.stem:
        yield held(fact, facet, FORM, "the fact has no question of its own", "S1")
        return
    found = options_for(fact, facet, FORM, world)
    if isinstance(found, str):
        yield held(fact, facet, FORM, found, _rule(fact))
        return
    yield make(
        fact,
        world,
        facet=facet,
        form=FORM,
        stem=asked(fact, world, asked_precision(fact)),
        shown=found.right,
        expected={"right": [found.place]},
        options=found.options,
        order="shuffle" if facet in {"identity", "speaker"} else "given",
    )


def options_for(fact: Fact, facet: str, form: str, world: World) -> Options | str:
    """The options of the fact's own answer, or why there are none."""
    item = f"{fact.key}/{facet}/{form}/0"
    match fact.kind:
        case "date":
            precision = asked_precision(fact)
            if not precision:
                return "the date is too uncertain to be one of several"
            return wrong_dates(fact, world, item, precision)
        case "figure":
            if fact.amount is None:
                return "the figure has no amount"
            if fact.amount.qualifier in BOUNDED:
                return "a bounded figure rules no value out surely"
            return wrong_numbers(fact, world, item)
        case _:
            return wrong_names(fact, facet, world)


def _rule(fact: Fact) -> str:
    if fact.kind == "figure" and fact.amount is not None and fact.amount.qualifier in BOUNDED:
        return "§0.14"
    return "T6" if fact.kind == "date" and not asked_precision(fact) else "O1"
