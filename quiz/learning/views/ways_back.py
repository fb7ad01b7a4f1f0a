"""The way back to the question or result somebody came from; never to another site."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from quiz.learning.models import Answer

QUESTIONS = {"quiz:answer-detail", "quiz:attempt-detail", "quiz:round-detail"}
RESULT = "quiz:attempt-result"


@dataclass(frozen=True, slots=True)
class WayBack:
    url: str
    words: str = "Back to the question"


def way_back(request: HttpRequest, answer: Answer, given: str = "") -> WayBack:
    """Where the page was left, as its own form carried it on or the browser says.

    Anything but one of our pages of questions and results gives the answer's own page.
    """
    came_from = given or request.headers.get("Referer", "")
    url = urlsplit(came_from) if _is_ours(came_from, request) else urlsplit("")
    place = f"{url.path}?{url.query}" if url.query else url.path
    name = _view_at(url.path)
    if name == RESULT and answer.attempt is not None:
        return WayBack(f"{place}{_row(answer)}", "Back to the result")
    return WayBack(
        place if name in QUESTIONS else reverse("quiz:answer-detail", args=[answer.nonce])
    )


def _is_ours(url: str, request: HttpRequest) -> bool:
    return url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()})


def _view_at(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _row(answer: Answer) -> str:
    """Its place on the page of the result."""
    assert answer.attempt is not None
    n = answer.attempt.slots.filter(nonce=answer.nonce).values_list("n", flat=True).first()
    return f"#question-{n}" if n else ""
