"""Putting an item together: what is the same for every form."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quiz.facts.base import Fact
from quiz.questions.evidence import feedback
from quiz.questions.items import Feedback, Held, Item, Option, Use
from quiz.questions.voicing import attribution
from quiz.questions.world import World

# What may be asked of people who were killed, wounded, captured or made to work.
GRAVE_FORMS = frozenset(
    "which-source what-counted typed cloze-typed flashcard which-hedge chain whose-words "
    "can-you-tell standing".split()
)
# "Up to", "more than", "at least", "almost" leave no value that could be proved wrong.
BOUNDED = frozenset({"nearly", "over", "at_least", "up_to", "at_most"})


def held(fact: Fact, facet: str, form: str, reason: str, *rules: str) -> Held:
    return Held(fact.key, facet, form, reason, rules)


def make(
    fact: Fact,
    world: World,
    *,
    facet: str,
    form: str,
    stem: str,
    shown: str | tuple[str, ...],
    expected: Mapping[str, Any],
    options: Sequence[Option] = (),
    variant: str = "0",
    order: str = "given",
    frame: Sequence[str] = (),
    field: Mapping[str, str] | None = None,
    accepted: Sequence[str] = (),
    keys: Iterable[tuple[str, str]] = (),
    premises: Iterable[str] = (),
    evidence: Feedback | None = None,
) -> Item:
    """An item of the fact; `keys` are further (fact, facet) pairs that it asks."""
    told = evidence if evidence is not None else feedback(fact, world)
    return Item(
        fact=fact.key,
        facet=facet,
        form=form,
        variant=variant,
        stem=stem,
        shown=shown,
        expected=expected,
        feedback=told,
        options=tuple(options),
        accepted=tuple(accepted),
        attribution=attribution(fact, world.base),
        status=fact.status.value,
        order=order,
        frame=tuple(frame),
        field=field or {},
        uses=_uses(fact, facet, keys, premises, options, world),
        grave=fact.grave or _any_grave(keys, world),
        revision=fact.revision,
    )


def _any_grave(keys: Iterable[tuple[str, str]], world: World) -> bool:
    return any(world.base.facts[key].grave for key, _ in keys)


def _uses(
    fact: Fact,
    facet: str,
    keys: Iterable[tuple[str, str]],
    premises: Iterable[str],
    options: Sequence[Option],
    world: World,
) -> tuple[Use, ...]:
    uses = {(fact.key, "key"): Use(fact.key, "key", facet)}
    for key, of in keys:
        uses.setdefault((key, "key"), Use(key, "key", of))
    for key in premises:
        uses.setdefault((key, "premise"), Use(key, "premise"))
    for option in options:
        if option.from_fact is not None and (option.from_fact, "key") not in uses:
            uses.setdefault((option.from_fact, "distractor"), Use(option.from_fact, "distractor"))
    for rival in world.rivals(fact)[:3]:
        if (rival.key, "key") not in uses:
            uses.setdefault((rival.key, "rival"), Use(rival.key, "rival"))
    return tuple(uses.values())
