"""The asking frames: how a fact's own stem becomes the question of a form.

The author writes "When did …?" and "How many …?"; precision and qualifier choose the frame, and
the voice is put in front. Golden tables in tests/questions hold every variant.
"""

import re
from collections.abc import Mapping

from quiz.facts.base import Fact
from quiz.facts.dates import shown
from quiz.questions.voicing import voiced_stem
from quiz.questions.world import World

WHEN = {
    "day": "On which day",
    "month": "In which month",
    "year": "In which year",
    "decade": "In which decade",
    "century": "In which century",
}
DATE_HINTS = {
    "day": "day, month and year, for example 9 March 2021",
    "month": "month and year, for example March 2021",
    "year": "a year, for example 2021",
    "decade": "a decade, for example the 1990s",
    "century": "a century, for example the 19th century",
}
# The source's own word for a bound, for where it left none.
HEDGES = {
    "exactly": "",
    "about": "about",
    "nearly": "almost",
    "over": "more than",
    "at_least": "at least",
    "up_to": "up to",
    "at_most": "at most",
    "range": "",
}
_HOW = re.compile(r"^(How (?:many|much|long|far|high|old)|What)\b")


def when_frame(precision: str) -> str:
    return WHEN.get(precision, "When")


def date_stem(stem: str, precision: str) -> str:
    """“When did …?” at the asked precision; another beginning is the author's and stays."""
    if stem.startswith("When "):
        return f"{when_frame(precision)} {stem[5:]}"
    return stem


def open_date_stem(stem: str, article_word: str = "") -> str:
    """“By when did …?” where the source gives no day of it, only one by which it was so."""
    if not stem.startswith("When "):
        return stem
    known = f", as far as the {article_word} tells" if article_word else ""
    return f"By when {stem[5:].removesuffix('?')}{known}?"


def number_stem(stem: str, qualifier: str) -> str:
    """“How many …?” becomes “About how many …?” where the number itself is only about right."""
    if qualifier == "about" and _HOW.match(stem):
        return f"About {stem[0].lower()}{stem[1:]}"
    return stem


def asked(fact: Fact, world: World, precision: str = "", *, hedge_in_field: bool = False) -> str:
    """The stem of a fact's own question, with frame and voice."""
    stem = fact.stem
    if fact.kind == "date":
        if not precision and fact.when is not None and fact.when.reading == "before":
            word = "" if fact.voices else world.base.article_word
            stem = open_date_stem(stem, word)
        stem = date_stem(stem, precision or fact.ask_precision)
    elif fact.kind == "figure" and fact.amount is not None and not hedge_in_field:
        stem = number_stem(stem, fact.amount.qualifier)
    skip = fact.kind == "statement"
    return with_as_of(voiced_stem(stem, fact, world.base, skip_first=skip), fact, world)


def with_as_of(stem: str, fact: Fact, world: World) -> str:
    """A figure that changes over time says as of when, unless its year stands in the stem."""
    if fact.kind != "figure" or fact.as_of is None or fact.measure is None:
        return stem
    measure = world.base.measures.get(fact.measure)
    if measure is None or not measure.changing:
        return stem
    text = shown(fact.as_of)
    year = text[-4:]
    if year in stem:
        return stem
    return f"As of {text}, {stem[0].lower()}{stem[1:]}" if _HOW.match(stem) else stem


def number_field(hedge: str, scale: str, unit: str) -> Mapping[str, str]:
    """Label and unit of a typed number: the hedge and the scale word stand around the blank."""
    after = " ".join(part for part in (scale, "%" if unit in {"%", "percent"} else unit) if part)
    label = " ".join(part for part in (hedge, "___", after) if part)
    hint = f"a number, in {scale}s" if scale else "a number"
    return {"kind": "number", "label": label, "unit": after, "hint": hint}


def date_field(precision: str) -> Mapping[str, str]:
    return {
        "kind": "date",
        "label": "___",
        "unit": "",
        "hint": DATE_HINTS.get(precision, "a date"),
        "precision": precision,
    }


def name_field(hint: str = "a name") -> Mapping[str, str]:
    return {"kind": "name", "label": "___", "unit": "", "hint": hint}


def joined(texts: tuple[str, ...], word: str = "and") -> str:
    """“A”, “A and B”, “A, B and C”."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}"


NUMBER_WORDS = "no one two three four five six seven eight nine ten eleven twelve".split()


def number_word(count: int) -> str:
    return NUMBER_WORDS[count] if count < len(NUMBER_WORDS) else str(count)
