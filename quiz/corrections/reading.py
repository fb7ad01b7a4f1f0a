"""What the pages of a fact show: its questions, rivals, evidence and revisions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from quiz.facts.dates import parse_edtf, shown
from quiz.facts.history import Difference, answer_of, differences, told
from quiz.facts.models import Fact, FactRevision
from quiz.learning.attribution import rail_of
from quiz.questions.models import QuestionVersion


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision as it is read: what changed, or what was said first."""

    n: int
    change: str
    why: str
    by: str
    at: datetime
    differences: list[Difference]
    first: list[tuple[str, str]]
    was: str
    now: str


def revisions_of(fact: Fact) -> list[Revision]:
    """Return the revisions of a fact, newest first."""
    rows = FactRevision.objects.filter(fact=fact).select_related("by").order_by("-n")
    return [
        Revision(
            n=row.n,
            change=row.get_change_display(),
            why=row.why,
            by=(row.by.name or str(row.by.email)) if row.by else "",
            at=row.at,
            differences=differences(row.before, row.after) if row.before else [],
            first=[] if row.before else list(told(row.after)),
            was=answer_of(row.before),
            now=answer_of(row.after),
        )
        for row in rows
    ]


def questions_of(fact: Fact) -> list[QuestionVersion]:
    """Return the current versions of a fact's questions, with the reason where one is held."""
    return list(
        QuestionVersion.objects.filter(question__fact=fact, question__retired=False)
        .exclude(state=QuestionVersion.State.REPLACED)
        .select_related("question")
        .order_by("question__facet", "question__form", "question__variant")
    )


def rivals_of(fact: Fact) -> list[Fact]:
    """Return other facts of the same measure and subject, with their voices."""
    if fact.measure_id is None:
        return []
    rows = Fact.objects.filter(topic=fact.topic_id, measure=fact.measure_id).exclude(pk=fact.pk)
    if fact.subject_id is not None:
        rows = rows.filter(Q(subject=fact.subject_id) | Q(subject=None))
    return list(rows.prefetch_related("voices__entity").order_by("as_of_first_day", "slug"))


def date_words(edtf: str) -> str:
    """Return a stored date as it is read, “by July 2025”; empty where there is none."""
    return shown(parse_edtf(edtf)) if edtf else ""


def evidence_of(fact: Fact) -> dict[str, Any]:
    """Return what a page says of a fact's standing, voices with their dates, sources and links."""
    voices = [
        (voice, date_words(voice.said_on_edtf))
        for voice in fact.voices.select_related("entity").order_by("n")
    ]
    rail, word = rail_of(fact.status, fact.mode, has_voice=bool(voices))
    before, _, rest = fact.sentence.partition("[[")
    answer, _, after = rest.partition("]]")
    return {
        "rail": rail,
        "rail_word": word,
        "before": before,
        "answer": answer,
        "after": after,
        "voices": voices,
        "as_of": date_words(fact.as_of_edtf),
        "citations": fact.citations.select_related("source").order_by("pk"),
        "links": fact.links.select_related("to_fact__topic").order_by("kind"),
        "linked_from": fact.linked_from.select_related("from_fact__topic").order_by("kind"),
    }
