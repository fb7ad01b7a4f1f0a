"""How does this claim stand in the article? From links and sides, never from opinion.

A claim of one side may be answered by the other; one of nobody's side by any other voice. Each
kind has its own answers, of which one alone is right.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.items import Held, Item, Option
from quiz.questions.voicing import plain, voiced_sentence
from quiz.questions.world import World

FORM = "standing"
OF_A_SIDE = (
    "Said by one side only",
    "Denied by the other side, never confirmed",
    "Confirmed by the other side, never denied",
    "Both denied and confirmed by the other side",
)
OF_NO_SIDE = ("Not confirmed", "Denied by another voice", "Confirmed by another voice")
UNANSWERED, DENIED, CONFIRMED, BOTH = range(4)
# What may be true or not: an opinion, a plan and a warning are not confirmed or denied.
CLAIMING = frozenset({"claimed", "estimated", "reported"})
# Where few claims are answered, so many unanswered ones are asked all the same.
FEWEST_UNANSWERED = 2


@dataclass(frozen=True, slots=True)
class Stand:
    """The right one of `texts`, and the facts that make it so."""

    texts: tuple[str, ...]
    right: int
    by: tuple[Fact, ...] = ()


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    if not fact.voices:
        return
    found = stand(fact, world)
    if isinstance(found, str):
        yield held(fact, "speaker", FORM, found, "§0.21")
    elif found.right == UNANSWERED and fact.key not in _unanswered(fact, found.texts, world):
        yield held(fact, "speaker", FORM, f"“{found.texts[0]}” would too often be right", "K1")
    else:
        yield _item(fact, found, world)


def stand(fact: Fact, world: World) -> Stand | str:
    """How it stands and by which facts, or why that cannot be said in one word."""
    own = _side(fact, world)
    answers = [
        (kind, other)
        for kind, other in world.linked(fact)
        if kind in {"confirms by", "denies by"} and _is_other(other, fact, own, world)
    ]
    confirming = tuple(other for kind, other in answers if kind == "confirms by")
    denying = tuple(other for kind, other in answers if kind == "denies by")
    texts = OF_A_SIDE if own else OF_NO_SIDE
    if confirming and denying:
        return (
            Stand(texts, BOTH, (*denying, *confirming)) if own else "some deny and some confirm it"
        )
    if confirming:
        return Stand(texts, CONFIRMED, confirming)
    if denying:
        return Stand(texts, DENIED, denying)
    return _unanswerable(fact, world) or Stand(texts, UNANSWERED, _same_side(fact, world))


def _unanswerable(fact: Fact, world: World) -> str:
    """Why an unanswered fact is no claim that could have been answered, "" where it is."""
    if not fact.status.needs_voice:
        return "it is no claim of one voice"
    voice = fact.voices[0]
    mode = voice.mode if voice.mode != "said" else fact.mode
    if mode not in CLAIMING or fact.verbatim:
        return "words, plans and warnings are not confirmed or denied"
    if any(kind == "denies by" for kind, _ in world.linked(fact)):
        return "its own side denies it"
    if any(other.is_askable for other in world.rivals(fact)):
        return "others give another value: which-source asks it"
    own = _side(fact, world)
    if own and any(_is_given_elsewhere(other, own, world) for other in world.relatives(fact)):
        return "somebody of another side, or of none, gives a figure easily taken for it"
    return ""


def _is_given_elsewhere(other: Fact, own: str, world: World) -> bool:
    named = other.speaker is not None and other.speaker.entity is not None
    return named and other.is_askable and _side(other, world) != own


def _is_other(other: Fact, fact: Fact, own: str | None, world: World) -> bool:
    """Whether it speaks for the other side, or, of a claim of no side, for somebody else."""
    if own:
        return _side(other, world) not in {None, own}
    actor, speaker = _actor(other), _actor(fact)
    return actor is not None and (speaker is None or actor not in world.kin(speaker))


def _same_side(fact: Fact, world: World) -> tuple[Fact, ...]:
    return tuple(other for kind, other in world.linked(fact) if kind == "confirms by")


def _actor(fact: Fact) -> str | None:
    """Its first voice, or who acts where it confirms by acting."""
    return fact.speaker.entity if fact.speaker is not None else fact.subject


def _side(fact: Fact, world: World) -> str | None:
    key = _actor(fact)
    entity = world.base.entities.get(key) if key else None
    return world.side(entity) if entity is not None else None


def _unanswered(fact: Fact, texts: tuple[str, ...], world: World) -> frozenset[str]:
    """A group's unanswered claims are asked about as often as those of the commonest answer."""

    def choose() -> frozenset[str]:
        answered: Counter[int] = Counter()
        plain_ones = []
        for other in world.group(fact, "speaker", wide=True):
            found = stand(other, world) if other.voices else ""
            if isinstance(found, str) or found.texts != texts:
                continue
            if found.right == UNANSWERED:
                plain_ones.append(other.key)
            else:
                answered[found.right] += 1
        plain_ones.sort(key=lambda key: world.draw("unanswered", key))
        wanted = max(FEWEST_UNANSWERED, *answered.values()) if answered else 0
        return frozenset(plain_ones[:wanted])

    return world.once(("unanswered", texts, *world.group_key(fact, "speaker", wide=True)), choose)


def _item(fact: Fact, found: Stand, world: World) -> Item:
    word = world.base.article_word
    told = " ".join(plain(voiced_sentence(other, world.base)) for other in found.by[:2])
    why = told or f"The {word} gives it from one voice and names nobody who answers."
    if told and found.right == UNANSWERED:
        why = f"What confirms it comes from the same side: {told}"
    options = tuple(
        Option(text, place == found.right, "" if place == found.right else why,
               rule="" if place == found.right else "standing: fixed options")
        for place, text in enumerate(found.texts)
    )  # fmt: skip
    return make(
        fact,
        world,
        facet="speaker",
        form=FORM,
        stem=f"How does this claim stand in the {word}?",
        shown=found.texts[found.right],
        expected={"right": [found.right]},
        options=options,
        frame=(plain(voiced_sentence(fact, world.base)),),
        premises=[other.key for other in found.by],
    )
