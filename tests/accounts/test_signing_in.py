"""E-mail, password and code: no case, no enumeration, no open door."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from quiz.accounts.middleware import GUEST_SECONDS
from quiz.accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.factories import AttemptFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["ana@example.org", "ANA@Example.ORG", "  ana@example.org "])
def test_the_case_of_an_address_does_not_matter(client, account, sign_in, typed):
    assert sign_in(typed, PASSWORD).status_code == 302
    assert client.session[SESSION_KEY] == str(account.pk)


def test_addresses_are_stored_in_lower_case(db):
    assert User.objects.create_user("Cleo@Example.ORG", PASSWORD).email == "cleo@example.org"
    assert User(email=" Cleo@Example.ORG ").email != "cleo@example.org"
    user = User(email=" Dora@Example.ORG ")
    user.clean()
    assert user.email == "dora@example.org"


def test_the_database_refuses_an_address_in_upper_case():
    with pytest.raises(IntegrityError, match="user_email_is_lower_case"), transaction.atomic():
        User.objects.create(email="Ana@example.org")


def test_the_database_refuses_a_user_without_an_address():
    with pytest.raises(IntegrityError, match="user_without_email_is_a_guest"), transaction.atomic():
        User.objects.create(email=None)


def test_the_database_refuses_a_day_that_starts_at_24():
    with pytest.raises(IntegrityError, match="user_day_start_is_an_hour"), transaction.atomic():
        User.objects.create(email="ana@example.org", day_start=24)


@pytest.mark.parametrize("address", ["ana@example.org", "Ana@EXAMPLE.org"])
def test_sign_up_tells_nobody_whether_an_address_has_an_account(
    account, mailoutbox, client, address
):
    new, taken = Client(), Client()
    replies = []
    for browser, email in ((new, "new@example.org"), (taken, address)):
        reply = browser.post("/accounts/signup/", {"email": email, "password1": PASSWORD})
        pages = [browser.get(reply.url), browser.post(reply.url, {"code": "000000"})]
        pages.append(browser.get("/accounts/login/"))
        texts = [plain(page, email) for page in pages]
        replies.append((reply.status_code, reply.url, [page.status_code for page in pages], texts))
    assert replies[0] == replies[1]
    assert "You already have an account" in mailoutbox[-1].body
    assert User.objects.filter(email="ana@example.org").count() == 1


def plain(page, email):
    """The page without what differs from one showing to the next."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.text)
    return text.replace(email, "X").replace(email.lower(), "X")


def test_who_has_an_account_and_forgot_it_signs_in_from_the_code_page(
    client, guest, account, sign_up, sign_in, mailoutbox
):
    """The mail and the page both lead to the sign-in page, which merges what the guest did."""
    attempt = AttemptFactory(learner=guest)
    page = client.get(sign_up("ana@example.org").url)
    assert "Already have an account?" in page.text
    assert 'href="/accounts/login/"' in page.text
    assert "http://testserver/accounts/login/" in mailoutbox[-1].body
    page = client.get("/accounts/login/")
    assert page.status_code == 200
    assert 'value="ana@example.org"' in page.text
    assert "joins your account" in page.text
    sign_in("ana@example.org", PASSWORD)
    attempt.refresh_from_db()
    guest.refresh_from_db()
    assert attempt.learner == account
    assert guest.merged_into == account
    assert client.get("/accounts/confirm-email/").url == "/accounts/email/"


def test_a_guest_of_many_days_gets_the_mail_of_a_sign_up(guest, sign_up, mailoutbox):
    User.objects.filter(pk=guest.pk).update(last_login=timezone.now())
    sign_up("bea@example.org")
    assert "keeps your place" in mailoutbox[-1].body


def test_a_password_typed_at_sign_up_changes_no_account(account, sign_up):
    sign_up("ana@example.org", password1="another river altogether")
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_a_wrong_code_is_refused_and_three_of_them_end_it(client, sign_up, confirm):
    sign_up("bea@example.org")
    assert "Incorrect code" in confirm("000000").text
    for _ in range(3):
        last = confirm("000000")
    assert last.status_code == 302
    assert not User.objects.filter(email="bea@example.org").exists()


def test_a_weak_password_is_refused_and_what_was_typed_is_kept(client):
    reply = client.post("/accounts/signup/", {"email": "bea@example.org", "password1": "12345"})
    assert 'value="bea@example.org"' in reply.text
    assert 'aria-invalid="true"' in reply.text
    assert not EmailAddress.objects.exists()


