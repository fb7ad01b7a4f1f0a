"""What a learner remembers, by FSRS-6: the only module that knows the library.

Time is counted in the learner's days, so that a review in the evening and one the next morning lie
a day apart wherever the learner lives. No learning steps: a miss returns in the round, not by the
schedule. No fuzz: the same history gives the same state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum

from fsrs import Card, Rating, Scheduler
from fsrs import State as CardState

_SCHEDULER = Scheduler(
    desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False
)

MIDDLE = 5.0  # difficulty, from 1 to 10


class Grade(IntEnum):
    """How well something was remembered."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class State:
    """stability: days after which 90 % remember. due_in: days after `last_day`."""

    stability: float
    difficulty: float
    last_day: date
    due_in: int

    @property
    def due_day(self) -> date:
        return self.last_day + timedelta(days=self.due_in)


def state_of(
    stability: float | None, difficulty: float | None, last_day: date | None
) -> State | None:
    """The state as a row keeps it, for its chance; None where it was never rated."""
    if stability is None or last_day is None:
        return None
    return State(stability, difficulty or MIDDLE, last_day, 0)


def review(state: State | None, grade: Grade, day: date, cap: int | None = None) -> State:
    """The state after a response on the learner's `day`; `cap` bounds the next interval."""
    card, _ = _SCHEDULER.review_card(_card(state), Rating(grade), _noon(day))
    if card.stability is None or card.difficulty is None:
        raise AssertionError("a reviewed card has a state")
    interval = (card.due - _noon(day)).days
    return State(
        card.stability, card.difficulty, day, interval if cap is None else min(interval, cap)
    )


def retrievability(state: State | None, day: date) -> float | None:
    """The chance that it is remembered on `day`; None where nothing is known of it."""
    if state is None:
        return None
    return float(_SCHEDULER.get_card_retrievability(_card(state), _noon(day)))


def replay(history: Iterable[tuple[Grade, date, int | None]]) -> State | None:
    """The state that these responses (grade, day, cap), oldest first, lead to."""
    state = None
    for grade, day, cap in history:
        state = review(state, grade, day, cap)
    return state


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def _card(state: State | None) -> Card:
    # Without an id of its own each card sleeps a millisecond to make one from the clock.
    if state is None:
        return Card(card_id=1)
    return Card(
        card_id=1,
        state=CardState.Review,
        stability=state.stability,
        difficulty=state.difficulty,
        due=_noon(state.due_day),
        last_review=_noon(state.last_day),
    )
