"""The article says so, says otherwise, or doesn't say: for claims, in their speaker's voice.

One slot is changed where it says otherwise. It doesn't say where nothing in the base supports or
contradicts what is put: a day where only the month is given, a number where only a bound is, a
date of words that are undated. A group takes as many questions of each of the three answers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from quiz.facts.base import Fact
from quiz.facts.dates import DateValue, overlaps
from quiz.questions.assembling import held, make
from quiz.questions.dated_voices import dates_about, dates_of, tells_a_date
from quiz.questions.distractors_numbers import LENDING
from quiz.questions.items import Held, Item, Option
from quiz.questions.slots import changed_slot, finer_sentence, marked, replaced
from quiz.questions.voicing import (
    OPENING_WORDS,
    capitalised,
    dated,
    decapitalised,
    is_named,
    plain,
    voiced_sentence,
)
from quiz.questions.world import World, facets_of

FORM = "says-so"
SAYS_SO, OTHERWISE, OPEN = range(3)
LEFT_OUT = 8  # one of so many open claims is left out, so that no count is exact
CHANGEABLE = 0.55  # measured: so many of the claims of one sure value have another that is wrong
UNSURE = (
    "it is undated, though something dated has to do with its speaker, or no other date is "
    "surely wrong"
)
TOO_SELDOM = "another of the three answers would too seldom be right"


@dataclass(frozen=True, slots=True)
class Put:
    """What is put to the learner, which answer is right and why; `from_fact` lent its value."""

    sentence: str
    right: int
    why: str = ""
    from_fact: str | None = None


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    facet = _facet(fact)
    reason, rule = unfit(fact)
    if reason:
        yield held(fact, facet, FORM, reason, rule)
        return
    put = _words_put(fact, world) if fact.kind == "statement" else _claim_put(fact, world)
    if isinstance(put, str):
        yield held(fact, facet, FORM, put, "K1" if put is TOO_SELDOM else "T12")
        return
    yield _item(fact, facet, put, world)


def unfit(fact: Fact) -> tuple[str, str]:
    """Why the form does not suit the fact, and the rule; empty where it does."""
    if fact.grave:
        return "a grave fact takes no changed values", "§0.2"
    if not fact.status.needs_voice:
        return "undisputed: true-false asks it", "§0.19"
    if not fact.voices:
        return "nobody's word: there is no voice to say it in", "§0.19"
    if fact.kind == "statement":
        return _cannot_be_dated(fact), "§0.21"
    return "", ""


def _facet(fact: Fact) -> str:
    """Of words it is asked when they were said, which belongs to what was said."""
    return "content" if fact.kind == "statement" else facets_of(fact)[0]


def _cannot_be_dated(fact: Fact) -> str:
    """Words are put with a date in front: "On 4 November 2024, …"; why these cannot be."""
    voice = fact.voices[0]
    if len(fact.voices) > 1 or not is_named(voice) or voice.entity is None:
        return "it is not one named voice's own words"
    if not fact.sentence.removeprefix("The ").startswith("[["):
        return "its sentence does not begin with its speaker"
    if tells_a_date(fact.sentence):
        return "its sentence tells a date already"
    return ""


def _chosen(
    still_open: Sequence[str], closed: Sequence[str], able: float, world: World
) -> dict[str, int]:
    """About a third of each answer; the rest is left.

    Of the closed ones about the share `able` can be told and told otherwise. Answers are thrown,
    not dealt out: who had counted two of them would know the third. What can be put in no other
    way is left open first.
    """
    in_turn = sorted(still_open, key=lambda key: key in closed)
    for count in range(len(in_turn), 0, -1):
        chosen = in_turn[:count]
        others = [key for key in closed if key not in chosen]
        if len(others) * able >= 2 * count:
            wanted = ceil(2 * count / able)
            answers = {key: OPEN for key in chosen if world.draw("open", key) % LEFT_OUT}
            return answers | {key: world.draw("answer", key) % 2 for key in others[:wanted]}
    return {}


# Figures, dates and identities


def _claim_put(fact: Fact, world: World) -> Put | str:
    key = ("claims put", *world.group_key(fact, "speaker", wide=True))
    answer = world.once(key, lambda: _answers_of_claims(fact, world)).get(fact.key)
    told = voiced_sentence(fact, world.base)
    if answer == OPEN:
        finer = finer_sentence(fact, told, world)
        return Put(finer or "", OPEN, f"only “{marked(fact.sentence)}” is given")
    if answer is None and (may_be_changed(fact) or finer_sentence(fact, told, world)):
        return TOO_SELDOM
    # A form whose answer is always "says so" would give itself away.
    changed = changed_slot(fact, facets_of(fact)[0], FORM, world)
    if changed is None:
        return "no value can be proved wrong"
    if answer is None:
        return TOO_SELDOM
    if answer == SAYS_SO:
        return Put(plain(told), SAYS_SO)
    return Put(replaced(told, changed.text), OTHERWISE, changed.why, changed.from_fact)


def _answers_of_claims(fact: Fact, world: World) -> dict[str, int]:
    """By what the claims of the group are, not by what may be wrong beside each: an edit in one
    part of the story must not change the answers in another.
    """
    group = [
        one
        for one in world.group(fact, "speaker", wide=True)
        if one.kind != "statement" and not unfit(one)[0]
    ]
    group.sort(key=lambda one: world.draw("says so", one.key))
    still_open = [
        one.key
        for one in group
        if finer_sentence(one, voiced_sentence(one, world.base), world) is not None
    ]
    closed = [one.key for one in group if may_be_changed(one)]
    return _chosen(still_open, closed, CHANGEABLE, world)


def may_be_changed(fact: Fact) -> bool:
    """Whether the claim is of one sure value, so that another could be proved wrong."""
    if fact.kind == "figure":
        return fact.amount is not None and fact.amount.qualifier in LENDING
    if fact.kind == "date":
        return fact.when is not None and fact.when.is_exact
    return len(fact.answers) == 1


# Words, by when they were said


def _words_put(fact: Fact, world: World) -> Put | str:
    key = ("words put", *world.group_key(fact, "content"))
    put = world.once(key, lambda: _deal_words(fact, world)).get(fact.key)
    return TOO_SELDOM if put is None else put


def _deal_words(fact: Fact, world: World) -> dict[str, Put | str]:
    group = [
        one for one in world.group(fact, "content") if one.kind == "statement" and not unfit(one)[0]
    ]
    group.sort(key=lambda one: world.draw("says so", one.key))
    days = _days_of(group, world)
    undated = {one.key: put for one in group if (put := _undated(one, days, world))}
    dated_ones = {one.key: puts for one in group if (puts := _dated(one, days, world))}
    deal: dict[str, Put | str] = {
        one.key: UNSURE for one in group if days and one.key not in {*undated, *dated_ones}
    }
    for key, answer in _chosen(list(undated), list(dated_ones), 1, world).items():
        deal[key] = undated[key] if answer == OPEN else dated_ones[key][answer]
    return deal


def _days_of(spoken: Sequence[Fact], world: World) -> list[DateValue]:
    """The days and months on which the group's speakers spoke."""
    days = {
        said_on.edtf: said_on
        for one in spoken
        if (said_on := one.voices[0].said_on) is not None
        and said_on.is_exact
        and said_on.precision in {"day", "month"}
    }
    return [days[edtf] for edtf in sorted(days, key=lambda edtf: world.draw("day", edtf))]


