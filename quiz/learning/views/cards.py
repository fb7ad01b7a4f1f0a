"""Flashcards: the front first, the back asked from the server, then the learner's own rating."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from quiz.accounts.middleware import ensure_guest
from quiz.accounts.policies import LearnerRequest, learner_view
from quiz.facts.models import Topic
from quiz.learning.asking import shown_version, slots
from quiz.learning.planning import plan_round
from quiz.learning.presenting import back_card
from quiz.learning.rounds import Kind
from quiz.learning.tokens import ExpiredTokenError
from quiz.learning.views.rounds import begin
from quiz.learning.views.steps import NOTICE, QUESTION, Step, learner_of, read_token, show
from quiz.questions.models import Form, Question


@require_http_methods(["GET", "POST"])
@learner_view("learn.start")
def cards_start(request: LearnerRequest, slug: str) -> HttpResponse:
    """What cards are for, and the button that deals ten."""
    topic = get_object_or_404(Topic, slug=slug, owner=None)
    if request.method == "POST":
        learner, now = ensure_guest(request), timezone.now()
        return begin(learner, plan_round(learner, topic, now, kind=Kind.CARDS))
    has_cards = (
        Question.objects.served().filter(fact__topic=topic, form=Form.FLASHCARD, owner=None)
    ).exists()
    return render(request, "learning/cards_start.html", {"topic": topic, "has_cards": has_cards})


@require_POST
@learner_view("learn")
def card_back(request: LearnerRequest) -> HttpResponse:
    """Turn the card over; nothing is stored by looking."""
    learner = learner_of(request)
    try:
        token = read_token(request, request.POST.get("token"))
    except ExpiredTokenError:
        notice = "This card was dealt more than 14 days ago."
        step = Step(None, reverse("quiz:review-today"), "To today")
        return show(request, NOTICE, {"notice": notice, "step": step}, status=410)
    asked = shown_version(learner, token.question, token.n)
    if token.attempt:
        asked = slots(learner, token.attempt, (token.slot,)).get(token.slot)
    if asked is None or asked.question != token.question:
        raise Http404
    if asked.form != Form.FLASHCARD:
        raise BadRequest("Only cards are turned over.")
    return show(request, QUESTION, {"card": back_card(asked, token, learner=learner)})
