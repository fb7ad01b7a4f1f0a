"""How alike two names are: of one kind, one sort of place, one state, one side, one form."""

from collections import Counter
from collections.abc import Iterable, Iterator

from quiz.facts.base import Entity
from quiz.questions.world import World

# Voices that are bodies of people may stand beside each other; persons stand among persons.
BODIES = frozenset({"organisation", "group", "publication"})
# What kind of place, or what kind of body, as the note of an entity tells it.
SPECIES = {
    "settlement": ("city", "capital", "town", "village", "place in"),
    "region": ("region", "oblast", "province", "part of", "district"),
    "area": ("continent", "peninsula", "area", "sea", "ocean"),
}
PLAUSIBLE = 0.5
# People and bodies of one state are easily taken for each other; places are not told by it.
OF_A_STATE = frozenset({"person", *BODIES})


def kinds_beside(kind: str, facet: str) -> tuple[str, ...]:
    """Bodies of people may stand beside each other as speakers; an answer's kind is the stem's."""
    return tuple(sorted(BODIES)) if facet == "speaker" and kind in BODIES else (kind,)


def species(entity: Entity) -> str:
    """City, region or area, for a place whose note tells it."""
    if entity.kind == "place":
        note = entity.note.lower()
        for found, words in SPECIES.items():
            if any(word in note for word in words):
                return found
    return ""


def of_one_state(some: Iterable[Entity], right: Entity, world: World) -> Iterator[Entity]:
    """Those of the right one's state; none where it has none."""
    own = state_of(right, world) if right.kind in OF_A_STATE else None
    return (one for one in some if own is not None and state_of(one, world) == own)


def of_one_side(some: Iterable[Entity], right: Entity, world: World) -> Iterator[Entity]:
    """Those of the right one's side; beside what has none, or is a place, anybody may stand."""
    own = world.side(right) if right.kind in OF_A_STATE else None
    return (one for one in some if own is None or world.side(one) == own)


def state_of(entity: Entity, world: World) -> str | None:
    """The state that a body is part of, or that a person holds an office of."""

    def climb() -> str | None:
        at: Entity | None = entity
        seen: set[str] = set()
        while at is not None and at.key not in seen:
            if at.kind == "state":
                return at.key
            seen.add(at.key)
            above = at.part_of or next((role.of for role in at.roles if role.of), None)
            at = world.base.entities.get(above) if above else None
        return None

    return world.once(("state of", entity.key), climb)


def plausibility(entity: Entity, right: Entity, keys: Counter[str], world: World) -> float:
    """0 to 1: the same part of the story, side, kind of office and form of name."""
    score = 0.35 if keys.get(entity.key) else 0.0
    if world.side(entity) == world.side(right):
        score += 0.25
    if bool(entity.roles) == bool(right.roles):
        score += 0.2
    if entity.kind == right.kind:
        score += 0.1
    if name_form(entity.name) == name_form(right.name):
        score += 0.1
    return score


def name_form(name: str) -> str:
    """One word, an acronym, or several words: names of one form do not stand out."""
    words = name.split()
    if len(words) > 1:
        return "several"
    return "acronym" if name.isupper() and len(name) > 1 else "one"
