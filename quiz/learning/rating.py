"""What a response in one form says about the memory of a fact.

A right choice may be a guess: it counts as remembered only where the memory was strong enough that
a guess is the unlikely explanation (less than one in ten).
"""

from dataclasses import dataclass

from quiz.learning.memory import Grade

RECALL = frozenset({"typed", "cloze-typed"})
SELF_RATED = frozenset({"flashcard"})
BINARY = frozenset({"true-false", "says-so", "which-first"})
ESTIMATED = frozenset({"estimate"})

# A guess between two; a choice's chance of a guess is one in its number of options.
GUESS_OF_TWO = 0.5
SLIP = 0.02
SURE = 0.9

# Until a fact was recalled unaided once, choices alone do not carry it further than this (days).
CHOICE_CAP = 60
BINARY_CAP = 14


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one response said about one facet of one fact.

    right: None where nothing is learned of it (a partial answer). options: how many could be
    chosen among. chosen_grade: the learner's own rating of a flashcard.
    """

    form: str
    right: bool | None
    options: int = 0
    second_try: bool = False
    chosen_grade: Grade | None = None


def needed(guess: float) -> float:
    """The retrievability from which a right response was hardly a guess."""
    odds = SURE * guess
    return odds / (odds + (1 - SURE) * (1 - SLIP))


def grade(seen: Evidence, retrievability: float | None) -> Grade | None:
    """The rating that a response is worth; None where it is none."""
    if seen.form in SELF_RATED:
        return seen.chosen_grade or (Grade.AGAIN if seen.right is False else None)
    if seen.right is None:
        return None
    if not seen.right:
        return Grade.AGAIN
    if seen.form in RECALL:
        return Grade.HARD if seen.second_try else Grade.GOOD
    if seen.form in ESTIMATED:
        return Grade.GOOD
    if seen.form in BINARY:
        is_sure = retrievability is not None and retrievability >= needed(GUESS_OF_TWO)
        return Grade.HARD if is_sure else None
    guess = 1 / max(2, seen.options)
    is_sure = retrievability is not None and retrievability >= needed(guess)
    return Grade.GOOD if is_sure else Grade.HARD


def cap(form: str, recalled_days: int) -> int | None:
    """The longest interval, in days, that a response in this form may lead to."""
    if form in BINARY:
        return BINARY_CAP
    if form in RECALL or form in SELF_RATED or recalled_days:
        return None
    return CHOICE_CAP
