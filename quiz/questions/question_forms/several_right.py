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


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    if fact.kind != "date":
        return
    event = as_event(fact)
    unit = asked_unit(fact)
    index = index_of(fact.when, unit) if unit else None
    if event is None or index is None:
        yield held(fact, "date", FORM, "its date is not sure, or its label tells it", "F7")
        return
    sets = world.once(
        ("several", unit, *world.group_key(fact, "date", wide=True)),
        lambda: _sets(fact, unit, world),
    )
    inside, outside = sets.get(index, ((), ()))
    if not inside:
        yield held(fact, "date", FORM, f"no second event of its {unit} is sure", "§0.21")
    elif inside[0].fact.key == fact.key:
        yield _item(inside, outside, unit, index, world)


def asked_unit(fact: Fact) -> str:
    """Days and months are asked by the month, years by the decade."""
    precision = fact.when.precision if fact.when is not None else ""
    return {"day": "month", "month": "month", "year": "decade"}.get(precision, "")


type Sides = tuple[tuple[Event, ...], tuple[Event, ...]]


def _sets(fact: Fact, unit: str, world: World) -> dict[int, Sides]:
    """For each unit of the group that holds several events: some of these, and some that do not.

    The wrong ones are right in another set, if they can be: an event that is never right would
    be known for it.
    """
    places: dict[int, list[Event]] = {}
    for event in events_of(fact, world):
        index = index_of(event.fact.when, unit) if asked_unit(event.fact) == unit else None
        if index is not None:
            places.setdefault(index, []).append(event)
    inside = {
        index: tuple(sorted(events, key=lambda event: event.fact.key)[:MOST_RIGHT])
        for index, events in sorted(places.items())
        if len(events) > 1
    }
    need = {event.fact.key: 1.0 for events in inside.values() for event in events}
    sets: dict[int, Sides] = {}
    for index, events in inside.items():
        labels = {event.fact.label for event in places[index]}
        others = [
            event
            for other, there in places.items()
            for event in there
            if other != index and event.fact.label not in labels
        ]
        others.sort(
            key=lambda event: (
                world.draw("several", index, event.fact.key) % 1000 / 1000
                - need.get(event.fact.key, -1.0)
            )
        )
        # As many wrong as right: then each event is wrong about as often as it is right.
        outside = tuple(others[: len(events)])
        for event in outside:
            need[event.fact.key] = need.get(event.fact.key, -1.0) - 1
        if len(outside) > 1:
            sets[index] = events, outside
    return sets


def _item(
    inside: tuple[Event, ...], outside: tuple[Event, ...], unit: str, index: int, world: World
) -> Item:
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
        stem=f"Which of these happened {_period(index, unit, world)}? Choose all that did.",
        shown=tuple(rows[place].text for place in right),
        expected={
            "right": right,
            "facts": {str(facts[key]): [[key, facet]] for key, facet in keys},
        },
        options=rows,
        order="shuffle",
        keys=keys,
        evidence=joint_feedback(
            [event.fact for event in sorted(inside, key=lambda event: event.first)], world
        ),
    )


def _period(index: int, unit: str, world: World) -> str:
    """“in the 1810s”, but not “in the 1800s”: that may be a century."""
    if unit == "decade" and index % 10 == 0:
        return f"between {index * 10} and {index * 10 + 9}"
    return f"in {date_text(index, unit, world)}"
