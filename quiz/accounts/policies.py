"""Who may do what: one table of actions, filled by each room, asked through `can`.

A refusal is one of three things (and a page answers accordingly): sign in first (302, or 401 with
HX-Redirect to htmx), forbidden (403), or hidden, when the actor may not even know that the object
exists (404). What nobody registered is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, cast

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from quiz.accounts.models import User


class Access(StrEnum):
    YES = "yes"
    SIGN_IN = "sign in"
    FORBIDDEN = "forbidden"
    HIDDEN = "hidden"


type Person = User | AnonymousUser | None
type Rule = Callable[[User, Any], bool | Access]
type OpenRule = Callable[[User | None, Any], bool | Access]


class SignInNeededError(Exception):
    """Raised by `require`; the middleware turns it into the way to the sign-in page."""


class LearnerRequest(HttpRequest):
    """A request as views see it after the middleware: with its learner and htmx's headers."""

    learner: User | None
    htmx: HtmxDetails


class SignedInRequest(LearnerRequest):
    """A request behind the login wall: its learner is the signed-in user, never a guest."""

    learner: User
    user: User


@dataclass(frozen=True)
class _Entry:
    rule: Callable[[Any, Any], bool | Access]
    guests: bool
    anonymous: bool


_table: dict[str, _Entry] = {}


def register(
    action: str, rule: Rule | OpenRule, *, guests: bool = False, anonymous: bool = False
) -> None:
    """Put an action into the table; its rule sees guests or nobody (None) only where it says so."""
    if action in _table:
        message = f"{action!r} is registered twice"
        raise ValueError(message)
    _table[action] = _Entry(rule, guests, anonymous)


def registered_actions() -> frozenset[str]:
    return frozenset(_table)


def access(user: Person, action: str, obj: object = None) -> Access:
    """Say whether `user` may do `action` (to `obj`), and if not, what the refusal looks like."""
    entry = _table.get(action)
    if entry is None:
        return Access.HIDDEN
    person = user if isinstance(user, User) else None
    if not _is_meant(entry, person):
        return Access.SIGN_IN
    answer = entry.rule(person, obj)
    if isinstance(answer, Access):
        return answer
    if answer is True:
        return Access.YES
    return Access.FORBIDDEN if obj is None else Access.HIDDEN


def _is_meant(entry: _Entry, person: User | None) -> bool:
    """Say whether the entry's rule is to be asked about such a person at all."""
    if person is None:
        return entry.anonymous
    if not person.is_active or person.merged_into_id:
        return False
    return entry.guests or not person.is_guest


def can(user: Person, action: str, obj: object = None) -> bool:
    """Return whether `user` may do `action` (to `obj`)."""
    return access(user, action, obj) is Access.YES


def require(request: HttpRequest, action: str, obj: object = None) -> None:
    """Raise the refusal that fits, unless the request's learner may do `action` (to `obj`)."""
    answer = access(cast("LearnerRequest", request).learner, action, obj)
    if answer is Access.SIGN_IN:
        raise SignInNeededError
    if answer is Access.HIDDEN:
        raise Http404
    if answer is not Access.YES:
        raise PermissionDenied


def learner_view[**P, R: HttpResponseBase](
    action: str,
) -> Callable[
    [Callable[Concatenate[LearnerRequest, P], R]], Callable[Concatenate[HttpRequest, P], R]
]:
    """Open a view to guests (no login wall) and gate it by `can(learner, action)`."""

    def decorate(
        view: Callable[Concatenate[LearnerRequest, P], R],
    ) -> Callable[Concatenate[HttpRequest, P], R]:
        @wraps(view)
        def gated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            require(request, action)
            return view(cast("LearnerRequest", request), *args, **kwargs)

        return cast("Callable[Concatenate[HttpRequest, P], R]", login_not_required(gated))

    return decorate


def anyone(_user: User | None, _obj: object) -> bool:
    return True


register("page.read", anyone, guests=True, anonymous=True)
register("learn", anyone, guests=True)
register("learn.start", anyone, guests=True, anonymous=True)
register("account.edit", anyone, guests=True)
register("account.delete", anyone, guests=True)
