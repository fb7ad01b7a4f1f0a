"""Who told whom? Each place of a chain gets its voice; one voice more stands beside them.

With two voices an order is a coin toss. So each place is chosen for, and the spare is a voice of
like kind that surely neither said this nor passed it on.
"""

from collections.abc import Iterator

from quiz.facts.base import Fact, Voice
from quiz.questions.assembling import held, make
from quiz.questions.distractors_names import barred_entities, is_named_in
from quiz.questions.given_figures import heard_in, voice_key
from quiz.questions.items import Held, Item, Option
from quiz.questions.likeness import kinds_beside
from quiz.questions.voicing import capitalised, dated, is_named, plain, voice_name
from quiz.questions.world import World

FORM = "chain"
PLACES = ("Said it first", "Passed it on", "Passed it on again", "Passed it on once more")
SPARE_WEIGHT = 0.5  # of three voices shown two are right: each is a spare half as often


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    if not fact.voices:
        return
    reason = _unfit(fact)
    if reason:
        yield held(fact, "speaker", FORM, *reason)
        return
    key = ("chains", *world.group_key(fact, "speaker", wide=True))
    spare = world.once(key, lambda: _deal(fact, world)).get(fact.key)
    if spare is None:
        yield held(fact, "speaker", FORM, "nobody is left who could be the spare", "F6")
        return
    yield _item(fact, spare, world)


def _unfit(fact: Fact) -> tuple[str, str] | None:
    if not 2 <= len(fact.voices) <= len(PLACES) or not all(map(is_named, fact.voices)):
        return "its voices are no chain", "F7"
    if any(voice.label in _claim(fact) for voice in fact.voices):
        return "a voice of the chain stands in the claim", "S8"
    return None


def _claim(fact: Fact) -> str:
    text = capitalised(fact.content) if fact.kind == "statement" else plain(fact.sentence)
    return text if text.endswith((".", "”")) else f"{text}."


def _deal(fact: Fact, world: World) -> dict[str, Voice]:
    """A spare voice for each chain of the group: nobody is always right, or always spare."""
    group = world.group(fact, "speaker", wide=True)
    asked = [other for other in group if other.voices and _unfit(other) is None]
    need: dict[str, float] = {}
    for other in asked:
        for voice in other.voices:
            need[voice_key(voice)] = need.get(voice_key(voice), 0.0) + SPARE_WEIGHT
    deal: dict[str, Voice] = {}
    for other in asked:
        found = _spares(other, group, world)
        if found:
            key = min(
                found,
                key=lambda key: (
                    world.draw("spare", other.key, key) % 1000 / 2000 - need.get(key, -SPARE_WEIGHT)
                ),
            )
            need[key] = need.get(key, -SPARE_WEIGHT) - 1
            deal[other.key] = found[key]
    return deal


def _spares(fact: Fact, group: tuple[Fact, ...], world: World) -> dict[str, Voice]:
    """Voices that speak elsewhere, of a kind that speaks here, and in no way heard in the chain."""
    barred = set(barred_entities(fact, "speaker", world))
    for voice in fact.voices:
        barred |= heard_in(voice, world)
    own = (world.base.entities.get(voice.entity or "") for voice in fact.voices)
    kinds = {kind for one in own if one is not None for kind in kinds_beside(one.kind, "speaker")}
    text = f"{plain(fact.sentence)} {fact.stem} {fact.content} {fact.occasion}"
    found: dict[str, Voice] = {}
    for other in group:
        for voice in other.voices:
            entity = world.base.entities.get(voice.entity or "")
            if (
                entity is not None
                and entity.key not in barred
                and entity.kind in kinds
                and not is_named_in(entity, text)
            ):
                found.setdefault(entity.key, voice)
    return found


def _item(fact: Fact, spare: Voice, world: World) -> Item:
    named = voice_name(spare, world.base)
    why = f"The {world.base.article_word} names {named} for something else, not in this chain."
    options = [
        *(_link(place, voice, world) for place, voice in enumerate(fact.voices)),
        Option(capitalised(spare.label), False, why, rule="spare", entity=spare.entity),
    ]
    options.sort(key=lambda option: world.draw("chain", fact.key, option.text))
    at = {option.text: place for place, option in enumerate(options)}
    texts = [capitalised(voice.label) for voice in fact.voices]
    places = PLACES[: len(texts)]
    return make(
        fact,
        world,
        facet="speaker",
        form=FORM,
        stem=f"A claim: {_claim(fact)} Who told whom? One voice is left over.",
        shown=tuple(f"{place}: {text}" for place, text in zip(places, texts, strict=True)),
        expected={
            "pairs": {str(place): at[text] for place, text in enumerate(texts)},
            "facts": {str(place): [[fact.key, "speaker"]] for place in range(len(texts))},
        },
        options=options,
        order="shuffle",
        frame=places,
    )


def _link(place: int, voice: Voice, world: World) -> Option:
    """The day of the report stands in the reason: beside the names it would tell who reports."""
    done = "said it first" if place == 0 else "passed it on"
    when = dated(voice.said_on, preposition=False)
    named = capitalised(voice_name(voice, world.base))
    told = f"{named} ({when}) {done}." if when else f"{named} {done}."
    return Option(capitalised(voice.label), True, told, entity=voice.entity)
