"""Match each expression with the person who used it: loaded words stay with their speaker."""

import re
from collections.abc import Iterator

from quiz.facts.base import Entity, Fact
from quiz.facts.names import fold
from quiz.questions.assembling import held
from quiz.questions.items import Held, Item, Option
from quiz.questions.pairing import Premise, chunks, paired
from quiz.questions.voicing import is_named
from quiz.questions.world import World

FORM = "whose-words"
_QUOTED = re.compile(r"“([^”]{3,90})”")


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    if fact.kind != "statement" or not _quote(fact):
        return
    sets = world.once(
        ("whose words", *world.group_key(fact, "speaker", wide=True)), lambda: _sets(fact, world)
    )
    own = next((chosen for chosen in sets if any(row.fact.key == fact.key for row in chosen)), None)
    if own is None:
        yield held(fact, "speaker", FORM, "too few other speakers are quoted beside it", "F6")
        return
    if own[0].fact.key != fact.key:
        return
    spare = _spare(own, world)
    if spare is None:
        yield held(fact, "speaker", FORM, "nobody is left who could be the spare", "F6")
        return
    yield paired(FORM, own, [spare], "Whose words are these? Match each with who used it.", world)


def _quote(fact: Fact) -> str:
    if fact.verbatim:
        words = fact.content.strip("“”")
        # Part of a sentence has no full stop of its own.
        return words.removesuffix(".") if words[:1].islower() else words
    match = _QUOTED.search(fact.content) or _QUOTED.search(fact.sentence)
    return match[1] if match else ""


def _sets(fact: Fact, world: World) -> list[list[Premise]]:
    """The quoted expressions of the group in sets of one speaker each; shared ones are left out."""
    speakers: dict[str, set[str]] = {}
    rows: list[Premise] = []
    for other in world.group(fact, "speaker", wide=True):
        voice = other.speaker
        quote = _quote(other)
        if other.kind != "statement" or not quote or voice is None or not is_named(voice):
            continue
        speakers.setdefault(quote.casefold(), set()).add(voice.label)
        rows.append(Premise(other, "speaker", f"“{quote}”", voice.label, voice.entity))
    rows = [row for row in rows if len(speakers[row.text.strip("“”").casefold()]) == 1]
    return chunks(sorted(rows, key=lambda row: world.draw("words", row.fact.key)), world)


def _spare(rows: list[Premise], world: World) -> Option | None:
    taken: set[str] = set()
    for row in rows:
        taken |= world.kin(row.entity) if row.entity else {row.match}
    found: dict[str, Entity] = {}
    for other in world.group(rows[0].fact, "speaker", wide=True):
        voice = other.speaker
        if voice is None or voice.entity is None or voice.entity in taken:
            continue
        entity = world.base.entities.get(voice.entity)
        if entity is not None and entity.kind == "person" and not _is_mentioned(entity, rows):
            found.setdefault(voice.entity, entity)
    if not found:
        return None
    key = min(found, key=lambda key: world.draw("spare", rows[0].fact.key, key))
    entity = found[key]
    why = f"The {world.base.article_word} gives none of these words from {entity.name}."
    return Option(entity.name, False, why, rule="spare", entity=entity.key)


def _is_mentioned(entity: Entity, rows: list[Premise]) -> bool:
    """Whether a fact of the set names the person: whose order is relayed may own the words too."""
    texts = [fold(f"{row.fact.sentence} {row.fact.stem} {row.fact.content}") for row in rows]
    names = [fold(name) for name in entity.all_names]
    return any(f" {name} " in f" {text} " for name in names for text in texts)
