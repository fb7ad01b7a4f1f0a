"""Grades a typed name: every test in its order, each for the right entity and for all others.

What names somebody else better is wrong; what names two alike is asked again; what is only near
is right when it is strictly nearer to this name than to any other.
"""

from collections.abc import Iterable

from quiz.facts.names import fold
from quiz.questions.compare_names import Level, Slip, level_of, near_distance
from quiz.questions.graded import (
    Graded,
    UnreadableError,
    Verdict,
    ask_again,
    cleaned,
    graded,
)
from quiz.questions.name_index import (
    JOINT,
    NameCard,
    NameForm,
    NameIndex,
    Prepared,
    key_of,
    plain_symbol,
    prepared,
    sorted_tokens,
    squeeze,
)
from quiz.questions.name_variants import variants as variants_of
from quiz.questions.partly_named import owned_by, partly_named
from quiz.questions.same_words import KIND_WORDS, NATIONS, in_context, words_of

__all__ = ["NameCard", "NameForm", "NameIndex", "grade_name"]


def grade_name(name: NameCard, others: Iterable[NameCard] | NameIndex, given: str) -> Graded:
    """Grade a typed name against its card and all others (best given as a ready NameIndex)."""
    try:
        cleaned(given)
    except UnreadableError as error:
        return ask_again(error.code, error.note)
    index = others if isinstance(others, NameIndex) else NameIndex(others)
    right = prepared(name)
    symbol = plain_symbol(given)
    if name.kind == "symbol":
        return _grade_symbol(right, symbol)
    if not fold(given):
        return ask_again("no_name", "please write a name.")
    return _grade_text(right, index, given, symbol)


def _grade_symbol(right: Prepared, symbol: str) -> Graded:
    """A symbol is a whole word with its case, and never fuzzy."""
    if symbol in right.symbols:
        return graded(Verdict.ACCEPT, "symbol", read_as=symbol)
    if symbol.casefold() in {own.casefold() for own in right.symbols}:
        return ask_again("symbol_case", "in a symbol capital and small letters count.")
    return graded(Verdict.REJECT, "another_name")


def _grade_text(right: Prepared, index: NameIndex, given: str, symbol: str) -> Graded:
    own = index.places_of(right.card)
    is_others = bool(index.symbols.get(symbol, set()) - own)
    if symbol in right.symbols:
        return _which(given) if is_others else graded(Verdict.ACCEPT, "symbol")
    if is_others:
        return graded(Verdict.REJECT, "another_name")
    variants = variants_of(given, right)
    mine, note = min(level_of(right, text) for text in variants)
    other = min(_other_level(index, own, text) for text in variants)
    if mine in {Level.SAID, Level.CONTEXT} and other > Level.SURNAME:
        other = min(other, *(_other_described(right, index, own, text) for text in variants))
    if (mine > Level.WORDS or other < mine) and _names_alike(right, index, variants):
        note = "the source has another name here, perhaps for the same. Please write that one."
        return ask_again("maybe_same", note)
    if mine > Level.CONTEXT and JOINT.search(given[:1000]) and not right.is_joined:
        return graded(Verdict.REJECT, "two_answers", "One name is asked.")
    if mine is Level.NONE:
        if owned := owned_by(right, variants):
            return owned
        near = _grade_near(right, index, own, variants, other)
        is_wrong = near.verdict is Verdict.REJECT
        return (partly_named(right, variants, other) if is_wrong else None) or near
    return _grade_level(
        right, mine, other, given, note, is_listed=_is_listed_surname(index, own, variants)
    )


def _grade_level(
    right: Prepared, mine: Level, other: Level, given: str, note: str, *, is_listed: bool
) -> Graded:
    """Grade by the test that a text passes for the right card and the best for any other."""
    if mine in {Level.SAID, Level.CONTEXT} and other <= max(mine, Level.SAID):
        return _which(given)
    if other in {Level.EXACT, Level.SURNAME} and mine > other and mine > Level.SURNAME:
        return graded(Verdict.REJECT, "another_name", "That is somebody or something else.")
    if other is Level.EXACT and mine > Level.EXACT:
        return graded(Verdict.REJECT, "another_name", "That is somebody or something else.")
    if other <= mine or (mine is Level.EXACT and is_listed):
        return _which(given)
    return _accepted(right, mine, note)


