"""What every item rule is: a small pure function with an id and a severity."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quiz.facts.base import Fact
from quiz.questions.items import Item
from quiz.questions.world import World

BLOCK, WARN, INFORM = "block", "warn", "inform"

QUESTIONS = frozenset(
    "choice typed flashcard what-said which-hedge can-you-tell which-first estimate "
    "several-right standing says-so".split()
)
# Forms whose options are values or names of one answer.
VALUED = frozenset({"choice", "cloze"})
TYPED = frozenset({"typed", "cloze-typed", "estimate"})

Check = Callable[[Item, Fact, World], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`check` yields what is wrong, in words; `forms` empty means all."""

    id: str
    severity: str
    check: Check
    forms: frozenset[str] = frozenset()
