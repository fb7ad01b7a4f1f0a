"""Who gives which figures of a family: what stands together, and what can be told apart."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quiz.facts.base import Fact, Measure, Voice
from quiz.facts.dates import FAR, unit_index
from quiz.facts.dates import shown as date_shown
from quiz.facts.names import fold
from quiz.questions.distractors_dates import date_text
from quiz.questions.typed_answers import with_unit_shown
from quiz.questions.voicing import capitalised, decapitalised, is_named, voice_name
from quiz.questions.wording import number_word
from quiz.questions.world import World

MOST_GIVENS = 4
MOST_FIGURES = 3
SAME_TIME = ("month", "year")


@dataclass(frozen=True, slots=True)
class Given:
    """What one voice gives as of one day: one premise, however many figures it holds."""

    facts: tuple[Fact, ...]

    @property
    def voice(self) -> Voice:
        return self.facts[0].voices[0]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(fact.key for fact in self.facts)

    @property
    def measures(self) -> frozenset[str]:
        return frozenset(fact.measure for fact in self.facts if fact.measure)


def voice_key(voice: Voice) -> str:
    return voice.entity or voice.label


def chosen_givens(fact: Fact, world: World) -> tuple[Given, ...] | str:
    """The givens that are asked together with the fact's own, or why none are."""
    figures = _figures(fact, world)
    if len({voice_key(figure.voices[0]) for figure in figures}) < 2:
        return "no other voice gives a figure of its family"
    if fact.key not in {figure.key for figure in figures}:
        return "another voice gives the same figure"
    givens = _by_voice_and_day(figures)
    compared = _comparable(givens)
    own = next((given for given in givens if fact.key in given.keys), None)
    if own is None:
        return "its voice gives more figures than one line holds"
    if compared:
        givens = next((some for some in compared if own in some), [])
        if not givens:
            return "what it counts is given by no other voice, unlike others of its family"
    chosen = _told_apart(givens, world)
    if len({voice_key(given.voice) for given in chosen}) < 2:
        return "its voices are one, or one passes on what the other says"
    if own not in chosen:
        return f"{len(chosen)} others of its family are asked together"
    return chosen


def _figures(fact: Fact, world: World) -> list[Fact]:
    """Voiced, askable figures of the fact's measure and family about its subject, by key.

    A figure that two voices give is nobody's own; of two that read alike one is left out.
    """
    found = [
        other
        for other in (fact, *world.rivals(fact), *world.relatives(fact))
        if other.kind == "figure"
        and other.is_askable
        and other.voices
        and is_named(other.voices[0])
        and other.amount is not None
        and other.subject == fact.subject
    ]
    found.sort(key=lambda other: other.key)
    voices: dict[tuple[str, str], set[str]] = {}
    for other in found:
        of = (other.measure or "", with_unit_shown(other))
        voices.setdefault(of, set()).add(voice_key(other.voices[0]))
    texts: dict[str, Fact] = {}
    for other in found:
        text = with_unit_shown(other)
        if len(voices[other.measure or "", text]) == 1:
            texts.setdefault(text, other)
    return sorted(texts.values(), key=lambda other: other.key)


def _by_voice_and_day(figures: Sequence[Fact]) -> list[Given]:
    """Figures of one voice and chain as of one day; what others count as well comes first."""
    counted = Counter(
        measure
        for measure, _ in {(figure.measure, voice_key(figure.voices[0])) for figure in figures}
    )
    rows: dict[tuple[object, ...], list[Fact]] = {}
    for figure in figures:
        as_of = figure.as_of.edtf if figure.as_of is not None else ""
        chain = tuple((voice_key(voice), _day(voice)) for voice in figure.voices)
        rows.setdefault((as_of, chain), []).append(figure)
    givens = []
    for facts in rows.values():
        facts.sort(key=lambda figure: (-counted[figure.measure], figure.key))
        givens.append(Given(tuple(facts[:MOST_FIGURES])))
    return givens


def _day(voice: Voice) -> str:
    return voice.said_on.edtf if voice.said_on is not None else ""


def _comparable(givens: Sequence[Given]) -> list[list[Given]]:
    """Sets of givens that speak of the same thing, by two voices at least."""
    sets: list[list[Given]] = []
    for given in givens:
        near = [some for some in sets if any(given.measures & other.measures for other in some)]
        sets = [some for some in sets if some not in near]
        sets.append([*(other for some in near for other in some), given])
    return [some for some in sets if len({voice_key(given.voice) for given in some}) > 1]


def _told_apart(givens: Iterable[Given], world: World) -> tuple[Given, ...]:
    """At most four, one of each voice before a second of any, in the order of their facts.

    No voice is one with another of them or passes on what another says: both would be right.
    """
    first: list[Given] = []
    rest: list[Given] = []
    seen: set[str] = set()
    for given in sorted(givens, key=lambda given: given.facts[0].key):
        key = voice_key(given.voice)
        if key in seen:
            rest.append(given)
        elif not any(_are_mixed(given, other, world) for other in first):
            seen.add(key)
            first.append(given)
    rest = [
        given
        for given in rest
        if not any(
            _are_mixed(given, other, world)
            for other in first
            if voice_key(other.voice) != voice_key(given.voice)
        )
    ]
    chosen = (first + rest)[:MOST_GIVENS]
    return tuple(sorted(chosen, key=lambda given: given.facts[0].key))


