"""How alike two names are: of one kind, one sort of place, one state, one side, one form."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from quiz.facts.base import Entity
from quiz.questions.world import World

# Voices that are bodies of people may stand beside each other; persons stand among persons.
BODIES = frozenset({"organisation", "group", "publication"})
# What kind of place, event, body or meaning it is, as the note of an entity tells it.
SPECIES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "place": {
        "settlement": ("city", "capital", "town", "village", "place in"),
        "region": ("region", "oblast", "province", "part of", "district"),
        "area": ("continent", "peninsula", "area", "sea", "ocean"),
    },
    "event": {
        "fighting": ("war", "fighting", "battle", "campaign", "invasion"),
        "meeting": ("meeting", "summit", "conference"),
        "unrest": ("protest", "uprising", "revolution", "events of"),
    },
    "organisation": {
        "institute": ("institute",),
        "intelligence": ("intelligence",),
        "official": ("ministry", "department", "council", "staff", "alliance", "organization"),
    },
    # What a word means: an adjective among nouns would be ruled out by its grammar alone.
    "origin": {
        "quality": ("quality",),
        "doer": ("doer",),
        "described": ("described",),
        "thing": ("thing",),
    },
}
# Which notes fit where a stem asks for a city or a town: a capital is a city and no town.
_SETTLEMENTS: Final[Mapping[str, frozenset[str]]] = {
    "city": frozenset({"city", "capital"}),
    "town": frozenset({"town", "village", "city"}),
}
# “Which transport plane …”, “which type of transport plane …”: the words up to the next small one.
_ASKED = re.compile(
    r"\b[Ww]hich (?:(?:type|kind|sort) of )?((?:(?!(?:of|in|on|to|is|was|are|were|did|does|had|the|"
    r"by|for|from|and|that|who)\b)[\w’-]+,? ){1,4})"
)
# Words that many sorts of one kind are called by.
_GENERAL = frozenset("body event organization organisation group outlet document".split())
# A state or a person is not told by a sort; of places only a settlement is.
_WITH_SORTS = frozenset({"organisation", "publication", "weapon", "event", "unit", "other"})
PLAUSIBLE = 0.5
# People and bodies of one state are easily taken for each other; places are not told by it.
OF_A_STATE = frozenset({"person", *BODIES})


def kinds_beside(kind: str, facet: str) -> tuple[str, ...]:
    """Bodies of people may stand beside each other as speakers; an answer's kind is the stem's."""
    return tuple(sorted(BODIES)) if facet == "speaker" and kind in BODIES else (kind,)


def species(entity: Entity) -> str:
    """Settlement or region for a place, institute or ministry for a body, where the note tells."""
    kinds = SPECIES.get(entity.kind)
    if kinds is not None:
        words = set(_words(entity.note))
        note = f" {entity.note.lower()}"
        for found, known in kinds.items():
            if any(word in words if " " not in word else f" {word}" in note for word in known):
                return found
    return ""


def species_beside(entity: Entity, facet: str) -> str:
    """The species that options share: as speakers, bodies of all sorts stand beside each other."""
    return "" if facet == "speaker" and entity.kind in BODIES else species(entity)


def sort_asked(stem: str, right: Entity) -> str:
    """The word that the stem asks for a sort by: “plane” of “Which type of transport plane …?”

    It is what the question calls its answer and the answer's own note calls it too; empty where
    the question asks for no sort.
    """
    if right.kind == "place":
        known = {sort for sort in _SETTLEMENTS if is_of_sort(right, sort)}
    elif right.kind in _WITH_SORTS:
        known = set(_words(right.note)) - _GENERAL
    else:
        return ""
    asked = [word for match in _ASKED.finditer(stem) for word in _words(match[1])]
    return next((word for word in reversed(asked) if word in known), "")


def is_of_sort(entity: Entity, sort: str) -> bool:
    words = _words(entity.note)
    return not sort or sort in words or not _SETTLEMENTS.get(sort, frozenset()).isdisjoint(words)


def _words(text: str) -> list[str]:
    """The words in lower case, plurals as their singulars."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())
    return [word if word.endswith("ss") else word.removesuffix("s") for word in words]


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


def state_named(text: str, entity: Entity, world: World) -> str | None:
    """The entity's state where the text names it: “Russia”, “Russian”, “of Ukraine”."""
    state = world.base.entities.get(state_of(entity, world) or "")
    if state is None or not re.search(rf"\b{re.escape(state.name[:-1])}", text):
        return None
    return state.key


def are_of_sort(some: Iterable[Entity], sort: str, fewest: int) -> bool:
    """Whether so many of them are of the sort; any number where no sort is asked for."""
    return not sort or sum(is_of_sort(one, sort) for one in some) >= fewest


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
