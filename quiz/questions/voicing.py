"""Who says so, in words: attribution phrases for stems, sentences and feedback.

The source's own verbs are kept: what was announced is not claimed, what was claimed is not said
to be so.
"""

import re
from collections.abc import Collection

from quiz.facts.base import Entity, Fact, FactBase, Voice
from quiz.facts.dates import MONTHS, DateValue, shown
from quiz.facts.status import Status

ASKING_WORDS = frozenset(
    "about at by did does for from how in is of on since to under until was were what when where "
    "which who whom whose why with".split()
)
OPENING_WORDS = frozenset(
    "a about after almost an and around as at before both by during early for former from he her "
    "his if in it its late many mid more most nearly no of on one over several she since some "
    "that the their there these they this those three to two under until up when while with "
    "four five six seven eight nine ten".split()
)

# "As X announced, …" asserts no more than the announcing; the other verbs would sound as if the
# source of the quiz agreed, so they are rendered by "According to X, …".
AS_VERBS = {"announced": "announced", "confirmed": "confirmed"}
PAST = {
    "told": "said",
    "claimed": "claimed",
    "estimated": "estimated",
    "announced": "announced",
    "denied": "denied",
    "confirmed": "confirmed",
    "reported": "reported",
    "said": "said",
    "warned": "warned",
}
BARE = {
    "told": "say",
    "claimed": "claim",
    "estimated": "estimate",
    "announced": "announce",
    "denied": "deny",
    "confirmed": "confirm",
    "reported": "report",
    "said": "say",
    "warned": "warn of",
}
PARTICIPLE = {
    "told": "Told by",
    "claimed": "Claimed by",
    "estimated": "Estimated by",
    "announced": "Announced by",
    "denied": "Denied by",
    "confirmed": "Confirmed by",
    "reported": "Reported by",
    "said": "Said by",
    "warned": "A warning by",
}

_HEDGED = re.compile(r"\b(?:allegedly|purportedly|reportedly|apparently|said to have)\b")
VOICES_DIFFER, ONE_VOICE = "voices differ", "one voice"

_TAKES_THE = re.compile(
    r"\b(Council|Institute|Service|Department|Ministry|Staff|Directorate|Agency|Nations|States|"
    r"Federation|Government|Academy|Committee|Commission|Party|Army|Forces|Corps|Republic|Union|"
    r"Oblast|Society|Office|Board|Association|Laboratory|University|Center|Centre|Bureau|"
    r"General Staff|Post|Times|Herald|Guardian|Journal|government|ministry|army|embassy)\b"
)
_ACRONYMS_WITH_THE = frozenset("BBC UN EU ISW NIS DIU CIA FBI US UK USA IAEA CFR WHO ICC".split())
_NO_THE_START = ("the ", "The ", "South Korean intelligence", "Ukrainian military intelligence")
_UNIVERSITY = re.compile(r"^\w+ (University|Post)$")
_PLACE_WITH_THE = re.compile(
    r"\b(Republic|Federation|Peninsula|Sea|Ocean|Gulf|Islands|States|Pacific|Atlantic|Arctic)$"
)
# Called by a common noun, such a thing is known: “the Kursk campaign”, “the defense agreement”.
_CALLED_BY_NOUN = frozenset("organisation publication event agreement place unit other".split())
_HEAD = re.compile(r"^(.+?)(?: (?:of|in|on|at|for|to|by|with|from|between|against|who|that) |$)")
_UNCOUNTED = frozenset("intelligence media public staff police personnel".split())
# A label that names what was said, not who said it: these are not claimed “by” it.
_SAYING = re.compile(
    r"^(?:(?:an?|the|some|several|many|multiple|other|unnamed|anonymous|unsourced) )*"
    r"(?:reports?|estimates?|claims?|accounts?|rumou?rs?|allegations?|statements?)\b",
    re.IGNORECASE,
)


def with_article(label: str, kind: str = "organisation") -> str:
    """“the Council on Foreign Relations”, “the BBC”, but “NATO”, “Vladimir Putin”."""
    if _is_called_by_noun(label, kind):
        return f"the {label}"
    if kind == "place" and _PLACE_WITH_THE.search(label):
        return f"the {label}"
    if kind in {"person", "place"} or label.startswith(_NO_THE_START) or label[:1].islower():
        return label
    if label in _ACRONYMS_WITH_THE:
        return f"the {label}"
    match = _TAKES_THE.search(label)
    if match is None or "’s " in label[: match.start()] or "'s " in label[: match.start()]:
        return label
    if _UNIVERSITY.match(label):
        return label
    return f"the {label}"


def _is_called_by_noun(label: str, kind: str) -> bool:
    """Whether the label's head is one thing's common noun that has no article yet."""
    match = _HEAD.match(label)
    if kind not in _CALLED_BY_NOUN or match is None or label.startswith(("a ", "an ", "the ")):
        return False
    noun = match[1].split()[-1]
    is_plural = noun.endswith("s") and not noun.endswith("ss")
    return noun[:1].islower() and not is_plural and noun not in _UNCOUNTED


def is_saying(voice: Voice) -> bool:
    """Whether the label is of what was said: “reports whose source the article does not name”."""
    return voice.entity is None and _SAYING.match(voice.label) is not None


def voice_name(voice: Voice, base: FactBase) -> str:
    entity = base.entities.get(voice.entity) if voice.entity else None
    return with_article(voice.label, entity.kind if entity else "group")


def dated(value: DateValue | None, *, preposition: bool = True) -> str:
    """“on 4 November 2024”, “in December 2025”, or the bare date; empty where unknown."""
    if value is None:
        return ""
    text = shown(value)
    if not preposition:
        return text
    return f"on {text}" if value.precision == "day" else f"in {text}"


