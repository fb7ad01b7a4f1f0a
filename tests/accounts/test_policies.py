"""What nobody registered is refused; what a refusal looks like."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from quiz.accounts import policies
from quiz.accounts.models import User
from quiz.accounts.policies import Access, SignInNeededError, access, can, learner_view, require


@pytest.fixture(autouse=True)
def own_table(monkeypatch):
    monkeypatch.setattr(policies, "_table", {})


def person(**extra):
    return User(pk=1, email="ana@example.org", **extra)


GUEST = User(pk=2, is_guest=True)


def asking(learner):
    request = RequestFactory().get("/")
    request.learner = learner
    return request


@pytest.mark.parametrize("who", [None, AnonymousUser(), GUEST, person(), person(is_superuser=True)])
def test_an_action_that_nobody_registered_is_refused(who):
    assert not can(who, "anything")
    assert access(who, "anything") is Access.HIDDEN


def test_a_rule_is_not_asked_about_guests_or_nobody_unless_it_says_so():
    policies.register("do", lambda user, obj: True)
    assert [access(who, "do") for who in (None, AnonymousUser(), GUEST, person())] == [
        Access.SIGN_IN,
        Access.SIGN_IN,
        Access.SIGN_IN,
        Access.YES,
    ]
    policies.register("learn", lambda user, obj: True, guests=True)
    assert can(GUEST, "learn")
    assert not can(None, "learn")
    policies.register("read", lambda user, obj: user is None, anonymous=True)
    assert can(AnonymousUser(), "read")


def test_a_closed_or_merged_account_may_nothing():
    policies.register("do", lambda user, obj: True, guests=True)
    assert not can(person(is_active=False), "do")
    assert not can(User(pk=3, is_guest=True, merged_into_id=1), "do")


@pytest.mark.parametrize("answer", [None, 1, "yes", [], "True"])
def test_only_a_true_yes_is_a_yes(answer):
    policies.register("do", lambda user, obj: answer)
    assert not can(person(), "do")


def test_an_object_is_hidden_and_an_action_without_one_forbidden():
    policies.register("do", lambda user, obj: False)
    assert access(person(), "do") is Access.FORBIDDEN
    assert access(person(), "do", object()) is Access.HIDDEN


def test_an_action_is_registered_once():
    policies.register("do", lambda user, obj: True)
    with pytest.raises(ValueError, match="'do' is registered twice"):
        policies.register("do", lambda user, obj: True)


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (Access.HIDDEN, Http404),
        (Access.FORBIDDEN, PermissionDenied),
        (Access.SIGN_IN, SignInNeededError),
    ],
)
def test_a_refusal_is_404_403_or_the_way_to_the_sign_in_page(answer, refusal):
    policies.register("do", lambda user, obj: answer)
    with pytest.raises(refusal):
        require(asking(person()), "do")


def test_a_learner_view_is_open_to_the_wall_and_gated_by_its_action():
    policies.register("learn", lambda user, obj: True, guests=True)

    @learner_view("learn")
    def page(request):
        return HttpResponse("in")

    assert page.login_required is False
    assert page(asking(GUEST)).content == b"in"
    with pytest.raises(SignInNeededError):
        page(asking(None))
