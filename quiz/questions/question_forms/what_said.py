"""What did X say? The options are what was really said, by one voice each."""

import re
from collections import Counter
from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.evidence import why_statement
from quiz.questions.items import Held, Item, Option
from quiz.questions.voicing import BARE, capitalised, dated, is_named, voice_name, with_article
from quiz.questions.world import World

FORM = "what-said"
# A pronoun would tell who speaks.
_PRONOUN = re.compile(r"\b(he|she|his|her|hers|him|I|my|our|we)\b|^(it|they)\b", re.IGNORECASE)
LENGTHS = (0.35, 0.6)
FEWEST_WORDS = 4


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    if fact.kind != "statement":
        return
    reason = unfit(fact, world)
    if reason:
        yield held(fact, "content", FORM, reason, "F5")
        return
    key = ("contents", *world.group_key(fact, "content"))
    others = world.once(key, lambda: _deal(fact, world)).get(fact.key, ())
    if len(others) < 2:
        yield held(fact, "content", FORM, "too few other voices say things of like length", "O1")
        return
    rows = [(fact, Option(shown_content(fact), True))]
    for other in others:
        speaker = other.speaker
        assert speaker is not None
        named = with_article(speaker.label, _kind(speaker.entity, world))
        why = why_statement(named, other, world)
        rows.append((other, Option(shown_content(other), False, why, from_fact=other.key)))
    rows.sort(key=lambda row: world.draw("what-said", fact.key, row[0].key))
    options = [option for _, option in rows]
    place = next(place for place, option in enumerate(options) if option.right)
    yield make(
        fact,
        world,
        facet="content",
        form=FORM,
        stem=stem(fact, world),
        shown=options[place].text,
        expected={"right": [place]},
        options=options,
        order="shuffle",
    )


def unfit(fact: Fact, world: World) -> str:
    """Why what was said cannot be an option, "" where it can."""
    if fact.grave:
        return "a grave fact lends no words"
    if fact.speaker is None or not is_named(fact.speaker):
        return "nobody is named as its speaker"
    if _PRONOUN.search(fact.content):
        return "a pronoun in what was said would tell the speaker"
    if fact.verbatim and len(fact.content.split()) < FEWEST_WORDS:
        return "so few words are better asked by whose words they are"
    if ", and that " in fact.content:
        return "it is two sentences in one"
    if fact.speaker.label.split()[-1] in fact.content:
        return "the speaker is named in what was said"
    if any(other.kind == "statement" for other in world.rivals(fact)):
        return "several speakers say it"
    return ""


def shown_content(fact: Fact) -> str:
    """Quotation marks only where the words are the speaker's own."""
    if fact.verbatim:
        return f"“{fact.content.strip('“”')}”"
    text = capitalised(fact.content.strip())
    return text if text.endswith((".", "!", "?", "”")) else f"{text}."


def _kind(key: str | None, world: World) -> str:
    entity = world.base.entities.get(key) if key else None
    return entity.kind if entity is not None else "group"


def _deal(fact: Fact, world: World) -> dict[str, tuple[Fact, ...]]:
    """Other voices' words for every statement of the group, each wrong about as often."""
    asked = [
        other
        for other in world.group(fact, "content")
        if other.kind == "statement" and not unfit(other, world)
    ]
    pools = {other.key: _pool(other, asked, world) for other in asked}
    need = Counter({key: 3 for key, pool in pools.items() if pool})
    deal: dict[str, tuple[Fact, ...]] = {}
    for one in asked:
        ranked = sorted(
            pools[one.key],
            key=lambda other: (
                world.draw("said", one.key, other.key) % 1000 / 1000 - need[other.key]
            ),
        )
        chosen: dict[str, Fact] = {}
        for other in ranked:
            assert other.speaker is not None
            chosen.setdefault(other.speaker.entity or other.speaker.label, other)
        deal[one.key] = tuple(chosen.values())[:3]
        need.subtract(other.key for other in deal[one.key])
    return deal


def _pool(fact: Fact, asked: list[Fact], world: World) -> list[Fact]:
    """What other voices said, of like length, where there are enough of them."""
    speaker = fact.speaker
    assert speaker is not None
    barred = {other.key for _, other in world.linked(fact)} | {
        other.key for other in (*world.rivals(fact), *world.relatives(fact))
    }
    own = world.kin(speaker.entity) if speaker.entity else frozenset()
    voices = {voice.label for voice in fact.voices}
    found = [
        other
        for other in asked
        if other.speaker is not None
        and other.key != fact.key
        and other.key not in barred
        and other.speaker.entity not in own
        and not any(chained.label in voices for chained in other.voices)
        and speaker.label.split()[-1] not in other.content
        and other.verbatim == fact.verbatim
    ]
    length = len(shown_content(fact))
    for reach in LENGTHS:
        near = [other for other in found if abs(len(shown_content(other)) / length - 1) <= reach]
        if len({other.speaker.label for other in near if other.speaker is not None}) >= 2:
            return near
    return []


def stem(fact: Fact, world: World) -> str:
    """“Which of these did Choe Son-hui announce at a meeting with …?”"""
    voice = fact.speaker
    assert voice is not None
    name = voice_name(voice, world.base)
    mode = voice.mode if voice.mode != "said" else fact.mode
    when = fact.occasion or dated(voice.said_on)
    tail = f" {when}" if when else ""
    if mode == "warned":
        return f"Which of these was a warning by {name}{tail}?"
    return f"Which of these did {name} {BARE.get(mode, 'say')}{tail}?"
