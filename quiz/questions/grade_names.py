"""Grades a typed name: every test in its order, each for the right entity and for all others.

What names somebody else better is wrong; what names two alike is asked again; what is only near
is right when it is strictly nearer to this name than to any other.
"""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum

from rapidfuzz.distance import OSA

from quiz.facts.names import ARTICLES, TITLES, fold, tokens
from quiz.questions.graded import (
    Graded,
    UnreadableError,
    Verdict,
    ask_again,
    cleaned,
    graded,
)
from quiz.questions.name_index import (
    Form,
    NameCard,
    NameForm,
    JOINT,
    NameIndex,
    Prepared,
    digit_parts,
    key_of,
    plain_symbol,
    prepared,
    sorted_tokens,
    squeeze,
)

__all__ = ["NameCard", "NameForm", "NameIndex", "grade_name", "grade_names"]

MODIFIERS = frozenset(
    {"prime", "foreign", "defense", "defence", "finance", "interior", "vice", "deputy", "supreme",
     "first", "former", "ex", "acting", "crown", "state", "chief", "us", "uk", "nato", "un", "eu",
     "german", "french", "greek", "swiss", "dutch", "czech", "lieutenant", "major", "security"}
)  # fmt: skip
DEMONYM = re.compile(r"[a-z]+(?:ian|ean|can|ish|ese|ani|aeli)")
WHOLE_NAME = frozenset({"exact", "order", "squeezed", "symbol"})
NAMES_JOINED = re.compile(r"\s+and\s+|\s*[&,;+/]\s*", re.IGNORECASE)


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


def grade_names(
    names: Sequence[NameCard], others: Iterable[NameCard] | NameIndex, given: str
) -> Graded:
    """Grade an answer that is several names, all right together; one alone is partly right."""
    index = others if isinstance(others, NameIndex) else NameIndex(others)
    if len(names) == 1:
        return grade_name(names[0], index, given)
    whole = _best(names, index, given)[1]
    parts = [part for part in NAMES_JOINED.split(given[:1000]) if part.strip()]
    results = [_best(names, index, part) for part in parts] if len(parts) > 1 else []
    hits = {card for card, result in results if result.is_right}
    if whole.code in WHOLE_NAME or (whole.is_right and not hits):
        return graded(Verdict.PARTIAL, "one_of_several", "Partly: that is one of them.")
    if not results:
        return whole
    return _grade_parts(len(names), len(hits), [result for _, result in results])


def _grade_parts(wanted: int, hits: int, results: list[Graded]) -> Graded:
    wrong = sum(not result.is_right for result in results)
    if hits == wanted and not wrong:
        notes = " ".join(dict.fromkeys(result.note for result in results if result.note))
        verdict = Verdict.ACCEPT_WITH_NOTE if notes else Verdict.ACCEPT
        return graded(verdict, "all_names", notes)
    for result in results:
        if result.verdict is Verdict.ASK_AGAIN:
            return result
    if hits > wrong:
        note = "Partly: one name doesn't fit." if wrong else "Partly: a name is missing."
        return graded(Verdict.PARTIAL, "some_names", note)
    return graded(Verdict.REJECT, "another_name")


def _best(names: Sequence[NameCard], index: NameIndex, given: str) -> tuple[NameCard, Graded]:
    """The card that a text names best, and how it is graded; all cards are right together."""
    rank = {Verdict.ACCEPT: 0, Verdict.ACCEPT_WITH_NOTE: 1, Verdict.ASK_AGAIN: 2}
    results = [(card, grade_name(card, index, given)) for card in names]
    return min(results, key=lambda pair: rank.get(pair[1].verdict, 3))


def _grade_symbol(right: Prepared, symbol: str) -> Graded:
    """A symbol is a whole word with its case, and never fuzzy."""
    if symbol in right.symbols:
        return graded(Verdict.ACCEPT, "symbol", read_as=f"Read as: {symbol}")
    if symbol.casefold() in {own.casefold() for own in right.symbols}:
        return ask_again("symbol_case", "in a symbol capital and small letters count.")
    return graded(Verdict.REJECT, "another_name")


def _grade_text(right: Prepared, index: NameIndex, given: str, symbol: str) -> Graded:
    own = index.places_of(right.card)
    if index.symbols.get(symbol, set()) - own and symbol not in right.symbols:
        return graded(Verdict.REJECT, "another_name")
    if symbol in right.symbols:
        if index.symbols.get(symbol, set()) - own:
            return _which(given)
        return graded(Verdict.ACCEPT, "symbol")
    variants = _variants(given, is_person=right.is_person)
    mine, note = min(_level(right, text) for text in variants)
    other = min(_other_level(index, own, text) for text in variants)
    if mine > Level.SQUEEZED and JOINT.search(given[:1000]) and not right.is_joined:
        return graded(Verdict.REJECT, "two_answers", "One name is asked.")
    if mine is Level.NONE:
        return _grade_near(right, index, own, variants, other)
    if other in {Level.EXACT, Level.SURNAME} and mine > other and mine > Level.SURNAME:
        return graded(Verdict.REJECT, "another_name", "That is somebody or something else.")
    if other is Level.EXACT and mine > Level.EXACT:
        return graded(Verdict.REJECT, "another_name", "That is somebody or something else.")
    if other <= mine or (mine is Level.EXACT and _is_listed_surname(index, own, variants)):
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
    if level is Level.KEY or spelled:
        return graded(Verdict.ACCEPT_WITH_NOTE, code, f"The source writes {shown}.")
    return graded(Verdict.ACCEPT, code)


