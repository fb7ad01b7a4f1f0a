from collections.abc import Iterable, Sequence
from typing import cast

from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from quiz.accounts.models import User
from quiz.accounts.policies import LearnerRequest, SignedInRequest, learner_view, require
from quiz.exchange.answers import MY_HEADER, RESULTS_HEADER, my_rows, result_rows
from quiz.exchange.csv_format import Cell, lines
from quiz.questions.models import QuestionSet


@require_GET
@learner_view("my-data.export")
def my_answers(request: LearnerRequest) -> HttpResponseBase:
    return _file("my-answers.csv", MY_HEADER, my_rows(cast("User", request.learner)))


@require_GET
def set_results(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    question_set = get_object_or_404(QuestionSet, public_id=public_id)
    require(request, "set.export-results", question_set)
    name = slugify(question_set.title) or "set"
    return _file(f"{name}-results.csv", RESULTS_HEADER, result_rows(question_set))


def _file(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        lines(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
