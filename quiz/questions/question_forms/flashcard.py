"""A card to turn over: question to answer; date to event where it is that day's only one."""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.facts.dates import coarsen, shown
from quiz.questions.assembling import held, make
from quiz.questions.distractors_dates import date_text, index_of
from quiz.questions.distractors_names import right_entities
from quiz.questions.items import Held, Item
from quiz.questions.precision import asked_precision
from quiz.questions.typed_answers import with_unit_shown
from quiz.questions.voicing import attribution, capitalised, with_article
from quiz.questions.wording import asked, joined
from quiz.questions.world import World, facets_of

FORM = "flashcard"


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    facet = facets_of(fact)[0]
    if not fact.stem:
        yield held(fact, facet, FORM, "the fact has no question of its own", "S1")
        return
    answer = answer_text(fact, facet, world)
    if not answer:
        yield held(fact, facet, FORM, "the answer cannot be shown by itself", "T6")
        return
    yield make(
        fact,
        world,
        facet=facet,
        form=FORM,
        stem=asked(fact, world, asked_precision(fact)),
        shown=answer,
        expected={"rating": True},
    )
    if fact.kind == "date":
        yield from _from_date(fact, world)


def answer_text(fact: Fact, facet: str, world: World) -> str:
    """The answer in short, as the back of a card and a list show it."""
    match fact.kind:
        case "date":
            precision = asked_precision(fact)
            if fact.when is None:
                return ""
            return shown(coarsen(fact.when, precision)) if precision else shown(fact.when)
        case "figure":
            return with_unit_shown(fact) if fact.amount is not None else ""
        case _:
            entities = world.base.entities
            keys = right_entities(fact, facet)
            named = [entities[key] for key in keys if key in entities]
            if not named and facet == "speaker" and fact.speaker is not None:
                return fact.speaker.label
            if len(named) == 1:
                return named[0].name
            # In a list of words each takes its article: “Europe and the Korean Peninsula”.
            return joined(tuple(with_article(one.name, one.kind) for one in named))


def _from_date(fact: Fact, world: World) -> Iterator[Item | Held]:
    """From the date to the event: only where nothing else of the topic lies in that unit."""
    precision = asked_precision(fact)
    index = index_of(fact.when, precision) if precision else None
    if index is None:
        yield held(fact, "date", FORM, "the date is not one unit", "T6")
        return
    text = date_text(index, precision, world)
    if world.in_units(precision)[index] > 1:
        yield held(fact, "date", FORM, f"other events share its {precision}", "§0.19")
        return
    phrase = attribution(fact, world.base)
    place = f"on {text}" if precision == "day" else f"in {text}"
    stem = (
        f"{capitalised(phrase)}, what happened {place}?"
        if phrase
        else f"What does the {world.base.article_word} date to {text}?"
    )
    yield make(
        fact,
        world,
        facet="date",
        form=FORM,
        variant="event",
        stem=stem,
        shown=fact.label,
        expected={"rating": True},
    )
