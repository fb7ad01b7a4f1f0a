from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quiz.accounts.limits import address_of
from quiz.accounts.policies import SignedInRequest, can, require
from quiz.classrooms import actions
from quiz.classrooms.forms import ClassroomForm, CodeForm
from quiz.classrooms.joining import TooManyMissesError, classroom_by_code, normalized
from quiz.classrooms.models import Assignment, Classroom, Membership
from quiz.questions.models import QuestionSet


def found_classroom(request: SignedInRequest, public_id: str, action: str) -> Classroom:
    classroom = get_object_or_404(Classroom, public_id=public_id)
    require(request, action, classroom)
    return classroom


@require_GET
def classroom_list(request: SignedInRequest) -> HttpResponse:
    require(request, "classroom.list")
    memberships = (
        Membership.objects.filter(user=request.user)
        .select_related("classroom")
        .annotate(
            learners=Count(
                "classroom__memberships",
                filter=Q(classroom__memberships__role=Membership.Role.LEARNER),
            )
        )
        .order_by("classroom__name", "classroom")
    )
    context = {
        "memberships": memberships,
        "form": CodeForm(),
        "may_create": can(request.user, "classroom.create"),
    }
    return TemplateResponse(request, "classrooms/classroom_list.html", context)


@require_http_methods(["GET", "POST"])
def classroom_new(request: SignedInRequest) -> HttpResponse:
    require(request, "classroom.create")
    form = ClassroomForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        classroom = actions.create_classroom(
            owner=request.user, name=form.cleaned_data["name"], now=timezone.now()
        )
        return redirect("quiz:classroom-detail", classroom.public_id)
    return TemplateResponse(
        request,
        "classrooms/classroom_new.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


@require_GET
def classroom_detail(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The class's home: what is given to it; for its teachers also the way in."""
    classroom = found_classroom(request, public_id, "classroom.see")
    teaches = can(request.user, "classroom.teach", classroom)
    assignments = Assignment.objects.filter(classroom=classroom).select_related("question_set")
    if not teaches:
        assignments = assignments.filter(question_set__status=QuestionSet.Status.PUBLISHED)
        assignments = assignments.with_own_attempts(request.user)
    context = {
        "classroom": classroom,
        "assignments": assignments,
        "teaches": teaches,
        "may_leave": can(request.user, "classroom.leave", classroom),
        "now": timezone.now(),
        **(_way_in(request, classroom) if teaches else {}),
    }
    return TemplateResponse(request, "classrooms/classroom_detail.html", context)


def _way_in(request: SignedInRequest, classroom: Classroom) -> dict[str, str | None]:
    code = classroom.join_code
    if code is None:
        return {"code": None, "join_link": None}
    link = request.build_absolute_uri(f"/join/{code}/")
    return {"code": f"{code[:5]}-{code[5:]}", "join_link": link}


@require_http_methods(["GET", "POST"])
def classroom_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    classroom = found_classroom(request, public_id, "classroom.teach")
    form = ClassroomForm(
        request.POST if request.method == "POST" else None, initial={"name": classroom.name}
    )
    if form.is_valid():
        actions.rename(classroom=classroom, name=form.cleaned_data["name"])
        return redirect("quiz:classroom-detail", classroom.public_id)
    return TemplateResponse(
        request,
        "classrooms/classroom_edit.html",
        {"form": form, "classroom": classroom},
        status=422 if form.is_bound else 200,
    )


@require_POST
def classroom_rotate_code(request: SignedInRequest, public_id: str) -> HttpResponse:
    classroom = found_classroom(request, public_id, "classroom.teach")
    actions.rotate_join_code(classroom=classroom)
    return _after_code_change(request, classroom)


@require_POST
def classroom_close_joining(request: SignedInRequest, public_id: str) -> HttpResponse:
    classroom = found_classroom(request, public_id, "classroom.teach")
    actions.close_joining(classroom=classroom)
    return _after_code_change(request, classroom)


def _after_code_change(request: SignedInRequest, classroom: Classroom) -> HttpResponse:
    if not request.htmx:
        return redirect("quiz:classroom-detail", classroom.public_id)
    return TemplateResponse(
        request,
        "classrooms/classroom_detail.html#way-in",
        {"classroom": classroom, **_way_in(request, classroom)},
    )


@require_http_methods(["GET", "POST"])
def classroom_enter(request: SignedInRequest) -> HttpResponse:
    """Type a code; a right one leads to the page that asks whether to join."""
    require(request, "classroom.join")
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            classroom = _by_code(request, form.cleaned_data["code"])
        except TooManyMissesError as error:
            return _too_many_misses(request, error)
        if classroom is not None:
            return redirect("quiz:classroom-join", classroom.join_code)
        form.add_error("code", "No class has this code. Codes are ten letters and digits.")
    if form.errors:
        status = 422
    return TemplateResponse(
        request, "classrooms/classroom_enter.html", {"form": form}, status=status
    )


@require_http_methods(["GET", "POST"])
def classroom_join(request: SignedInRequest, code: str) -> HttpResponse:
    require(request, "classroom.join")
    try:
        classroom = _by_code(request, code)
    except TooManyMissesError as error:
        return _too_many_misses(request, error)
    if classroom is None:
        form = CodeForm({"code": normalized(code)[:40]})
        form.add_error("code", "No class has this code. It may have changed: ask for it again.")
        return TemplateResponse(
            request, "classrooms/classroom_enter.html", {"form": form}, status=404
        )
    if request.method == "POST":
        actions.join(classroom=classroom, user=request.user, now=timezone.now())
        return redirect("quiz:classroom-detail", classroom.public_id)
    if can(request.user, "classroom.see", classroom):
        return redirect("quiz:classroom-detail", classroom.public_id)
    return TemplateResponse(
        request, "classrooms/classroom_join.html", {"classroom": classroom, "code": code}
    )


def _by_code(request: SignedInRequest, code: str) -> Classroom | None:
    return classroom_by_code(code=code, user=request.user, address=address_of(request))


def _too_many_misses(request: SignedInRequest, error: TooManyMissesError) -> HttpResponse:
    response = TemplateResponse(
        request, "classrooms/too_many_misses.html", {"minutes": error.seconds // 60}, status=429
    )
    response["Retry-After"] = str(error.seconds)
    return response


@require_POST
def classroom_leave(request: SignedInRequest, public_id: str) -> HttpResponse:
    classroom = found_classroom(request, public_id, "classroom.leave")
    actions.leave(classroom=classroom, user=request.user)
    messages.info(request, f"You have left {classroom.name}. Your answers stay with you.")
    return redirect("quiz:classroom-list")


@require_GET
def classroom_roster(request: SignedInRequest, public_id: str) -> HttpResponse:
    classroom = found_classroom(request, public_id, "classroom.teach")
    return TemplateResponse(request, "classrooms/classroom_roster.html", _roster(classroom))


def _roster(classroom: Classroom) -> dict[str, object]:
    memberships = classroom.memberships.select_related("user").order_by(
        "-role", "user__name", "user__email"
    )
    return {"classroom": classroom, "memberships": memberships}


@require_POST
def classroom_remove(request: SignedInRequest, public_id: str, user_id: str) -> HttpResponse:
    """Take a learner out; sent twice, the second finds nobody and changes nothing."""
    classroom = found_classroom(request, public_id, "classroom.teach")
    membership = classroom.memberships.filter(user__public_id=user_id).first()
    if membership is not None:
        if membership.user_id == classroom.owner_id:
            raise PermissionDenied
        actions.leave(classroom=classroom, user=membership.user)
    if not request.htmx:
        return redirect("quiz:classroom-roster", classroom.public_id)
    return TemplateResponse(request, "classrooms/classroom_roster.html#roster", _roster(classroom))
