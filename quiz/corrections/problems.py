"""Problem reports: what a learner saw and gave, and what an editor does about it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from quiz.accounts.models import User
from quiz.corrections.models import Report
from quiz.facts.actions import add_alias
from quiz.facts.models import Entity, EntityName
from quiz.learning.models import Answer
from quiz.questions.graded import SCORES, Verdict
from quiz.questions.models import Facet, QuestionVersion
from quiz.questions.respond import UnreadableGivenError, respond

ALIAS_LENGTH = 160


class NotYoursError(Exception):
    """There is no such answer, or it is another learner's."""


@transaction.atomic
def file_report(
    *, learner: User, nonce: str, kind: str, message: str, now: datetime
) -> tuple[Report, bool]:
    """Store a report on the question behind an answer; a repeat returns what was stored."""
    answer = (
        Answer.objects.filter(learner=learner, nonce=nonce)
        .select_related("version__question")
        .order_by("-answered_at")
        .first()
    )
    if answer is None:
        raise NotYoursError
    report, is_new = Report.objects.get_or_create(
        learner=learner,
        version=answer.version,
        nonce=nonce,
        kind=kind,
        defaults={
            "fact_id": answer.version.question.fact_id,
            "given": answer.given,
            "message": message,
            "created_at": now,
        },
    )
    if message and not report.message and report.state == Report.State.OPEN:
        # Said afterwards, to an answer that was counted as right with one touch.
        report.message = message
        report.save(update_fields=["message"])
    return report, is_new


def reports_for(user: User) -> QuerySet[Report]:
    """Reports that a user may answer: admins all, teachers those on their own facts."""
    rows = Report.objects.select_related("fact__topic", "fact__thread", "version__question")
    return rows if user.is_staff else rows.filter(fact__topic__owner=user)


def typed_text(report: Report) -> str:
    """What the learner typed, if the question was typed."""
    return str((report.given or {}).get("text", "")).strip()


def entity_meant(report: Report) -> Entity | None:
    """The entity that a typed name was to name: the answer, or the speaker."""
    fact, facet = report.fact, report.version.question.facet
    if facet == Facet.IDENTITY:
        answers = list(fact.answers.select_related("entity").order_by("n")[:2])
        return answers[0].entity if len(answers) == 1 else None
    if facet == Facet.SPEAKER:
        voice = fact.voices.select_related("entity").order_by("n").first()
        return voice.entity if voice else None
    return None


def can_add_alias(report: Report) -> bool:
    text = typed_text(report)
    is_name = 0 < len(text) <= ALIAS_LENGTH
    return report.kind == Report.Kind.SHOULD_COUNT and is_name and entity_meant(report) is not None


@transaction.atomic
def answer_report(
    *, report: Report, confirmed: bool, alias: bool, reply: str, by: User, now: datetime
) -> Report:
    """Answer a report once; a confirmed name becomes an alias, and its case is kept.

    The case is the learner's own text: `cases_that_fail` grades it again after every change.
    """
    row = Report.objects.select_for_update().get(pk=report.pk)
    if row.state != Report.State.OPEN:
        return row
    row.state = Report.State.CONFIRMED if confirmed else Report.State.DECLINED
    row.reply, row.answered_by, row.answered_at = reply, by, now
    entity = entity_meant(row)
    if confirmed and alias and entity is not None and can_add_alias(row):
        text = typed_text(row)
        add_alias(entity=entity, text=text, kind=EntityName.Kind.SHORT, accept=True, now=now)
        row.added = {"alias": text, "entity": entity.slug, "given": row.given}
    row.save()
    return row


def cases_that_fail(*, today: date) -> list[Report]:
    """Grade every kept case against the current question; return those that count no more."""
    rows = Report.objects.filter(state=Report.State.CONFIRMED).exclude(added={})
    return [
        report
        for report in rows.select_related("version__question", "fact")
        if _still_counts(report, today) is False
    ]


def _still_counts(report: Report, today: date) -> bool | None:
    """Whether the current version takes what was given; None where it is not asked now."""
    current = QuestionVersion.objects.filter(
        question=report.version.question_id, state=QuestionVersion.State.SERVED
    ).first()
    if current is None:
        return None
    given: Any = report.added.get("given")
    try:
        outcome = respond(
            report.version.question.form, current.options, current.expected, given, today=today
        )
    except UnreadableGivenError:
        return False
    return SCORES.get(Verdict(outcome.verdict), 0) == 1
