"""The item rules together: what holds an item back, and what only advises."""

from collections.abc import Iterator
from typing import Final

from quiz.questions import rules_cues, rules_forms, rules_options, rules_stem, rules_truth
from quiz.questions.items import Finding, Item
from quiz.questions.rules import BLOCK, Rule
from quiz.questions.world import World

RULES: Final[tuple[Rule, ...]] = (
    *rules_truth.RULES,
    *rules_stem.RULES,
    *rules_options.RULES,
    *rules_forms.RULES,
    *rules_cues.RULES,
)


def _of_form(form: str) -> tuple[Rule, ...]:
    found = _BY_FORM.get(form)
    if found is None:
        found = tuple(rule for rule in RULES if not rule.forms or form in rule.forms)
        _BY_FORM[form] = found
    return found


_BY_FORM: dict[str, tuple[Rule, ...]] = {}


def findings(item: Item, world: World) -> Iterator[Finding]:
    """Everything the rules find on one item."""
    fact = world.base.facts[item.fact]
    for rule in _of_form(item.form):
        for what in rule.check(item, fact, world):
            yield Finding(rule.id, rule.severity, item.id, what)


def blocks(item: Item, world: World) -> Iterator[Finding]:
    """What keeps the item from ever being served."""
    return (finding for finding in findings(item, world) if finding.severity == BLOCK)
