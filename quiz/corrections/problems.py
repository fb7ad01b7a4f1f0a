"""Problem reports: what a learner saw and gave, and what an editor does about it."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from quiz.accounts.models import User
from quiz.corrections.letting_count import make_count, offer_for, typed_text
from quiz.corrections.models import Report
from quiz.facts.mistakes import Mistake, RefusedError
from quiz.facts.names import normalise
from quiz.learning.models import Answer


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
    rows = Report.objects.select_related(
        "learner", "fact__topic", "fact__thread", "version__question", "case"
    )
    return rows if user.is_staff else rows.filter(fact__topic__owner=user)


def alike(report: Report) -> list[Report]:
    """Other open reports on the same fact that say the same of the same answer."""
    rows = Report.objects.filter(
        fact=report.fact_id,
        kind=report.kind,
        state=Report.State.OPEN,
        version__question__facet=report.version.question.facet,
    ).exclude(pk=report.pk)
    rows = rows.select_related("version__question").order_by("created_at")
    if text := normalise(typed_text(report)):
        return [row for row in rows if normalise(typed_text(row)) == text]
    return [row for row in rows.filter(version=report.version_id) if row.given == report.given]


def reports_to_read(learner: User) -> QuerySet[Report]:
    """Answered reports whose answer the learner has not opened yet."""
    rows = Report.objects.filter(learner=learner, read_at=None).exclude(answered_at=None)
    return rows.select_related("version").order_by("answered_at")


@transaction.atomic
def answer_report(
    *,
    report: Report,
    confirmed: bool,
    counts: bool,
    reply: str,
    by: User,
    now: datetime,
    with_alike: bool = False,
) -> Report:
    """Answer a report once, and those alike with it; what was typed counts from now on if so said.

    RefusedError where it cannot be let count; then nothing is answered.
    """
    row = Report.objects.select_for_update().get(pk=report.pk)
    if row.state != Report.State.OPEN:
        return row
    others = alike(row) if with_alike else []
    case = None
    if confirmed and counts:
        offer = offer_for(row, today=now.date())
        if offer is None or offer.refused:
            what = offer.refused if offer else "nothing was typed that could count."
            raise RefusedError((Mistake("", "counts", what),))
        case = make_count(report=row, offer=offer, by=by, now=now)
    state = Report.State.CONFIRMED if confirmed else Report.State.DECLINED
    for one in (row, *others):
        one.state, one.case = state, case
        one.reply, one.answered_by, one.answered_at = reply, by, now
        one.save()
    return row
