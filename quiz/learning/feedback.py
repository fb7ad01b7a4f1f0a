"""The feedback of an answered question: the verdict, what is right, who says so, and where."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from quiz.learning import rounds
from quiz.learning.answering import Answered
from quiz.learning.asking import Asked
from quiz.learning.attribution import attribution_of
from quiz.learning.folding import OF_ONE, OF_SEVERAL, Block, Kind, fold, words
from quiz.questions.grading import Verdict
from quiz.questions.respond import ORDERED, right_indices

# A number and what it counts, a day and its month, stay on one line.
_LOOSE = re.compile(
    r"(?<=\d) (?=(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|thousand|million|billion)\b|%)"
)
_MARKED = re.compile(r"\[\[(.+?)\]\]", re.DOTALL)
# The card itself marks what is right among its options: the first line need not repeat much of it.
LONGEST_SHOWN = 6
LONGEST_NOTE = 15  # words of the grader that stand beside the verdict; a longer one is a reason
# Told on lines of their own where they stand open.
APART = {Kind.VOICE, Kind.SOURCE}

type Parts = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph of the feedback in pieces, each with whether it is the answer."""

    kind: Kind
    parts: Parts

    @property
    def html(self) -> SafeString:
        """The pieces as they stand in a page, the answer in bold."""
        return html_of(self.parts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The feedback: what is right in its sentence, who says so and as of when, and where.

    `told` stands open and `more` is folded; who says so, or a source, that is folded is empty here.
    """

    word: str
    tone: str
    shown: str
    told: tuple[Told, ...]
    more: tuple[Told, ...]
    read_as: str
    grading_note: str
    said: str
    source: str
    place: str
    rail: str
    rail_word: str
    rivals: tuple[str, ...]
    rivals_are: str


def evidence_of(found: Answered, chosen: Sequence[int]) -> Evidence:
    asked, feedback = found.asked, found.asked.feedback
    word, tone = _word(found)
    is_right = tone == "right"
    who = attribution_of(feedback)
    shown = "" if is_right else _first_line(asked)
    reply = found.reply
    read_as, note = reply.get("read_as", ""), reply.get("note", "")
    aside, note = (note, "") if words(note) > LONGEST_NOTE else ("", note)
    if note.startswith("Partly: "):  # it says the word itself
        word, note = note.replace("'", "’"), ""
    always = (word, shown, read_as and f"Read as: {read_as}", note, reply.get("updated", ""),
              who.rail_word, who.place, "More about this")  # fmt: skip
    spent = words(*always) + 3 * (bool(feedback.get("rivals")) + asked.has_passage)
    is_brief = is_right and bool(found.token.round and found.token.round.kind is rounds.Kind.REVIEW)
    reasons = () if is_brief else _reasons(found, chosen)
    reasons = (aside, *reasons) if aside else reasons
    paragraphs = (
        (Kind.SENTENCE, feedback.get("sentence", "")),
        *((Kind.REASON, reason) for reason in reasons),
        (Kind.NOTE, "" if is_brief else feedback.get("note", "")),
        (Kind.QUOTE, "" if is_brief else _quote(feedback)),
        (Kind.VOICE, who.said),
        (Kind.SOURCE, who.source and f"Source: {who.source}"),
    )
    blocks = [Block(kind, text) for kind, text in paragraphs if text]
    order = OF_SEVERAL if asked.has_several_facts else OF_ONE
    opened, folded = fold(blocks, spent=spent, order=order)
    open_kinds = {block.kind for block in opened}
    return Evidence(
        word=word,
        tone=tone,
        shown=shown,
        told=tuple(_told(block) for block in opened if block.kind not in APART),
        more=tuple(_told(block) for block in folded),
        read_as=read_as,
        grading_note=note,
        said=who.said if Kind.VOICE in open_kinds else "",
        source=who.source if Kind.SOURCE in open_kinds else "",
        place=who.place,
        rail=who.rail,
        rail_word=who.rail_word,
        rivals=tuple(bound(rival) for rival in feedback.get("rivals", ())),
        rivals_are="Other figures" if asked.facet == "value" else "Other voices",
    )


def _told(block: Block) -> Told:
    return Told(block.kind, marked_parts(block.text))


def _quote(feedback: Mapping[str, Any]) -> str:
    """The source's own words, unless the sentence quotes them already."""
    quote: str = feedback.get("quote", "")
    return "" if quote.strip('"“”') in feedback.get("sentence", "") else quote


def _reasons(found: Answered, chosen: Sequence[int]) -> tuple[str, ...]:
    """Why what was chosen is wrong, once each; the card itself marks what belongs elsewhere."""
    asked = found.asked
    if asked.form in ORDERED:
        return ()
    right = right_indices(asked.expected)
    told = asked.feedback.get("sentence", "").replace("[[", "").replace("]]", "")
    # A reason that only repeats the sentence above it says nothing more.
    return tuple(
        dict.fromkeys(
            why
            for place in chosen
            if place not in right
            and (why := asked.options[place].get("why", ""))
            and why not in told
            and (not told or told not in why)
        )
    )


def _first_line(asked: Asked) -> str:
    """The right answer beside the verdict; a longer one stands in the card itself."""
    if asked.has_several_facts:
        return ""
    shown = asked.expected.get("shown", "")
    text = shown if isinstance(shown, str) else " · ".join(shown)
    return "" if asked.options and words(text) > LONGEST_SHOWN else text


def bound(text: str) -> str:
    """The text with its dates and numbers kept on one line."""
    return _LOOSE.sub("\u00a0", text)


def marked_parts(sentence: str) -> Parts:
    """The sentence in pieces, each with whether it is the answer."""
    pieces = _MARKED.split(bound(sentence))
    return tuple((piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece)


def html_of(parts: Parts) -> SafeString:
    marked = (f"<b>{escape(text)}</b>" if is_answer else escape(text) for text, is_answer in parts)
    # Of several facts each has a line of its own.
    return mark_safe("".join(marked).replace("\n", "<br>"))  # noqa: S308 - each piece is escaped


def _word(found: Answered) -> tuple[str, str]:
    if found.asked.form == "flashcard":
        return ("Had it.", "right") if found.verdict == Verdict.ACCEPT else ("Didn’t.", "wrong")
    if found.verdict in {Verdict.ACCEPT, Verdict.ACCEPT_WITH_NOTE}:
        return "Right.", "right"
    if found.verdict == Verdict.PARTIAL:
        return "Partly.", "partly"
    if found.given.get("dont_know"):
        return "Not known yet.", "wrong"
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
