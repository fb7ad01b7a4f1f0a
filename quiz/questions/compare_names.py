"""How well a text names an entity: the tests of names, in their order."""

from collections.abc import Sequence
from enum import IntEnum

from rapidfuzz.distance import OSA

from quiz.questions.name_index import (
    Form,
    Prepared,
    digit_parts,
    key_of,
    sorted_tokens,
    squeeze,
)


class Level(IntEnum):
    """The tests in their order; NONE: no test passes."""

    EXACT = 0
    ORDER = 1
    SQUEEZED = 2
    SURNAME = 3
    INITIALS = 4
    SUBSET = 5
    KEY = 6
    FUZZY = 7
    NONE = 8


def level_of(entry: Prepared, text: str) -> tuple[Level, str]:
    """The first test that the text passes for a card, and a note where the spelling is another."""
    best: tuple[Level, str] = (Level.NONE, "")
    for form in entry.forms:
        if form.accept:
            best = min(best, (_form_level(entry, form, text), _spelling(form)))
    if best[0] > Level.SURNAME and text in entry.surnames:
        return Level.SURNAME, "" if entry.surnames[text] else "surname of an alias"
    if best[0] > Level.SUBSET and _is_alias_with_surname(entry, text):
        return Level.SUBSET, "alias with surname"
    if best[0] > Level.KEY and key_of(text) in entry.surname_keys:
        return Level.KEY, "surname"
    return best


def _spelling(form: Form) -> str:
    return "misspelled" if form.kind == "misspelling" else ""


def _form_level(entry: Prepared, form: Form, text: str) -> Level:
    if text == form.text:
        return Level.EXACT
    if form.is_whole:  # an acronym may have points: W.H.O.
        return Level.SQUEEZED if squeeze(text) == form.squeezed else Level.NONE
    if sorted_tokens(text) == form.ordered:
        return Level.ORDER
    if squeeze(text) == form.squeezed:
        return Level.SQUEEZED
    if entry.is_person:
        words = tuple(text.split())
        if len(words) == len(form.tokens) and _aligns(words, form.tokens):
            return Level.INITIALS
        if _is_part(words, form.tokens) or _is_part(form.tokens, words):
            return Level.SUBSET
    return Level.KEY if key_of(text) == form.key else Level.NONE


def _fits(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) == 1 and long.startswith(short))


def _aligns(words: Sequence[str], name: Sequence[str]) -> bool:
    return words[-1] == name[-1] and all(map(_fits, words, name))


def _is_part(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Middle names dropped: the first and the last word stay, the rest in its order."""
    if not 2 <= len(part) < len(whole) or part[-1] != whole[-1] or not _fits(part[0], whole[0]):
        return False
    if part[0] in whole[1:] or part[-1] in whole[:-1]:
        return False  # two people with one surname are not a middle name
    middle = iter(whole[1:-1])
    return all(any(_fits(word, other) for other in middle) for word in part[1:-1])


def _is_alias_with_surname(entry: Prepared, text: str) -> bool:
    return any(
        text == f"{form.text} {surname}"
        for form in entry.forms
        if form.accept and not form.is_main and len(form.tokens) == 1 and not form.is_whole
        for surname, is_own in entry.surnames.items()
        if is_own
    )


def allowed(length: int) -> int:
    """How many slips a name of this length may have.

    >>> [allowed(n) for n in (3, 4, 7, 8, 12, 13)]
    [0, 1, 1, 2, 2, 3]
    """
    return 0 if length <= 3 else 1 if length <= 7 else 2 if length <= 12 else 3


def near_distance(right: Prepared, text: str) -> int | None:
    names = [form.text for form in right.forms if form.accept and not form.is_whole]
    best: int | None = None
    for name in (*names, *right.surnames):
        limit = allowed(len(name))
        distance = OSA.distance(text, name, score_cutoff=limit)
        if distance > limit or digit_parts(text) != digit_parts(name):
            continue
        if (len(name) < 6 and text[:1] != name[:1]) or _replaces_word(text, name):
            continue
        if best is None or distance < best:
            best = distance
    return best


def _replaces_word(text: str, name: str) -> bool:
    """Tell whether a whole word is another one: "Kim Jong Il" is no slip of "Kim Jong Un"."""
    given, right = text.split(), name.split()
    if len(given) != len(right):
        return False
    return any(
        one != two and OSA.distance(one, two) >= min(len(one), len(two))
        for one, two in zip(given, right, strict=True)
    )
