"""Every cell of the authorization matrix, as a page and as an htmx request."""

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import transaction
from django.urls import get_resolver, reverse

from tests.trust.matrix import ACTORS, read_rows, url_names

ROWS = read_rows()
HTMX = {"HX-Request": "true"}


def seen(response):
    """What a cell says: a page, the way to the sign-in page, or a status."""
    target = response.headers.get("Location", "") or response.headers.get("HX-Redirect", "")
    if response.status_code in {302, 401} and target.startswith("/accounts/login/"):
        return "L"
    return "A" if response.status_code < 400 else str(response.status_code)


def agree(expected, got, response):
    if expected == "302":
        return response.status_code == 302 and got == "A"
    return expected == got


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_actor_may_do_what_the_matrix_says_and_nothing_else(world, row):
    wrong = []
    for actor in ACTORS:
        for headers in ({}, HTMX):
            cache.clear()
            with transaction.atomic():
                client = world.client(actor)
                call = getattr(client, row.method)
                response = call(world.url(row), world.data(row), headers=headers)
                got = seen(response)
                transaction.set_rollback(True)
            if not agree(row.who[actor], got, response):
                how = "htmx" if headers else "page"
                wrong.append(f"{actor} ({how}): {got} instead of {row.who[actor]}")
    assert not wrong, f"{row.action}: {'; '.join(wrong)}"


def test_every_url_name_has_a_row():
    missing = set(url_names()) - {row.url for row in ROWS}
    assert not missing, f"add rows to tests/trust/matrix.yaml for {sorted(missing)}"


def test_every_row_has_a_url():
    gone = {row.url for row in ROWS} - set(url_names())
    assert not gone, f"rows of matrix.yaml without a URL: {sorted(gone)}"


def admin_urls():
    """Every page of the admin whose address needs no argument."""
    known = get_resolver().namespace_dict["admin"][1].reverse_dict
    names = [name for name in known if isinstance(name, str)]
    return [reverse(f"admin:{name}") for name in names if not known[name][0][0][1]]


def test_nobody_but_staff_sees_any_page_of_the_admin(world):
    urls = admin_urls()
    assert len(urls) > 20
    for actor in ACTORS:
        if actor == "admin":
            continue
        client = world.client(actor)
        for url in urls:
            response = client.get(url)
            assert response.status_code in {302, 403, 404}, (actor, url)
            assert "change-list" not in response.text


def test_staff_without_a_permission_sees_only_what_it_was_given(world):
    world.peer.is_staff = True
    world.peer.save()
    world.peer.user_permissions.set(Permission.objects.filter(codename="view_topic"))
    client = world.client("peer")
    assert client.get(reverse("admin:quiz_user_changelist")).status_code == 403
    assert client.get(reverse("admin:quiz_user_change", args=[world.owner.pk])).status_code == 403


def test_the_admin_neither_shows_nor_sets_passwords(world):
    client = world.client("admin")
    page = client.get(reverse("admin:quiz_user_change", args=[world.owner.pk]))
    assert page.status_code == 200
    assert "password" not in page.context["adminform"].form.fields
    assert "argon2" not in page.text
    assert "md5$" not in page.text
