"""Which questions stand together in one plan, and in which order. Pure.

No question may follow one that told its answer, and no fact is asked twice. Of a set in which that
cannot be kept the later one gives way: to another question about its fact, else to another fact.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from quiz.learning.queue import Candidate, Forms, Pick, not_self_rated, ranked


@dataclass(frozen=True, slots=True)
class Telling:
    """What questions ask and tell.

    asks: the (fact, facet) pairs that a question asks. tells: the facts whose answers it shows.
    today: the facts whose answers were shown already.
    """

    asks: Mapping[str, Collection[tuple[int, str]]] = field(default_factory=dict)
    tells: Mapping[str, Collection[int]] = field(default_factory=dict)
    today: frozenset[int] = frozenset()
    # What was asked for before; a plan asks for it again and again.
    _asked: dict[tuple[str, int], frozenset[int]] = field(default_factory=dict, compare=False)

    def asked_by(self, pick: Pick) -> frozenset[int]:
        """All facts that a pick's question asks, its own among them."""
        question, own = pick.offer.question, pick.candidate.fact
        if (question, own) not in self._asked:
            asked = {fact for fact, _ in self.asks.get(question, ())}
            self._asked[question, own] = frozenset(asked | {own})
        return self._asked[question, own]

    def is_told(self, pick: Pick) -> bool:
        """Whether an answer that the pick asks for was shown already."""
        return not self.asked_by(pick).isdisjoint(self.today)

    def told_by(self, pick: Pick) -> Collection[int]:
        return self.tells.get(pick.offer.question, ())


def choices(
    picks: Sequence[Pick],
    candidates: Sequence[Candidate],
    *,
    rng: Random,
    forms: Forms = not_self_rated,
) -> list[tuple[Pick, ...]]:
    """For each pick, then for each fact not picked, all questions about it, the best first."""
    by_fact: dict[int, list[Pick]] = {}
    for candidate in candidates:
        offers = ranked(candidate, rng, forms)
        by_fact.setdefault(candidate.fact, []).extend(Pick(candidate, offer) for offer in offers)
    found = []
    for pick in picks:
        others = [other for other in by_fact.pop(pick.candidate.fact, ()) if other != pick]
        # Another question about the same facet comes before one about another facet.
        others.sort(key=lambda other: other.candidate.facet != pick.candidate.facet)
        found.append((pick, *others))
    return found + [tuple(others) for others in by_fact.values() if others]


def filled(
    wanted: Sequence[Sequence[Pick]], telling: Telling, *, size: int, most_fresh: int
) -> list[Pick]:
    """One question of each choice in turn, as long as one fits, until the plan is full.

    Where none fits, another question about a fact that was taken before may make room.
    """
    taken: list[Pick] = []
    left = [picks for picks in wanted if picks]
    others = {picks[0].candidate.fact: picks for picks in left}
    at = 0
    while at < len(left) and len(taken) < size:
        is_full = sum(pick.candidate.is_new for pick in taken) >= most_fresh
        picks = [pick for pick in left[at] if not (is_full and pick.candidate.is_new)]
        more = _with_one_of(picks, taken, telling) or _with_room(picks, taken, others, telling)
        at += 1
        if more:
            is_changed = more[:-1] != taken
            taken = more
            left.pop(at - 1)
            # What did not fit before may fit beside the other question.
            at = 0 if is_changed else at - 1
    return ordered(taken, telling)


def _with_one_of(
    picks: Sequence[Pick], taken: Sequence[Pick], telling: Telling
) -> list[Pick] | None:
    pick = next((pick for pick in picks if _fits(pick, taken, telling)), None)
    return [*taken, pick] if pick else None


def _with_room(
    picks: Sequence[Pick],
    taken: Sequence[Pick],
    others: Mapping[int, Sequence[Pick]],
    telling: Telling,
) -> list[Pick] | None:
    """What was taken with one question in another's place, and one of these picks."""
    for place, pick in enumerate(taken):
        rest = [*taken[:place], *taken[place + 1 :]]
        for other in others[pick.candidate.fact]:
            if other == pick or other.candidate.is_new > pick.candidate.is_new:
                continue
            if _fits(other, rest, telling):
                changed = [*taken[:place], other, *taken[place + 1 :]]
                more = _with_one_of(picks, changed, telling)
                if more:
                    return more
    return None


def ordered(picks: Sequence[Pick], telling: Telling) -> list[Pick]:
    """The picks in an order in which none gives another's answer away.

    What tells is put after what it tells. What does not fit beside those before it is left out.
    """
    left: list[Pick] = []
    for pick in picks:
        if _fits(pick, left, telling):
            left.append(pick)
    order: list[Pick] = []
    while left:
        # Those left fit, so that there always is one that tells of no other.
        at = next(at for at, pick in enumerate(left) if not any(_told(pick, left, telling)))
        order.append(left.pop(at))
    return order


def still_open(begun: Sequence[str], answered: Sequence[str], telling: Telling) -> list[str]:
    """The questions of a plan that ask nothing that was asked since it was begun."""
    asked = {fact for question in answered for fact, _ in telling.asks.get(question, ())}
    return [
        question
        for question in begun
        if question not in answered
        and asked.isdisjoint(fact for fact, _ in telling.asks.get(question, ()))
    ]


def _fits(pick: Pick, taken: Sequence[Pick], telling: Telling) -> bool:
    """Whether a pick asks what is neither asked nor told, and an order remains in which it may.

    A plan that a pick does not fit in never has room for it later, whatever is added.
    """
    asked = telling.asked_by(pick)
    if telling.is_told(pick) or not all(
        asked.isdisjoint(telling.asked_by(other)) for other in taken
    ):
        return False
    # It must come after all that it tells, and after what those tell: none of them may tell of it.
    before, reached = [pick], {pick.offer.question}
    while before:
        for other in _told(before.pop(), [pick, *taken], telling):
            if other is pick:
                return False
            if other.offer.question not in reached:
                reached.add(other.offer.question)
                before.append(other)
    return True


def _told(pick: Pick, others: Sequence[Pick], telling: Telling) -> Iterator[Pick]:
    told = telling.told_by(pick)
    return (
        other
        for other in others
        if other is not pick and not telling.asked_by(other).isdisjoint(told)
    )
