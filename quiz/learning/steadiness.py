"""How well a learner knows a fact, in four words."""

from datetime import date
from enum import StrEnum

from quiz.learning.memory import State, retrievability

STEADY_DAYS = 21
STEADY_CHANCE = 0.9
RECALLS = 2
KEEPS_SLIPPING = 3


class Steadiness(StrEnum):
    NOT_MET = "not met"
    LEARNING = "learning"
    STEADY = "steady"
    SLIPPING = "slipping"


def steadiness(
    state: State | None,
    day: date,
    *,
    is_met: bool,
    recalled_days: int,
    self_rated_days: int,
    lapses: int,
) -> Steadiness:
    """Steady: recalled unaided on two days, stable for three weeks, and likely known today.

    Of the two recalls one may be the learner's own rating of a card; choices alone never do.
    Slipping: it was as steady as that and is being forgotten, or it was lost again and again.
    """
    if not is_met:
        return Steadiness.NOT_MET
    chance = retrievability(state, day)
    if state is None or chance is None:
        return Steadiness.LEARNING
    proven = recalled_days + min(self_rated_days, 1) >= RECALLS and state.stability >= STEADY_DAYS
    if proven:
        return Steadiness.STEADY if chance >= STEADY_CHANCE else Steadiness.SLIPPING
    return Steadiness.SLIPPING if lapses >= KEEPS_SLIPPING else Steadiness.LEARNING


def worst(words: list[Steadiness]) -> Steadiness:
    """The word for a fact of which several facets are remembered."""
    order = (Steadiness.SLIPPING, Steadiness.LEARNING, Steadiness.STEADY, Steadiness.NOT_MET)
    return min(words, key=order.index, default=Steadiness.NOT_MET)
