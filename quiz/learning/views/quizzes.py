"""Quizzes: a number of questions from a topic or set, one after another, with a result."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from quiz.accounts.middleware import ensure_guest
from quiz.accounts.models import User
from quiz.accounts.policies import LearnerRequest, learner_view, require
from quiz.facts.models import Topic
from quiz.learning.actions import finish_attempt, start_quiz
from quiz.learning.asking import Asked, slots
from quiz.learning.days_folding import fold_days
from quiz.learning.feedback import given_words
from quiz.learning.forms import QuizForm
from quiz.learning.models import Answer, Attempt
from quiz.learning.planning import plan_quiz
from quiz.learning.presenting import present
from quiz.learning.results import result_of, told_with_claim
from quiz.learning.views.steps import QUESTION, SeeOther, Step, learner_of, show


@require_http_methods(["GET", "POST"])
@learner_view("learn.start")
def quiz_new(request: LearnerRequest, slug: str) -> HttpResponse:
    """Choose how many questions and about what."""
    topic = get_object_or_404(Topic, slug=slug, owner=None)
    form = QuizForm(request.POST if request.method == "POST" else None, topic=topic)
    if request.method == "POST" and form.is_valid():
        learner, now = ensure_guest(request), timezone.now()
        fold_days(learner=learner, now=now)
        chosen = form.cleaned_data
        questions = plan_quiz(
            learner, topic, now, number=chosen["number"], threads=chosen["threads"]
        )
        attempt = start_quiz(learner=learner, topic=topic, questions=questions, now=now)
        if attempt is not None:
            return SeeOther(reverse("quiz:attempt-detail", args=[attempt.public_id]))
        form.add_error(None, "There is no question on this yet. Choose other parts.")
    begun = Attempt.objects.none()
    if request.learner:
        begun = Attempt.objects.filter(
            learner=request.learner, topic=topic, state=Attempt.State.OPEN
        ).select_related("question_set")[:5]
    context = {"topic": topic, "form": form, "begun": begun}
    status = 422 if form.errors else 200
    return render(request, "learning/quiz_new.html", context, status=status)


@require_GET
@learner_view("learn")
def attempt_detail(request: LearnerRequest, public_id: str) -> HttpResponse:
    """A question of the attempt: the one asked for, else the first that is open."""
    attempt = _own_attempt(request, public_id)
    if attempt.state == Attempt.State.FINISHED:
        return redirect("quiz:attempt-result", attempt.public_id)
    learner = learner_of(request)
    asked = slots(learner, attempt.public_id)
    number = request.GET.get("n", "")
    row = asked.get(int(number)) if number.isascii() and number.isdigit() else None
    if (row is None and "end" not in request.GET) or (row is not None and not row.may_be_shown):
        row = _next_open(asked.values(), row)
    if row is None or row.slot is None:
        return _end(request, attempt, asked)
    if row.slot.verdict and not row.slot.at_end:
        return _told(request, learner, attempt, row, asked)
    card = present(
        row,
        learner=learner,
        now=timezone.now(),
        attempt=attempt.public_id,
        notice=_standing_words(learner, row),
    )
    return show(request, QUESTION, {"card": card})


def _next_open(rows: Iterable[Asked], after: Asked | None) -> Asked | None:
    """The first question not answered yet that may be shown, from a place on if one is given."""
    start = after.slot.n if after is not None and after.slot else 0
    waiting = (row for row in rows if row.slot and not row.slot.verdict and row.may_be_shown)
    return next((row for row in waiting if row.slot and row.slot.n >= start), None)


@require_POST
@learner_view("learn")
def attempt_finish(request: LearnerRequest, public_id: str) -> HttpResponse:
    """Close the attempt; closing it again changes nothing."""
    attempt = _own_attempt(request, public_id)
    learner, now = learner_of(request), timezone.now()
    finish_attempt(attempt=attempt, learner=learner, now=now)
    fold_days(learner=learner, now=now)
    return SeeOther(reverse("quiz:attempt-result", args=[attempt.public_id]))


@require_GET
@learner_view("learn")
def attempt_result(request: LearnerRequest, public_id: str) -> HttpResponse:
    """Every question, what was given, what is right and who says so."""
    attempt = _own_attempt(request, public_id)
    if attempt.state != Attempt.State.FINISHED:
        return redirect("quiz:attempt-detail", attempt.public_id)
    context = {"attempt": attempt, "result": result_of(learner_of(request), attempt)}
    return render(request, "learning/attempt_result.html", context)


def _own_attempt(request: LearnerRequest, public_id: str) -> Attempt:
    attempt = get_object_or_404(
        Attempt.objects.select_related("question_set", "topic"), public_id=public_id
    )
    require(request, "attempt.take", attempt)
    return attempt


def _end(request: LearnerRequest, attempt: Attempt, asked: dict[int, Asked]) -> HttpResponse:
    found = [row.slot for row in asked.values() if row.slot]
    context = {
        "attempt": attempt,
        "slots": found,
        "open_count": sum(not slot.verdict for slot in found),
    }
    return show(request, "learning/_attempt_end.html", context)


def _told(
    request: LearnerRequest,
    learner: User,
    attempt: Attempt,
    row: Asked,
    asked: dict[int, Asked],
) -> HttpResponse:
    """An answered question of a quiz that tells at once: its feedback, and the way on."""
    assert row.slot is not None
    stored = Answer.objects.filter(learner=learner, nonce=row.slot.nonce).order_by("-try_no")
    related = stored.select_related("version__question", "attempt__question_set")
    answer = related.first() if row.slot.nonce else None
    url = reverse("quiz:attempt-detail", args=[attempt.public_id])
    following = row.slot.n + 1
    step = (
        Step(None, f"{url}?n={following}")
        if following in asked
        else (Step(None, f"{url}?end", "To the end"))
    )
    if answer is None:
        return redirect(step.url)
    card = told_with_claim(learner, row, answer)
    return show(request, QUESTION, {"card": card, "step": step})


def _standing_words(learner: User, row: Asked) -> str:
    """What was answered so far, where it may still be changed."""
    if row.slot is None or not row.slot.verdict or not row.slot.nonce:
        return ""
    stored = Answer.objects.filter(learner=learner, nonce=row.slot.nonce).order_by("-try_no")
    given = stored.values_list("given", flat=True).first()
    if given is None:
        return ""
    return f"Your answer so far: {given_words(row, given)}. You can still change it."
