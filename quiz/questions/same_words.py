"""The words of a descriptive name without their forms: "Foreign Ministry of Ukraine" has those of
"Ukrainian Foreign Ministry".

Who does what to whom stays: an invasion of one state by another is not the reverse.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from quiz.facts.names import fold
from quiz.questions.known_words import COMPASS, STATES

PHRASES = tuple(
    (re.compile(rf"\b(?:{found})\b"), word)
    for found, word in (
        (r"(?:north|n) koreas?|(?:north|n) koreans?|dprk|democratic peoples republic of korea",
         "northkorea"),
        (r"(?:south|s) koreas?|(?:south|s) koreans?|rok|republic of korea", "southkorea"),
        (r"united states of america|united states|usa|u s a|u s|us", "us"),
        (r"united nations|u n|uno|uns", "un"),
        (r"russian federation(?! council)", "russia"),
        (r"(?:secret|spy) services?|(?:secret|spy) agenc(?:y|ies)", "intelligence service"),
        (r"united kingdom|great britain|britain|british|u k", "uk"),
        (r"prisoners of war|prisoner of war|pows?", "prisoner"),
        (r"foreign affairs", "foreign"),
    )
)  # fmt: skip
NATIONS = frozenset({"northkorea", "southkorea", "us", "un", "uk", *STATES.values()})
FILLERS = frozenset(
    "of the a an and in for to on at between against from with by its their his her own who were "
    "had been was imposed unnamed anonymous".split()
)
SAME = {
    "defence": "defense", "labour": "labor", "organisation": "organization", "centre": "center",
    "oblast": "region", "province": "region", "pact": "agreement", "treaty": "agreement",
    "accord": "agreement", "troop": "soldier", "meeting": "summit", "laborer": "worker",
    "labourer": "worker", "eastward": "east", "dept": "department",
    "intl": "international", "govt": "government", "inst": "institute",
}  # fmt: skip
UNCHANGED = frozenset({"news"})  # the s is no plural
# What kind of thing it is may be added or left out; the words of a row say the same of a place.
KINDS = (
    frozenset("city town port village capital place".split()),
    frozenset({"region", "area", "district"}),
    frozenset({"area", "territory", "peninsula", "land"}),
    frozenset({"part", "area"}),
    frozenset({"newspaper", "paper"}),
    frozenset({"broadcaster", "station", "television", "tv", "corporation", "news"}),
    frozenset({"howitzer", "gun", "artillery"}),
    frozenset({"missile", "system", "launcher"}),
    frozenset({"plane", "aircraft", "airplane"}),
    frozenset({"service", "agency", "intelligence"}),
    frozenset({"state", "country"}),
    frozenset({"summit"}), frozenset({"unit"}), frozenset({"institute"}),
)  # fmt: skip
KIND_WORDS = frozenset[str]().union(*KINDS) - {"intelligence", "artillery", "missile"}


@dataclass(frozen=True, slots=True)
class Words:
    """rest: the words without nations, sorted; nations: these in the order of who does what."""

    rest: tuple[str, ...]
    nations: tuple[str, ...]
    is_pair: bool = False

    @property
    def all(self) -> frozenset[str]:
        return frozenset({*self.rest, *self.nations})

    @property
    def key(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.rest, tuple(sorted(self.nations))

    def means(self, other: "Words") -> bool:
        """Tell whether two names have the same words, and the same nation comes first."""
        return self.key == other.key and (
            self.nations == other.nations or self.is_pair or other.is_pair
        )


def word_of(token: str) -> str:
    """The word that a token is a form of: "Russians" → russia, "western" → west."""
    for text in (token, token.removesuffix("s")):
        if text in STATES:
            return STATES[text]
    if token in COMPASS:
        return COMPASS[token]
    if len(token) > 4 and token.endswith("ies"):
        token = f"{token[:-3]}y"
    elif (
        len(token) > 3 and token.endswith("s") and token[-2] not in "sui" and token not in UNCHANGED
    ):
        token = token[:-1]
    return SAME.get(token, token)


@lru_cache(maxsize=32_768)
def words_of(folded: str) -> Words:
    """The words of a folded text.

    >>> words_of("foreign ministry of ukraine") == words_of("ukrainian foreign ministry")
    True
    """
    text = folded
    for pattern, word in PHRASES:
        text = pattern.sub(word, text)
    tokens = text.split()
    found = [word_of(token) for token in tokens]
    nations = [word for word in found if word in NATIONS]
    if "by" in tokens and len(nations) > 1:
        # The invasion of one by another: who acts comes first.
        after = {word_of(token) for token in tokens[tokens.index("by") :]}
        nations.sort(key=lambda word: word not in after)
    rest = sorted(word for word in found if word not in NATIONS and word not in FILLERS)
    is_pair = "between" in tokens and "and" in tokens
    return Words(tuple(rest), tuple(nations), is_pair)


@lru_cache(maxsize=4_096)
def kind_words(note: str) -> frozenset[str]:
    """The words that say what kind of thing a note describes, with those that say the same."""
    words = {word_of(token) for token in fold(note).split()}
    return frozenset().union(*(row for row in KINDS if row & words))


def in_context(
    given: Words,
    name: Words,
    *,
    added: frozenset[str] = frozenset(),
    left_out: frozenset[str],
    said: frozenset[str] = frozenset(),
) -> bool:
    """Tell whether a text is a name with a word more or less that says nothing new.

    added: words that may be added, since they hold of what is named (its state, its kind);
    left_out: words that may be missing; said: words of the question, which alone name nothing.
    """
    extra, missing = given.all - name.all, name.all - given.all
    kept = (given.all & name.all) - KIND_WORDS - said
    # Of a Korean Peninsula the state is what tells it from others; of an army it is not.
    kept -= NATIONS if set(name.rest) - KIND_WORDS else frozenset()
    if len(set(given.nations)) < len(given.nations):
        return False
    if not kept or not extra <= added or not missing <= left_out:
        return False
    if extra & NATIONS and missing & NATIONS and not missing & NATIONS <= {"korea"}:
        return False
    order = [word for word in name.nations if word in given.all]
    return name.is_pair or order == [word for word in given.nations if word in name.all]
