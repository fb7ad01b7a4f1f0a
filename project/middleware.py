"""What every response shares: a busy database is said, never a server error."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

RETRY_SECONDS = "2"
# PostgreSQL: serialization failure, deadlock, lock not available; class 08 is a lost connection.
BUSY_STATES = {"40001", "40P01", "55P03", "57P01", "57P02", "57P03", "53300"}
BUSY_WORDS = ("database is locked", "database table is locked", "connection", "is full")


class DatabaseBusy:
    """Answer 503 with Retry-After where the database could not take the request just now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        except OperationalError as error:
            if not is_busy(error):
                raise
            return busy(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if isinstance(exception, OperationalError) and is_busy(exception):
            return busy(request)
        return None


def is_busy(error: OperationalError) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    if state:
        return state in BUSY_STATES or state.startswith("08")
    return any(word in str(error) for word in BUSY_WORDS)


def busy(request: HttpRequest) -> HttpResponseBase:
    response = render(request, "503.html", status=503)
    response["Retry-After"] = RETRY_SECONDS
    return response
