"""The blast radius of a change to a fact: what stands on it, counted before it is made."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from quiz.facts.mistakes import Mistake
from quiz.facts.models import Fact
from quiz.learning.models import Attempt, Memory, Slot
from quiz.questions.models import QuestionFact, QuestionSet, QuestionVersion


@dataclass(frozen=True, slots=True)
class BlastRadius:
    """borrowed: questions of other facts that use this one, as a wrong option, say."""

    questions: int = 0
    borrowed: int = 0
    sets: int = 0
    open_attempts: int = 0
    learners: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.questions or self.borrowed)


class UnconfirmedError(Exception):
    """Questions or kept cases depend on the change, and the editor has not confirmed that."""

    def __init__(self, radius: BlastRadius, mistakes: Sequence[Mistake]) -> None:
        super().__init__("Confirm what this change touches.")
        self.radius = radius
        self.mistakes = tuple(mistakes)


def blast_radius(fact: Fact) -> BlastRadius:
    """Count the current questions that use a fact and who meets them, in five queries."""
    current = QuestionVersion.objects.exclude(state=QuestionVersion.State.REPLACED)
    using = current.filter(
        Q(question__fact=fact) | Q(pk__in=QuestionFact.objects.filter(fact=fact).values("version"))
    )
    touched = using.filter(question__retired=False)
    own = touched.filter(question__fact=fact).count()
    slots = Slot.objects.filter(version__in=touched.values("pk"))
    return BlastRadius(
        questions=own,
        borrowed=touched.count() - own,
        sets=QuestionSet.objects.filter(items__question__in=touched.values("question"))
        .distinct()
        .count(),
        open_attempts=Attempt.objects.filter(
            state=Attempt.State.OPEN, pk__in=slots.values("attempt")
        ).count(),
        learners=Memory.objects.filter(fact=fact).values("learner").distinct().count(),
    )
