"""Which of two events came first?"""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.evidence import joint_feedback
from quiz.questions.items import Held, Item, Option
from quiz.questions.question_forms.ordering import Event, as_event, events_of, stand_apart
from quiz.questions.voicing import dated
from quiz.questions.world import World

FORM = "which-first"


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    if fact.kind != "date":
        return
    event = as_event(fact)
    if event is None:
        yield held(fact, "date", FORM, "its date is not sure, or its label tells it", "F7")
        return
    partner = _partner(event, world)
    if partner is None:
        yield held(fact, "date", FORM, "no event before and after it lies apart from it", "F7")
        return
    pair = sorted((event, partner), key=lambda one: world.draw("pair", fact.key, one.fact.key))
    earlier = min(pair, key=lambda one: one.first)
    options = [
        Option(
            one.fact.label,
            one is earlier,
            "" if one is earlier else f"It came later: {dated(one.fact.when)}.",
            from_fact=one.fact.key,
        )
        for one in pair
    ]
    place = pair.index(earlier)
    yield make(
        fact,
        world,
        facet="date",
        form=FORM,
        stem="Which of these happened first?",
        shown=earlier.fact.label,
        expected={"right": [place]},
        options=options,
        order="shuffle",
        premises=[partner.fact.key],
        evidence=joint_feedback(
            [one.fact for one in sorted(pair, key=lambda one: one.first)], world
        ),
    )


def _partner(event: Event, world: World) -> Event | None:
    """Another event, earlier or later by the draw; none unless either could be found."""
    others = [
        other
        for other in events_of(event.fact, world)
        if other.fact.key != event.fact.key
        and other.fact.label != event.fact.label
        and stand_apart(event, other)
    ]
    sides = (
        [other for other in others if other.first < event.first],
        [other for other in others if other.first > event.first],
    )
    if not sides[0] or not sides[1]:
        return None
    side = sides[world.draw("first side", event.fact.key) % 2]
    near = sorted(side, key=lambda other: (abs(other.first - event.first), other.fact.key))[:8]
    return min(near, key=lambda other: world.draw("first", event.fact.key, other.fact.key))
