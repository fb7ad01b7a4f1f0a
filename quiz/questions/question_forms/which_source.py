"""Who gave which? What voices give as figures of one family, matched with who gave them.

What one voice gives as of one day stands together in one premise. Figures that several voices
give of the same thing are asked together and nothing is mixed in that they do not speak of; only
a family without such figures is asked by what each of them counts.
"""

from collections.abc import Iterator

from quiz.facts.base import Fact, Voice
from quiz.questions.assembling import held, make
from quiz.questions.evidence import joint_feedback, told_together
from quiz.questions.given_figures import (
    Given,
    chosen_givens,
    heard_in,
    premise,
    relayed_by,
    stem,
    voice_key,
)
from quiz.questions.items import Held, Item, Option
from quiz.questions.voicing import capitalised, is_named, voice_name
from quiz.questions.world import World

FORM = "which-source"
SPARE_WEIGHT = 0.5  # who gave figures is a spare half as often


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    if not _is_given(fact):
        return
    givens = chosen_givens(fact, world)
    if isinstance(givens, str):
        yield held(fact, "speaker", FORM, givens, "F6")
        return
    if _first(givens) != fact.key:
        return
    key = ("spares", *world.group_key(fact, "speaker"))
    dealt = world.once(key, lambda: _deal(fact, world)).get(fact.key)
    if dealt is None:
        yield held(fact, "speaker", FORM, "nobody is left who could be the spare", "F6")
        return
    yield _item(*dealt, world)


def _is_given(fact: Fact) -> bool:
    return fact.kind == "figure" and fact.speaker is not None and is_named(fact.speaker)


def _first(givens: tuple[Given, ...]) -> str:
    """The fact that the item is kept under."""
    return min(fact.key for given in givens for fact in given.facts)


def _deal(fact: Fact, world: World) -> dict[str, tuple[tuple[Given, ...], Voice]]:
    """The group's questions with a spare voice each."""
    asked: dict[str, tuple[Given, ...]] = {}
    for other in world.group(fact, "speaker"):
        if _is_given(other):
            givens = chosen_givens(other, world)
            if not isinstance(givens, str) and _first(givens) == other.key:
                asked[other.key] = givens
    need: dict[str, float] = {}
    for givens in asked.values():
        for key in {voice_key(given.voice) for given in givens}:
            need[key] = need.get(key, 0.0) + SPARE_WEIGHT
    deal: dict[str, tuple[tuple[Given, ...], Voice]] = {}
    for first, givens in asked.items():
        found = _spares(world.base.facts[first], givens, world)
        if found:
            key = min(
                found,
                key=lambda key: (
                    world.draw("spare", first, key) % 1000 / 2000 - need.get(key, -SPARE_WEIGHT)
                ),
            )
            need[key] = need.get(key, -SPARE_WEIGHT) - 1
            deal[first] = givens, found[key]
    return deal


def _spares(fact: Fact, givens: tuple[Given, ...], world: World) -> dict[str, Voice]:
    """Speakers of the same part of the story who gave no figure of what is counted here.

    As far as there are any: bodies or states beside such, and of a side that speaks here too.
    """
    barred: set[str] = set()
    for own in (fact for given in givens for fact in given.facts):
        for other in (own, *world.rivals(own)):
            for voice in other.voices:
                barred |= heard_in(voice, world)
    found: dict[str, Voice] = {}
    for other in world.group(fact, "speaker"):
        first = other.speaker
        if first is not None and first.entity is not None and first.entity not in barred:
            found.setdefault(first.entity, first)
    if all(_is_body(given.voice, world) for given in givens):
        found = {key: one for key, one in found.items() if _is_body(one, world)} or found
    sides = {_side(given.voice, world) for given in givens}
    return {key: one for key, one in found.items() if _side(one, world) in sides} or found


def _is_body(voice: Voice, world: World) -> bool:
    entity = world.base.entities.get(voice.entity) if voice.entity else None
    return entity is None or entity.kind != "person"


def _side(voice: Voice, world: World) -> str | None:
    entity = world.base.entities.get(voice.entity) if voice.entity else None
    return world.side(entity) if entity is not None else None


def _item(givens: tuple[Given, ...], spare: Voice, world: World) -> Item:
    of_voice: dict[str, list[Given]] = {}
    for given in givens:
        of_voice.setdefault(voice_key(given.voice), []).append(given)
    order = sorted([*of_voice, voice_key(spare)], key=lambda key: world.draw("voice", key))
    options = [
        _right(of_voice[key], world) if key in of_voice else _spare(spare, world) for key in order
    ]
    places = [order.index(voice_key(given.voice)) for given in givens]
    facts = sorted((fact for given in givens for fact in given.facts), key=lambda fact: fact.key)
    premises = tuple(premise(given, givens, world) for given in givens)
    return make(
        facts[0],
        world,
        facet="speaker",
        form=FORM,
        stem=stem(givens, world),
        shown=tuple(
            f"{text}: {options[place].text}" for text, place in zip(premises, places, strict=True)
        ),
        expected={
            "pairs": {str(place): option for place, option in enumerate(places)},
            "facts": {
                str(place): [[fact.key, "speaker"] for fact in given.facts]
                for place, given in enumerate(givens)
            },
        },
        options=options,
        order="shuffle",
        frame=premises,
        keys=[(fact.key, "speaker") for fact in facts],
        evidence=joint_feedback([fact for given in givens for fact in given.facts], world),
    )


def _right(givens: list[Given], world: World) -> Option:
    voice = givens[0].voice
    told = told_together((fact for given in givens for fact in given.facts), world)
    relays = {relayed_by(given, world) for given in givens}
    relay = relays.pop() if len(relays) == 1 else ""
    text = f"{voice.label}, {relay}" if relay else voice.label
    return Option(capitalised(text), True, told, entity=voice.entity)


def _spare(voice: Voice, world: World) -> Option:
    named = voice_name(voice, world.base)
    why = f"The {world.base.article_word} gives none of these figures from {named}."
    return Option(capitalised(voice.label), False, why, rule="spare", entity=voice.entity)
