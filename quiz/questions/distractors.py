"""The rank-first recipe: where the key stands is drawn before any wrong option is looked at.

Whether a choice is offered at all may not depend on the rank drawn, or the facts for which it is
offered would tell it: both sides must be able to supply k − 1 wrong values each (k = 4, else 3).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quiz.facts.base import Fact
from quiz.questions.world import World

NEAREST = 12
FEWEST = 2  # on either side, or not every rank of three could be served
TIE_BAND = 1
type Number = Decimal | int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A wrong value: its text, its bounds, and the fact it is true of or the rule that made it."""

    text: str
    low: Number
    high: Number
    fact: Fact | None = None
    rule: str = ""

    @property
    def tag(self) -> str:
        return self.fact.key if self.fact is not None else f"{self.rule}:{self.text}"


type Sides = tuple[list[Candidate], list[Candidate]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The options in ascending order: the wrong ones below and above the key."""

    below: tuple[Candidate, ...]
    above: tuple[Candidate, ...]

    @property
    def rank(self) -> int:
        return len(self.below)

    @property
    def wrong(self) -> tuple[Candidate, ...]:
        return (*self.below, *self.above)


def disjoint_from_all(low: Number, high: Number, others: Sequence[tuple[Number, Number]]) -> bool:
    return all(high < other_low or low > other_high for other_low, other_high in others)


def spread(
    candidates: Iterable[Candidate], apart: Callable[[Candidate, Candidate], bool]
) -> list[Candidate]:
    """The candidates, nearest first, without those that stand too near to a kept one."""
    kept: list[Candidate] = []
    for candidate in candidates:
        if all(apart(candidate, other) for other in kept) and all(
            candidate.text != other.text for other in kept
        ):
            kept.append(candidate)
            if len(kept) == NEAREST:
                break
    return kept


def choose_by_rank(
    item: str, sides: Sides, world: World, need: Mapping[str, int] | None = None
) -> Ranked:
    """Pick the wrong options around a key whose rank is drawn from the item's id alone.

    Both sides are valid, mutually apart, nearest first, and could serve every rank. `need` says
    how often each text is still to be a wrong option, to be as often wrong as it is right.
    """
    below, above = sides
    count = 4 if min(len(below), len(above)) >= 3 else 3
    rank = world.draw("rank", item) % count
    lower = _picked(item, _within_reach(below, rank, count), rank, world, need or {})
    upper = _picked(
        item, _within_reach(above, count - 1 - rank, count), count - 1 - rank, world, need or {}
    )
    return Ranked(
        tuple(sorted(lower, key=lambda candidate: candidate.low)),
        tuple(sorted(upper, key=lambda candidate: candidate.low)),
    )


def _within_reach(side: Sequence[Candidate], wanted: int, count: int) -> Sequence[Candidate]:
    """As near as many are wanted: else a wide span would tell that the key stands inside it."""
    near = side[:NEAREST]
    return near[: max(wanted, -(-len(near) * wanted // (count - 1)))]


def _picked(
    item: str,
    candidates: Sequence[Candidate],
    wanted: int,
    world: World,
    need: Mapping[str, int],
) -> list[Candidate]:
    """The largest need first, the draw among those that need about as much."""

    def urgency(candidate: Candidate) -> tuple[float, str]:
        jitter = world.draw("pick", item, candidate.tag) % 1000 / 1001
        # That an invented value happens to be somebody's key is no reason to take it.
        wanted = need.get(candidate.text, 0) if candidate.fact is not None else 0
        return jitter * TIE_BAND - wanted, candidate.tag

    return sorted(candidates, key=urgency)[:wanted]
