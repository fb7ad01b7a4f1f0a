"""What is shown after the answer: the fact in its sentence, who says so, where, and the rivals;
and why each wrong option is wrong.
"""

import re
from collections.abc import Iterable, Sequence

from quiz.facts.base import Entity, Fact
from quiz.facts.dates import shown as date_shown
from quiz.facts.phrases import plain_quote
from quiz.questions.items import Feedback
from quiz.questions.voicing import (
    ONE_VOICE,
    OPENING_WORDS,
    VOICES_DIFFER,
    attribution,
    capitalised,
    decapitalised,
    names_voice,
    plain,
    standing_word,
    voiced_sentence,
    who_says_so,
    with_article,
)
from quiz.questions.world import World

MOST_RIVALS = 3
FEWEST_SHARED = 2  # words that places must begin with alike to be told in one
# "In [[July 2022]], …" and "… on [[4 November 2024]]." can be turned into "July 2022 is when …".
_DATE_FIRST = re.compile(r"^(?:In|On|By)? ?\[\[[^\]]+\]\],? (?P<rest>.+?)\.?$", re.DOTALL)
_DATE_LAST = re.compile(r"^(?P<rest>.+?),? (?:in|on) \[\[[^\]]+\]\]\.?$", re.DOTALL)
_DATE_WITHIN = re.compile(
    r"^(?P<before>.+?) (?:in|on) \[\[[^\]]+\]\](?P<after> .+?)\.?$", re.DOTALL
)

_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z“])")


def feedback(fact: Fact, world: World) -> Feedback:
    """The evidence of a fact, the same for every form that asks it."""
    return world.for_now(("feedback", fact.key), lambda: _feedback(fact, world))


def _feedback(fact: Fact, world: World) -> Feedback:
    base = world.base
    citation = next((cited for cited in fact.citations if cited.stance == "supports"), None)
    source = base.sources.get(citation.source) if citation else None
    locator = citation.locator if citation else ""
    title = source.title if source else ""
    as_of = ""
    if fact.as_of is not None:
        as_of = f"As of {date_shown(fact.as_of)}"
    elif _is_changing(fact, world) and not any(voice.said_on for voice in fact.voices):
        as_of = f"Undated in the {base.article_word}"
    rivals = [other for other in world.rivals(fact) if other.is_askable or other.status.is_askable][
        :MOST_RIVALS
    ]
    return Feedback(
        sentence=voiced_sentence(fact, base),
        voice=who_says_so(fact, base, seconded=_is_seconded(fact, world)),
        as_of=as_of,
        place=locator,
        source=title,
        locator=locator,
        quote=_quote(citation.quote if citation else "", fact),
        standing=standing_word(fact),
        note=_note(fact, world),
        rivals=tuple(plain(voiced_sentence(other, base)) for other in rivals),
    )


def _is_seconded(fact: Fact, world: World) -> bool:
    """Whether another voice or the source itself says so too, as links, rivals or the note tell."""
    if any(kind in {"confirms by", "confirms"} for kind, _ in world.linked(fact)):
        return True
    if any(_first_voice(other) != _first_voice(fact) for other in world.rivals(fact)):
        return True
    return f"the {world.base.article_word} itself says" in fact.note.lower()


def _first_voice(fact: Fact) -> str:
    return (fact.speaker.entity or fact.speaker.label) if fact.speaker else ""


def _quote(text: str, fact: Fact) -> str:
    """The quoted words without marks of their own, where the sentence does not hold them."""
    words = text.strip('“”" ')
    return "" if plain_quote(words) in plain_quote(fact.plain_sentence) else words


def _is_changing(fact: Fact, world: World) -> bool:
    measure = world.base.measures.get(fact.measure) if fact.measure else None
    return measure is not None and measure.changing


def _note(fact: Fact, world: World) -> str:
    measure = world.base.measures.get(fact.measure) if fact.measure else None
    family = world.base.families.get(measure.family) if measure and measure.family else None
    why = family.why_they_differ if family and world.relatives(fact) else ""
    return " ".join(part for part in (fact.note, why) if part)


# Why a wrong option is wrong


def why_date(text: str, other: Fact, world: World) -> str:
    """“25 October 2024 is when, according to HUR, the first soldiers arrived in Kursk.”"""
    rest = _without_date(other.sentence) if other.kind == "date" else ""
    if not rest or "[[" in rest:
        return f"{text} belongs to something else: {plain(voiced_sentence(other, world.base))}"
    rest = decapitalised(rest, OPENING_WORDS, world.base)
    phrase = attribution(other, world.base)
    if phrase and not (other.voices and names_voice(rest, other.voices[0], world.base)):
        return f"{text} is when, {phrase}, {rest}."
    return f"{text} is when {rest}."


def _without_date(sentence: str) -> str:
    """The sentence without its date, empty where that stands in no place of its own."""
    match = _DATE_FIRST.match(sentence) or _DATE_LAST.match(sentence)
    if match is not None:
        return match["rest"]
    match = _DATE_WITHIN.match(sentence)
    return f"{match['before']}{match['after']}" if match is not None else ""


def why_number(text: str, other: Fact, fact: Fact, world: World) -> str:
    sentence = plain(voiced_sentence(other, world.base))
    if other in world.rivals(fact):
        return f"That is another voice’s figure: {sentence}"
    if other in world.relatives(fact):
        return f"That counts something else: {sentence}"
    return f"{text} is another figure: {sentence}"


