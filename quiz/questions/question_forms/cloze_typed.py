"""A blank in the fact's own sentence, to be typed."""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.blanks import blank
from quiz.questions.items import Held, Item
from quiz.questions.question_forms.cloze import STEM
from quiz.questions.question_forms.typed import typed_answer
from quiz.questions.world import World, facets_of

FORM = "cloze-typed"


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    facet = facets_of(fact)[0]
    found = blank(fact, facet, world)
    if isinstance(found, str):
        yield held(fact, facet, FORM, found, "F8")
        return
    answer = typed_answer(fact, facet, world)
    if isinstance(answer, str):
        yield held(fact, facet, FORM, answer, "F3" if fact.kind == "date" else "F4")
        return
    # The hedge stands in the sentence, and so does the scale word where it was not taken out.
    yield make(
        fact,
        world,
        facet=facet,
        form=FORM,
        stem=STEM,
        shown=answer.shown,
        expected=answer.expected,
        field={**answer.field, "label": "___"},
        accepted=answer.accepted,
        frame=(found.sentence,),
    )