def _undated(fact: Fact, days: Sequence[DateValue], world: World) -> Put | None:
    """With a day that nothing supports or contradicts: no dated fact has to do with the speaker."""
    speaker = fact.voices[0].entity
    if speaker is None or dates_about(speaker, world) != () or not days:
        return None
    day = days[world.draw("undated", fact.key) % len(days)]
    return Put(_said_on(fact, day, world), OPEN, "it does not say when this was said")


def _dated(fact: Fact, days: Sequence[DateValue], world: World) -> tuple[Put, Put] | None:
    """With its own day, and with another that is surely not its own."""
    said_on, speaker = fact.voices[0].said_on, fact.voices[0].entity
    if said_on is None or said_on.edtf not in {day.edtf for day in days}:
        return None
    own = (*dates_of(fact), *((dates_about(speaker, world) or ()) if speaker else ()))
    others = [
        day
        for day in days
        if day.precision == said_on.precision and not any(overlaps(day, one) for one in own)
    ]
    if not others:
        return None
    day = others[world.draw("otherwise", fact.key) % len(others)]
    return (
        Put(_said_on(fact, said_on, world), SAYS_SO),
        Put(_said_on(fact, day, world), OTHERWISE, dated(said_on, preposition=False)),
    )


def _said_on(fact: Fact, day: DateValue, world: World) -> str:
    sentence = plain(decapitalised(fact.sentence, OPENING_WORDS, world.base))
    return f"{capitalised(dated(day))}, {sentence}"


def _item(fact: Fact, facet: str, put: Put, world: World) -> Item:
    word = world.base.article_word
    texts = (f"The {word} says so", f"The {word} says otherwise", f"The {word} doesn’t say")
    told = plain(voiced_sentence(fact, world.base))
    otherwise = f"The {word} gives something else here: {told}"
    if fact.kind == "statement":
        otherwise = f"The {word} gives another date: {put.why}."
    reasons = (
        f"The {word} does say so.",
        otherwise,
        f"The {word} leaves this open: {put.why}.",
    )
    options = tuple(
        Option(
            text,
            place == put.right,
            "" if place == put.right else reasons[put.right],
            from_fact=put.from_fact if place == put.right else None,
            rule="" if place == put.right else "says-so: fixed options",
        )
        for place, text in enumerate(texts)
    )
    return make(
        fact,
        world,
        facet=facet,
        form=FORM,
        stem=f"Does the {word} say this?",
        shown=texts[put.right],
        expected={"right": [put.right]},
        options=options,
        frame=(put.sentence,),
        premises=[put.from_fact] if put.from_fact else (),
    )
