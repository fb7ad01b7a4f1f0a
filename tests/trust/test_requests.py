"""Rules that hold for every URL: headers, tokens, methods, ids that are nobody's."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from tests.trust.matrix import ACTORS, read_rows

ROWS = read_rows()
PAGES = [row for row in ROWS if row.method == "get"]
NAMES = sorted({row.url: row for row in ROWS}.values(), key=str)
# Browsers report by themselves and bring no token; nothing is stored.
WITHOUT_A_TOKEN = {"violation-create"}
WRITES = ("INSERT", "UPDATE", "DELETE")
# The session says that a message was shown or a sign-in began: no state of the site.
OF_THE_SESSION = ('"django_session"', '"django_cache"')


def check_headers(response, *, signed_in, where):
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy, where
    assert "frame-ancestors 'none'" in policy, where
    assert "unsafe" not in policy, where
    assert headers.get("X-Content-Type-Options") == "nosniff", where
    assert headers.get("Referrer-Policy") == "same-origin", where
    assert headers.get("Cross-Origin-Opener-Policy") == "same-origin", where
    assert headers.get("Cross-Origin-Resource-Policy") == "same-origin", where
    assert headers.get("X-Frame-Options") == "DENY", where
    assert {"HX-Request", "Cookie"} <= set(headers["Vary"].split(", ")), where
    assert "X-Powered-By" not in headers, where
    if signed_in:
        assert "no-store" in headers.get("Cache-Control", ""), where


# Attributes that a strict policy would refuse, and htmx's that need eval.
FORBIDDEN = re.compile(
    r"""<style|<script(?![^>]*\ssrc=)|\s(style|on\w+|hx-on[:\w-]*)=["']|["']js:"""
)


def check_markup(response, *, where):
    if response.headers["Content-Type"].startswith("text/html") and not response.streaming:
        found = FORBIDDEN.search(response.text)
        assert found is None, (where, found)


@pytest.mark.parametrize("actor", ACTORS)
def test_every_answer_carries_the_headers(world, actor):
    client = world.client(actor)
    for row in PAGES:
        with transaction.atomic():
            response = client.get(world.url(row))
            transaction.set_rollback(True)
        check_headers(response, signed_in=actor != "anon", where=(actor, str(row)))
        check_markup(response, where=(actor, str(row)))
    for url in ("/nothing/", "/%00/"):
        check_headers(client.get(url), signed_in=actor != "anon", where=(actor, url))


def test_search_engines_keep_only_what_is_everybodys(world):
    client = world.client("anon")
    told = {row.url: client.get(world.url(row)).headers.get("X-Robots-Tag") for row in PAGES}
    assert {name for name, tag in told.items() if tag is None} == {
        "quiz:home",
        "quiz:topic-detail",
        "quiz:reading",
        "quiz:about",
        "quiz:privacy",
    }
    assert told["quiz:set-open"] == "noindex"
    assert client.get("/nothing/").headers["X-Robots-Tag"] == "noindex"


def test_errors_carry_the_headers_too(world):
    client = world.client("owner", raise_request_exception=False)
    check_headers(client.post("/about/"), signed_in=True, where="405")
    strict = world.client("owner", enforce_csrf_checks=True)
    check_headers(strict.post("/me/"), signed_in=True, where="403")


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row.url)
def test_without_a_token_nothing_is_done(world, row):
    actor = next((name for name in reversed(ACTORS) if row.who[name] == "A"), "owner")
    client = world.client(actor, enforce_csrf_checks=True)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.post(world.url(row), world.data(row))
    assert response.status_code == (400 if row.url in WITHOUT_A_TOKEN else 403)
    assert writes(queries) == []


def writes(queries):
    return [
        query["sql"]
        for query in queries
        if query["sql"].startswith(WRITES) and not any(t in query["sql"] for t in OF_THE_SESSION)
    ]


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_looking_changes_nothing(world, row):
    for actor in ("guest", "owner", "teacher", "admin"):
        client = world.client(actor)
        for method in (client.get, client.head):
            with CaptureQueriesContext(connection) as queries:
                method(world.url(row))
            assert writes(queries) == [], (actor, str(row))


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "post"], ids=str)
def test_what_changes_something_is_never_done_by_looking(world, row):
    if any(page.url == row.url for page in PAGES):
        return
    actor = next((name for name in reversed(ACTORS) if row.who[name] == "A"), "owner")
    assert world.client(actor).get(world.url(row)).status_code == 405


@pytest.mark.parametrize(
    "bad", ["nobodys-public-id", "\0", "x" * 3000, "../../etc", "' OR 1=1 --", "é"]
)
def test_ids_that_are_nobodys_are_not_here(world, bad):
    client = world.client("admin")
    for row in ROWS:
        if not row.args:
            continue
        try:
            url = reverse(row.url, kwargs=dict.fromkeys(row.args, bad))
        except NoReverseMatch:
            continue
        with transaction.atomic():
            call = client.get if row.method == "get" else client.post
            status = call(url, world.data(row) or None).status_code
            transaction.set_rollback(True)
        assert status in {400, 403, 404}, (str(row), bad)


def test_a_guests_pages_are_not_anothers(world):
    """The session decides who asks; nothing in a request can name another learner."""
    client = world.client("guest")
    for field in ("learner", "user", "guest", "public_id"):
        page = client.get("/me/", {field: world.owner.public_id}, headers={"X-User": "1"})
        assert page.wsgi_request.learner == world.guest


@pytest.mark.parametrize("value", [" ", "x", "-1", "٣", "1" + "0" * 30, "1e0"])
@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("admin:quiz_entity_add", "part_of"),
        ("admin:quiz_entity_add", "roles-0-of"),
        ("admin:quiz_fact_add", "topic"),
        ("admin:quiz_fact_add", "voices-0-entity"),
        ("admin:quiz_topicside_add", "entity"),
    ],
)
def test_the_admin_refuses_a_row_that_is_none(world, page, field, value):
    """Django's widget fails on a value that is no id, where it is shown again."""
    client = world.client("admin")
    data = {"name": "A name", field: value}
    prefix = field.partition("-0-")[0] if "-0-" in field else ""
    for name in ("names", "roles", "answers", "voices", "citations", "links"):
        rows = "1" if name == prefix else "0"
        data |= {f"{name}-TOTAL_FORMS": rows, f"{name}-INITIAL_FORMS": "0"}
    with CaptureQueriesContext(connection) as queries:
        response = client.post(reverse(page), data)
    assert response.status_code == 200
    assert writes(queries) == []
