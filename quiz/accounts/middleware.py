"""Who is asking: the signed-in user, or the guest whose id stands in the session, or nobody."""

from collections.abc import Callable
from typing import cast
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware, get_user
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from quiz.accounts.limits import TooManyGuestsError, address_of, count_guest
from quiz.accounts.models import User
from quiz.accounts.policies import LearnerRequest, SignInNeededError

GUEST_KEY = "guest"
GUEST_SECONDS = 180 * 24 * 60 * 60
# All else is somebody's own, or reached by a link that its owner hands out.
FOR_SEARCH_ENGINES = (
    "quiz:home",
    "quiz:topic-detail",
    "quiz:reading",
    "quiz:about",
    "quiz:privacy",
)
REPEATABLE = ("GET", "HEAD")


class LearnerMiddleware:
    """Set `request.learner` and the clock they live by; keep personal pages out of caches; answer
    `SignInNeededError`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        learner = find_learner(request)
        cast("LearnerRequest", request).learner = learner
        with timezone.override(learner.time_zone if learner else None):
            response = self.get_response(request)
        patch_vary_headers(response, ("HX-Request", "Cookie"))
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if not request.resolver_match or request.resolver_match.view_name not in FOR_SEARCH_ENGINES:
            response["X-Robots-Tag"] = "noindex"
        if learner or cast("LearnerRequest", request).learner:
            response["Cache-Control"] = "no-store"
        if learner and not learner.is_guest and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """No id and no word holds a NUL; PostgreSQL would break on it, SQLite would store it."""
        if "\0" in request.path_info:
            raise Http404
        if "%00" in request.META.get("QUERY_STRING", ""):
            message = "NUL in the query"
            raise BadRequest(message)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if isinstance(exception, TooManyGuestsError):
            return too_many(request, seconds=exception.seconds, guests=True)
        return ask_to_sign_in(request) if isinstance(exception, SignInNeededError) else None


class LoginWall(LoginRequiredMiddleware):
    """Django's login wall; to htmx a 401, since a followed redirect would land in a fragment."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        return ask_to_sign_in(request)


def find_learner(request: HttpRequest) -> User | None:
    """Return the signed-in user, else the session's guest. Queries: session and user, no more.

    The user itself, not `request.user`: that one looks every attribute up twice, for every row
    that the learner owns.
    """
    user = get_user(request)
    if isinstance(user, User):
        return user
    guest_id = request.session.get(GUEST_KEY)
    if guest_id is None:
        return None
    return User.objects.filter(pk=guest_id, is_guest=True, is_active=True, merged_into=None).first()


def ensure_guest(request: HttpRequest) -> User:
    """Return the request's learner, making a guest where there is none. For the Start POST."""
    request = cast("LearnerRequest", request)
    now = timezone.now()
    if request.learner:
        if request.learner.is_guest:
            # Each round a guest starts gives the cookie its full life again.
            request.session.modified = True
            User.objects.filter(pk=request.learner.pk).update(last_login=now)
        return request.learner
    count_guest(address_of(request), now)
    zone = known_time_zone(request.POST.get("time_zone", ""))
    guest = User.objects.create_guest(time_zone=zone or "UTC")
    request.session[GUEST_KEY] = guest.pk
    request.session.set_expiry(GUEST_SECONDS)
    request.learner = guest
    return guest


def known_time_zone(name: str) -> str:
    """Return the name if it is a time zone's, else an empty string."""
    return name if name in available_timezones() else ""


def current_page(request: HttpRequest) -> str:
    """Return the page that htmx says it stands on, if it is one of ours."""
    try:
        return cast("LearnerRequest", request).htmx.current_url_abs_path or "/"
    except ValueError:  # no URL at all
        return "/"


def too_many(request: HttpRequest, *, seconds: int = 60, guests: bool = False) -> HttpResponseBase:
    """Say how long to wait."""
    context = {"minutes": -(-seconds // 60), "guests": guests}
    response = TemplateResponse(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response.render()


def ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Answer with the way to the sign-in page: 302, or 401 with HX-Redirect to htmx."""
    page = request.get_full_path() if request.method in REPEATABLE else "/"
    if not cast("LearnerRequest", request).htmx:
        return redirect_to_login(page, resolve_url(settings.LOGIN_URL))
    url = redirect_to_login(current_page(request), resolve_url(settings.LOGIN_URL)).url
    return HttpResponse(status=401, headers={"HX-Redirect": url})
