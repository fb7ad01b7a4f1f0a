from dataclasses import replace
from types import SimpleNamespace

import pytest

from quiz.facts.quantities import parse_quantity
from quiz.questions.audit import RULES
from quiz.questions.items import Feedback, Item, Option

CHECKS = {rule.id: rule.check for rule in RULES}
ITEM = Item(
    fact="made/fact",
    facet="identity",
    form="choice",
    variant="0",
    stem="Which countries signed it?",
    shown="Norway and Iceland",
    expected={"right": [0]},
    feedback=Feedback(""),
)


def found(rule, item, fact=None):
    return list(CHECKS[rule](item, fact, None))


def options(*texts):
    return tuple(Option(text, place == 0) for place, text in enumerate(texts))


def test_the_only_option_of_the_number_asked_for_is_found():
    alone = replace(ITEM, options=options("Norway and Iceland", "France", "Spain"))
    among = replace(ITEM, options=options("Norway and Iceland", "France and Spain", "Italy"))
    assert found("O10", alone)
    assert not found("O10", among)


@pytest.mark.parametrize(
    ("texts", "is_found"),
    [
        (("“We came.”", "“We saw.”"), False),
        (("“We came.”", "They saw."), True),
        (("They came.", "They saw"), True),
    ],
)
def test_contents_look_alike(texts, is_found):
    assert bool(found("O12", replace(ITEM, form="what-said", options=options(*texts)))) == is_found


@pytest.mark.parametrize(("text", "is_found"), [("1,000–3,000", True), ("2,000–3,000", False)])
def test_a_wide_range_is_not_typed(text, is_found):
    fact = SimpleNamespace(amount=parse_quantity(text, qualifier="range"))
    item = replace(ITEM, facet="value", form="typed", expected={"qualifier": "range"})
    assert bool(found("F4", item, fact)) == is_found


def test_three_sentences_before_the_question_mark_are_told():
    assert found("S14", replace(ITEM, stem="It came. It saw. It left. Who was it?"))
    assert not found("S14", replace(ITEM, stem="It came. Who was it?"))
