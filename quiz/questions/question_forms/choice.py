"""One right option among three or four: a date, a figure, a speaker, an identity."""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import BOUNDED, held, make
from quiz.questions.dealing import Asks, dealt
from quiz.questions.items import Held, Item
from quiz.questions.precision import asked_precision
from quiz.questions.wording import asked
from quiz.questions.world import World, facets_of
from quiz.questions.wrong_options import Options, as_options, wrong_names

FORM = "choice"


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    facet = facets_of(fact)[0]
    if fact.grave:
        yield held(fact, facet, FORM, "a grave fact takes no wrong values", "§0.2")
        return
    if not fact.stem:
        yield held(fact, facet, FORM, "the fact has no question of its own", "S1")
        return
    found = options_for(fact, facet, FORM, world, lambda other: bool(other.stem))
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


def options_for(
    fact: Fact, facet: str, form: str, world: World, asks: Asks = bool
) -> Options | str:
    """The options of the fact's own answer, or why there are none.

    `asks` tells whether the form asks another fact of the group at all.
    """
    if fact.kind not in {"date", "figure"}:
        return wrong_names(fact, facet, world, form, asks)
    if fact.kind == "date" and not asked_precision(fact):
        return "the date is too uncertain to be one of several"
    if fact.kind == "figure" and (fact.amount is None or fact.amount.qualifier in BOUNDED):
        return "a bounded figure rules no value out surely"
    ranked = dealt(fact, facet, form, world, asks)
    if isinstance(ranked, str):
        return ranked
    return as_options(fact, ranked, asked_precision(fact), world)


def _rule(fact: Fact) -> str:
    if fact.kind == "figure" and fact.amount is not None and fact.amount.qualifier in BOUNDED:
        return "§0.14"
    return "T6" if fact.kind == "date" and not asked_precision(fact) else "O1"
