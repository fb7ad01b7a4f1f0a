"""From facts to questions: every form proposes, every block rule is asked, nothing is stored."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from quiz.facts.base import Fact, FactBase
from quiz.questions.audit import blocks, findings
from quiz.questions.items import Finding, Held, Item
from quiz.questions.question_forms.registry import FORMS
from quiz.questions.rules import BLOCK, WARN
from quiz.questions.world import World, facets_of


@dataclass(frozen=True, slots=True)
class Audited:
    """An item with what the rules found on it; one with a block is stored but never served."""

    item: Item
    held_by: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    items: tuple[Item, ...]
    held: tuple[Held, ...]
    blocked: tuple[Finding, ...] = ()


def propose_for(fact: Fact, world: World, forms: Collection[str] = ()) -> Iterator[Audited | Held]:
    """Everything that can be asked of one fact, in these forms or all, and why the rest cannot."""
    world.turn_to_next()
    if not fact.is_askable:
        reason = fact.not_asked or f"its status is {fact.status}"
        yield Held(fact.key, facets_of(fact)[0], "", reason, ("T11",))
        return
    for form, propose in FORMS:
        if forms and form not in forms:
            continue
        for proposed in propose(fact, world):
            if isinstance(proposed, Held):
                yield proposed
                continue
            found = tuple(findings(proposed, world))
            yield Audited(proposed, _ids(found, BLOCK), _ids(found, WARN))


def _ids(found: tuple[Finding, ...], severity: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.rule for finding in found if finding.severity == severity))


def propose(base: FactBase, seed: int, facts: Collection[str] | None = None) -> Proposal:
    """All items of a base, or of some of its facts; the same facts and seed give the same items."""
    world = World(base, seed)
    items: list[Item] = []
    held: list[Held] = []
    blocked: list[Finding] = []
    for key in sorted(base.facts if facts is None else facts):
        for found in propose_for(base.facts[key], world):
            if isinstance(found, Held):
                held.append(found)
            elif found.held_by:
                item = found.item
                held.append(
                    Held(item.fact, item.facet, item.form, "held back by a rule", found.held_by)
                )
                blocked.extend(blocks(item, world))
            else:
                items.append(found.item)
    return Proposal(tuple(items), tuple(held), tuple(blocked))
