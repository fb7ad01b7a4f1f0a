"""The second factor: turned on with a code, asked at sign-in, turned off only with a password."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from quiz.accounts.models import User
from quiz.accounts.second_factor import SecondFactorAdapter
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_moment(time_machine):
    """The codes change every half minute; here the minute does not end."""
    time_machine.move_to("2026-03-02 10:00:05Z", tick=False)


def code_of(key, later=0):
    return format_hotp_value(hotp_value(key, int(time.time()) // 30 + later))


def again(client):
    return client.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.fixture
def teacher(account):
    account.is_teacher = True
    account.save()
    return account


@pytest.fixture
def at_home(teacher):
    """The teacher's own browser, in which the password was just given."""
    browser = Client()
    browser.force_login(teacher)
    again(browser)
    return browser


@pytest.fixture
def key(at_home):
    """The key in the app, once the second factor is on."""
    key = key_on(at_home.get(reverse("mfa_activate_totp")))
    reply = at_home.post(reverse("mfa_activate_totp"), {"code": code_of(key)})
    assert reply.url == reverse("mfa_view_recovery_codes")
    return key


def key_on(page):
    return re.search(r"<code>([A-Z2-7]{32})</code>", page.text)[1]


def codes_on(page):
    return re.findall(r"<code>(\d{8})</code>", page.text)


