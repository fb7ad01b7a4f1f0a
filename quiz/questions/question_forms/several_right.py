"""Which of these happened in November 2024? Two or three are right, the rest provably not."""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.distractors_dates import date_text, index_of
from quiz.questions.evidence import joint_feedback
from quiz.questions.items import Held, Item, Option
from quiz.questions.question_forms.ordering import Event, as_event, events_of
from quiz.questions.voicing import plain, voiced_sentence
from quiz.questions.world import World

FORM = "several-right"
MOST_RIGHT = 3
WRONG = 3


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    if fact.kind != "date":
        return
    event = as_event(fact)
    unit = asked_unit(fact)
    index = index_of(fact.when, unit) if unit else None
    if event is None or index is None:
        yield held(fact, "date", FORM, "its date is not sure, or its label tells it", "F7")
        return
    inside, outside = _around(fact, unit, index, world)
    if len(inside) < 2 or len(outside) < 2:
        yield held(fact, "date", FORM, f"no second event of its {unit} is sure", "§0.21")
        return
    if inside[0].fact.key == fact.key:
        yield _item(inside[:MOST_RIGHT], outside[:WRONG], unit, index, world)


def asked_unit(fact: Fact) -> str:
    """Days and months are asked by the month, years by the decade."""
    precision = fact.when.precision if fact.when is not None else ""
    return {"day": "month", "month": "month", "year": "decade"}.get(precision, "")


def _around(fact: Fact, unit: str, index: int, world: World) -> tuple[list[Event], list[Event]]:
    """The group's events that surely lie in the unit, and those that surely do not."""
    places = world.once(
        ("units", unit, *world.group_key(fact, "date")),
        lambda: [
            (index_of(event.fact.when, unit), event)
            for event in events_of(fact, world)
            if asked_unit(event.fact) == unit
        ],
    )
    inside = sorted(
        (event for place, event in places if place == index), key=lambda event: event.fact.key
    )
    if len(inside) < 2 or inside[0].fact.key != fact.key:
        return inside, [event for place, event in places if place is not None and place != index]
    labels = {event.fact.label for event in inside}
    outside = [
        event
        for place, event in places
        if place is not None and place != index and event.fact.label not in labels
    ]
    outside.sort(key=lambda event: world.draw("outside", fact.key, event.fact.key))
    return inside, outside


def _item(inside: list[Event], outside: list[Event], unit: str, index: int, world: World) -> Item:
    first = inside[0].fact
    rows = [
        Option(
            event.fact.label,
            event in inside,
            plain(voiced_sentence(event.fact, world.base)),
            from_fact=event.fact.key,
        )
        for event in (*inside, *outside)
    ]
    rows.sort(key=lambda option: world.draw("several", first.key, option.text))
    right = [place for place, option in enumerate(rows) if option.right]
    keys = [(event.fact.key, "date") for event in inside]
    facts = {option.from_fact: place for place, option in enumerate(rows) if option.right}
    return make(
        first,
        world,
        facet="date",
        form=FORM,
        stem=f"Which of these happened in {date_text(index, unit, world)}? Choose all that did.",
        shown=tuple(rows[place].text for place in right),
        expected={
            "right": right,
            "facts": {str(facts[key]): [key, facet] for key, facet in keys},
        },
        options=rows,
        order="shuffle",
        keys=keys,
        evidence=joint_feedback([event.fact for event in inside], world),
    )
