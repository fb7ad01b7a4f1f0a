"""What several pages of learning share: reading a token, and what comes after a response."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from quiz.accounts.models import User
from quiz.accounts.policies import LearnerRequest
from quiz.learning import asking
from quiz.learning.answering import Answered
from quiz.learning.asking import Asked, served_version
from quiz.learning.paths import path_to
from quiz.learning.presenting import Card, present
from quiz.learning.rounds import Round
from quiz.learning.tokens import (
    ForeignTokenError,
    MalformedTokenError,
    Token,
    seal,
    unseal,
)

PAGE = "learning/question_page.html"
QUESTION = "questions/question_card.html"
NOTICE = "learning/_notice_card.html"


class SeeOther(HttpResponseRedirect):
    status_code = 303


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: a question, or a page where nothing is left to ask."""

    card: Card | None
    url: str
    word: str = "Next"
    at: str = ""  # the token that carries the round on

    @property
    def short_url(self) -> str:
        """Without the token where the waiting card holds it already: the script puts it there."""
        return self.url.partition("?")[0] if self.at else self.url


def learner_of(request: LearnerRequest) -> User:
    """The learner, whom `learner_view` made sure of."""
    if request.learner is None:
        raise Http404
    return request.learner


def read_token(request: LearnerRequest, text: str | None) -> Token:
    """What the browser carried; damaged is 400, another learner's 404; too old is the caller's."""
    try:
        return unseal(text or "", learner_of(request).public_id, timezone.now())
    except MalformedTokenError as error:
        raise BadRequest("This question came back damaged.") from error
    except ForeignTokenError as error:
        raise Http404 from error


def show(
    request: LearnerRequest, fragment: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The fragment alone to htmx, else the fragment in its page."""
    if request.htmx and not request.htmx.boosted:
        return render(request, fragment, context, status=status)
    return render(request, PAGE, context | {"fragment": fragment}, status=status)


def seal_round(learner: User, round_: Round) -> str:
    """A round without a question shown: at its start, or when it is over."""
    return seal(Token(learner.public_id, "", 0, 0, timezone.now(), round=round_))


def round_url(token: str) -> str:
    return f"{path_to('quiz:round-detail')}?at={quote(token, safe=':')}"


def next_in_round(
    learner: User, round_: Round, ready: Asked | None = None
) -> tuple[Asked | None, Round]:
    """The next question of the round that may still be asked; `ready` was read already."""
    while (question := round_.next) is not None:
        is_ready = ready is not None and ready.question == question
        asked = ready if is_ready else served_version(learner, question)
        if asked is not None:
            return asked, round_
        round_ = round_.without(question)
    return None, round_


def next_step(learner: User, found: Answered, now: datetime) -> Step:
    if found.token.attempt:
        return _next_slot(learner, found, now)
    if found.round is None:
        raise BadRequest("This question belongs to no round.")
    return step_of_round(learner, found.round, now, found.untouched, _again(found))


@dataclass(frozen=True, slots=True)
class Again:
    """What a question that is asked once more takes along: why, and what was typed."""

    message: str = ""
    text: str = ""


ANEW = Again()


def _again(found: Answered) -> Again:
    if not found.is_asked_again:
        return ANEW
    return Again(str(found.reply.get("note", "")), str(found.given.get("text", "")))


def step_of_round(
    learner: User,
    round_: Round,
    now: datetime,
    ready: Asked | None = None,
    again: Again = ANEW,
) -> Step:
    asked, round_ = next_in_round(learner, round_, ready)
    if asked is None:
        at = seal_round(learner, round_)
        return Step(None, round_url(at), "See how it went", at)
    card = present(
        asked, learner=learner, now=now, round_=round_, text=again.text, message=again.message
    )
    return Step(card, round_url(card.token), at=card.token)


def _next_slot(learner: User, found: Answered, now: datetime) -> Step:
    attempt = found.token.attempt
    url = path_to("quiz:attempt-detail", attempt)
    following = found.following
    if found.is_asked_again:
        number = found.token.slot
        following = asking.slots(learner, attempt, (number,)).get(number)
    if following is None or following.slot is None:
        return Step(None, f"{url}?end", "To the end")
    if not following.may_be_shown:
        return Step(None, f"{url}?n={following.slot.n}")
    again = _again(found)
    card = present(
        following, learner=learner, now=now, attempt=attempt, text=again.text, message=again.message
    )
    return Step(card, f"{url}?n={following.slot.n}")
