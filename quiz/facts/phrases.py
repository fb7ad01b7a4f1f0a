"""Dates, amounts and copied words found in sentences, to compare them with typed values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from quiz.facts.calendar import days_in_month
from quiz.facts.dates import MONTHS, SEASONS, DateValue, day_number, shown
from quiz.facts.names import fold
from quiz.facts.quantities import HEDGE_WORDS, SCALES

MARKED = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b", re.IGNORECASE)
SEASON = re.compile(r"\b(spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
PART = re.compile(r"\b(early|mid|late)\b", re.IGNORECASE)
YEAR = re.compile(r"(?<![\w,.-])\d{4}(?![\w,]|\.\d)")
NUMBER = re.compile(
    r"(?P<sign>[-−–](?=\d))?(?P<digits>\d[\d,\u00a0\u202f]*(?:\.\d+)?)"
    r"(?:[ \u00a0-]?(?P<scale>thousand|million|billion|trillion))?",
    re.IGNORECASE,
)
SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
WORDS = {word: Decimal(n) for n, word in enumerate(SMALL)} | {
    word: Decimal(n * 10)
    for n, word in enumerate(
        ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"), 3
    )
}
NUMBER_WORD = re.compile(
    rf"\b({'|'.join(WORDS)})\b(?:[ \u00a0]({'|'.join(SCALES)})\b)?", re.IGNORECASE
)
HEDGE = re.compile(rf"\b({'|'.join(sorted(HEDGE_WORDS, key=len, reverse=True))})$", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’")


def marked_answers(sentence: str) -> list[str]:
    """Return what stands in [[double brackets]], as written."""
    return MARKED.findall(sentence)


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """The words and numbers of a date, whatever their order."""

    numbers: tuple[int, ...]
    months: tuple[str, ...]
    seasons: tuple[str, ...]
    parts: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "DatePhrase":
        seasons = [word.casefold() for word in SEASON.findall(text)]
        return cls(
            tuple(sorted(int(number) for number in re.findall(r"\d+", text))),
            tuple(sorted(word.casefold() for word in MONTH.findall(text))),
            tuple(sorted("autumn" if word == "fall" else word for word in seasons)),
            tuple(sorted(word.casefold() for word in PART.findall(text))),
        )


def date_agrees(phrase: str, when: DateValue) -> bool:
    """Whether a phrase says the same date; one with a range may name only what lies in it."""
    said = DatePhrase.read(phrase)
    if said == DatePhrase.read(shown(when)):
        return True
    if when.precision != "range" or not (said.numbers or said.months):
        return False
    names = [month.casefold() for month in MONTHS]
    years = [number for number in said.numbers if number > 31]
    for year in years:
        if not _touches(when, day_number(year), day_number(year, 12, 31)):
            return False
        for month in (names.index(name) + 1 for name in said.months):
            first = day_number(year, month)
            last = day_number(year, month, days_in_month(year, month))
            if len(years) == 1 and not _touches(when, first, last):
                return False
    return bool(years) and _season_agrees(said, when)


def _season_agrees(said: DatePhrase, when: DateValue) -> bool:
    begins = dict(SEASONS.values())
    years = [number for number in said.numbers if number > 31]
    return all(
        any(day_number(year, begins[name]) == when.first_day for year in years)
        for name in said.seasons
    )


def _touches(when: DateValue, first: int, last: int) -> bool:
    return first <= when.last_day and when.first_day <= last


def amounts_in(text: str) -> list[Decimal]:
    """Return the numbers of a phrase, in digits or in words, scaled: "two million" is 2000000."""
    found: list[tuple[int, Decimal, bool]] = []
    for match in NUMBER.finditer(text):
        digits = re.sub(r"[,\u00a0\u202f]", "", match["digits"])
        value = Decimal(digits) * SCALES.get((match["scale"] or "").lower(), Decimal(1))
        # A dash between two numbers is a range, not a sign.
        signed = match["sign"] and not text[: match.start()].rstrip()[-1:].isdigit()
        found.append((match.start(), -value if signed else value, bool(match["scale"])))
    for match in NUMBER_WORD.finditer(text):
        scale = SCALES.get((match[2] or "").lower(), Decimal(1))
        found.append((match.start(), WORDS[match[1].lower()] * scale, bool(match[2])))
    return [value for _, value, _ in sorted(found)]


def hedge_in(text: str) -> str:
    """Return the word of hedging that a phrase begins with, or nothing."""
    folded = " ".join(text.casefold().split())
    for word in sorted(HEDGE_WORDS, key=len, reverse=True):
        if folded.startswith(f"{word} "):
            return word
    return ""


def hedge_before(text: str) -> str:
    """Return the word of hedging that a text ends with, or nothing."""
    match = HEDGE.search(text.rstrip())
    return match[1].casefold() if match else ""


def has_words(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a text as whole words.

    Case, accents and marks are forgotten, except in short phrases: "In" is a symbol, "in" is not.
    """
    if len(phrase) <= 3:
        return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None
    needle = fold(phrase)
    return bool(needle) and f" {needle} " in f" {fold(text)} "


def without_names(text: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def dates_named_in(text: str) -> list[str]:
    """Return months and years that a text names."""
    return [*MONTH.findall(text), *YEAR.findall(text)]


def plain_quote(text: str) -> str:
    """A quotation without differences of spacing, quotation marks and dashes."""
    for old, new in (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"), ("–", "-"), ("—", "-")):
        text = text.replace(old, new)
    return " ".join(text.split())


class SourceText:
    """A source's text, to find words that were copied from it."""

    RUN = 8

    def __init__(self, text: str) -> None:
        self.plain = plain_quote(text)
        words = fold(text).split()
        self.runs = {
            tuple(words[start : start + self.RUN]) for start in range(len(words) - self.RUN + 1)
        }

    def copied(self, text: str) -> str:
        """Return the first eight words in a row that both have outside quotation marks."""
        for part in QUOTED.split(text.replace("[[", "").replace("]]", "")):
            words = fold(part).split()
            for start in range(len(words) - self.RUN + 1):
                run = tuple(words[start : start + self.RUN])
                if run in self.runs:
                    return " ".join(run)
        return ""

    def holds(self, quote: str) -> bool:
        return plain_quote(quote).casefold() in self.plain.casefold()
