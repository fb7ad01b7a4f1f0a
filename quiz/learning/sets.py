"""The way into a question set: by the teacher's link, or by the assignment of one's class."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from quiz.accounts.middleware import ensure_guest
from quiz.accounts.models import User
from quiz.accounts.policies import LearnerRequest, SignedInRequest, can, learner_view, require
from quiz.classrooms.models import Assignment
from quiz.learning.actions import start_attempt
from quiz.learning.models import Attempt
from quiz.learning.previewing import preview_card
from quiz.questions.models import QuestionSet


@require_http_methods(["GET", "POST"])
@learner_view("learn.start")
def set_open(request: LearnerRequest, link_token: str) -> HttpResponse:
    """The cover of a set; starting goes on with an attempt that is still open."""
    question_set = get_object_or_404(
        QuestionSet.objects.open_by_link().select_related("topic", "owner"), link_token=link_token
    )
    if request.method == "POST":
        learner = ensure_guest(request)
        return _begun(request, learner, question_set, None)
    return _cover(request, request.learner, question_set, None)


@require_http_methods(["GET", "POST"])
def assignment_open(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The cover of a set that a class was given; outside its dates it cannot be begun."""
    assignment = get_object_or_404(
        Assignment.objects.select_related(
            "classroom", "question_set__topic", "question_set__owner"
        ),
        public_id=public_id,
    )
    require(request, "classroom.see", assignment.classroom)
    question_set = assignment.question_set
    closed = _closed(assignment, timezone.now())
    if request.method == "POST":
        require(request, "assignment.take", assignment)
    elif not can(request.learner, "assignment.take", assignment):
        closed = "Students of the class start it here. To see it as they do, preview the set."
    if request.method == "POST" and not closed:
        return _begun(request, request.user, question_set, assignment)
    return _cover(
        request,
        request.user,
        question_set,
        assignment,
        closed=closed,
        status=410 if request.method == "POST" else 200,
    )


@require_GET
def set_preview(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One question of the set after the other, as a student meets it; nothing is stored."""
    question_set = get_object_or_404(QuestionSet, public_id=public_id)
    require(request, "set.edit", question_set)
    served = [item for item in question_set.items.with_versions() if item.is_served]
    wanted = request.GET.get("n", "")
    at = min(max(int(wanted), 1), len(served)) if wanted.isdecimal() and len(wanted) < 5 else 1
    context = {
        "question_set": question_set,
        "card": preview_card(served[at - 1], label=f"{at} of {len(served)}") if served else None,
        "previous": at - 1,
        "next": at + 1 if at < len(served) else 0,
    }
    template = "learning/set_preview.html"
    name = f"{template}#set-preview" if request.htmx else template
    return TemplateResponse(request, name, context)


def _closed(assignment: Assignment, now: datetime) -> str:
    """Say why the assignment cannot be begun now; empty where it can."""
    if assignment.question_set.status != QuestionSet.Status.PUBLISHED:
        return "Your teacher has closed this set for now."
    if assignment.opens_at and now < assignment.opens_at:
        return "This set is not open yet."
    if assignment.closes_at and now >= assignment.closes_at:
        return "This set is closed."
    return ""


def _open_attempt(
    learner: User | None, question_set: QuestionSet, assignment: Assignment | None
) -> Attempt | None:
    if learner is None:
        return None
    return Attempt.objects.filter(
        learner=learner,
        question_set=question_set,
        assignment=assignment,
        state=Attempt.State.OPEN,
    ).first()


def _begun(
    request: LearnerRequest,
    learner: User,
    question_set: QuestionSet,
    assignment: Assignment | None,
) -> HttpResponse:
    attempt = _open_attempt(learner, question_set, assignment)
    if attempt is None:
        if not any(item.is_served for item in question_set.items.with_versions()):
            closed = "None of its questions can be asked now. Your teacher can see why."
            return _cover(request, learner, question_set, assignment, closed=closed, status=410)
        attempt = start_attempt(
            learner=learner,
            question_set=question_set,
            assignment=assignment,
            now=timezone.now(),
        )
    return redirect("quiz:attempt-detail", attempt.public_id)


def _cover(
    request: LearnerRequest,
    learner: User | None,
    question_set: QuestionSet,
    assignment: Assignment | None,
    *,
    closed: str = "",
    status: int = 200,
) -> HttpResponse:
    served = [item for item in question_set.items.with_versions() if item.is_served]
    context = {
        "question_set": question_set,
        "assignment": assignment,
        "closed": closed,
        "question_count": len(served),
        "grave_count": sum(item.question.fact.grave for item in served),
        "attempt": _open_attempt(learner, question_set, assignment),
    }
    return TemplateResponse(request, "learning/set_open.html", context, status=status)
