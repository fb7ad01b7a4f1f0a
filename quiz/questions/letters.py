"""What letters give away: a name that shows through its answer, a symbol alone of its initial.

The name “rhenium” shows through “the Rhine”, and “bohrium” through “Niels Bohr”: beside other
names such an answer is found without knowing it. Among symbols of one initial none is.
"""

from quiz.facts.base import Entity, Fact
from quiz.facts.names import fold
from quiz.questions.world import World

HEAD, RUN = 3, 4
# What is called after something else. States and their bodies share words by nature; S9 sees those.
NAMED_AFTER = frozenset({"substance"})
SYMBOL = "symbol"


def shows_through(name: str, text: str) -> bool:
    """Whether the first letters of a name stand in the text, or some of its letters in a row.

    >>> shows_through("bohrium", "Niels Bohr"), shows_through("holmium", "Stockholm")
    (True, True)
    >>> shows_through("gallium", "France"), shows_through("krypton", "hidden")
    (False, False)
    """
    letters, others = fold(name).replace(" ", ""), fold(text).replace(" ", "")
    if len(letters) < HEAD:
        return False
    return letters[:HEAD] in others or any(
        letters[start : start + RUN] in others for start in range(len(letters) - RUN + 1)
    )


def subject_of(fact: Fact, world: World) -> Entity | None:
    """What the fact is about, where letters of its name could tell the answer."""
    subject = world.base.entities.get(fact.subject) if fact.subject else None
    return subject if subject is not None and subject.kind in NAMED_AFTER else None


def gives_itself_away(entity: Entity, fact: Fact, world: World) -> bool:
    """Whether the answer is found by the letters of the name that the fact is about."""
    subject = subject_of(fact, world)
    return (
        subject is not None and entity.kind != SYMBOL and shows_through(subject.name, entity.name)
    )


def initial(text: str) -> str:
    return text[:1].upper()


def is_of_another_letter(entity: Entity, right: Entity) -> bool:
    """Of symbols: whether one begins otherwise than the right one does."""
    return right.kind == SYMBOL and initial(entity.name) != initial(right.name)


def stands_for(entity: Entity, fact: Fact, world: World) -> bool:
    """Whether a symbol could shorten the name that is asked about: its letters stand in it."""
    subject = subject_of(fact, world)
    if entity.kind != SYMBOL or subject is None:
        return False
    letters = iter(subject.name.casefold())
    return all(letter in letters for letter in entity.name.casefold())
