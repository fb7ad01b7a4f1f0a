"""The one POST that answers, and the page of the feedback for browsers without JavaScript."""

import json

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from quiz.accounts.models import User
from quiz.accounts.policies import LearnerRequest, learner_view
from quiz.learning import given as givens
from quiz.learning.answering import (
    Answered,
    BusyError,
    ClosedError,
    How,
    UnknownQuestionError,
    answer,
    leave_out,
)
from quiz.learning.asking import Asked, shown_version, slots
from quiz.learning.models import Answer, Attempt
from quiz.learning.paths import path_to
from quiz.learning.presenting import answered_card, card
from quiz.learning.results import told_with_claim
from quiz.learning.tokens import ExpiredTokenError, Token
from quiz.learning.views.steps import (
    NOTICE,
    QUESTION,
    SeeOther,
    Step,
    learner_of,
    next_step,
    read_token,
    round_url,
    show,
)
from quiz.questions.models import Form


@require_POST
@learner_view("learn")
def answer_create(request: LearnerRequest) -> HttpResponse:
    """Store a response; reply with the feedback and what comes next."""
    learner, now = learner_of(request), timezone.now()
    try:
        token = read_token(request, request.POST.get("token"))
        if not token.question:
            raise BadRequest("The round is over.")
        if request.POST.get("stop") and token.round is not None:
            return _to(request, f"{round_url(request.POST['token'])}&stop")
        if request.POST.get("leave_out"):
            found = leave_out(learner=learner, token=token, now=now)
        else:
            found = answer(learner=learner, token=token, posted=request.POST, now=now)
    except ExpiredTokenError:
        notice = "This question was shown to you more than 14 days ago. Nothing was stored."
        return _gone(request, notice, reverse("quiz:home"), "To the topics")
    except ClosedError:
        url = reverse("quiz:attempt-detail", args=[token.attempt])
        return _gone(request, "This quiz is closed. Nothing was changed.", url, "See the result")
    except givens.NotYetError as error:
        return _not_yet(request, learner, token, str(error))
    except ValueError as error:
        raise BadRequest("This answer does not fit its question.") from error
    except UnknownQuestionError as error:
        raise Http404 from error
    except BusyError:
        context = {"notice": "Many answers arrive just now. Please send yours again."}
        response = show(request, NOTICE, context, status=503)
        response["Retry-After"] = "2"
        return response
    return _reply(request, learner, found)


@require_GET
@learner_view("learn")
def answer_detail(request: LearnerRequest, nonce: str) -> HttpResponse:
    """The feedback at the nonce's own URL; `at` carries the way on."""
    learner = learner_of(request)
    stored = (
        Answer.objects.filter(learner=learner, nonce=nonce, try_no__gt=0)
        .select_related("version__question", "attempt__question_set")
        .order_by("-try_no")
        .first()
    )
    if stored is None:
        raise Http404
    attempt = stored.attempt
    if attempt is not None and _is_untold(attempt):
        return redirect("quiz:attempt-detail", attempt.public_id)
    asked = shown_version(learner, stored.version.question.public_id, stored.version.n)
    if asked is None:
        raise Http404
    at = request.GET.get("at", "")
    url, word = (round_url(at), "Next") if at else (reverse("quiz:review-today"), "To today")
    if attempt is not None:
        url, word = reverse("quiz:attempt-detail", args=[attempt.public_id]), "Go on"
    context = {
        "card": told_with_claim(learner, asked, stored),
        "step": Step(None, url, word, at),
    }
    return show(request, QUESTION, context)


def _is_untold(attempt: Attempt) -> bool:
    """Whether what is right is still kept back."""
    question_set = attempt.question_set
    return (
        attempt.state == Attempt.State.OPEN
        and question_set is not None
        and question_set.feedback_at_end
    )


def _reply(request: LearnerRequest, learner: User, found: Answered) -> HttpResponse:
    step = next_step(learner, found, timezone.now())
    is_silent = found.asked.form == Form.FLASHCARD or (
        found.asked.slot is not None and found.asked.slot.at_end
    )
    if found.is_asked_again or found.how is How.LEFT_OUT or is_silent:
        return _go_on(request, found, step)
    if found.how is How.MOVED_ON:
        notice = "You answered about this in another window just now."
        return show(request, NOTICE, {"notice": notice, "step": step}, status=409)
    own_url = path_to("quiz:answer-detail", found.nonce)
    if not found.token.attempt:
        own_url = f"{own_url}?{step.url.partition('?')[2]}"
    if found.how is not How.CONFLICT and not request.htmx:
        return SeeOther(own_url)
    context = {"card": answered_card(found, learner=learner), "step": step}
    response = show(request, QUESTION, context, status=409 if found.how is How.CONFLICT else 200)
    if request.htmx:
        response["HX-Replace-Url"] = own_url
    return response


def _go_on(request: LearnerRequest, found: Answered, step: Step) -> HttpResponse:
    """Without feedback: the next question itself, or the same once more."""
    if found.is_asked_again and step.card:
        return show(request, QUESTION, {"card": step.card})
    if not request.htmx or step.card is None:
        return _to(request, step.url)
    response = show(request, QUESTION, {"card": step.card})
    response["HX-Replace-Url"] = step.url
    return response


def _to(request: LearnerRequest, url: str) -> HttpResponse:
    """On to a page whose card takes this one's place."""
    if not request.htmx:
        return SeeOther(url)
    place = {"path": url, "target": "#question-card", "swap": "outerHTML"}
    return HttpResponse(status=204, headers={"HX-Location": json.dumps(place)})


def _not_yet(request: LearnerRequest, learner: User, token: Token, message: str) -> HttpResponse:
    """The same showing once more, with what is missing and what was typed."""
    asked: Asked | None
    if token.attempt:
        asked = slots(learner, token.attempt, (token.slot,)).get(token.slot)
    else:
        asked = shown_version(learner, token.question, token.n)
    if asked is None:
        raise Http404
    text = givens.kept(request.POST)["text"]
    shown = card(asked, token, learner=learner, text=text, message=message)
    return show(request, QUESTION, {"card": shown}, status=422)


def _gone(request: LearnerRequest, notice: str, url: str, word: str) -> HttpResponse:
    context = {"notice": notice, "step": Step(None, url, word)}
    return show(request, NOTICE, context, status=410)
