"""The sentence of a fact with a blank in the place of its answer."""

import re
from dataclasses import dataclass

from quiz.facts.base import Fact
from quiz.facts.dates import coarsen
from quiz.facts.dates import shown as date_shown
from quiz.facts.quantities import shown_bare
from quiz.questions.distractors_names import right_entities
from quiz.questions.precision import asked_precision
from quiz.questions.slots import BLANK, exchanged, marked, plain_spaces, replaced
from quiz.questions.voicing import capitalised, plain, voiced_sentence
from quiz.questions.world import World

_ON_DAY = re.compile(r"\b([Oo])n \[\[")
_ARTICLE = re.compile(r"\b(a|an)\s+$", re.IGNORECASE)
_DATE_FIRST = re.compile(r"^(?P<in>In|On) (?P<slot>\[\[[^\]]+\]\]),? (?P<rest>.+)$", re.DOTALL)
# What begins another clause, or dates something of its own.
_CLAUSE = re.compile(
    r"[,;:]|\b(?:that|who|whom|whose|which|what|when|where|while|because|if|being|before|after)\b"
    r"|\bto (?:be|have|do)\b|\b\d{4}\b"
)
FEWEST_WORDS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Blank:
    """The sentence with its blank, and the text that was taken out."""

    sentence: str
    taken: str
    after_the: bool = False


def blank(fact: Fact, facet: str, world: World) -> Blank | str:
    """The blanked sentence, or why there is none."""
    if fact.kind == "statement":
        return "the blank would stand at the beginning"
    told = date_inside(voiced_sentence(fact, world.base))
    taken = _taken(fact, facet, world)
    if taken is None:
        return "the answer does not stand in the sentence as it is asked"
    slot = plain_spaces(marked(told))
    if fact.kind == "date":
        if plain_spaces(taken) != slot:
            match = _ON_DAY.search(told)
            if match is None or not slot.endswith(plain_spaces(taken)):
                return "the date in the sentence is finer than what is asked"
            word = "In " if match[1] == "O" else "in "
            told = f"{told[: match.start()]}{word}{told[match.start() + 3 :]}"
        sentence = replaced(told, BLANK)
    else:
        blanked = exchanged(slot, taken, BLANK)
        if blanked is None:
            return "the sentence words its answer otherwise"
        sentence = replaced(told, blanked)
    before = sentence[: sentence.index(BLANK)]
    if len(before.split()) < FEWEST_WORDS_BEFORE:
        return "the blank would stand at the beginning"
    if _ARTICLE.search(before):
        return "an article before the blank would give the answer away"
    if plain_spaces(taken) in plain_spaces(plain(sentence)):
        return "the answer stands in the sentence a second time"
    return Blank(plain(sentence), taken, before.lower().endswith("the "))


def date_inside(told: str) -> str:
    """“In [[July 2022]], it recognized them.” as “It recognized them in [[July 2022]].”

    Behind a clause the date would be taken for the clause's own: there “It was in … that …” it is.
    """
    match = _DATE_FIRST.match(told)
    if match is None:
        return told
    when, rest = f"{match['in'].lower()} {match['slot']}", match["rest"]
    if _CLAUSE.search(rest):
        return f"It was {when} that {rest}"
    return f"{capitalised(rest.removesuffix('.'))} {when}."


def _taken(fact: Fact, facet: str, world: World) -> str | None:
    """The answer as an option shows it."""
    if fact.kind == "date":
        precision = asked_precision(fact)
        return date_shown(coarsen(fact.when, precision)) if fact.when and precision else None
    if fact.kind == "figure":
        return shown_bare(fact.amount) if fact.amount is not None else None
    keys = right_entities(fact, facet)
    if len(keys) != 1 or keys[0] not in world.base.entities:
        return None
    return world.base.entities[keys[0]].name
