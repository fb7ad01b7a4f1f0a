"""A guest is a user row that is never logged in; signing up or in loses nothing."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client, RequestFactory
from django.urls import reverse

from quiz.accounts import merging
from quiz.accounts.actions import make_user_of_guest
from quiz.accounts.middleware import GUEST_KEY, ensure_guest, find_learner
from quiz.accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.factories import NOW, AnswerFactory, AttemptFactory, UserFactory

pytestmark = pytest.mark.django_db


def request_of(client, data=None):
    request = RequestFactory().post("/", data or {})
    request.session = client.session
    request.session.modified = False
    request.learner = None
    return request


def test_start_makes_a_guest_in_the_browsers_time_zone(client):
    request = request_of(client, {"time_zone": "Asia/Seoul"})
    guest = ensure_guest(request)
    assert guest.is_guest
    assert guest.time_zone == "Asia/Seoul"
    assert request.session[GUEST_KEY] == guest.pk
    assert SESSION_KEY not in request.session
    assert ensure_guest(request) == guest


def test_each_round_a_guest_starts_renews_the_cookie(client, guest):
    request = request_of(client)
    request.learner = guest
    assert ensure_guest(request) == guest
    assert request.session.modified
    guest.refresh_from_db()
    assert guest.last_login is not None


def test_a_guest_who_comes_only_for_the_days_review_keeps_the_cookie(client, guest):
    reply = client.post(reverse("quiz:review-start"))
    assert settings.SESSION_COOKIE_NAME in reply.cookies
    guest.refresh_from_db()
    assert guest.last_login is not None


def test_starting_while_signed_in_makes_no_guest(client, account):
    request = request_of(client)
    request.learner = account
    assert ensure_guest(request) == account
    assert not request.session.modified
    assert User.objects.count() == 1


def test_a_time_zone_that_does_not_exist_is_not_taken(client):
    assert ensure_guest(request_of(client, {"time_zone": "Mars/Base\0"})).time_zone == "UTC"


def test_a_guest_is_the_learner_of_later_requests(client, guest):
    page = client.get("/me/")
    assert page.status_code == 200
    assert page.wsgi_request.learner == guest
    assert not page.wsgi_request.user.is_authenticated


def test_finding_the_learner_asks_for_session_and_row_and_nothing_else(
    client, guest, django_assert_num_queries
):
    with django_assert_num_queries(2):
        client.get("/about/")


def test_without_a_session_nobody_is_asked_for(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/about/").wsgi_request.learner is None


def test_a_guest_who_signs_up_keeps_the_row_and_everything_on_it(
    client, guest, sign_up, confirm, code_in
):
    answer = AnswerFactory(learner=guest)
    sign_up("Bea@Example.org", time_zone="Europe/Paris")
    assert confirm(code_in()).status_code == 302
    guest.refresh_from_db()
    answer.refresh_from_db()
    assert (guest.email, guest.is_guest) == ("bea@example.org", False)
    assert guest.time_zone == "Europe/Paris"
    assert answer.learner_id == guest.pk
    assert client.session[SESSION_KEY] == str(guest.pk)
    assert GUEST_KEY not in client.session


def test_until_the_code_is_confirmed_the_guest_goes_on_unhindered(client, guest, sign_up):
    sign_up("bea@example.org")
    guest.refresh_from_db()
    assert guest.is_guest
    assert guest.email is None
    page = client.get("/me/")
    assert page.wsgi_request.learner == guest
    assert "this browser only" in page.text


def test_an_unconfirmed_sign_up_does_not_occupy_the_address(
    client, guest, sign_up, code_in, mailoutbox
):
    sign_up("bea@example.org")
    owner = Client()
    owner.post("/accounts/signup/", {"email": "bea@example.org", "password1": PASSWORD})
    assert "keeps your place" in mailoutbox[-1].body
    assert owner.post("/accounts/confirm-email/", {"code": code_in()}).status_code == 302
    assert owner.get("/me/").wsgi_request.user.email == "bea@example.org"
    guest.refresh_from_db()
    assert guest.is_guest


def test_who_only_waits_for_a_code_gets_no_new_password_by_mail(guest, sign_up, mailoutbox):
    sign_up("bea@example.org")
    Client().post("/accounts/password/reset/", {"email": "bea@example.org"})
    assert "no account there" in mailoutbox[-1].body


def test_the_second_of_two_who_confirm_one_address_is_sent_to_sign_in(
    client, guest, sign_up, confirm, code_in
):
    sign_up("bea@example.org")
    code = code_in()
    User.objects.create_user("bea@example.org", PASSWORD)
    confirm(code)
    guest.refresh_from_db()
    assert guest.is_guest
    assert client.session.get(SESSION_KEY) is None
    assert client.get("/me/").wsgi_request.learner == guest


def test_a_second_sign_up_of_a_guest_replaces_the_first(client, guest, sign_up, confirm, code_in):
    sign_up("wrong@example.org")
    client.post("/accounts/logout/", {"next": "/accounts/signup/"})
    sign_up("bea@example.org")
    confirm(code_in())
    guest.refresh_from_db()
    assert guest.email == "bea@example.org"
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["bea@example.org"]


def test_taking_another_address_keeps_the_guest(client, guest, sign_up):
    sign_up("wrong@example.org")
    client.post("/accounts/logout/", {"next": "/accounts/signup/"})
    assert client.get("/me/").wsgi_request.learner == guest


def test_a_session_that_knows_the_row_as_a_guest_has_lost_it_once_it_is_a_user(client, guest):
    assert make_user_of_guest(guest=guest, email="bea@example.org")
    assert client.get("/about/").wsgi_request.learner is None


def test_making_a_user_twice_or_with_a_taken_address_is_refused(guest, account):
    assert not make_user_of_guest(guest=guest, email=account.email)
    assert make_user_of_guest(guest=guest, email="bea@example.org")
    assert not make_user_of_guest(guest=guest, email="cleo@example.org")


def test_a_merged_guest_is_nobodys_learner(client, guest, account):
    assert merging.merge_guest(guest, account, NOW)
    response = client.get("/about/")
    assert response.wsgi_request.learner is None
    response.wsgi_request.session[GUEST_KEY] = guest.pk
    assert find_learner(response.wsgi_request) is None


@pytest.fixture
def parts(monkeypatch):
    """A merge registry of its own, with one part that moves attempts."""
    monkeypatch.setattr(merging, "_parts", [])

    def move_attempts(*, guest, user, now):
        guest.attempts.update(learner=user)

    merging.register(move_attempts)
    return move_attempts


def test_signing_in_merges_what_the_guest_did(client, guest, account, sign_in, parts):
    attempt = AttemptFactory(learner=guest)
    sign_in("ana@example.org", PASSWORD)
    attempt.refresh_from_db()
    guest.refresh_from_db()
    assert attempt.learner == account
    assert guest.merged_into == account
    assert GUEST_KEY not in client.session
    assert client.get("/about/").wsgi_request.learner == account


def test_a_wrong_password_merges_nothing(guest, account, sign_in, parts):
    sign_in("ana@example.org", "not the password")
    guest.refresh_from_db()
    assert guest.merged_into is None


def test_merging_twice_does_nothing_the_second_time(guest, account, parts):
    AttemptFactory(learner=guest)
    assert merging.merge_guest(guest, account, NOW)
    assert not merging.merge_guest(guest, account, NOW)
    other = UserFactory()
    assert not merging.merge_guest(guest, other, NOW)
    assert account.attempts.count() == 1


def test_users_and_oneself_are_never_merged_away(guest, account, parts):
    other = UserFactory()
    assert not merging.merge_guest(other, account, NOW)
    assert not merging.merge_guest(account, account, NOW)
    assert not merging.merge_guest(guest, User.objects.create_guest(), NOW)
    assert not User.objects.filter(merged_into__isnull=False).exists()


def test_if_a_part_fails_nothing_is_merged(guest, account, parts):
    attempt = AttemptFactory(learner=guest)

    def broken(*, guest, user, now):
        raise RuntimeError

    merging.register(broken)
    with pytest.raises(RuntimeError):
        merging.merge_guest(guest, account, NOW)
    guest.refresh_from_db()
    attempt.refresh_from_db()
    assert guest.merged_into is None
    assert attempt.learner == guest


def test_registering_a_part_twice_keeps_one(parts):
    merging.register(parts)
    assert merging._parts == [parts]
