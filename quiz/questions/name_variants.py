"""What a typed name is without what stands around it: articles, offices, a remark in brackets."""

import re

from quiz.facts.names import ARTICLES, TITLES, fold, tokens
from quiz.questions.compare_names import Level, level_of
from quiz.questions.name_index import Prepared
from quiz.questions.same_words import word_of, words_of

MODIFIERS = frozenset(
    {"prime", "foreign", "defense", "defence", "finance", "interior", "vice", "deputy", "supreme",
     "first", "former", "ex", "acting", "crown", "state", "chief", "us", "uk", "nato", "un", "eu",
     "army", "navy", "german", "french", "greek", "swiss", "dutch", "czech", "lieutenant", "major",
     "security"}
)  # fmt: skip
OFFICE_WORDS = TITLES | MODIFIERS | ARTICLES
POSSESSIVE = re.compile(r"^\s*(?:the\s+)?\S+(?:\s\S+)?['’]s\s+(?=\S+\s)", re.IGNORECASE)
DEMONYM = re.compile(r"[a-z]+(?:ian|ean|can|ish|ese|ani|aeli)")
BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)\s*")
LEADING = re.compile(r"(?:both|that of|those of|of|in|to|from|at|by|on) (?:the )?(?=\w)")
PLURAL_NUMBER = re.compile(r"(?<=\d)s\b")
MOST_WORDS = 12  # of an office


def variants(given: str, right: Prepared) -> list[str]:
    """The folded text as it is and without offices; "Zelenskyy, V." also turned round."""
    given = _without_brackets(given, right)
    text = fold(given).removeprefix("the ")
    found = [text, fold(given), LEADING.sub("", text, count=1)]
    if PLURAL_NUMBER.search(text):
        found.append(PLURAL_NUMBER.sub("", text))  # Il-76s
    before, comma, after = given.partition(",")
    if comma and right.is_described and words_of(fold(after)).all <= right.holds:
        found.append(fold(before))  # a place and what it lies in: Kazan, Russia
    if right.is_person:
        first = tokens(after)[:1]
        if comma and first and first[0] in OFFICE_WORDS:
            found.append(fold(before))
        elif comma and "," not in after:
            found.append(fold(f"{after} {before}"))
        found += _without_office(text, right)
        found += _without_office(fold(POSSESSIVE.sub("", given)), right)
    return list(dict.fromkeys(text for text in found if text))


def _without_brackets(given: str, right: Prepared) -> str:
    """“KBS (South Korea)”: what brackets add may only hold of it, or name it once more."""
    match = BRACKETS.fullmatch(given)
    if match is None:
        return given
    added = fold(match[2])
    holds = words_of(added).all <= right.holds | right.offices
    if right.is_person:
        holds = holds or all(_is_office(word, right) or word == "of" for word in added.split())
    return match[1] if added and (holds or level_of(right, added)[0] is not Level.NONE) else given


def _without_office(text: str, right: Prepared) -> list[str]:
    """“Russian foreign minister Lavrov” → “lavrov”; also what may follow “president of …”."""
    words = text.split()
    found = [
        " ".join(words[n:])
        for n in range(1, min(len(words), MOST_WORDS))
        if words_of(" ".join(words[:n])).all <= right.offices
        or all(_is_office(word, right) for word in words[:n])
    ]
    titles = [n for n, word in enumerate(words[:-1]) if word in TITLES]
    if titles and all(_is_office(word, right) for word in words[: titles[-1]]):
        rest = words[titles[-1] + 1 :]
        found.append(" ".join(rest))
        if rest[0] == "of":
            found += [" ".join(rest[n:]) for n in (2, 3, 4) if len(rest) > n]
    return found


def _is_office(word: str, right: Prepared) -> bool:
    return (
        word in OFFICE_WORDS
        or word_of(word) in right.offices
        or DEMONYM.fullmatch(word) is not None
    )
