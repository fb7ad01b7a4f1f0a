"""Memories lived anew from their recalls: after a merge, or when a recall is put right."""

from collections.abc import Sequence

from quiz.learning import remembering
from quiz.learning.memory import Grade
from quiz.learning.models import Recall
from quiz.learning.rating import RECALL, Evidence
from quiz.learning.recording import RIGHT
from quiz.learning.remembering import NOTHING, Trace
from quiz.questions.grading import Verdict


def relived(recalls: Sequence[Recall]) -> Trace:
    """The trace these recalls lead to, oldest first; they are numbered from 1 on the way.

    A day is rated once: of two ratings on one day the first stands and the other becomes none.
    """
    trace = NOTHING
    for recall in recalls:
        grade = Grade(recall.rating) if recall.rating else None
        if trace.state is not None and trace.state.last_day >= recall.day:
            grade = None
        if recall.verdict == Verdict.ASK_AGAIN:
            trace = remembering.after_asking_again(trace)
        else:
            seen = _as_evidence(recall)
            trace = remembering.after(trace, seen, grade, recall.day, revision=recall.revision)
        recall.seq, recall.rating = trace.seq, grade
    return trace


def _as_evidence(recall: Recall) -> Evidence:
    right: bool | None = recall.verdict in RIGHT
    if recall.verdict == Verdict.PARTIAL:
        right = None
    is_own = recall.form not in RECALL and recall.rating is not None
    return Evidence(
        form=recall.form,
        right=right,
        chosen_grade=Grade(recall.rating) if is_own and recall.rating else None,
    )
