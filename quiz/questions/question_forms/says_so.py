"""The article says so, says otherwise, or doesn't say: for claims, in their speaker's voice.

One slot is changed where it says otherwise. Where only the month is given and a day of that
month is put, it doesn't say: nothing in the base supports or contradicts the day.
"""

from collections.abc import Iterator

from quiz.facts.base import Fact
from quiz.questions.assembling import held, make
from quiz.questions.items import Held, Item, Option
from quiz.questions.slots import changed_slot, finer_sentence, marked, replaced
from quiz.questions.voicing import plain, voiced_sentence
from quiz.questions.world import World, facets_of

FORM = "says-so"


# Of facts that the article cannot leave open, a group takes at least so many.
FEWEST_CLOSED = 1


def propose(fact: Fact, world: World) -> Iterator[Item | Held]:
    facet = facets_of(fact)[0]
    if fact.kind == "statement":
        yield held(fact, facet, FORM, "who said it is asked by name", "§0.21")
        return
    if fact.grave:
        yield held(fact, facet, FORM, "a grave fact takes no changed values", "§0.2")
        return
    if not fact.status.needs_voice:
        yield held(fact, facet, FORM, "undisputed: true-false asks it", "§0.19")
        return
    told = voiced_sentence(fact, world.base)
    finer = finer_sentence(fact, told, world)
    turn = world.draw("says-so", f"{fact.key}/{facet}/{FORM}/0") % 8
    if finer is not None and turn > 1:
        yield _item(fact, facet, world, finer, 2, f"only {marked(fact.sentence)} is given")
        return
    if finer is None and fact.key not in _closed(fact, facet, world):
        yield held(fact, facet, FORM, "“doesn’t say” would too seldom be right", "K1")
        return
    changed = changed_slot(fact, facet, FORM, world)
    if changed is None:
        # A form whose answer is always "says so" would give itself away.
        yield held(fact, facet, FORM, "no value can be proved wrong", "T12")
    elif turn % 2:
        yield _item(fact, facet, world, replaced(told, changed.text), 1, changed.why, changed)
    else:
        yield _item(fact, facet, world, plain(told), 0, "")


def _closed(fact: Fact, facet: str, world: World) -> frozenset[str]:
    """Which facts of the group are asked though they cannot be left open: about as many for
    each of the other two answers as there are for this one.
    """

    def choose() -> frozenset[str]:
        claims = [
            other
            for other in world.group(fact, facet)
            if other.status.needs_voice and not other.grave and facets_of(other)[0] == facet
        ]
        closed = [
            other.key for other in claims if finer_sentence(other, other.sentence, world) is None
        ]
        wanted = max(FEWEST_CLOSED, 5 * (len(claims) - len(closed)) // 4)
        closed.sort(key=lambda key: world.draw("closed", key))
        return frozenset(closed[:wanted])

    return world.once(("closed", *world.group_key(fact, facet)), choose)


def _item(
    fact: Fact,
    facet: str,
    world: World,
    sentence: str,
    right: int,
    why: str,
    changed: Option | None = None,
) -> Item:
    word = world.base.article_word
    texts = (f"The {word} says so", f"The {word} says otherwise", f"The {word} doesn’t say")
    reasons = (
        f"The {word} says so in these terms.",
        f"The {word} gives something else here: {plain(voiced_sentence(fact, world.base))}",
        f"The {word} leaves this open: {why}." if why else "",
    )
    options = tuple(
        Option(
            text,
            place == right,
            "" if place == right else reasons[right],
            from_fact=changed.from_fact if changed and place == right else None,
            rule="" if place == right else "says-so: fixed options",
        )
        for place, text in enumerate(texts)
    )
    return make(
        fact,
        world,
        facet=facet,
        form=FORM,
        stem=f"Does the {word} say this?",
        shown=texts[right],
        expected={"right": [right]},
        options=options,
        frame=(sentence,),
        premises=[changed.from_fact] if changed and changed.from_fact else (),
    )