def _variants(given: str, *, is_person: bool) -> list[str]:
    """The folded text as it is and without offices; "Zelenskyy, V." also turned round."""
    text = fold(given).removeprefix("the ")
    found = list(dict.fromkeys((text, fold(given))))
    if not is_person:
        return found
    before, comma, after = given.partition(",")
    if comma and "," not in after:
        if tokens(after)[:1] and (tokens(after)[0] in TITLES | MODIFIERS | ARTICLES):
            found.append(fold(before))
        else:
            found.append(fold(f"{after} {before}"))
    words = text.split()
    titles = [n for n, word in enumerate(words[:-1]) if word in TITLES]
    if titles and all(_is_office(word) for word in words[: titles[-1]]):
        rest = words[titles[-1] + 1 :]
        found.append(" ".join(rest))
        if rest[0] == "of":
            found += [" ".join(rest[n:]) for n in (2, 3, 4) if len(rest) > n]
    return list(dict.fromkeys(text for text in found if text))


def _is_office(word: str) -> bool:
    return word in TITLES | MODIFIERS | ARTICLES or DEMONYM.fullmatch(word) is not None


def _is_listed_surname(index: NameIndex, own: frozenset[int], variants: list[str]) -> bool:
    return any(index.listed.get(text, set()) - own for text in variants)


def _level(entry: Prepared, text: str) -> tuple[Level, str]:
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
    if form.is_whole:
        return Level.NONE
    if sorted_tokens(text) == form.ordered:
        return Level.ORDER
    if squeeze(text) == form.squeezed:
        return Level.SQUEEZED
    if entry.is_person:
        words = tuple(text.split())
        if _has_initials(words) or _has_initials(form.tokens):
            if len(words) == len(form.tokens) and _aligns(words, form.tokens):
                return Level.INITIALS
        if _is_part(words, form.tokens) or _is_part(form.tokens, words):
            return Level.SUBSET
    return Level.KEY if key_of(text) == form.key else Level.NONE


def _has_initials(words: Sequence[str]) -> bool:
    return any(len(word) == 1 for word in words[:-1])


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


def _other_level(index: NameIndex, own: frozenset[int], text: str) -> Level:
    """The best test that the text passes for any other card, near spellings left out."""
    tables = (
        (Level.EXACT, index.exact, text),
        (Level.ORDER, index.orders, sorted_tokens(text)),
        (Level.SQUEEZED, index.squeezed, squeeze(text)),
        (Level.SURNAME, index.surnames, text),
    )
    for level, table, key in tables:
        if table.get(key, set()) - own:
            return level
    last = text.rpartition(" ")[2]
    places = index.lasts.get(last, set()) - own
    person = min((_level(index.prepared[place], text)[0] for place in places), default=Level.NONE)
    if person in {Level.INITIALS, Level.SUBSET}:
        return person
    return Level.KEY if index.keys.get(key_of(text), set()) - own else Level.NONE


def _grade_near(
    right: Prepared, index: NameIndex, own: frozenset[int], variants: list[str], other: Level
) -> Graded:
    """Accept a near spelling that is strictly nearer to this name than to any other."""
    found = min(
        ((distance, text) for text in variants if (distance := _distance(right, text)) is not None),
        default=None,
    )
    if found is None:
        return graded(Verdict.REJECT, "another_name")
    distance, text = found
    if other in {Level.EXACT, Level.SURNAME}:
        return graded(Verdict.REJECT, "another_name", "That is somebody or something else.")
    if other is not Level.NONE:
        return ask_again("near_two", "more than one name is near that. Please check the spelling.")
    nearest = index.nearest(text, distance, own)
    if nearest is None:
        return _accepted(right, Level.FUZZY, "near")
    if nearest == distance:
        return ask_again("near_two", "more than one name is near that. Please check the spelling.")
    return graded(Verdict.REJECT, "another_name")


def allowed(length: int) -> int:
    """How many slips a name of this length may have.

    >>> [allowed(n) for n in (3, 4, 7, 8, 12, 13)]
    [0, 1, 1, 2, 2, 3]
    """
    return 0 if length <= 3 else 1 if length <= 7 else 2 if length <= 12 else 3


def _distance(right: Prepared, text: str) -> int | None:
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
