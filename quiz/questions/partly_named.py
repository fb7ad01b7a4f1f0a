"""What a typed name deserves that is not the answer, yet not beside it either.

A part of the name, its owner, its capital: partly right, or asked once more. Nothing here is ever
simply right, since all of it may be the name of somebody or something else.
"""

import re
from collections.abc import Iterator

from quiz.facts.names import fold
from quiz.questions.compare_names import BODIES, Level, level_of
from quiz.questions.graded import Graded, Verdict, ask_again, graded
from quiz.questions.name_index import Form, Prepared
from quiz.questions.same_words import KIND_WORDS, NATIONS, Words, words_of

# Bodies belong to a state; a group of people is not it, and a place only lies in it.
OWNED = BODIES
HELD_WITHIN = frozenset({"place", "group"})
OF_PEOPLE = OWNED | HELD_WITHIN
NAMED_BY_PARTS = OF_PEOPLE | {"agreement", "event", "other"}
HALVES = {"north korean": "northkorea", "south korean": "southkorea"}
KOREA = re.compile(r"(?<!north )(?<!south )\bkorea(?:ns?)?\b")
GOVERNMENT = "government"
ITSELF = "please name the state itself."


def owned_by(right: Prepared, variants: list[str]) -> Graded | None:
    """A body's state is named where the body is asked, and the question has not said it."""
    if right.card.kind not in OF_PEOPLE:
        return None
    owners = [words_of(fold(text)) for text in right.card.within]
    if right.card.kind in HELD_WITHIN:
        owners = [owner for owner in owners if owner.rest]
    for text in variants:
        given = words_of(text.removesuffix(f" {GOVERNMENT}"))
        if any(given.means(owner) and not owner.all <= right.said for owner in owners):
            note = "Partly: it belongs there, but the source names it itself."
            if right.card.kind == "place":
                note = "Partly: it lies there, but the place itself is asked."
            return graded(Verdict.PARTIAL, "owner", note)
    return None


def partly_named(right: Prepared, variants: list[str], other: Level) -> Graded | None:
    """What a text that names nothing else is worth, None where it is wrong."""
    for text in variants:
        given = words_of(text)
        if right.card.kind == "state" and _stands_for_state(right, text, given):
            return ask_again("state_itself", ITSELF)
        if any(level_of(right, whole)[0] is not Level.NONE for whole in _either_korea(text)):
            return ask_again("which_korea", "North or South Korea? Please write which.")
        if _lacks_its_state(right, text, given):
            return ask_again("which_state", "which state’s? Please write its name with the state.")
        if any(_is_part(right, form, given) for form in right.forms):
            return graded(Verdict.PARTIAL, "part_of_name", "Partly: that is a part of its name.")
        if other is Level.NONE and _is_description(right, given):
            note = "Partly: that is true of it, but the source has a name for it."
            return graded(Verdict.PARTIAL, "described", note)
    return None


def _stands_for_state(right: Prepared, text: str, given: Words) -> bool:
    """Its capital or its government: Kyiv, the Ukrainian government."""
    if text in map(fold, right.card.seats):
        return True
    nations = {form.words.nations for form in right.forms if form.accept}
    return given.rest == (GOVERNMENT,) and given.nations in nations - {()}


def _either_korea(text: str) -> Iterator[str]:
    if KOREA.search(text):
        for half in HALVES:
            yield KOREA.sub(half, text)


def _lacks_its_state(right: Prepared, text: str, given: Words) -> bool:
    """Defense intelligence agency: with its state's name it would be right."""
    return (
        right.card.kind in OWNED
        and not given.nations
        and any(
            level_of(right, f"{fold(state)} {text}")[0] <= Level.CONTEXT
            for state in right.card.within
        )
    )


def _is_part(right: Prepared, form: Form, given: Words) -> bool:
    """Whether only common words of the name are missing: Kursk, of the Kursk campaign."""
    if right.card.kind not in NAMED_BY_PARTS or not form.accept or form.is_whole:
        return False
    missing, own = form.words.all - given.all, given.all - form.common
    if not missing or not missing <= form.common or not given.all <= form.words.all:
        return False
    if right.card.kind in OF_PEOPLE and own <= NATIONS:
        # Who belongs to a state is not the state.
        own = own if given.all & form.common - KIND_WORDS else frozenset()
    return bool(own) and not given.all <= right.said


def _is_description(right: Prepared, given: Words) -> bool:
    """Ukrainian intelligence: the state and the kind, which all its bodies of the kind have."""
    return (
        right.card.kind in OWNED
        and bool(given.rest)
        and bool(given.nations)
        and given.all <= right.holds
        and not given.all <= right.said
    )
