"""Put four events in order: dates that cannot overlap, labels that do not tell them."""

from collections.abc import Iterator
from dataclasses import dataclass

from quiz.facts.base import Fact
from quiz.facts.dates import FAR, calendar_day
from quiz.questions.assembling import held, make
from quiz.questions.evidence import joint_feedback
from quiz.questions.items import Held, Item, Option
from quiz.questions.labels import is_plain_label
from quiz.questions.voicing import plain, voiced_sentence, with_article
from quiz.questions.world import World

FORM = "ordering"
EVENTS = 4
ACTORS = frozenset({"person", "state", "organisation"})


@dataclass(frozen=True, slots=True)
class Event:
    fact: Fact
    first: int
    last: int


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    if fact.kind != "date":
        return
    if as_event(fact) is None:
        yield held(fact, "date", FORM, "its date is not sure, or its label tells it", "F7")
        return
    key = world.group_key(fact, "date", wide=True)
    sets = world.once(("ordering", *key), lambda: _sets(events_of(fact, world), world))
    own = next((events for events in sets if any(one.fact.key == fact.key for one in events)), None)
    if own is None:
        yield held(fact, "date", FORM, "too few events lie apart from it", "F7")
    elif own[0].fact.key == fact.key:
        yield _item(own, world, "0", "Put these in order, the earliest first.")
    yield from _of_one_actor(fact, world)


def _of_one_actor(fact: Fact, world: World) -> Iterator[Item]:
    """What one actor did over time: a position that moves is understood by its steps."""
    actor = world.base.entities.get(fact.subject or "")
    if actor is None or actor.kind not in ACTORS:
        return
    events = tuple(one for one in events_of(fact, world) if one.fact.subject == fact.subject)
    key = ("steps", fact.subject, *world.group_key(fact, "date", wide=True))
    sets = world.once(key, lambda: _sets(events, world))
    for chosen in sets[:1]:
        if chosen[0].fact.key == fact.key:
            name = with_article(actor.name, actor.kind)
            stem = f"Put these steps of {name} in order, the earliest first."
            yield _item(chosen, world, "steps", stem)


def as_event(fact: Fact) -> Event | None:
    """The event with the days it surely lies in; claims and grave events are not put in order."""
    when = fact.when
    if (
        fact.kind != "date"
        or when is None
        or not when.is_exact
        or fact.status.needs_voice
        or fact.grave
        or not is_plain_label(fact.label)
        or abs(when.first_day) >= FAR
        or abs(when.last_day) >= FAR
    ):
        return None
    return Event(fact, when.first_day, when.last_day)


def events_of(fact: Fact, world: World) -> tuple[Event, ...]:
    """The events of the story around the fact, across its threads."""

    def gather() -> tuple[Event, ...]:
        events = map(as_event, world.group(fact, "date", wide=True))
        return tuple(event for event in events if event is not None)

    return world.once(("events", *world.group_key(fact, "date", wide=True)), gather)


def stand_apart(one: Event, other: Event) -> bool:
    """Disjoint, with at least one unit of the coarser of the two between them."""
    if one.first > other.first:
        one, other = other, one
    coarse = max(one.last - one.first, other.last - other.first)
    if coarse >= 360:
        return calendar_day(other.first)[0] - calendar_day(one.last)[0] >= 1
    return other.first - one.last > (2 if coarse == 0 else 1 if coarse < 40 else coarse // 2)


def _sets(events: tuple[Event, ...], world: World) -> list[list[Event]]:
    """The events in fours that lie apart, dealt by hash."""
    waiting = sorted(events, key=lambda event: world.draw("ordering", event.fact.key))
    sets: list[list[Event]] = []
    while True:
        chosen: list[Event] = []
        for event in waiting:
            if all(
                stand_apart(event, other) and event.fact.label != other.fact.label
                for other in chosen
            ):
                chosen.append(event)
                if len(chosen) == EVENTS:
                    break
        if len(chosen) < EVENTS:
            return sets
        sets.append(chosen)
        taken = {event.fact.key for event in chosen}
        waiting = [event for event in waiting if event.fact.key not in taken]


def _item(events: list[Event], world: World, variant: str, stem: str) -> Item:
    # They are stored by name, so that the stored order tells nothing either.
    stored = sorted(events, key=lambda event: event.fact.label)
    right = sorted(range(len(stored)), key=lambda place: stored[place].first)
    keys = [(event.fact.key, "date") for event in stored]
    options = [
        Option(
            event.fact.label,
            True,
            plain(voiced_sentence(event.fact, world.base)),
            from_fact=event.fact.key,
        )
        for event in stored
    ]
    in_order = [stored[place].fact for place in right]
    return make(
        events[0].fact,
        world,
        facet="date",
        form=FORM,
        variant=variant,
        stem=stem,
        shown=tuple(fact.label for fact in in_order),
        expected={
            "sequence": right,
            "facts": {str(place): [list(key)] for place, key in enumerate(keys)},
        },
        options=options,
        order="shuffle",
        keys=keys,
        evidence=joint_feedback(in_order, world),
    )
