"""The feedback of an answered question: the verdict, what is right, who says so, and where."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quiz.learning.answering import Answered
from quiz.learning.asking import Asked
from quiz.learning.rounds import Kind
from quiz.questions.grading import Verdict
from quiz.questions.respond import ORDERED, PAIRED, right_indices

# A number and what it counts, a day and its month, stay on one line.
_LOOSE = re.compile(
    r"(?<=\d) (?=(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|thousand|million|billion)\b|%)"
)
_MARKED = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
RAILS = {
    "both sides": ("rail-solid", "Both sides say so"),
    "several sources": ("rail-solid", "Several sources"),
    "one voice": ("rail-dashed", "One voice"),
    "voices differ": ("rail-double", "Voices differ"),
    "unconfirmed": ("rail-dotted", "Unconfirmed"),
}
MOST_WORDS = 60  # of a verdict; a note that goes beyond is folded


@dataclass(frozen=True, slots=True)
class Evidence:
    """The feedback: what is right in its sentence, who says so and as of when, and where."""

    word: str
    tone: str
    shown: str
    parts: tuple[tuple[str, bool], ...]
    reasons: tuple[str, ...]
    note: str
    read_as: str
    grading_note: str
    voice: str
    as_of: str
    source: str
    place: str
    quote: str
    rail: str
    rail_word: str
    rivals: tuple[str, ...]
    is_short: bool = False
    is_long: bool = False


def evidence_of(found: Answered, chosen: Sequence[int]) -> Evidence:
    asked, feedback = found.asked, found.asked.feedback
    right = right_indices(asked.expected)
    wrong = [place for place in chosen if place not in right]
    if asked.form in PAIRED:
        wanted = asked.expected.get("pairs", {})
        pairs = found.given.get("pairs", {})
        wrong = [place for premise, place in pairs.items() if wanted.get(premise) != place]
    elif asked.form in ORDERED:
        wrong = []
    told = feedback.get("sentence", "").replace("[[", "").replace("]]", "")
    # A reason that only repeats the sentence above it says nothing more.
    reasons = dict.fromkeys(
        bound(why)
        for place in wrong
        if (why := asked.options[place].get("why", ""))
        and why not in told
        and (not told or told not in why)
    )
    word, tone = _word(found)
    rail, rail_word = RAILS.get(feedback.get("standing", ""), ("", ""))
    source, place = feedback.get("source", ""), feedback.get("place", "")
    if place == source:
        place = ""
    shown = asked.expected.get("shown", "")
    is_right = tone == "right"
    return Evidence(
        word=word,
        tone=tone,
        shown="" if is_right else _listed(asked, [shown] if isinstance(shown, str) else shown),
        parts=marked_parts(feedback.get("sentence", "")),
        reasons=tuple(reasons),
        note=bound(feedback.get("note", "")),
        read_as=found.reply.get("read_as", ""),
        grading_note=found.reply.get("note", ""),
        voice=feedback.get("voice", ""),
        as_of=feedback.get("as_of", ""),
        source=source,
        place=place,
        quote=feedback.get("quote", ""),
        rail=rail,
        rail_word=rail_word,
        rivals=tuple(bound(rival) for rival in feedback.get("rivals", ())),
        is_long=_words(feedback.get("sentence"), *reasons, feedback.get("note")) > MOST_WORDS,
        is_short=is_right and bool(found.token.round and found.token.round.kind is Kind.REVIEW),
    )


def bound(text: str) -> str:
    """The text with its dates and numbers kept on one line."""
    return _LOOSE.sub("\u00a0", text)


def _words(*texts: str | None) -> int:
    return sum(len(text.split()) for text in texts if text)


def _listed(asked: Asked, shown: Sequence[str]) -> str:
    """The right answer in the verdict's first line; longer ones stand in the card itself."""
    return "" if asked.form in PAIRED | ORDERED else " · ".join(shown)


def marked_parts(sentence: str) -> tuple[tuple[str, bool], ...]:
    """The sentence in pieces, each with whether it is the answer."""
    pieces = _MARKED.split(bound(sentence))
    return tuple((piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece)


def _word(found: Answered) -> tuple[str, str]:
    if found.asked.form == "flashcard":
        return ("Had it.", "right") if found.verdict == Verdict.ACCEPT else ("Didn’t.", "wrong")
    if found.verdict == Verdict.ACCEPT_WITH_NOTE:
        return "Right.", "right"
    if found.verdict == Verdict.ACCEPT:
        return "Right.", "right"
    if found.verdict == Verdict.PARTIAL:
        return "Partly.", "partly"
    return "Not this one.", "wrong"


def given_words(asked: Asked, given: Mapping[str, Any]) -> str:
    """What was answered, in words."""
    texts = [option["text"] for option in asked.options]
    if given.get("dont_know"):
        return "I don’t know"
    if "text" in given:
        return f"“{given['text']}”"
    if "pairs" in given:
        frame = asked.expected.get("frame", ())
        rows = sorted(given["pairs"].items(), key=lambda pair: int(pair[0]))
        return "; ".join(f"{frame[int(premise)]} → {texts[place]}" for premise, place in rows)
    joint = " → " if "order" in given else "; "
    return joint.join(texts[place] for place in chosen_of(given))


def chosen_of(given: Mapping[str, Any]) -> tuple[int, ...]:
    if "choice" in given:
        return (given["choice"],)
    if "pairs" in given:
        return tuple(given["pairs"].values())
    return tuple(given.get("choices", given.get("order", ())))
