from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from quiz.accounts.policies import SignedInRequest, require
from quiz.classrooms.models import Classroom
from quiz.questions.models import QuestionSet
from quiz.reports import items
from quiz.reports.class_overview import class_overview
from quiz.reports.set_report import learner_row, learner_rows, question_reports

LEARNERS_ON_A_PAGE = 50


@require_GET
def set_report(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who answered a set, and what the answers say about its questions; for one class on demand."""
    question_set = get_object_or_404(
        QuestionSet.objects.select_related("topic"), public_id=public_id
    )
    require(request, "set.report", question_set)
    classrooms = Classroom.objects.filter(assignments__question_set=question_set).distinct()
    wanted = request.GET.get("class")
    classroom = get_object_or_404(classrooms, public_id=wanted) if wanted else None
    learners = learner_rows(question_set, classroom)
    page = Paginator(learners, LEARNERS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "question_set": question_set,
        "classrooms": classrooms,
        "classroom": classroom,
        "page": page,
        "learners": [learner_row(attempt) for attempt in page],
        "reports": question_reports(question_set, classroom) if page.paginator.count else [],
        "fewest": items.FEWEST_ANSWERS,
        "query": f"class={classroom.public_id}" if classroom else "",
    }
    template = "reports/set_report.html"
    name = f"{template}#report-learners" if request.htmx else template
    return TemplateResponse(request, name, context)


@require_GET
def classroom_report(request: SignedInRequest, public_id: str) -> HttpResponse:
    classroom = get_object_or_404(Classroom, public_id=public_id)
    require(request, "classroom.report", classroom)
    rows = class_overview(classroom, timezone.now())
    return TemplateResponse(
        request, "reports/classroom_report.html", {"classroom": classroom, "rows": rows}
    )
