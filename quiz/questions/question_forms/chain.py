"""Order the voices, from the first speaker to the article that you read."""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.items import Held, Item, Option
from quiz.questions.voicing import capitalised, dated, is_named, plain, voice_name
from quiz.questions.world import World

FORM = "chain"


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    if not fact.voices:
        return
    if len(fact.voices) < 2 or not all(map(is_named, fact.voices)):
        yield held(fact, "speaker", FORM, "its voices are no chain", "F7")
        return
    claim = _claim(fact)
    if any(voice.label in claim for voice in fact.voices):
        yield held(fact, "speaker", FORM, "a voice of the chain stands in the claim", "S8")
        return
    word = world.base.article_word
    texts = []
    for voice in fact.voices:
        name = voice_name(voice, world.base)
        when = dated(voice.said_on, preposition=False)
        texts.append(f"{name} ({when})" if when else name)
    texts.append(f"this {word}")
    stored = sorted(texts)
    right = [stored.index(text) for text in texts]
    options = [
        Option(text, True, _why(texts.index(text), texts), rule="link of the chain")
        for text in stored
    ]
    yield make(
        fact,
        world,
        facet="speaker",
        form=FORM,
        stem="Who told whom? Order the voices, from the first speaker to you.",
        shown=tuple(texts),
        expected={
            "sequence": right,
            "facts": {str(place): [[fact.key, "speaker"]] for place in range(len(stored))},
        },
        options=options,
        order="shuffle",
        frame=(f"The claim: {claim}",),
    )


def _claim(fact: Fact) -> str:
    text = capitalised(fact.content) if fact.kind == "statement" else plain(fact.sentence)
    return text if text.endswith((".", "”")) else f"{text}."


def _why(place: int, texts: list[str]) -> str:
    if place == 0:
        return f"{capitalised(texts[0])}: the first to speak."
    return f"{capitalised(texts[place])}: after {texts[place - 1]}."
