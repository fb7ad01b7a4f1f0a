"""The forms there are, in the order in which they are proposed."""

from collections.abc import Callable, Iterator
from typing import Final

from quiz.facts.base import Fact
from quiz.questions.items import Held, Item
from quiz.questions.question_forms import (
    can_you_tell,
    choice,
    flashcard,
    says_so,
    true_false,
    typed,
    which_source,
)
from quiz.questions.world import World

Propose = Callable[[Fact, World], Iterator[Item | Held]]

FORMS: Final[tuple[tuple[str, Propose], ...]] = (
    (choice.FORM, choice.propose),
    (typed.FORM, typed.propose),
    (flashcard.FORM, flashcard.propose),
    (true_false.FORM, true_false.propose),
    (says_so.FORM, says_so.propose),
    (which_source.FORM, which_source.propose),
    (can_you_tell.FORM, can_you_tell.propose),
)
