"""Who gave which? Figures of one measure or family, matched with the voices that gave them."""

from collections.abc import Iterator

from quiz.facts.base import Fact, Voice
from quiz.questions.assembling import held, make
from quiz.questions.evidence import joint_feedback
from quiz.questions.items import Held, Item, Option
from quiz.questions.typed_answers import hedged, with_unit_shown
from quiz.questions.voicing import is_named, plain, voiced_sentence
from quiz.questions.wording import number_word
from quiz.questions.world import World

FORM = "which-source"
MOST_PAIRS = 4


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    if fact.kind != "figure" or fact.speaker is None or not is_named(fact.speaker):
        return
    cluster = _cluster(fact, world)
    voices = {_voice_key(other.voices[0]) for other in cluster}
    if len(voices) < 2:
        yield held(fact, "speaker", FORM, "no other voice gives a figure of its family", "F6")
        return
    if _chosen(cluster)[0].key != fact.key:
        return
    key = ("spares", *world.group_key(fact, "speaker"))
    dealt = world.once(key, lambda: _deal(fact, world)).get(fact.key)
    if dealt is None:
        yield held(fact, "speaker", FORM, "nobody is left who could be the spare", "F6")
        return
    yield _item(*dealt, world)


def _voice_key(voice: Voice) -> str:
    return voice.entity or voice.label


def _cluster(fact: Fact, world: World) -> list[Fact]:
    """Voiced, askable figures of the fact's measure and family about its subject, by key."""
    near = (fact, *world.rivals(fact), *world.relatives(fact))
    found = [
        other
        for other in near
        if other.kind == "figure"
        and other.is_askable
        and other.voices
        and is_named(other.voices[0])
        and other.amount is not None
        and other.subject == fact.subject
    ]
    texts: dict[str, Fact] = {}
    for other in sorted(found, key=lambda other: other.key):
        texts.setdefault(with_unit_shown(other), other)
    return sorted(texts.values(), key=lambda other: other.key)


def _chosen(cluster: list[Fact]) -> list[Fact]:
    """At most four, one of each voice before a second of any."""
    first: list[Fact] = []
    rest: list[Fact] = []
    seen: set[str] = set()
    for fact in cluster:
        key = _voice_key(fact.voices[0])
        (rest if key in seen else first).append(fact)
        seen.add(key)
    return sorted((first + rest)[:MOST_PAIRS], key=lambda fact: fact.key)


def _deal(fact: Fact, world: World) -> dict[str, tuple[list[Fact], Voice]]:
    """The group's clusters with a spare voice each: who gave figures is a spare half as often."""
    clusters = []
    for other in world.group(fact, "speaker"):
        if other.kind == "figure" and other.speaker is not None and is_named(other.speaker):
            cluster = _cluster(other, world)
            voices = {_voice_key(one.voices[0]) for one in cluster}
            chosen = _chosen(cluster)
            if len(voices) > 1 and chosen[0].key == other.key:
                clusters.append(chosen)
    need: dict[str, float] = {}
    for cluster in clusters:
        for key in {_voice_key(one.voices[0]) for one in cluster}:
            need[key] = need.get(key, 0.0) + 0.5
    deal: dict[str, tuple[list[Fact], Voice]] = {}
    for cluster in clusters:
        found = _spares(cluster, world)
        if found:
            key = min(
                found,
                key=lambda key: (
                    world.draw("spare", cluster[0].key, key) % 1000 / 2000 - need.get(key, -0.5)
                ),
            )
            need[key] = need.get(key, -0.5) - 1
            deal[cluster[0].key] = cluster, found[key]
    return deal


def _spares(cluster: list[Fact], world: World) -> dict[str, Voice]:
    """Speakers of the same part of the story who gave none of these figures."""
    barred: set[str] = set()
    for fact in cluster:
        for other in (fact, *world.rivals(fact), *world.relatives(fact)):
            for voice in other.voices:
                barred |= world.kin(voice.entity) if voice.entity else set()
    found: dict[str, Voice] = {}
    for other in world.group(cluster[0], "speaker"):
        first = other.speaker
        if first is not None and first.entity is not None and first.entity not in barred:
            found.setdefault(first.entity, first)
    return found


def premise(fact: Fact, world: World) -> str:
    """“300: North Korean soldiers killed”."""
    measure = world.base.measures.get(fact.measure) if fact.measure else None
    counts = measure.counts if measure is not None else fact.label
    assert fact.amount is not None
    return f"{hedged(fact.amount)}: {counts}"


def _item(cluster: list[Fact], spare: Voice, world: World) -> Item:
    voices: dict[str, Voice] = {}
    for fact in cluster:
        voices.setdefault(_voice_key(fact.voices[0]), fact.voices[0])
    order = sorted([*voices, _voice_key(spare)], key=lambda key: world.draw("voice", key))
    word = world.base.article_word
    options = []
    for key in order:
        voice = voices.get(key, spare)
        gave = [plain(voiced_sentence(fact, world.base)) for fact in cluster
                if _voice_key(fact.voices[0]) == key]  # fmt: skip
        why = " ".join(gave) or f"The {word} gives none of these figures from {voice.label}."
        options.append(
            Option(
                voice.label, key in voices, why, rule="" if gave else "spare", entity=voice.entity
            )
        )
    pairs = {
        str(place): order.index(_voice_key(fact.voices[0])) for place, fact in enumerate(cluster)
    }
    first = cluster[0]
    return make(
        first,
        world,
        facet="speaker",
        form=FORM,
        stem=f"{number_word(len(cluster)).capitalize()} figures are given by different voices. "
        "Who gave which?",
        shown=tuple(f"{premise(fact, world)}: {fact.voices[0].label}" for fact in cluster),
        expected={
            "pairs": pairs,
            "facts": {str(place): [fact.key, "speaker"] for place, fact in enumerate(cluster)},
        },
        options=options,
        order="shuffle",
        frame=tuple(premise(fact, world) for fact in cluster),
        keys=[(fact.key, "speaker") for fact in cluster],
        evidence=joint_feedback(cluster, world),
    )
