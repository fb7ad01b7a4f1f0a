"""How well a text names an entity: the tests of names, in their order."""

from collections.abc import Sequence
from enum import IntEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from quiz.questions.known_words import COMPOUND_ENDINGS, KNOWN
from quiz.questions.name_index import (
    Form,
    Prepared,
    digit_parts,
    key_of,
    sorted_tokens,
    squeeze,
)
from quiz.questions.same_words import NATIONS, Words, in_context, word_of, words_of

# Bodies of which every state may have its own.
BODIES = frozenset({"organisation", "unit"})
# So short a common noun is one letter away from many others: “rise” may be no slip of “rice”.
SHORT_NOUN = 4


class Level(IntEnum):
    """The tests in their order; NONE: no test passes."""

    EXACT = 0
    ORDER = 1
    SQUEEZED = 2
    WORDS = 3
    SURNAME = 4
    INITIALS = 5
    SUBSET = 6
    SAID = 7
    CONTEXT = 8
    KEY = 9
    FUZZY = 10
    NONE = 11


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
    if best[0] > Level.SAID and entry.is_described:
        best = min(best, (described_level(entry, text), ""))
    if best[0] > Level.KEY and key_of(text) in entry.surname_keys:
        return Level.KEY, "surname"
    return best


def described_level(entry: Prepared, text: str) -> Level:
    """SAID: only words are missing that the question says; CONTEXT: words of kind or state."""
    given = words_of(text)
    if _may_be_another_states(entry, given):
        return Level.NONE
    own = frozenset[str]().union(*(form.words.all for form in entry.forms if form.accept))
    added = own | entry.holds | (entry.said - NATIONS)
    levels = ((Level.SAID, entry.said), (Level.CONTEXT, entry.said | entry.holds))
    for level, left_out in levels:
        for form in entry.forms:
            if form.accept and in_context(
                given, form.words, added=added, left_out=left_out, said=entry.said
            ):
                return level
    return Level.NONE


def _may_be_another_states(entry: Prepared, given: Words) -> bool:
    """A body called by a word of its kind that none of its names has must name its state.

    Many states have a defense intelligence; the Defense Intelligence Agency is one state's.
    """
    if entry.card.kind not in BODIES or given.nations or not entry.holds & NATIONS:
        return False
    return not any(given.all <= form.words.all | entry.said for form in entry.forms if form.accept)


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
    if entry.is_described and words_of(text).means(form.words):
        return Level.WORDS
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


class Slip(IntEnum):
    """What a word is to another one that it is near to."""

    NONE = 0
    TIE = 1  # as near to one more word: nobody can tell
    YES = 2


def near_distance(right: Prepared, text: str, known: frozenset[str]) -> tuple[int, Slip] | None:
    """How many slips lie between a text and the card's nearest name, judged word by word."""
    names = [form.text for form in right.forms if form.accept and not form.is_whole]
    best: tuple[int, Slip] | None = None
    for name in (*names, *right.surnames):
        limit = allowed(len(name))
        distance = OSA.distance(text, name, score_cutoff=limit)
        if distance > limit or digit_parts(text) != digit_parts(name):
            continue
        slip = _slips(right, text, name, known)
        if slip is not Slip.NONE and (best is None or (distance, -slip) < (best[0], -best[1])):
            best = int(distance), slip
    return best


def _slips(right: Prepared, text: str, name: str, known: frozenset[str]) -> Slip:
    is_other_initial = text[:1] != name[:1] and sorted(text[:2]) != sorted(name[:2])
    if is_other_initial and (len(name) < 6 or OSA.distance(key_of(text), key_of(name)) > 1):
        return Slip.NONE  # "instruction" is no slip of "construction"; "Selenskyj" has a Z
    given, own = text.split(), name.split()
    if len(given) != len(own):
        return _joined(right, given, own, known)
    last = len(own) - 1
    # The first letter of a short name is seldom mistyped: it may be another name.
    most = Slip.TIE if is_other_initial and len(name) < 8 else Slip.YES
    slips = (
        _slip(
            one,
            two,
            known=frozenset() if right.is_person and place < last else known,
            right=right,
            is_short=len(name) < 8,
        )
        for place, (one, two) in enumerate(zip(given, own, strict=True))
        if one != two
    )
    return min(most, *slips)


def _joined(right: Prepared, given: list[str], own: list[str], known: frozenset[str]) -> Slip:
    """A space too many or too few, and at most one slip beside it."""
    if any(" ".join(own[:n] + own[n + 1 :]) == " ".join(given) for n in range(len(own))):
        return Slip.NONE  # a whole word is missing: Korean is not S. Korean
    foreign = any(word in known and word not in right.own for word in given)
    gap = OSA.distance("".join(given), "".join(own), score_cutoff=1)
    return Slip.NONE if foreign or gap > 1 else Slip.YES


def _slip(one: str, two: str, *, known: frozenset[str], right: Prepared, is_short: bool) -> Slip:
    """Tell whether the word `one` is the word `two` mistyped, and no other word."""
    if word_of(one) == word_of(two):
        return Slip.YES
    distance = OSA.distance(one, two)
    is_swap = distance == 1 and sorted(one) == sorted(two)
    if is_short and right.is_noun and len(two) <= SHORT_NOUN and not is_swap:
        return Slip.TIE
    if one in known and one not in right.own:
        return Slip.TIE if is_swap else Slip.NONE
    if distance >= min(len(one), len(two)) and not is_swap:
        return Slip.NONE  # another word altogether: "Kim Jong Il" is no slip of "Kim Jong Un"
    if len(two) <= 3 and not is_swap:
        # Short words of a description carry its sense: UN, US, pro, own.
        if is_short or distance > 1 or (right.is_described and two in KNOWN):
            return Slip.NONE
        return Slip.TIE if right.is_described else Slip.YES
    if len(two) > 3 and distance > allowed(len(two)) and not right.is_person:
        return Slip.NONE
    if right.card.kind == "substance" and _is_compound(one, two):
        return Slip.TIE
    near = process.extract(one, known, scorer=OSA.distance, score_cutoff=distance, limit=None)
    is_tied = any(word not in right.own and word_of(word) != word_of(two) for word, _, _ in near)
    return Slip.TIE if is_tied else Slip.YES


def _is_compound(one: str, two: str) -> bool:
    return any(one.endswith(end) and not two.endswith(end) for end in COMPOUND_ENDINGS)
