"""Reporting a problem with a question, and answering the reports."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from quiz.accounts.models import User
from quiz.accounts.policies import LearnerRequest, learner_view, require
from quiz.corrections.forms import AnswerReportForm, ReportForm
from quiz.corrections.models import Report
from quiz.corrections.problems import (
    NotYoursError,
    answer_report,
    can_add_alias,
    cases_that_fail,
    entity_meant,
    file_report,
    reports_for,
    typed_text,
)
from quiz.learning.claiming import REFUSED
from quiz.learning.models import Answer

UNPROCESSABLE = 422
SHOWN = 200


@require_http_methods(["GET", "POST"])
@learner_view("learn")
def report_list(request: LearnerRequest) -> HttpResponse:
    """One's own reports with their answers; a POST files one on an answer of one's own."""
    learner = cast("User", request.learner)
    if request.method == "POST":
        return _file(request, learner)
    reports = Report.objects.filter(learner=learner).select_related("fact", "version")[:SHOWN]
    return render(request, "corrections/report_list.html", {"reports": reports})


def _file(request: LearnerRequest, learner: User) -> HttpResponse:
    form = ReportForm(request.POST)
    if not form.is_valid():
        name = "corrections/report_new.html" + ("#report-form" if request.htmx else "")
        return render(request, name, {"form": form}, status=UNPROCESSABLE)
    given = form.cleaned_data
    try:
        file_report(
            learner=learner,
            nonce=given["nonce"],
            kind=given["kind"],
            message=given["message"],
            now=timezone.now(),
        )
    except NotYoursError as error:
        raise Http404 from error
    if request.htmx:
        return render(request, "corrections/report_new.html#report-thanks")
    messages.success(request, "Thank you. A person reads it.")
    return redirect("quiz:report-list")


@require_GET
@learner_view("learn")
def report_new(request: LearnerRequest, nonce: str) -> HttpResponse:
    """The form for a problem with the question behind an answer of one's own."""
    answer = (
        Answer.objects.filter(learner=cast("User", request.learner), nonce=nonce)
        .select_related("version")
        .first()
    )
    if answer is None:
        raise Http404
    kind = Report.Kind.SHOULD_COUNT if answer.verdict in REFUSED else None
    form = ReportForm(initial={"nonce": nonce, "kind": kind})
    context = {"form": form, "stem": answer.version.stem}
    return render(request, "corrections/report_new.html", context)


@require_GET
def report_queue(request: HttpRequest) -> HttpResponse:
    """Open reports, the oldest first, for those who may change their facts."""
    require(request, "report.answer")
    rows = reports_for(cast("User", request.user))
    context = {
        "open": rows.filter(state=Report.State.OPEN).order_by("created_at")[:SHOWN],
        "answered": rows.exclude(state=Report.State.OPEN).order_by("-answered_at")[:20],
        "failing": cases_that_fail(today=timezone.localdate()),
    }
    return render(request, "corrections/report_queue.html", context)


@require_http_methods(["GET", "POST"])
def report_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the learner saw and gave; the editor answers it."""
    require(request, "report.answer")
    editor = cast("User", request.user)
    report = get_object_or_404(reports_for(editor), public_id=public_id)
    form = AnswerReportForm(request.POST or None, with_alias=can_add_alias(report))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        answer_report(
            report=report,
            confirmed=given["decision"] == Report.State.CONFIRMED,
            alias=bool(given.get("alias")),
            reply=given["reply"],
            by=editor,
            now=timezone.now(),
        )
        messages.success(request, "Answered.")
        return redirect("quiz:report-queue")
    context = {
        "report": report,
        "form": form,
        "text": typed_text(report),
        "entity": entity_meant(report),
        "versions": [report.version],
        "chosen": _chosen(report),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/report_detail.html", context, status=status)


def _chosen(report: Report) -> list[str]:
    """The texts of the options that were given."""
    given = report.given or {}
    picked = given.get("choices", [given["choice"]] if "choice" in given else [])
    options = report.version.options
    return [
        options[place]["text"]
        for place in picked
        if isinstance(place, int) and 0 <= place < len(options)
    ]
