"""The forms there are, in the order in which they are proposed."""

from collections.abc import Callable, Iterator
from typing import Final

from quiz.facts.base import Fact
from quiz.questions.items import Held, Item
from quiz.questions.question_forms import (
    can_you_tell,
    chain,
    choice,
    cloze,
    cloze_typed,
    estimate,
    flashcard,
    matching,
    ordering,
    says_so,
    several_right,
    standing,
    true_false,
    typed,
    what_counted,
    what_said,
    which_first,
    which_hedge,
    which_source,
    whose_words,
)
from quiz.questions.world import World

Propose = Callable[[Fact, World], Iterator[Item | Held]]

FORMS: Final[tuple[tuple[str, Propose], ...]] = tuple(
    (form.FORM, form.propose)
    for form in (
        choice,
        typed,
        flashcard,
        cloze,
        cloze_typed,
        true_false,
        says_so,
        what_said,
        which_source,
        what_counted,
        which_hedge,
        can_you_tell,
        whose_words,
        chain,
        standing,
        matching,
        ordering,
        which_first,
        several_right,
        estimate,
    )
)
