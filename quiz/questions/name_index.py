"""Names prepared for grading: what a card may be called, and an index over all other cards.

The index is built once for a fact base; grading against thousands of entities is then a few
look-ups, and one bounded search for near spellings.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from quiz.facts.names import fold, fold_key, without_titles
from quiz.questions.known_words import KNOWN
from quiz.questions.same_words import KIND_WORDS, Words, kind_words, words_of
from quiz.questions.surnames import PARTICLES, last_words

# Kinds of name that are taken whole: neither shortened nor misspelled.
WHOLE = frozenset({"symbol", "acronym"})
# Named by description, so that a word of its kind or state may be added or left out.
UNDESCRIBED = frozenset({"person", "symbol", "substance"})
# What joins two answers in one text.
JOINT = re.compile(r"\b(?:or|and|vs)\b|[/;|&+]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameForm:
    """One name of an entity. kind: full, short, surname, symbol, acronym, translit, …"""

    text: str
    kind: str = "full"
    accept: bool = True


@dataclass(frozen=True, slots=True)
class NameCard:
    """An entity as grading sees it: its names, the shown one first, and its kind.

    Of the right answer also: note, what it is; within, the names of all it is part of; alike, the
    keys of what may be the same; said, the words of the question; offices, those a person holds,
    each with where; seats, the names of a state's capital.
    """

    names: tuple[NameForm, ...]
    kind: str = "person"
    key: str = ""
    note: str = ""
    within: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    said: str = ""
    offices: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A name folded for comparison.

    is_main: the shown name, not an alias. common: its words that are written small.
    """

    text: str
    tokens: tuple[str, ...]
    kind: str
    accept: bool
    is_main: bool
    is_whole: bool
    ordered: str
    squeezed: str
    key: str
    words: Words
    common: frozenset[str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A card with everything that grading compares, computed once."""

    card: NameCard
    symbols: frozenset[str]
    forms: tuple[Form, ...]
    surnames: Mapping[str, bool]  # surname → it is the shown name's or listed, not an alias's
    surname_keys: frozenset[str]
    is_joined: bool  # a name has "and" or the like itself: Trinidad and Tobago
    own: frozenset[str]  # every word of its accepted names
    holds: frozenset[str]  # words that hold of it without being its name: its kind, its state
    said: frozenset[str]
    offices: frozenset[str]  # words that may stand before a person's name

    @property
    def is_person(self) -> bool:
        return self.card.kind == "person"

    @property
    def is_noun(self) -> bool:
        """Whether it is no proper name: rice, iron."""
        return self.card.names[0].text.islower()

    @property
    def is_described(self) -> bool:
        return self.card.kind not in UNDESCRIBED


def plain_symbol(text: str) -> str:
    """Return the text with its case, without what stands around a symbol."""
    return unicodedata.normalize("NFKC", text).strip(" \t\r\n\x00.,;:!?\"'()")


@lru_cache(maxsize=32_768)
def prepared(card: NameCard) -> Prepared:
    forms: dict[tuple[str, bool], Form] = {}
    symbols = set()
    for place, name in enumerate(card.names):
        if name.kind == "symbol" or card.kind == "symbol":
            symbols.add(plain_symbol(name.text))
            continue
        if name.kind == "surname":
            continue
        variants = {fold(name.text), fold(name.text).removeprefix("the ")}
        if card.kind == "person":
            bare = without_titles(name.text)
            # A title and a surname ("Ayatollah Khamenei") is no more than a surname without it.
            variants |= {bare} if " " in bare else set()
        for text in sorted(variants - {""}):
            forms.setdefault((text, name.accept), _form(text, name, is_main=place == 0))
    found = tuple(forms.values())
    surnames = _surnames(card, found)
    accepted = [form.text for form in found if form.accept and not form.is_whole] + [*surnames]
    return Prepared(
        card=card,
        symbols=frozenset(symbols),
        forms=found,
        surnames=surnames,
        surname_keys=frozenset(map(key_of, surnames)),
        is_joined=any(JOINT.search(name.text) for name in card.names),
        own=frozenset(word for text in accepted for word in text.split()),
        holds=_holds(card),
        said=words_of(fold(card.said)).all if card.said else frozenset(),
        offices=_offices(card),
    )


def _offices(card: NameCard) -> frozenset[str]:
    """The words of a person's offices, and of the note what is no name of somebody else."""
    if card.kind != "person":
        return frozenset()
    words = card.note.split()
    small = " ".join(w for w in words if w.islower() or (w.isupper() and len(w) > 1))
    texts = [small, *card.offices, " ".join(words_of(fold(card.note)).nations)]
    return frozenset[str]().union(*(words_of(fold(text)).all for text in texts))


def _holds(card: NameCard) -> frozenset[str]:
    found = set(kind_words(card.note))
    if card.kind in {"organisation", "publication"}:
        # A South Korean television station is so called as well.
        first = words_of(fold(" ".join(card.note.split()[:2])))
        found |= set(first.nations) if not set(first.rest) - KIND_WORDS else set()
    for text in card.within:
        found |= words_of(fold(text)).all - KIND_WORDS
    if found & {"northkorea", "southkorea"}:
        found.add("korea")
    return frozenset(found)


def _form(text: str, name: NameForm, *, is_main: bool) -> Form:
    return Form(
        text=text,
        tokens=tuple(text.split()),
        kind=name.kind,
        accept=name.accept,
        is_main=is_main,
        is_whole=_is_whole(name),
        ordered=sorted_tokens(text),
        squeezed=squeeze(text),
        key=key_of(text),
        words=words_of(text),
        common=words_of(fold(" ".join(filter(str.islower, name.text.split())))).all,
    )


def _is_whole(name: NameForm) -> bool:
    text = name.text.strip()
    return name.kind in WHOLE or (text.isupper() and text.isalpha() and len(text) <= 5)


def _surnames(card: NameCard, forms: tuple[Form, ...]) -> dict[str, bool]:
    """Surnames as data; without data the last word of a full name, where the order is plain."""
    if card.kind != "person":
        return {}
    listed = [fold(name.text) for name in card.names if name.kind == "surname" and name.accept]
    found: dict[str, bool] = {}
    for text in listed:
        found[text] = True
        words = text.split()
        while len(words) > 1 and words[0] in PARTICLES:
            words.pop(0)
            found[" ".join(words)] = True
    main = next((form for form in forms if form.is_main), None)
    is_last = main is None or not listed or any(_ends_with(main, text) for text in listed)
    for form in forms:
        if not form.accept or form.is_whole or len(form.tokens) < 2 or not is_last:
            continue
        if form.is_main and listed:
            continue
        for text in last_words(form.tokens):
            found.setdefault(text, form.is_main)
    return found


def _ends_with(form: Form, surname: str) -> bool:
    return form.text == surname or form.text.endswith(f" {surname}")


def squeeze(text: str) -> str:
    return text.replace(" ", "")


def sorted_tokens(text: str) -> str:
    return " ".join(sorted(text.split()))


def key_of(text: str) -> str:
    return fold_key(text).replace(" ", "")


def digit_parts(text: str) -> str:
    """Return the words that hold digits: these are never fuzzy."""
    return "|".join(word for word in text.split() if re.search(r"\d", word))


class NameIndex:
    """All entities of a base by every way in which a text can name them.

    words: words of the base's other names, where the cards are only a part of it. None of them is
    a slip of another word.
    """

    def __init__(self, cards: Iterable[NameCard], words: Iterable[str] = ()) -> None:
        self.cards = tuple(dict.fromkeys(cards))
        self.prepared = tuple(map(prepared, self.cards))
        self.exact: dict[str, set[int]] = {}
        self.symbols: dict[str, set[int]] = {}
        self.surnames: dict[str, set[int]] = {}
        self.listed: dict[str, set[int]] = {}
        self.orders: dict[str, set[int]] = {}
        self.squeezed: dict[str, set[int]] = {}
        self.keys: dict[str, set[int]] = {}
        self.lasts: dict[str, set[int]] = {}
        self.words: dict[tuple[tuple[str, ...], tuple[str, ...]], set[int]] = {}
        self.described: dict[str, set[int]] = {}
        self.fuzzy: dict[int, dict[str, set[int]]] = {}
        for place, entry in enumerate(self.prepared):
            self._add(place, entry)
        named = {token for entry in self.prepared for f in entry.forms for token in f.tokens}
        self.known = frozenset({*KNOWN, *words, *named})
        self._keys = {(card.key, card.kind): n for n, card in enumerate(self.cards) if card.key}
        self._places = {card: place for place, card in enumerate(self.cards)}

    def _add(self, place: int, entry: Prepared) -> None:
        for symbol in entry.symbols:
            self.symbols.setdefault(symbol, set()).add(place)
        for name in entry.card.names:
            if name.kind == "surname":
                self.listed.setdefault(fold(name.text), set()).add(place)
        for surname in (*entry.surnames, *self._unaccepted_surnames(entry)):
            self.surnames.setdefault(surname, set()).add(place)
            self._add_fuzzy(place, surname)
        for form in entry.forms:
            self.exact.setdefault(form.text, set()).add(place)
            self.squeezed.setdefault(form.squeezed, set()).add(place)
            if form.is_whole:
                continue
            self.orders.setdefault(form.ordered, set()).add(place)
            if entry.is_described:
                self.words.setdefault(form.words.key, set()).add(place)
                for word in form.words.all:
                    self.described.setdefault(word, set()).add(place)
            self._add_fuzzy(place, form.text)
            if entry.is_person and len(form.tokens) > 1:
                self.lasts.setdefault(form.tokens[-1], set()).add(place)

    @staticmethod
    def _unaccepted_surnames(entry: Prepared) -> list[str]:
        return [fold(n.text) for n in entry.card.names if n.kind == "surname" and not n.accept]

    def _add_fuzzy(self, place: int, text: str) -> None:
        self.keys.setdefault(key_of(text), set()).add(place)
        self.fuzzy.setdefault(len(text), {}).setdefault(text, set()).add(place)

    def places_of(self, card: NameCard) -> frozenset[int]:
        """Return where the card itself stands, so that it is not its own rival."""
        own = {self._places[card]} if card in self._places else set()
        if card.key and (card.key, card.kind) in self._keys:
            own.add(self._keys[card.key, card.kind])
        return frozenset(own)

    def nearest(self, text: str, limit: int, own: frozenset[int]) -> int | None:
        """Return the least distance of another card's name, None where all are beyond limit."""
        best: int | None = None
        for length in range(max(1, len(text) - limit), len(text) + limit + 1):
            names = self.fuzzy.get(length)
            if not names:
                continue
            cutoff = limit if best is None else best
            found = extract(text, list(names), scorer=OSA.distance, score_cutoff=cutoff, limit=None)
            for name, distance, _ in found:
                if names[name] - own and (best is None or distance < best):
                    best = int(distance)
        return best
