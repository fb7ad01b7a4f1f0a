"""A blank in the fact's own sentence, to be chosen for."""

from collections.abc import Iterator
from dataclasses import replace

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.blanks import Blank, blank
from quiz.questions.items import Held, Item, Option
from quiz.questions.question_forms.choice import options_for
from quiz.questions.slots import BLANK, plain_spaces
from quiz.questions.voicing import with_article
from quiz.questions.world import World, facets_of
from quiz.questions.wrong_options import Options

FORM = "cloze"
STEM = "What belongs in the blank?"


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    facet = facets_of(fact)[0]
    if fact.grave:
        yield held(fact, facet, FORM, "a grave fact takes no wrong values", "§0.2")
        return
    found = blank(fact, facet, world)
    if isinstance(found, str):
        yield held(fact, facet, FORM, found, "F8")
        return
    options = options_for(
        fact, facet, FORM, world, lambda other: not isinstance(blank(other, facet, world), str)
    )
    if not isinstance(options, str):
        if facet == "identity":
            options = _fitting(options, found, world)
        elif fact.amount is not None:
            options = _without_unit(options, found, fact.amount.unit)
    if isinstance(options, str):
        yield held(fact, facet, FORM, options, "O1")
        return
    yield make(
        fact,
        world,
        facet=facet,
        form=FORM,
        stem=STEM,
        shown=options.right,
        expected={"right": [options.place]},
        options=options.options,
        order="shuffle" if facet == "identity" else "given",
        frame=(found.sentence,),
    )


def _without_unit(options: Options, found: Blank, unit: str) -> Options:
    """The numbers alone where the sentence has the unit behind its blank."""
    after = plain_spaces(found.sentence.partition(BLANK)[2])
    if not unit or not after.lstrip().startswith(unit):
        return options

    def bare(text: str) -> str:
        return text.removesuffix(unit).rstrip()

    return Options(
        bare(options.right),
        tuple(replace(option, text=bare(option.text)) for option in options.options),
    )


def _fitting(options: Options, found: Blank, world: World) -> Options | str:
    """Names with the article that the sentence needs, without those that cannot stand there."""
    fitting: list[Option] = []
    for option in options.options:
        entity = world.base.entities.get(option.entity or "")
        named = with_article(option.text, entity.kind if entity is not None else "")
        takes_the = named.startswith("the ")
        if option.right or found.after_the == takes_the:
            fitting.append(option)
        elif not found.after_the and not option.right:
            fitting.append(replace(option, text=named))
    if len(fitting) < 3:
        return "too few names fit the sentence's own article"
    return Options(options.right, tuple(fitting))