def _named(voice: Voice, base: FactBase) -> str:
    name = voice_name(voice, base)
    when = dated(voice.said_on, preposition=False)
    return f"{name} ({when})" if when else name


def chain_phrase(voices: tuple[Voice, ...], base: FactBase) -> str:
    """“NHK (19 February 2025), citing captured soldiers, citing their commanders”."""
    names = [_named(voice, base) for voice in reversed(voices)]
    return ", citing ".join(names)


def attribution(fact: Fact, base: FactBase, *, skip_first: bool = False) -> str:
    """“according to …” or “as … announced in …”; empty where nobody stands between.

    `skip_first` leaves out the first speaker, for questions whose answer that is.
    """
    voices = fact.voices[1:] if skip_first else fact.voices
    if not voices:
        if skip_first or not fact.status.needs_voice:
            return ""
        return f"according to the {base.article_word}"
    first = voices[0]
    mode = first.mode if skip_first or first.mode != "said" else fact.mode
    if len(voices) == 1 and mode in AS_VERBS and not is_saying(first):
        when = "" if fact.occasion else dated(first.said_on)
        told = f"as {voice_name(first, base)} {AS_VERBS[mode]}"
        circumstance = fact.occasion if not skip_first else ""
        return " ".join(part for part in (told, circumstance or when) if part)
    return f"according to {chain_phrase(voices, base)}"


def is_named(voice: Voice) -> bool:
    """Whether the voice is somebody's; some labels only say that nobody is named."""
    return voice.entity is not None or "does not name" not in voice.label


def names_of(entity: Entity | None, label: str) -> Collection[str]:
    return {label, *(entity.all_names if entity else ())}


def names_voice(text: str, voice: Voice, base: FactBase) -> bool:
    """True where a name of the voice already stands in the text as whole words."""
    entity = base.entities.get(voice.entity) if voice.entity else None
    return any(
        name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        for name in names_of(entity, voice.label)
    )


def decapitalised(text: str, words: Collection[str], base: FactBase | None = None) -> str:
    """Lower the first letter of one of `words`; with a base, of any word that is in no name."""
    lead = "[[" if text.startswith("[[") else ""
    rest = text[len(lead) :]
    first = re.match(r"[A-Za-z]+", rest)
    if first is None:
        return text
    word = first.group()
    if word != "A" and word.isupper():
        return text
    if base is not None and word == "The":
        if any(rest.startswith(name) for name in base.names_with_the):
            return text
    elif word.lower() not in words and (
        base is None or lead or word in base.capital_words or word in MONTHS
    ):
        return text
    return f"{lead}{rest[0].lower()}{rest[1:]}"


def capitalised(text: str) -> str:
    lead = "[[" if text.startswith("[[") else "“" if text.startswith("“") else ""
    rest = text[len(lead) :]
    return f"{lead}{rest[:1].upper()}{rest[1:]}"


def voiced_stem(stem: str, fact: Fact, base: FactBase, *, skip_first: bool = False) -> str:
    """The stem with its voice in front, unless the voice is named in it already."""
    phrase = attribution(fact, base, skip_first=skip_first)
    voices = fact.voices[1:] if skip_first else fact.voices
    if not phrase or (voices and names_voice(stem, voices[0], base)):
        return stem
    return f"{capitalised(phrase)}, {decapitalised(stem, ASKING_WORDS)}"


def voiced_sentence(fact: Fact, base: FactBase) -> str:
    """The fact's sentence with its voice, the answer still in [[double brackets]]."""
    if fact.kind == "statement":
        phrase = attribution(fact, base, skip_first=True)
        voices = fact.voices[1:]
    else:
        phrase = attribution(fact, base)
        voices = fact.voices
    if not phrase or (voices and names_voice(fact.plain_sentence, voices[0], base)):
        return fact.sentence
    return f"{capitalised(phrase)}, {decapitalised(fact.sentence, OPENING_WORDS, base)}"


def plain(sentence: str) -> str:
    return sentence.replace("[[", "").replace("]]", "")


def who_says_so(fact: Fact, base: FactBase, *, seconded: bool = False) -> str:
    """The line after “Who says so:”; empty where the source itself tells.

    `seconded` where somebody else, or the source itself, says so too.
    """
    if not fact.voices:
        if fact.status.needs_voice:
            return f"The {base.article_word} names no source for this."
        return ""
    first, *others = fact.voices
    mode = first.mode if first.mode != "said" else fact.mode
    verb = "From" if is_saying(first) else PARTICIPLE.get(mode, "Said by")
    line = f"{verb} {voice_name(first, base)}"
    when = dated(first.said_on)
    if when:
        line = f"{line} {when}"
    if others:
        line = f"{line}, according to {chain_phrase(tuple(others), base)}"
    if fact.status is Status.CLAIMED and not seconded:
        return f"{line}; no second source in this {base.article_word}."
    return f"{line}."


def _is_doubtful(fact: Fact) -> bool:
    """Whether nobody is named who says so, or the sentence itself hedges what is reported."""
    if fact.speaker is None or not is_named(fact.speaker):
        return True
    # What is announced is announced, whatever it answers to.
    return fact.mode != "announced" and _HEDGED.search(fact.plain_sentence) is not None


def standing_word(fact: Fact) -> str:
    """The word beside the attribution rail."""
    match fact.status:
        case Status.AGREED:
            return "both sides"
        case Status.CONTESTED:
            return VOICES_DIFFER
        case Status.CLAIMED if fact.mode == "claimed" or _is_doubtful(fact):
            return "unconfirmed"
        case Status.REPORTED:
            return "one source"
        case _:
            return ONE_VOICE
