"""F: what each form needs beside the rules of all."""

import re
from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.facts.dates import overlaps
from quiz.questions.assembling import GRAVE_FORMS
from quiz.questions.dated_voices import dates_about
from quiz.questions.items import Item
from quiz.questions.labels import is_timeless
from quiz.questions.question_forms.ordering import as_event, stand_apart
from quiz.questions.question_forms.says_so import OPEN, SAYS_SO
from quiz.questions.read_options import date_of
from quiz.questions.rules import BLOCK, WARN, Rule
from quiz.questions.rules_options import PAIRED
from quiz.questions.slots import BLANK, plain_spaces
from quiz.questions.voicing import plain, voiced_sentence
from quiz.questions.world import World

LEAD = re.compile(r"^(?:On|In) ")
# "No" at the end of a sentence is nobelium's symbol.
NEGATION = re.compile(r"\b(?:[Nn]ot|[Nn]ever|[Ww]ithout|no|No(?= [a-z]))\b|n['’]t\b")


def one_plain_proposition(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """F1: one slot changed, nothing negated that the fact does not negate."""
    sentence = item.frame[0] if item.frame else ""
    told = plain(voiced_sentence(fact, world.base))
    if len(NEGATION.findall(sentence)) > len(NEGATION.findall(told)):
        yield "the sentence was made false by negating it"
    if fact.status.needs_voice and item.form == "true-false":
        yield "a claim is asked as true or false"


def of_like_length(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """F1, the milder half: true and false versions are of one length.

    Words are put with a date in front, whatever the answer.
    """
    if item.form == "says-so" and fact.kind == "statement":
        return
    told = plain(voiced_sentence(fact, world.base))
    if item.frame and not 0.85 <= len(item.frame[0]) / len(told) <= 1.15:
        yield "the changed sentence is longer or shorter by more than a tenth"


def said_when(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """T12: the date in front of words is theirs, is not, or is one that nothing speaks of."""
    if fact.kind != "statement" or fact.speaker is None:
        return
    put = date_of(LEAD.sub("", item.frame[0]).partition(",")[0])
    said_on, right = fact.speaker.said_on, item.expected["right"][0]
    if put is None:
        yield "no date stands before the words"
    elif right == OPEN:
        if dates_about(fact.speaker.entity or "", world) != ():
            yield "something dated has to do with the speaker"
    elif said_on is None or overlaps(put, said_on) != (right == SAYS_SO):
        yield "the date is not what the answer says of it"


def is_typed_fairly(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """F3, F4: an answer that can be graded."""
    kind = item.expected.get("type")
    if kind not in {"date", "number", "name"}:
        yield "nothing says how it is graded"
    if kind == "name" and not item.expected["answers"]:
        yield "no name is right"


def said_by_one(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """F5: what was said has one speaker and does not name them."""
    contents = [option.text.casefold() for option in item.options]
    if fact.speaker is not None and fact.speaker.label.casefold() in contents[0]:
        yield "the speaker is named in what was said"
    if any(other.kind == "statement" for other in world.rivals(fact)):
        yield "others say it too"


def pairs_once(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """F6: no premise twice, a spare left, two to four pairs."""
    if len(set(item.frame)) < len(item.frame):
        yield "two premises read alike"
    if not 2 <= len(item.frame) <= 4:
        yield f"{len(item.frame)} pairs"
    if len({plain_spaces(option.text) for option in item.options}) < len(item.options):
        yield "two options read alike"
    if len(item.options) <= len(set(item.expected["pairs"].values())):
        yield "no spare"


def in_one_order(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """F7: events that cannot overlap, labels that tell no time."""
    if not 4 <= len(item.options) <= 6:
        yield f"{len(item.options)} events"
    events = [as_event(world.base.facts[option.from_fact or ""]) for option in item.options]
    for place, one in enumerate(events):
        if one is None or not is_timeless(one.fact.label):
            yield f"{item.options[place].text!r} tells its time, or has none"
            continue
        for other in events[place + 1 :]:
            if other is not None and not stand_apart(one, other):
                yield f"{one.fact.label} and {other.fact.label} may overlap"


def hides_what_it_blanks(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """F8: the answer stands nowhere else in the sentence."""
    text = plain_spaces(" ".join(item.frame)).replace(BLANK, "")
    shown = item.shown if isinstance(item.shown, str) else ""
    answer = plain_spaces(shown)
    if len(answer) > 3 and answer.lower() in text.lower():
        yield f"{answer!r} stands beside the blank"


def has_evidence(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """F9: the feedback has the sentence and its source."""
    told = item.feedback
    if not told.sentence or not told.source:
        yield "the feedback lacks its sentence or its source"
    if fact.status.needs_voice and not told.voice and item.form not in PAIRED | {"several-right"}:
        yield "the feedback does not say who says so"


def grave_is_asked_gently(item: Item, fact: Fact, world: World) -> Iterator[str]:
    """§0.2: only the forms that invent nothing."""
    if item.grave and item.form not in GRAVE_FORMS:
        yield f"{item.form} is not for a grave fact"
    if item.grave:
        for option in item.options:
            if option.rule.startswith(("log ladder", "integer ladder", "percent", "date ladder")):
                yield f"{option.text} is invented"


RULES = (
    Rule("F1", BLOCK, one_plain_proposition, frozenset({"true-false", "says-so"})),
    Rule("F1", WARN, of_like_length, frozenset({"true-false", "says-so"})),
    Rule("T12", BLOCK, said_when, frozenset({"says-so"})),
    Rule("F3", BLOCK, is_typed_fairly, frozenset({"typed", "cloze-typed", "estimate"})),
    Rule("F5", BLOCK, said_by_one, frozenset({"what-said"})),
    Rule("F6", BLOCK, pairs_once, PAIRED),
    Rule("F7", BLOCK, in_one_order, frozenset({"ordering"})),
    Rule("F8", BLOCK, hides_what_it_blanks, frozenset({"cloze", "cloze-typed"})),
    Rule("F9", BLOCK, has_evidence),
    Rule("grave", BLOCK, grave_is_asked_gently),
)
