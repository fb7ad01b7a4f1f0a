"""What a learner is told who had learned a value that is another one now."""

from collections.abc import Mapping
from typing import Any

from quiz.facts.dates import DateError, parse_edtf, shown
from quiz.facts.history import answer_of
from quiz.facts.models import FactLink, FactRevision
from quiz.learning.asking import Asked

Change = FactRevision.Change
TOLD = (Change.WRONG, Change.NEWER, Change.SUPERSEDED)
Rows = list[tuple[str, Mapping[str, Any] | None, Mapping[str, Any]]]


def correction(asked: Asked) -> str:
    """What changed since the learner last met the fact; empty where nothing did, at no cost.

    What we had wrong is taken back. A newer report takes nothing back: what was said then stands.
    A source that changed made no answer wrong, and is not told.
    """
    if not asked.trace.seq or asked.trace.revision_seen >= asked.revision:
        return ""
    if asked.has_several_facts:
        return ""
    rows = FactRevision.objects.filter(
        fact=asked.fact,
        n__gt=asked.trace.revision_seen,
        n__lte=asked.revision,
        change__in=TOLD,
    )
    changes: Rows = list(rows.order_by("n").values_list("change", "before", "after"))
    wrong = [row for row in changes if row[0] == Change.WRONG]
    if wrong:
        return _taken_back(answer_of(wrong[0][1]), answer_of(wrong[-1][2]))
    return _newer(asked.fact, changes) if changes else ""


def _taken_back(was: str, now: str) -> str:
    if not was or not now or was == now:
        return ""
    return (
        f"We had this wrong. It was {was}, it is now {now}. "
        "Your earlier answer is not held against you."
    )


def _newer(fact: int, changes: Rows) -> str:
    """“A newer report gives …. “…” stands as what was said in January 2025.”"""
    before = changes[0][1] or {}
    was, now = answer_of(before), answer_of(changes[-1][2])
    if was == now:
        newer = FactLink.objects.filter(to_fact=fact, kind=FactLink.Kind.SUPERSEDES)
        sentence = newer.order_by("-pk").values_list("from_fact__sentence", flat=True).first()
        now = answer_of({"sentence": sentence or ""})
    if not was or not now or was == now:
        return ""
    return f"A newer report gives {now}. “{was}” stands as what was said {_when(before)}."


def _when(record: Mapping[str, Any]) -> str:
    """When it was said, as near as the fact knows."""
    said = [voice.get("said_on_edtf", "") for voice in record.get("voices", ())[:1]]
    text = record.get("as_of_edtf") or "".join(said)
    try:
        date = parse_edtf(text) if text else None
    except DateError:
        date = None
    if date is None:
        return "then"
    return f"on {shown(date)}" if date.precision == "day" else f"in {shown(date)}"
