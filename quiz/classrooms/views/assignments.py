from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from quiz.accounts.policies import SignedInRequest, require
from quiz.classrooms import actions
from quiz.classrooms.forms import AssignmentForm, DatesForm
from quiz.classrooms.models import Assignment
from quiz.classrooms.views.classrooms import found_classroom


def found_assignment(request: SignedInRequest, public_id: str) -> Assignment:
    assignment = get_object_or_404(
        Assignment.objects.select_related("classroom", "question_set"), public_id=public_id
    )
    require(request, "classroom.teach", assignment.classroom)
    return assignment


@require_http_methods(["GET", "POST"])
def assignment_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    classroom = found_classroom(request, public_id, "classroom.teach")
    form = AssignmentForm(
        request.user,
        request.POST if request.method == "POST" else None,
        initial={"question_set": request.GET.get("set")},
    )
    if form.is_valid():
        actions.assign(classroom=classroom, **form.cleaned_data, now=timezone.now())
        return redirect("quiz:classroom-detail", classroom.public_id)
    return TemplateResponse(
        request,
        "classrooms/assignment_new.html",
        {"form": form, "classroom": classroom},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
def assignment_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    assignment = found_assignment(request, public_id)
    form = DatesForm(
        request.POST if request.method == "POST" else None,
        initial={"opens_at": assignment.opens_at, "closes_at": assignment.closes_at},
    )
    if form.is_valid():
        actions.reschedule(assignment=assignment, **form.cleaned_data)
        return redirect("quiz:classroom-detail", assignment.classroom.public_id)
    return TemplateResponse(
        request,
        "classrooms/assignment_edit.html",
        {"form": form, "assignment": assignment},
        status=422 if form.is_bound else 200,
    )


@require_POST
def assignment_withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    assignment = found_assignment(request, public_id)
    classroom = assignment.classroom
    if not actions.withdraw(assignment=assignment, now=timezone.now()):
        messages.info(request, "Students have begun it: it is closed now, their answers stay.")
    return redirect("quiz:classroom-detail", classroom.public_id)
