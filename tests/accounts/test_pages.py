"""Settings, deletion, help; and the wall that stands before every page by default."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.views.defaults import bad_request, server_error

from quiz.accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.factories import AnswerFactory, QuestionSetFactory, SlotFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/classrooms/?page=2"}


def test_a_page_without_a_word_about_it_is_behind_the_wall(client):
    reply = client.get(reverse("quiz:classroom-list"))
    assert reply.status_code == 302
    assert reply.url == "/accounts/login/?next=/classrooms/"


def test_htmx_is_told_to_go_to_the_sign_in_page(client):
    reply = client.get(reverse("quiz:classroom-list"), headers=HTMX)
    assert reply.status_code == 401
    assert reply.headers["HX-Redirect"] == "/accounts/login/?next=/classrooms/%3Fpage%3D2"


def test_htmx_from_another_host_is_sent_home_after_signing_in(client):
    headers = HTMX | {"HX-Current-URL": "https://evil.example/classrooms/"}
    reply = client.get(reverse("quiz:classroom-list"), headers=headers)
    assert reply.headers["HX-Redirect"] == "/accounts/login/?next=/"


def test_htmx_from_no_page_at_all_is_sent_home_after_signing_in(client):
    headers = HTMX | {"HX-Current-URL": "http://["}
    reply = client.get(reverse("quiz:classroom-list"), headers=headers)
    assert reply.headers["HX-Redirect"] == "/accounts/login/?next=/"


@pytest.mark.parametrize("name", ["help-keys", "about", "privacy"])
def test_the_pages_about_the_site_are_open(client, name):
    assert client.get(reverse(f"quiz:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["settings", "account-delete"])
def test_ones_own_pages_need_a_learner(client, name):
    assert client.get(reverse(f"quiz:{name}")).status_code == 302
    assert client.get(reverse(f"quiz:{name}"), headers=HTMX).status_code == 401


@pytest.mark.parametrize("name", ["settings", "account-delete"])
def test_a_guest_has_own_pages_too(client, guest, name):
    assert client.get(reverse(f"quiz:{name}")).status_code == 200


def wanted(**changed):
    return {
        "name": "Ana K.",
        "time_zone": "Asia/Tokyo",
        "day_start": "5",
        "date_order": "mdy",
        "four_ratings": "on",
    } | changed


def test_settings_are_stored(client, account):
    client.force_login(account)
    assert client.post("/me/", wanted()).status_code == 302
    account.refresh_from_db()
    assert (account.name, account.time_zone, account.day_start) == ("Ana K.", "Asia/Tokyo", 5)
    assert (account.date_order, account.four_ratings, account.leave_out_grave) == (
        "mdy",
        True,
        False,
    )


@pytest.mark.parametrize(
    "bad",
    [
        {"time_zone": "Mars/Base"},
        {"day_start": "24"},
        {"date_order": "ymd"},
        {"name": "x" * 121},
        {"name": "a\0b"},
        {"name": "x" * 300_000},
    ],
)
def test_a_bad_setting_stores_nothing_and_keeps_what_was_typed(client, account, bad):
    client.force_login(account)
    reply = client.post("/me/", wanted(**bad))
    assert reply.status_code == 422
    assert 'class="errorlist"' in reply.text
    assert "Asia/Tokyo" in reply.text
    account.refresh_from_db()
    assert account.time_zone == "UTC"


def test_no_form_field_makes_one_a_teacher(client, account):
    client.force_login(account)
    client.post("/me/", wanted(is_teacher="on", is_staff="on", is_superuser="on", email="x@y.org"))
    account.refresh_from_db()
    assert not any((account.is_teacher, account.is_staff, account.is_superuser))
    assert account.email == "ana@example.org"


def test_a_guest_sets_how_to_learn_but_no_name(client, guest):
    assert client.post("/me/", wanted(leave_out_grave="on")).status_code == 302
    guest.refresh_from_db()
    assert (guest.name, guest.time_zone, guest.leave_out_grave) == ("", "Asia/Tokyo", True)


def test_deleting_needs_the_password_again(client, account):
    client.force_login(account)
    assert client.post("/me/delete/", {"password": "wrong"}).status_code == 422
    assert User.objects.filter(pk=account.pk).exists()


def test_deleting_takes_everything_of_this_person_and_of_nobody_else(client, account):
    mine, other = AnswerFactory(learner=account), AnswerFactory()
    client.force_login(account)
    assert client.post("/me/delete/", {"password": PASSWORD}).status_code == 302
    assert SESSION_KEY not in client.session
    assert not User.objects.filter(pk=account.pk).exists()
    assert not type(mine).objects.filter(pk=mine.pk).exists()
    assert type(mine).objects.filter(pk=other.pk).exists()


def test_a_guest_can_be_forgotten(client, guest):
    assert client.post("/me/delete/").status_code == 302
    assert not User.objects.filter(pk=guest.pk).exists()
    assert client.get("/about/").wsgi_request.learner is None


def test_a_teacher_whose_sets_were_answered_is_not_deleted_with_them(client):
    teacher = User.objects.create_user("tom@example.org", PASSWORD, is_teacher=True)
    slot = SlotFactory(attempt__question_set=QuestionSetFactory(owner=teacher))
    client.force_login(teacher)
    reply = client.post("/me/delete/", {"password": PASSWORD})
    assert reply.status_code == 422
    assert "hand them over" in reply.text
    slot.refresh_from_db()
    assert User.objects.filter(pk=teacher.pk).exists()


def test_every_page_of_the_account_is_in_our_look(client, account):
    pages = [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/inactive/",
        "/accounts/password/reset/done/",
    ]
    for page in pages:
        reply = client.get(page)
        assert reply.status_code == 200, page
        assert 'class="site-header"' in reply.text, page
        assert "style=" not in reply.text, page
    client.force_login(account)
    for page in ["/accounts/email/", "/accounts/password/change/", "/accounts/logout/"]:
        reply = client.get(page, follow=True)
        assert 'class="site-header"' in reply.text, page
        assert "style=" not in reply.text, page


def test_the_address_is_changed_with_the_password_and_a_code(client, account, code_in, sign_in):
    sign_in("ana@example.org", PASSWORD)
    change = {"email": "New@example.org", "action_add": "1"}
    assert "/reauthenticate/" in client.post("/accounts/email/", change).url
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", change)
    client.post("/accounts/confirm-email/", {"code": code_in()})
    account.refresh_from_db()
    assert account.email == "new@example.org"


def test_a_form_that_is_too_old_says_so_to_a_page_and_to_a_fragment(account):
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    page = client.post("/me/", wanted())
    assert page.status_code == 403
    assert 'class="site-header"' in page.text
    fragment = client.post("/me/", wanted(), headers=HTMX)
    assert fragment.status_code == 403
    assert 'id="problem-text"' in fragment.text
    assert "<html" not in fragment.text


@pytest.mark.parametrize("path", ["/nothing/", "/me/nothing/", "/%00/"])
def test_what_is_not_here_says_so(client, path):
    assert client.get(path).status_code == 404
    assert "Not here" in client.get(path).text


def test_the_page_for_our_own_mistakes_needs_nothing_that_could_break_again(client, settings):
    request = client.get("/about/").wsgi_request
    assert "The mistake is ours" in server_error(request).content.decode()
    assert "damaged on its way" in bad_request(request, Exception()).content.decode()
