"""The rank-first recipe: where the key stands is drawn before any wrong option is looked at.

Whether a choice is offered at all may not depend on the rank drawn, or the facts for which it is
offered would tell it: both sides must be able to supply k − 1 wrong values each (k = 4, else 3).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quiz.facts.base import Fact
from quiz.questions.world import World

NEAREST = 12
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


@dataclass(frozen=True, slots=True)
class Ranked:
    """The options in ascending order: the wrong ones below and above the key."""

    below: tuple[Candidate, ...]
    above: tuple[Candidate, ...]

    @property
    def rank(self) -> int:
        return len(self.below)


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
    item: str, below: Sequence[Candidate], above: Sequence[Candidate], world: World
) -> Ranked | None:
    """Pick the wrong options around a key whose rank is drawn from the item's id alone.

    `below` and `above` are valid and mutually apart, nearest first. None where not every rank
    could be served.
    """
    fewest = min(len(below), len(above))
    if fewest < 2:
        return None
    count = 4 if fewest >= 3 else 3
    rank = world.draw("rank", item) % count
    lower = _picked(item, below[:NEAREST], rank, world)
    upper = _picked(item, above[:NEAREST], count - 1 - rank, world)
    return Ranked(
        tuple(sorted(lower, key=lambda candidate: candidate.low)),
        tuple(sorted(upper, key=lambda candidate: candidate.low)),
    )


def _picked(
    item: str, candidates: Sequence[Candidate], wanted: int, world: World
) -> list[Candidate]:
    """Hash-ordered choice: taking away one that was not chosen changes nothing."""
    ordered = sorted(
        candidates, key=lambda candidate: (world.draw("pick", item, candidate.tag), candidate.tag)
    )
    return ordered[:wanted]
