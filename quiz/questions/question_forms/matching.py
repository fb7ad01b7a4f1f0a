"""Four pairs and a spare of one relation: events and dates, or one measure over its subjects."""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import held
from quiz.questions.distractors_dates import date_text, index_of, story_window
from quiz.questions.distractors_numbers import number_text, plain_number
from quiz.questions.items import Held, Item, Option
from quiz.questions.labels import is_plain_label
from quiz.questions.letters import SYMBOL, gives_itself_away, initial
from quiz.questions.pairing import MOST_PAIRS, Premise, chunks, paired
from quiz.questions.precision import asked_precision
from quiz.questions.world import World, facets_of

FORM = "matching"
RECENT_DAYS = 60


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    facet = facets_of(fact)[0]
    if fact.grave:
        yield held(fact, facet, FORM, "a grave fact is not matched", "§0.2")
        return
    relation = _relation(fact, world)
    if not relation:
        yield held(fact, facet, FORM, "no relation puts it beside others", "F6")
        return
    key = ("matching", relation, *world.group_key(fact, facet))
    sets = world.once(key, lambda: _sets(fact, facet, relation, world))
    own = next((chosen for chosen in sets if any(row.fact.key == fact.key for row in chosen)), None)
    if own is None:
        yield held(fact, facet, FORM, "too few others of its relation stand apart from it", "F6")
        return
    pairs, spare = own[:-1], own[-1]
    if pairs[0].fact.key != fact.key:
        return
    option = Option(
        spare.match,
        False,
        f"It belongs to “{spare.text}”, which is not asked here.",
        from_fact=spare.fact.key,
        rule="spare",
        entity=spare.entity,
    )
    texts = [row.match for row in own]
    ascending: list[str] = []
    if fact.kind == "date":
        unit = asked_precision(fact)
        places = {row.match: index_of(row.fact.when, unit) or 0 for row in own}
        ascending = sorted(texts, key=lambda text: places[text])
    elif fact.kind == "figure":
        ascending = sorted(texts, key=plain_number)
    yield paired(FORM, pairs, [option], _stem(fact), world, ascending=ascending)


def _relation(fact: Fact, world: World) -> str:
    """What its pairs have in common: one relation an item; claims are not stated plainly."""
    if fact.status.needs_voice or not is_plain_label(fact.label):
        return ""
    if fact.kind == "date":
        # What is nearly the last of the story would always go with the last date.
        last = story_window(world)[1]
        recent = fact.when is None or fact.when.last_day > last - RECENT_DAYS
        return "" if recent else asked_precision(fact)
    if fact.measure is None or (fact.kind == "identity" and len(fact.answers) != 1):
        return ""
    if fact.kind == "figure":
        amount = fact.amount
        if amount is None or amount.value is None or amount.qualifier != "exactly":
            return ""
        return fact.measure
    return _relation_of_names(fact, fact.measure, world) if fact.kind == "identity" else ""


def _relation_of_names(fact: Fact, measure: str, world: World) -> str:
    """Names of one kind, and none that its letters give away; symbols of one initial."""
    entity = world.base.entities.get(fact.answers[0])
    if entity is None or gives_itself_away(entity, fact, world):
        return ""
    return f"{measure} {initial(entity.name) if entity.kind == SYMBOL else entity.kind}"


def _sets(fact: Fact, facet: str, relation: str, world: World) -> list[list[Premise]]:
    """The group's facts of one relation in fives: four pairs and the one whose value is spare."""
    rows = []
    for other in world.group(fact, facet):
        if other.grave or _relation(other, world) != relation or other.kind != fact.kind:
            continue
        match, entity = _match(other, relation, world)
        if match:
            rows.append(Premise(other, facet, other.label, match, entity))
    rows.sort(key=lambda row: world.draw("matching", row.fact.key))
    # The fifth of a set is the one whose value is spare.
    return chunks(rows, world, most=MOST_PAIRS + 1, fewest=MOST_PAIRS + 1)


def _match(fact: Fact, relation: str, world: World) -> tuple[str, str | None]:
    if fact.kind == "date":
        index = index_of(fact.when, relation)
        return (date_text(index, relation, world), None) if index is not None else ("", None)
    if fact.kind == "figure":
        return (number_text(fact.amount), None) if fact.amount is not None else ("", None)
    entity = world.base.entities.get(fact.answers[0])
    return (entity.name, entity.key) if entity is not None else ("", None)


def _stem(fact: Fact) -> str:
    if fact.kind == "date":
        return f"Which {asked_precision(fact)} belongs to which event?"
    return "Which belongs to which?"
