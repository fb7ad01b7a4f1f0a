"""What a learner is told who had learned a value that was wrong."""

from quiz.facts.history import answer_of
from quiz.facts.models import FactRevision
from quiz.learning.asking import Asked


def correction(asked: Asked) -> str:
    """“We had this wrong. It was …, it is now …”; empty where nothing was, at no cost.

    Only what we had wrong is told: a source that changed or a newer report made no answer wrong.
    """
    if not asked.trace.seq or asked.trace.revision_seen >= asked.revision:
        return ""
    if asked.has_several_facts:
        return ""
    rows = FactRevision.objects.filter(
        fact=asked.fact,
        n__gt=asked.trace.revision_seen,
        n__lte=asked.revision,
        change=FactRevision.Change.WRONG,
    )
    changes = list(rows.order_by("n").values_list("before", "after"))
    if not changes:
        return ""
    was, now = answer_of(changes[0][0]), answer_of(changes[-1][1])
    if not was or not now or was == now:
        return ""
    return (
        f"We had this wrong. It was {was}, it is now {now}. "
        "Your earlier answer is not held against you."
    )