def _which(given: str) -> Graded:
    shown = " ".join(given.split())
    return ask_again(
        "shared_name", f"more than one is called “{shown}”. Please write the full name."
    )


def _accepted(right: Prepared, level: Level, spelled: str) -> Graded:
    shown = right.card.names[0].text
    code = level.name.lower()
    if level in {Level.SAID, Level.CONTEXT, Level.KEY} or spelled:
        return graded(Verdict.ACCEPT_WITH_NOTE, code, f"The source writes {shown}.")
    return graded(Verdict.ACCEPT, code)


def _names_alike(right: Prepared, index: NameIndex, variants: list[str]) -> bool:
    """The text names what may be the same: only the source or an editor could say that it is."""
    for place, card in enumerate(index.cards):
        if not card.key or card.key not in right.card.alike:
            continue
        for text in variants:
            given = words_of(text)
            if level_of(index.prepared[place], text)[0] is not Level.NONE or any(
                in_context(given, form.words, added=right.holds, left_out=NATIONS)
                for form in index.prepared[place].forms
            ):
                return True
    return False


def _other_described(right: Prepared, index: NameIndex, own: frozenset[int], text: str) -> Level:
    """SAID or CONTEXT where the same words would do for another card as well."""
    given = words_of(text)
    places = set[int]().union(*(index.described.get(word, set()) for word in given.all)) - own
    levels = ((Level.SAID, right.said), (Level.CONTEXT, right.said | NATIONS | KIND_WORDS))
    for level, left_out in levels:
        for place in places:
            for form in index.prepared[place].forms:
                if in_context(given, form.words, left_out=left_out, said=right.said):
                    return level
    return Level.NONE


def _is_listed_surname(index: NameIndex, own: frozenset[int], variants: list[str]) -> bool:
    return any(index.listed.get(text, set()) - own for text in variants)


def _other_level(index: NameIndex, own: frozenset[int], text: str) -> Level:
    """The best test that the text passes for any other card, near spellings left out."""
    tables = (
        (Level.EXACT, index.exact, text),
        (Level.ORDER, index.orders, sorted_tokens(text)),
        (Level.SQUEEZED, index.squeezed, squeeze(text)),
    )
    for level, table, key in tables:
        if table.get(key, set()) - own:
            return level
    given = words_of(text)
    for place in index.words.get(given.key, set()) - own:
        if any(given.means(form.words) for form in index.prepared[place].forms):
            return Level.WORDS
    if index.surnames.get(text, set()) - own:
        return Level.SURNAME
    last = text.rpartition(" ")[2]
    places = index.lasts.get(last, set()) - own
    person = min((level_of(index.prepared[place], text)[0] for place in places), default=Level.NONE)
    if person in {Level.INITIALS, Level.SUBSET}:
        return person
    return Level.KEY if index.keys.get(key_of(text), set()) - own else Level.NONE


def _grade_near(
    right: Prepared, index: NameIndex, own: frozenset[int], variants: list[str], other: Level
) -> Graded:
    """Accept a near spelling that is strictly nearer to this name than to any other."""
    found = min(
        (
            (near, text)
            for text in variants
            if (near := near_distance(right, text, index.known)) is not None
        ),
        default=None,
    )
    if found is None:
        return graded(Verdict.REJECT, "another_name")
    (distance, slip), text = found
    if other in {Level.EXACT, Level.SURNAME}:
        return graded(Verdict.REJECT, "another_name", "That is somebody or something else.")
    if other is not Level.NONE:
        return ask_again("near_two", "more than one name is near that. Please check the spelling.")
    if slip is Slip.TIE:
        return ask_again("near_word", "that is near more than one word. Please check the spelling.")
    nearest = index.nearest(text, distance, own)
    if nearest is None:
        return _accepted(right, Level.FUZZY, "near")
    if nearest == distance:
        return ask_again("near_two", "more than one name is near that. Please check the spelling.")
    return graded(Verdict.REJECT, "another_name")
