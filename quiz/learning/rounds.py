"""A handful of questions in a row, carried by the token: what is left, missed, and next.

A miss comes back after five others, or last if fewer remain, until it is right once, three times at
most: what is not known by then is better slept on, and waits for tomorrow. In a guest's first five
it does not come back: there it heads tomorrow's plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

OTHERS_BETWEEN = 5
MOST_RETURNS = 3
LONGEST = 20


class Kind(StrEnum):
    FIRST = "first"
    ROUND = "round"
    REVIEW = "review"
    CARDS = "cards"


class Mark(StrEnum):
    RIGHT = "r"
    PARTLY = "p"
    WRONG = "w"
    LEFT_OUT = "l"


class MalformedRoundError(ValueError):
    """What the token carries is no round."""


class Miss(NamedTuple):
    """A question not right yet, the count of showings from which it may return, and its returns."""

    question: str
    due: int
    returns: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """`done` holds each question with the mark of its first response; `shown` counts showings."""

    kind: Kind
    topic: str = ""
    remaining: tuple[str, ...] = ()
    misses: tuple[Miss, ...] = ()
    done: tuple[tuple[str, Mark], ...] = ()
    shown: int = 0

    @property
    def total(self) -> int:
        """How many different questions the round holds."""
        return len(self.done) + len(self.remaining)

    @property
    def next(self) -> str | None:
        """The question to show now; None when the round is done."""
        miss = self._next_miss
        if miss and (miss.due <= self.shown or not self.remaining):
            return miss.question
        return self.remaining[0] if self.remaining else None

    @property
    def _next_miss(self) -> Miss | None:
        return next((miss for miss in self.misses if miss.returns < MOST_RETURNS), None)

    @property
    def place(self) -> int:
        """“3 of 5”: a question that returns does not count again."""
        return len(self.done) + (0 if self.is_return else 1)

    @property
    def is_return(self) -> bool:
        return self.next in {miss.question for miss in self.misses}

    @property
    def right(self) -> int:
        return sum(mark is Mark.RIGHT for _, mark in self.done)

    @property
    def counted(self) -> int:
        return sum(mark is not Mark.LEFT_OUT for _, mark in self.done)

    def after(self, question: str, mark: Mark) -> "Round":
        """The round after `question` was shown and answered."""
        shown = self.shown + 1
        returns = next((miss.returns + 1 for miss in self.misses if miss.question == question), 0)
        misses = self._misses_but(question)
        if mark in {Mark.WRONG, Mark.PARTLY} and self.kind is not Kind.FIRST:
            misses += (Miss(question, shown + OTHERS_BETWEEN, returns),)
        done = self.done
        if question not in {asked for asked, _ in done}:
            done += ((question, mark),)
        remaining = tuple(asked for asked in self.remaining if asked != question)
        return replace(self, remaining=remaining, misses=misses, done=done, shown=shown)

    def put_right(self, question: str, *, first: bool) -> "Round":
        """The round when a miss turned out to be none: it returns no more.

        first: whether its first response is meant; what was missed first stays so marked.
        """
        done = tuple(
            (asked, Mark.RIGHT if first and asked == question else mark)
            for asked, mark in self.done
        )
        return replace(self, misses=self._misses_but(question), done=done)

    def without(self, question: str) -> "Round":
        """The round when a question can no longer be asked."""
        return replace(
            self,
            remaining=tuple(asked for asked in self.remaining if asked != question),
            misses=self._misses_but(question),
        )

    def _misses_but(self, question: str) -> tuple[Miss, ...]:
        return tuple(miss for miss in self.misses if miss.question != question)

    def as_json(self) -> list[Any]:
        return [
            self.kind.value,
            self.topic,
            "".join(self.remaining),
            [list(miss) for miss in self.misses],
            "".join(question + mark for question, mark in self.done),
            self.shown,
        ]


def start(kind: Kind, questions: Sequence[str], topic: str = "") -> Round:
    return Round(kind, topic, tuple(questions[:LONGEST]))


def from_json(value: Any, width: int = 16) -> Round:
    """Read what `as_json` wrote; question ids are `width` characters long."""
    try:
        kind, topic, remaining, misses, done, shown = value
        return Round(
            Kind(kind),
            str(topic),
            tuple(remaining[at : at + width] for at in range(0, len(remaining), width)),
            tuple(Miss(str(question), *map(int, counts)) for question, *counts in misses),
            tuple(
                (done[at : at + width], Mark(done[at + width]))
                for at in range(0, len(done), width + 1)
            ),
            int(shown),
        )
    except (TypeError, ValueError, IndexError) as error:
        raise MalformedRoundError("no round") from error