def test_in_debug_the_code_stands_on_the_page_as_long_as_it_is_good(
    client, settings, sign_up, code_in, confirm
):
    settings.DEBUG = True
    page = client.get(sign_up("bea@example.org").url)
    code = code_in()
    assert code in page.text
    assert code in confirm("000000").text
    assert code in client.get("/accounts/confirm-email/").text
    client.post("/accounts/confirm-email/", {"action": "resend"})
    assert code_in() in client.get("/accounts/confirm-email/").text


def test_in_debug_the_page_says_what_the_mail_to_an_account_says(
    client, settings, account, sign_up
):
    settings.DEBUG = True
    page = client.get(sign_up("ana@example.org").url)
    assert "You already have an account" in page.text
    assert '<a href="http://testserver/accounts/login/"' in page.text


def test_else_the_code_stands_in_the_mail_only(client, sign_up, code_in):
    page = client.get(sign_up("bea@example.org").url)
    assert code_in() not in page.text


def test_signing_in_changes_the_session_id(client, guest, account, sign_in):
    before = client.session.session_key
    sign_in("ana@example.org", PASSWORD)
    assert client.session.session_key != before


def test_after_ten_wrong_passwords_an_account_is_asked_no_more(client, account, sign_in):
    for _ in range(10):
        sign_in("ana@example.org", "wrong")
    assert "Too many" in sign_in("Ana@Example.org", PASSWORD).text
    assert SESSION_KEY not in client.session


def test_a_forgotten_password_is_replaced_with_a_code(client, account, code_in, sign_in):
    reply = client.post("/accounts/password/reset/", {"email": "Ana@Example.org"})
    reply = client.post(reply.url, {"code": code_in()})
    new = "another river altogether"
    reply = client.post(reply.url, {"password1": new, "password2": new})
    assert reply.status_code == 302
    account.refresh_from_db()
    assert account.check_password(new)


def test_a_reset_for_an_unknown_address_looks_the_same(client, account, mailoutbox):
    known = client.post("/accounts/password/reset/", {"email": "ana@example.org"})
    other = Client()
    unknown = other.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    pages = [
        browser.get(known.url).text.replace(email, "X")
        for browser, email in ((client, "ana@example.org"), (other, "nobody@example.org"))
    ]
    strip = [page.split("csrfmiddlewaretoken") for page in pages]
    assert [len(part) for part in strip[0]] == [len(part) for part in strip[1]]


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_never_leaves_the_site(client, account, target):
    reply = client.post(
        "/accounts/login/",
        {"login": "ana@example.org", "password": PASSWORD, "next": target},
    )
    assert reply.status_code == 302
    assert urlsplit(reply.url).netloc == ""
    assert reply.url.startswith("/")
    assert "evil" not in reply.url


def test_signing_out_clears_what_the_browser_kept(client, account):
    client.force_login(account)
    reply = client.post("/accounts/logout/")
    assert reply.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert SESSION_KEY not in client.session
    assert client.get("/about/").headers.get("Clear-Site-Data") is None


def test_an_account_made_by_hand_signs_in_without_a_code(client, account, sign_in, mailoutbox):
    sign_in("ana@example.org", PASSWORD)
    assert client.session[SESSION_KEY] == str(account.pk)
    assert mailoutbox == []


@pytest.mark.parametrize("remember", [{}, {"remember": "on"}])
def test_staff_sign_in_every_day(client, account, remember):
    account.is_staff = True
    account.save()
    data = {"login": account.email, "password": PASSWORD, **remember}
    client.post("/accounts/login/", data)
    assert client.session[SESSION_KEY] == str(account.pk)
    assert client.session.get_expiry_age() == 12 * 60 * 60


@pytest.mark.parametrize(("remember", "at_close"), [({}, True), ({"remember": "on"}, False)])
def test_who_was_a_guest_stays_signed_in_only_when_asked_for(
    client, guest, account, remember, at_close
):
    session = client.session
    session.set_expiry(GUEST_SECONDS)
    session.save()
    client.post("/accounts/login/", {"login": account.email, "password": PASSWORD, **remember})
    assert client.session.get_expire_at_browser_close() is at_close
    assert client.session.get_expiry_age() < GUEST_SECONDS


def test_a_closed_account_stays_out(client, account, sign_in):
    account.is_active = False
    account.save()
    sign_in("ana@example.org", PASSWORD)
    assert SESSION_KEY not in client.session


def test_the_admin_is_reached_by_the_same_sign_in(client):
    reply = client.get("/admin/", follow=True)
    assert reply.redirect_chain[-1][0].startswith("/accounts/login/")
