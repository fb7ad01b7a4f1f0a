"""How does this claim stand in the article? From links and sides, never from opinion."""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.items import Held, Item, Option
from quiz.questions.voicing import plain, voiced_sentence
from quiz.questions.world import World, facets_of

FORM = "standing"
CONFIRMED, ONE_SIDE, DENIED = range(3)
FEWEST_PLAIN = 2


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    facet = "speaker" if "speaker" in facets_of(fact) else facets_of(fact)[0]
    if not fact.voices and not world.linked(fact):
        return
    found = stand(fact, world)
    if isinstance(found, str):
        yield held(fact, facet, FORM, found, "§0.21")
        return
    if found[0] == ONE_SIDE and fact.key not in _plain_ones(fact, facet, world):
        yield held(fact, facet, FORM, "“by one side only” would too often be right", "K1")
        return
    yield _item(fact, facet, world, *found)


def stand(fact: Fact, world: World) -> tuple[int, tuple[Fact, ...]] | str:
    """How it stands and by which facts, or why that cannot be said in one word."""
    confirming = [other for kind, other in world.linked(fact) if kind == "confirms by"]
    denying = [other for kind, other in world.linked(fact) if kind == "denies by"]
    own = _side(fact, world)
    across = [other for other in confirming if own and _side(other, world) not in {None, own}]
    if denying and confirming:
        return "it is both denied and confirmed"
    if across:
        return CONFIRMED, tuple(across)
    if denying:
        return DENIED, tuple(denying)
    if confirming or own is None or not fact.status.needs_voice:
        return "no side stands behind it"
    if any(other.is_askable for other in world.rivals(fact)):
        return "others give another value: which-source asks it"
    return ONE_SIDE, ()


def _side(fact: Fact, world: World) -> str | None:
    """The side of its first voice, or of who acts where it confirms by acting."""
    key = fact.speaker.entity if fact.speaker is not None else fact.subject
    entity = world.base.entities.get(key) if key else None
    return world.side(entity) if entity is not None else None


def _plain_ones(fact: Fact, facet: str, world: World) -> frozenset[str]:
    """A group's one-sided claims are asked about as often as its linked ones."""

    def choose() -> frozenset[str]:
        linked, plain_ones = 0, []
        for other in world.group(fact, facet):
            found = stand(other, world)
            if isinstance(found, str):
                continue
            if found[0] == ONE_SIDE:
                plain_ones.append(other.key)
            else:
                linked += 1
        plain_ones.sort(key=lambda key: world.draw("plain", key))
        return frozenset(plain_ones[: max(FEWEST_PLAIN if linked else 0, (linked + 1) // 2)])

    return world.once(("plain ones", *world.group_key(fact, facet)), choose)


def _item(fact: Fact, facet: str, world: World, right: int, by: tuple[Fact, ...]) -> Item:
    word = world.base.article_word
    texts = (
        "Confirmed by the other side",
        "Said by one side only",
        "Denied",
    )
    told = " ".join(plain(voiced_sentence(other, world.base)) for other in by[:2])
    why = told or f"The {word} gives it from one side and names no second source."
    options = tuple(
        Option(text, place == right, "" if place == right else why,
               rule="" if place == right else "standing: fixed options")
        for place, text in enumerate(texts)
    )  # fmt: skip
    sentence = plain(voiced_sentence(fact, world.base))
    return make(
        fact,
        world,
        facet=facet,
        form=FORM,
        stem=f"How does this claim stand in the {word}?",
        shown=texts[right],
        expected={"right": [right]},
        options=options,
        frame=(sentence,),
        premises=[other.key for other in by],
    )