def give(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_in(client):
    return SESSION_KEY in client.session


def test_it_is_offered_to_teachers_and_staff(client, account):
    client.force_login(account)
    assert reverse("mfa_index") not in client.get("/me/").text
    for role in ("is_teacher", "is_staff"):
        User.objects.update(is_teacher=False, is_staff=False)
        User.objects.update(**{role: True})
        assert reverse("mfa_index") in client.get("/me/").text


@pytest.mark.parametrize(
    "name", ["mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes",
             "mfa_view_recovery_codes"],
)  # fmt: skip
def test_whoever_finds_an_open_browser_is_asked_for_the_password(teacher, key, name):
    if name == "mfa_activate_totp":
        Authenticator.objects.all().delete()
    found = Client()
    found.force_login(teacher)
    before = list(Authenticator.objects.values())
    looked, sent = found.get(reverse(name)), found.post(reverse(name), {"code": code_of(key)})
    assert looked.url.startswith(reverse("account_reauthenticate"))
    assert sent.status_code == 405 or sent.url.startswith(reverse("account_reauthenticate"))
    assert list(Authenticator.objects.values()) == before


def test_a_wrong_code_does_not_turn_it_on(at_home):
    key = key_on(at_home.get(reverse("mfa_activate_totp")))
    page = at_home.post(reverse("mfa_activate_totp"), {"code": code_of(key, later=7)})
    assert "Incorrect code" in page.text
    assert key_on(page) == key
    assert not Authenticator.objects.exists()


def test_sign_in_needs_the_code(client, key, sign_in):
    reply = sign_in("ana@example.org", PASSWORD)
    assert reply.url == reverse("mfa_authenticate")
    assert not is_in(client)
    assert client.get(reverse("quiz:classroom-list")).status_code == 302
    assert "Incorrect code" in give(client, "000000").text
    assert not is_in(client)
    assert give(client, code_of(key)).status_code == 302
    assert is_in(client)


def test_a_code_of_the_app_is_good_once(client, key, sign_in):
    sign_in("ana@example.org", PASSWORD)
    give(client, code_of(key))
    client.logout()
    sign_in("ana@example.org", PASSWORD)
    assert "Incorrect code" in give(client, code_of(key)).text
    assert not is_in(client)


def test_ten_wrong_codes_end_the_guessing(client, key, sign_in):
    sign_in("ana@example.org", PASSWORD)
    for _ in range(10):
        give(client, "000000")
    assert "Too many" in give(client, code_of(key)).text
    assert not is_in(client)


def test_a_recovery_code_works_once(client, at_home, key, sign_in):
    page = at_home.get(reverse("mfa_view_recovery_codes"))
    codes = codes_on(page)
    assert len(set(codes)) == 10
    sign_in("ana@example.org", PASSWORD)
    give(client, codes[0])
    assert is_in(client)
    client.logout()
    sign_in("ana@example.org", PASSWORD)
    assert "Incorrect code" in give(client, codes[0]).text
    assert not is_in(client)
    assert codes_on(at_home.get(reverse("mfa_view_recovery_codes"))) == codes[1:]
    download = at_home.get(reverse("mfa_download_recovery_codes"))
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert download.text.split() == codes[1:]


def test_new_recovery_codes_end_the_old_ones(at_home, key):
    old = codes_on(at_home.get(reverse("mfa_view_recovery_codes")))
    assert "The 10 you still have" in at_home.get(reverse("mfa_generate_recovery_codes")).text
    new = codes_on(at_home.post(reverse("mfa_generate_recovery_codes"), follow=True))
    assert len(new) == 10
    assert not set(new) & set(old)


def test_it_is_turned_off_and_the_password_is_enough_again(client, at_home, key, sign_in):
    assert "Turn it off" in at_home.get(reverse("mfa_index")).text
    assert at_home.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert not Authenticator.objects.exists()
    sign_in("ana@example.org", PASSWORD)
    assert is_in(client)


def test_the_code_stands_for_the_password_when_asked_again(teacher, key):
    elsewhere = Client()
    elsewhere.force_login(teacher)
    asked = elsewhere.get(reverse("account_reauthenticate"))
    assert reverse("mfa_reauthenticate") in asked.text
    assert reverse("account_reauthenticate") in elsewhere.get(reverse("mfa_reauthenticate")).text
    elsewhere.post(reverse("mfa_reauthenticate"), {"code": code_of(key)})
    assert elsewhere.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_the_admin_is_no_way_around_it(client, teacher, key):
    User.objects.update(is_staff=True, is_superuser=True)
    data = {"username": "ana@example.org", "password": PASSWORD, "next": "/admin/"}
    reply = client.post("/admin/login/?next=/admin/", data)
    assert reply.status_code == 302
    assert reply.url.startswith("/accounts/login/")
    assert not is_in(client)
    data = {"login": "ana@example.org", "password": PASSWORD, "next": "/admin/"}
    assert client.post("/accounts/login/", data).url.startswith(reverse("mfa_authenticate"))
    assert client.get("/admin/").status_code == 302
    assert give(client, code_of(key)).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_new_password_is_no_way_around_it(client, key, code_in):
    reply = client.post("/accounts/password/reset/", {"email": "ana@example.org"})
    reply = client.post(reply.url, {"code": code_in()})
    new = "another river altogether"
    client.post(reply.url, {"password1": new, "password2": new})
    assert not is_in(client)
    reply = client.post("/accounts/login/", {"login": "ana@example.org", "password": new})
    assert reply.url == reverse("mfa_authenticate")
    assert not is_in(client)


def test_a_guest_joins_the_account_only_after_the_code(client, guest, key, sign_in, teacher):
    sign_in("ana@example.org", PASSWORD)
    guest.refresh_from_db()
    assert guest.merged_into is None
    give(client, code_of(key))
    guest.refresh_from_db()
    assert guest.merged_into == teacher


def test_neither_the_database_nor_the_admin_shows_a_key(at_home, key, teacher):
    stored = Authenticator.objects.get(type="totp")
    assert key not in str(stored.data)
    assert SecondFactorAdapter().decrypt(stored.data["secret"]) == key
    User.objects.update(is_staff=True, is_superuser=True)
    for url in (
        reverse("admin:mfa_authenticator_changelist"),
        reverse("admin:mfa_authenticator_change", args=[stored.pk]),
    ):
        page = at_home.get(url)
        assert page.status_code == 200
        assert stored.data["secret"] not in page.text
    assert at_home.get(reverse("admin:mfa_authenticator_add")).status_code == 403


def test_an_admin_takes_it_away_from_whoever_lost_the_app(client, key, admin_client, sign_in):
    stored = Authenticator.objects.get(type="totp")
    admin_client.post(reverse("admin:mfa_authenticator_delete", args=[stored.pk]), {"post": "yes"})
    sign_in("ana@example.org", PASSWORD)
    assert is_in(client)


def test_it_outlives_a_change_of_the_sites_secret(client, key, sign_in, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-of-the-site-" * 3
    sign_in("ana@example.org", PASSWORD)
    give(client, code_of(key))
    assert is_in(client)
