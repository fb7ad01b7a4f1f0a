"""What every response shares: a busy database is said, never a server error."""

import sys
from collections.abc import Callable

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views import defaults

RETRY_SECONDS = "2"
# PostgreSQL: serialization failure, deadlock, lock not available, cancelled by a timeout, shut
# down, starting up, too many connections; class 08 is a lost connection.
BUSY_STATES = {"40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "53300"}
BUSY_WORDS = ("database is locked", "database table is locked", "connection", "is full")


class DatabaseBusy:
    """Answer 503 with Retry-After where the database could not take the request just now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        return busy(request) if is_busy(exception) else None


class RefusalsAsInProduction:
    """In debug, tell what a page refuses in the words of production: Django's own page for it shows
    the developers' side to whoever tries the app, and django-htmx puts it over the whole screen.
    An address that no page has still shows the list of them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if isinstance(exception, Http404):
            return defaults.page_not_found(request, exception)
        if isinstance(exception, (BadRequest, SuspiciousOperation)):
            return defaults.bad_request(request, exception)
        return None


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer what no view caught: a busy database met in a middleware (Django hides it from the
    middlewares around), or a mistake of ours.
    """
    error = sys.exc_info()[1]
    if error is not None and is_busy(error):
        return busy(request)
    return defaults.server_error(request)


def is_busy(error: BaseException) -> bool:
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    if state:
        return state in BUSY_STATES or state.startswith("08")
    return any(word in str(error) for word in BUSY_WORDS)


def busy(request: HttpRequest) -> HttpResponse:
    """Render without context processors: they would ask the database who is signed in."""
    content = render_to_string("503.html", {"in_fragment": "HX-Request" in request.headers})
    headers = {"Retry-After": RETRY_SECONDS, "Cache-Control": "no-store"}
    return HttpResponse(content, status=503, headers=headers)
