"""The learner says that a typed answer was right."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from quiz.accounts.models import User
from quiz.accounts.policies import LearnerRequest, learner_view
from quiz.corrections.claims import count_as_right
from quiz.corrections.problems import NotYoursError
from quiz.learning.asking import shown_version
from quiz.learning.claiming import Claim, NotClaimableError, was_first_of_day
from quiz.learning.models import Answer
from quiz.learning.presenting import place_words
from quiz.learning.results import told
from quiz.learning.rounds import Round
from quiz.learning.tokens import ExpiredTokenError
from quiz.learning.views.steps import (
    QUESTION,
    SeeOther,
    Step,
    learner_of,
    read_token,
    show,
    step_of_round,
)


@require_POST
@learner_view("learn")
def answer_right(request: LearnerRequest, nonce: str) -> HttpResponse:
    """Count it; reply with the feedback as it stands then and the way on, the miss taken out."""
    learner, now = learner_of(request), timezone.now()
    round_ = _round_on(request)
    try:
        answer = count_as_right(learner=learner, nonce=nonce, now=now)
    except NotYoursError as error:
        raise Http404 from error
    except NotClaimableError as error:
        raise BadRequest("This answer cannot be counted otherwise.") from error
    if round_ is not None:
        question = answer.version.question.public_id
        round_ = round_.put_right(question, first=was_first_of_day(answer))
    step = _way_on(learner, answer, round_, now)
    own_url = reverse("quiz:answer-detail", args=[nonce])
    if step.at:
        own_url = f"{own_url}?{step.url.partition('?')[2]}"
    if not request.htmx:
        return SeeOther(own_url)
    asked = shown_version(learner, answer.version.question.public_id, answer.version.n)
    if asked is None:
        raise Http404
    card = told(learner, asked, answer)
    place = place_words(_label(answer, round_), card.thread)
    card = replace(card, claim=Claim.MADE, place=place)
    response = show(request, QUESTION, {"card": card, "step": step})
    response["HX-Replace-Url"] = own_url
    return response


def _round_on(request: LearnerRequest) -> Round | None:
    """The round that the page carries on, if it is not over long since."""
    at = request.POST.get("at")
    if not at and request.htmx.current_url:
        # A fragment spares its bytes: the address of the page carries the same.
        at = _at_of(request.htmx.current_url)
    try:
        return read_token(request, at).round if at else None
    except ExpiredTokenError:
        return None


def _at_of(url: str) -> str:
    """The token in an address, of whatever host: it is signed, and read before it is believed."""
    try:
        return parse_qs(urlsplit(url).query).get("at", [""])[0]
    except ValueError:  # "http://[": no address at all
        return ""


def _way_on(learner: User, answer: Answer, round_: Round | None, now: datetime) -> Step:
    if answer.attempt is not None:
        return Step(None, reverse("quiz:attempt-detail", args=[answer.attempt.public_id]))
    if round_ is None:
        return Step(None, reverse("quiz:review-today"), "To today")
    return step_of_round(learner, round_, now)


def _label(answer: Answer, round_: Round | None) -> str:
    """Where the question stands, as it was said above it before."""
    if answer.attempt is not None:
        n = answer.attempt.slots.filter(nonce=answer.nonce).values_list("n", flat=True).first()
        return f"{n} of {answer.attempt.size}" if n else ""
    if round_ is None:
        return ""
    places = [question for question, _ in round_.done]
    question = answer.version.question.public_id
    return f"{places.index(question) + 1} of {round_.total}" if question in places else ""
