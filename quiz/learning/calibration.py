"""How often the learner was right when sure, half sure, or guessing; nothing else looks at it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from quiz.accounts.models import User
from quiz.learning.models import Answer, Attempt
from quiz.learning.recording import RIGHT

ENOUGH = 10


@dataclass(frozen=True, slots=True)
class SurenessRow:
    """Answers that were given with one word; a share only where it means something."""

    word: str
    answered: int
    right: int

    @property
    def share(self) -> int | None:
        return round(100 * self.right / self.answered) if self.answered >= ENOUGH else None


def calibration_of(learner: User) -> list[SurenessRow]:
    """The surest first; empty where it was never said.

    What an open attempt does not tell yet is left out, and of changed answers the last one counts.
    """
    untold = Q(attempt__state=Attempt.State.OPEN, attempt__question_set__feedback_at_end=True)
    later = Answer.objects.filter(
        learner=OuterRef("learner"), nonce=OuterRef("nonce"), try_no__gt=OuterRef("try_no")
    )
    said = Answer.objects.filter(learner=learner, sureness__isnull=False, try_no__gt=0)
    rows = (
        said.exclude(untold)
        .filter(~Exists(later))
        .order_by("-sureness")
        .values("sureness")
        .annotate(answered=Count("pk"), right=Count("pk", filter=Q(verdict__in=RIGHT)))
    )
    words = dict(Answer.Sureness.choices)
    return [
        SurenessRow(str(words[row["sureness"] or 0]), row["answered"], row["right"]) for row in rows
    ]
