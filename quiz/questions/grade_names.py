"""Grades a typed name: every test in its order, each for the right entity and for all others.

What names somebody else better is wrong; what names two alike is asked again; what is only near
is right when it is strictly nearer to this name than to any other.
"""

import re
from collections.abc import Iterable, Sequence

from quiz.facts.names import ARTICLES, TITLES, fold, tokens
from quiz.questions.compare_names import Level, level_of, near_distance
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

__all__ = ["NameCard", "NameForm", "NameIndex", "grade_name", "grade_names"]

MODIFIERS = frozenset(
    {"prime", "foreign", "defense", "defence", "finance", "interior", "vice", "deputy", "supreme",
     "first", "former", "ex", "acting", "crown", "state", "chief", "us", "uk", "nato", "un", "eu",
     "german", "french", "greek", "swiss", "dutch", "czech", "lieutenant", "major", "security"}
)  # fmt: skip
POSSESSIVE = re.compile(r"^\s*(?:the\s+)?\S+(?:\s\S+)?['’]s\s+(?=\S+\s)", re.IGNORECASE)
DEMONYM = re.compile(r"[a-z]+(?:ian|ean|can|ish|ese|ani|aeli)")
WHOLE_NAME = frozenset({"exact", "order", "squeezed", "symbol"})
NAMES_JOINED = re.compile(r"\s+and\s+|\s*[&,;+/]\s*", re.IGNORECASE)


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
        return graded(Verdict.ACCEPT, "symbol", read_as=symbol)
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
    mine, note = min(level_of(right, text) for text in variants)
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
    found = [text, fold(given)]
    if is_person:
        before, comma, after = given.partition(",")
        first = tokens(after)[:1]
        if comma and first and first[0] in TITLES | MODIFIERS | ARTICLES:
            found.append(fold(before))
        elif comma and "," not in after:
            found.append(fold(f"{after} {before}"))
        found += _without_office(text)
        found += _without_office(fold(POSSESSIVE.sub("", given)))
    return list(dict.fromkeys(text for text in found if text))


def _without_office(text: str) -> list[str]:
    """“Russian foreign minister Lavrov” → “lavrov”; also what may follow “president of …”."""
    words = text.split()
    titles = [n for n, word in enumerate(words[:-1]) if word in TITLES]
    if not titles or not all(map(_is_office, words[: titles[-1]])):
        return []
    rest = words[titles[-1] + 1 :]
    found = [" ".join(rest)]
    if rest[0] == "of":
        found += [" ".join(rest[n:]) for n in (2, 3, 4) if len(rest) > n]
    return found


def _is_office(word: str) -> bool:
    return word in TITLES | MODIFIERS | ARTICLES or DEMONYM.fullmatch(word) is not None


def _is_listed_surname(index: NameIndex, own: frozenset[int], variants: list[str]) -> bool:
    return any(index.listed.get(text, set()) - own for text in variants)


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
            (distance, text)
            for text in variants
            if (distance := near_distance(right, text)) is not None
        ),
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