def _are_mixed(one: Given, other: Given, world: World) -> bool:
    return _speaks_in(one.voice, other, world) or _speaks_in(other.voice, one, world)


def _speaks_in(voice: Voice, given: Given, world: World) -> bool:
    own = heard_in(voice, world)
    return any(voice_key(chained) in own for fact in given.facts for chained in fact.voices)


def heard_in(voice: Voice, world: World) -> frozenset[str]:
    """All who may be right where the voice is: its kin, or who is named in its label.

    An official of a service may be speaking for it.
    """
    if voice.entity is not None:
        return world.kin(voice.entity)

    def gather() -> frozenset[str]:
        text = f" {fold(voice.label)} "
        named = [
            key
            for key, entity in world.base.entities.items()
            if any(f" {name} " in text for name in world.folded(entity))
        ]
        return frozenset({voice.label, *(kin for key in named for kin in world.kin(key))})

    return world.once(("heard in", voice.label), gather)


# In words


def premise(given: Given, givens: Sequence[Given], world: World) -> str:
    """“300 soldiers killed, almost 2,700 soldiers wounded”, as of when the stem does not say."""
    shared = _shared_words(givens, world)
    parts = [_counted(fact, shared, world) for fact in given.facts]
    text = ("; " if any(": " in part for part in parts) else ", ").join(parts)
    text = capitalised(text)
    as_of = given.facts[0].as_of
    if as_of is None or _time(givens, world):
        return text
    dated = date_shown(as_of)
    return text if dated in text else f"{text} (as of {dated})"


def _counted(fact: Fact, shared: int, world: World) -> str:
    """“300 soldiers killed”; “share that failed: up to 50%” where no things are counted."""
    measure = _measure(fact, world)
    counts = measure.counts if measure is not None else fact.label
    rest = " ".join(counts.split()[shared:])
    figure = with_unit_shown(fact)
    one = fact.amount is not None and fact.amount.value == 1
    if measure is None or one or not measure.unit or measure.unit not in rest:
        return f"{capitalised(rest)}: {figure}"
    return f"{figure} {rest}"


def _shared_words(givens: Sequence[Given], world: World) -> int:
    """How many words all that is counted begins with, where the stem says them."""
    title = _title(givens, world).split()
    counts = [
        measure.counts.split()
        for given in givens
        for fact in given.facts
        if (measure := _measure(fact, world)) is not None
    ]
    shared = 0
    for words in zip(title, *counts, strict=False):
        if len(set(words)) > 1:
            break
        shared += 1
    return shared


def stem(givens: Sequence[Given], world: World) -> str:
    """“Two estimates of North Korean losses are given for January 2025. Who gave which?”"""
    title, time = _title(givens, world), _time(givens, world)
    of = f" of {decapitalised(title, (), world.base)}" if title else ""
    when = f" for {time}" if time else ""
    voices = number_word(len({voice_key(given.voice) for given in givens})).capitalize()
    if _are_estimates(givens):
        return (
            f"{number_word(len(givens)).capitalize()} estimates{of} are given{when}. "
            "Who gave which?"
        )
    return f"{voices} voices give figures{of}{when}. Who gave which?"


def _are_estimates(givens: Sequence[Given]) -> bool:
    modes = {
        fact.voices[0].mode if fact.voices[0].mode != "said" else fact.mode
        for given in givens
        for fact in given.facts
    }
    return modes == {"estimated"}


def _title(givens: Sequence[Given], world: World) -> str:
    measure = _measure(givens[0].facts[0], world)
    family = world.base.families.get(measure.family or "") if measure is not None else None
    return family.title if family is not None else ""


def _time(givens: Sequence[Given], world: World) -> str:
    """The month, or the year, that all the figures are given for."""
    dates = [fact.as_of for given in givens for fact in given.facts]
    days = [day for date in dates if date is not None for day in (date.first_day, date.last_day)]
    if len(days) < 2 * len(dates) or any(abs(day) >= FAR for day in days):
        return ""
    for unit in SAME_TIME:
        found = {unit_index(day, unit) for day in days}
        if len(found) == 1:
            return date_text(found.pop(), unit, world)
    return ""


def relayed_by(given: Given, world: World) -> str:
    """“cited by the BBC”, for who passes on what the voice says; empty where nobody does."""
    voices = given.facts[0].voices
    if len(voices) < 2 or not is_named(voices[1]):
        return ""
    return f"cited by {voice_name(voices[1], world.base)}"


def _measure(fact: Fact, world: World) -> Measure | None:
    return world.base.measures.get(fact.measure) if fact.measure else None
