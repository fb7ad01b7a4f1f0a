"""Names as they are compared: folding, transliteration keys, titles and tokens.

`fold` forgets case, accents and punctuation; `fold_key` forgets more, so that two ways of writing
a foreign name in Latin letters meet. Neither guesses what is a surname: that is data.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´ʼʹ", "'"))
DASHES = str.maketrans(dict.fromkeys("−–—‐‑‒", "-"))
LETTERS = str.maketrans(
    {
        "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th",
        "ð": "d",
    }
)  # fmt: skip
TITLES = frozenset(
    {
        "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady",
        "president", "vice-president", "chancellor", "king", "queen", "prince", "princess", "pope",
        "general", "gen", "colonel", "col", "major", "captain", "lieutenant", "marshal", "admiral",
        "minister", "senator", "governor", "ambassador", "secretary", "secretary-general",
        "ayatollah", "comrade", "chairman", "leader", "chief", "commander", "analyst", "premier",
        "representative", "sec", "amb", "gov", "frau", "herr", "madame", "monsieur",
    }
)  # fmt: skip
ARTICLES = frozenset({"the", "a", "an"})


@lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """Return the text in NFKC, trimmed, casefolded, with plain marks and single spaces."""
    plain = unicodedata.normalize("NFKC", text).translate(APOSTROPHES).translate(DASHES)
    printable = "".join(char for char in plain if char == " " or not _is_control(char))
    return " ".join(printable.casefold().split())


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"} and not char.isspace()


def strip_accents(text: str) -> str:
    replaced = text.translate(LETTERS)
    decomposed = unicodedata.normalize("NFD", replaced)
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return what two writings of one name share: no case, accents, punctuation or script.

    >>> fold("António  Guterres"), fold("Kim Jong-un"), fold("Erdoğan")
    ('antonio guterres', 'kim jong un', 'erdogan')
    """
    plain = strip_accents(normalise(text))
    if not plain.isascii():
        plain = anyascii(plain).casefold()
    plain = plain.replace("'s ", "s ").replace("'", "")
    return " ".join(re.sub(r"[^a-z0-9%$]+", " ", plain).split())


def tokens(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())


def without_titles(text: str) -> str:
    """Return the folded name without articles, honorifics and offices before it."""
    words = list(tokens(text))
    while len(words) > 1 and (words[0] in ARTICLES or words[0] in TITLES):
        words.pop(0)
    return " ".join(words)


def squeezed(text: str) -> str:
    """Return the folded name without spaces: "jong un" and "jongun" are one."""
    return fold(text).replace(" ", "")


_KEY_STEPS = (
    ("tsch", "ch"), ("sch", "sh"), ("kh", "h"), ("ph", "f"), ("ck", "k"), ("q", "k"),
    ("ue", "u"), ("oe", "o"), ("ae", "a"), ("ou", "u"), ("oo", "u"), ("w", "v"),
)  # fmt: skip


@lru_cache(maxsize=65_536)
def fold_key(text: str) -> str:
    """Return the transliteration key; use it for equality only, and only where it is unique.

    >>> fold_key("Zelensky") == fold_key("Zelenskyy") == fold_key("Selenskij".replace("S", "Z"))
    True
    """
    words = []
    for word in tokens(text):
        key = re.sub(r"^(?:al|el)(?=\w{3}|$)", "al", word)
        for old, new in _KEY_STEPS:
            key = key.replace(old, new)
        key = re.sub(r"(?:yy|iy|ij|ii|ey|ei|y|j|ee)+", "i", key)
        key = re.sub(r"([a-z])\1+", r"\1", key)  # of digits every one counts
        words.append(key)
    return " ".join(words)


def same_name(a: str, b: str) -> bool:
    """Tell whether two texts are one name after folding and without titles."""
    return without_titles(a) == without_titles(b)
