"""Reporting a problem with a question, and answering the reports."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quiz.accounts.models import User
from quiz.accounts.policies import LearnerRequest, learner_view, require
from quiz.corrections.blast import blast_radius
from quiz.corrections.forms import AnswerReportForm, ReportForm
from quiz.corrections.kept_cases import failing_cases
from quiz.corrections.letting_count import offer_for, typed_text
from quiz.corrections.models import Report
from quiz.corrections.problems import (
    NotYoursError,
    alike,
    answer_report,
    file_report,
    reports_for,
)
from quiz.facts.mistakes import RefusedError
from quiz.facts.models import Topic
from quiz.learning.claiming import REFUSED
from quiz.learning.models import Answer
from quiz.learning.views.ways_back import way_back
from quiz.questions.models import GradingCase

UNPROCESSABLE = 422
SHOWN = 200


@require_http_methods(["GET", "POST"])
@learner_view("learn")
def report_list(request: LearnerRequest) -> HttpResponse:
    """One's own reports with their answers; a POST files one on an answer of one's own."""
    learner = cast("User", request.learner)
    if request.method == "POST":
        return _file(request, learner)
    reports = Report.objects.filter(learner=learner).select_related("fact", "version", "case")[
        :SHOWN
    ]
    return render(request, "corrections/report_list.html", {"reports": reports})


@require_POST
@learner_view("learn")
def report_read(request: LearnerRequest, public_id: str) -> HttpResponse:
    """Open the answer to a report of one's own: it is announced no more."""
    learner = cast("User", request.learner)
    report = get_object_or_404(Report, learner=learner, public_id=public_id)
    Report.objects.filter(pk=report.pk, read_at=None).update(read_at=timezone.now())
    return redirect(f"{reverse('quiz:report-list')}#report-{report.public_id}")


def _file(request: LearnerRequest, learner: User) -> HttpResponse:
    form = ReportForm(request.POST)
    answer = _own_answer(learner, request.POST.get("nonce", ""))
    back = way_back(request, answer, request.POST.get("back", "")) if answer else None
    if not form.is_valid():
        name = "corrections/report_new.html" + ("#report-form" if request.htmx else "")
        context = {"form": form, "back": back}
        return render(request, name, context, status=UNPROCESSABLE)
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
        return render(request, "corrections/report_new.html#report-thanks", {"back": back})
    messages.success(request, "Thank you. A person reads it.")
    return redirect(back.url if back else "quiz:report-list")


def _own_answer(learner: User, nonce: str) -> Answer | None:
    rows = Answer.objects.filter(learner=learner, nonce=nonce.replace("\0", ""))
    return rows.select_related("version", "attempt").order_by("-try_no").first()


@require_GET
@learner_view("learn")
def report_new(request: LearnerRequest, nonce: str) -> HttpResponse:
    """The form for a problem with the question behind an answer of one's own."""
    answer = _own_answer(cast("User", request.learner), nonce)
    if answer is None:
        raise Http404
    kind = Report.Kind.SHOULD_COUNT if answer.verdict in REFUSED else None
    back = way_back(request, answer)
    form = ReportForm(initial={"nonce": nonce, "kind": kind, "back": back.url})
    context = {"form": form, "stem": answer.version.stem, "back": back}
    return render(request, "corrections/report_new.html", context)


@require_GET
def report_queue(request: HttpRequest) -> HttpResponse:
    """Open reports, the oldest first, for those who may change their facts."""
    require(request, "report.answer")
    rows = reports_for(cast("User", request.user))
    kept = GradingCase.objects.filter(ended_at=None, fact__in=rows.values("fact"))
    topics = Topic.objects.filter(facts__grading_cases__in=kept).distinct()
    context = {
        "open": rows.filter(state=Report.State.OPEN).order_by("created_at")[:SHOWN],
        "answered": rows.exclude(state=Report.State.OPEN).order_by("-answered_at")[:20],
        "failing": failing_cases(topics, timezone.now()),
    }
    return render(request, "corrections/report_queue.html", context)


@require_http_methods(["GET", "POST"])
def report_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the learner saw and gave; the editor answers it."""
    require(request, "report.answer")
    editor = cast("User", request.user)
    report = get_object_or_404(reports_for(editor), public_id=public_id)
    is_open = report.state == Report.State.OPEN
    offer = offer_for(report, today=timezone.localdate()) if is_open else None
    others = alike(report) if is_open else []
    form = AnswerReportForm(
        request.POST or None,
        with_counts=offer is not None and not offer.refused,
        alike=len(others),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _answer(report, form.cleaned_data, editor)
        except RefusedError as error:
            for mistake in error.mistakes:
                form.add_error(None, mistake.what)
        else:
            messages.success(request, "Answered.")
            return redirect("quiz:report-queue")
    context = {
        "report": report,
        "form": form,
        "text": typed_text(report),
        "offer": offer,
        "alike": others,
        "radius": blast_radius(report.fact) if offer else None,
        "versions": [report.version],
        "chosen": _chosen(report),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "corrections/report_detail.html", context, status=status)


def _answer(report: Report, given: dict[str, Any], editor: User) -> None:
    answer_report(
        report=report,
        confirmed=given["decision"] == Report.State.CONFIRMED,
        counts=bool(given.get("counts")),
        reply=given["reply"],
        by=editor,
        now=timezone.now(),
        with_alike=bool(given.get("with_alike")),
    )


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