def why_not_given(text: str, right: str, world: World) -> str:
    return f"The {world.base.article_word} gives {right} here, not {text}."


def why_entity(entity: Entity, other: Fact | None, facet: str, world: World) -> str:
    """What the named entity is really the answer to, or who it is."""
    word = world.base.article_word
    if other is not None:
        named = with_article(entity.name, entity.kind)
        told = plain(voiced_sentence(other, world.base))
        return f"The {word} names {named} for something else: {told}"
    note = f" ({entity.note})" if entity.note else ""
    named = capitalised(with_article(entity.name, entity.kind))
    if facet == "speaker":
        return f"{named}{note}: the {word} has this from somebody else."
    who = "somebody" if entity.kind == "person" else "something"
    return f"{named}{note}: the {word} names {who} else here."


def why_statement(speaker: str, other: Fact, world: World) -> str:
    told = plain(voiced_sentence(other, world.base))
    if other.speaker is not None and names_voice(told, other.speaker, world.base):
        return f"Another voice says this: {told}"
    return f"That is what {speaker} said: {told}"


def joint_feedback(facts: Sequence[Fact], world: World) -> Feedback:
    """One evidence for several facts: each on a line of its own, and once what is true of all."""
    told = [feedback(fact, world) for fact in facts]
    place = joint_place(one.locator for one in told)
    lines = (_line(fact, one) for fact, one in zip(facts, told, strict=True))
    return Feedback(
        sentence="\n".join(dict.fromkeys(lines)),
        place=place,
        source=told[0].source,
        locator=place,
        standing=_joint_standing(facts),
        note=_joint_note(facts, world),
    )


def _line(fact: Fact, told: Feedback) -> str:
    """The fact with who says it, and with its as-of date where the sentence has none."""
    sentence = plain(told.sentence)
    when = told.as_of.lower() if fact.as_of is None else ""
    if fact.as_of is not None and (text := date_shown(fact.as_of)) not in sentence:
        when = f"as of {text}"
    return f"{sentence.removesuffix('.')} ({when})." if when else sentence


def joint_place(locators: Iterable[str]) -> str:
    """“Troops, paragraphs 1, 4; Kursk, paragraph 3”: what several have in common is said once."""
    sections: dict[str, list[str]] = {}
    for locator in locators:
        section, mark, paragraph = locator.rpartition(", paragraph ")
        row = sections.setdefault(section if mark else locator, [])
        if mark and paragraph not in row:
            row.append(paragraph)
    sections.pop("", None)
    if not any(sections.values()):
        return _with_one_beginning(list(sections))
    return "; ".join(
        f"{section}, paragraph{'s' * (len(row) > 1)} {', '.join(sorted(row, key=_in_order))}"
        if row
        else section
        for section, row in sections.items()
    )


def _with_one_beginning(places: list[str]) -> str:
    """“number of iron; number of gold” as “number of iron, gold”."""
    if len(places) < 2:
        return "".join(places)
    words = [place.split() for place in places]
    count = 0
    while all(len(row) > count + 1 and row[count] == words[0][count] for row in words):
        count += 1
    if count < FEWEST_SHARED:
        return "; ".join(places)
    ends = ", ".join(" ".join(row[count:]) for row in words)
    return f"{' '.join(words[0][:count])} {ends}"


def told_together(facts: Iterable[Fact], world: World) -> str:
    """The facts’ sentences one after the other; a voice that goes on is not named anew."""
    parts: list[str] = []
    last = ""
    for fact in facts:
        told = plain(voiced_sentence(fact, world.base))
        phrase = attribution(fact, world.base, skip_first=fact.kind == "statement")
        lead = f"{capitalised(phrase)}, "
        if told in parts:
            continue
        if phrase and lead == last and told.startswith(lead):
            parts[-1] = f"{parts[-1].removesuffix('.')}; {told.removeprefix(lead)}"
        else:
            parts.append(told)
        last = lead
    return " ".join(parts)


def _in_order(paragraph: str) -> tuple[int, str]:
    return len(paragraph), paragraph


def _joint_standing(facts: Sequence[Fact]) -> str:
    """The rail's word where it holds of all: several voices are not one."""
    words = {standing_word(fact) for fact in facts}
    if VOICES_DIFFER in words:
        return VOICES_DIFFER
    voices = set(map(_first_voice, facts))
    if len(words) > 1 or (words == {ONE_VOICE} and len(voices) > 1):
        return ""
    return words.pop()


def _joint_note(facts: Sequence[Fact], world: World) -> str:
    """What of the notes names whom it is about, and why figures of one family differ."""
    notes = [
        part
        for fact in facts
        for part in _SENTENCE_END.split(fact.note)
        if any(names_voice(part, voice, world.base) for voice in fact.voices)
    ]
    if {fact.mode for fact in facts} == {"estimated"}:
        voices = {fact.speaker.label for fact in facts if fact.speaker is not None}
        notes.append("Both are estimates." if len(voices) == 2 else "All are estimates.")
    measures = {fact.measure for fact in facts if fact.measure is not None}
    families = {world.base.measures[key].family for key in measures if key in world.base.measures}
    if len(measures) > 1 and len(families) == 1:
        family = world.base.families.get(families.pop() or "")
        notes.append(family.why_they_differ if family is not None else "")
    return " ".join(dict.fromkeys(note for note in notes if note))
