"""Thousands of requests that no page of ours sends: none is a mistake of ours, none stores amiss.

TRUST_REQUESTS says how many for each actor, chosen anew in each run (150, always the same).
"""

import os

import pytest
from django.apps import apps
from django.conf import settings as site
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quiz.accounts.models import User
from tests.trust.odd_requests import ROWS, fields_on, made_requests, patterns
from tests.trust.test_requests import writes

ACTORS = ("anon", "guest", "owner", "teacher", "admin")
NUMBER = int(os.environ.get("TRUST_REQUESTS", "150"))
# What only teachers and admins write; a learner's request must leave it as it is.
OF_TEACHERS = (
    "Topic Thread Source Entity EntityName EntityRole Measure MeasureFamily Fact Voice FactLink "
    "Citation FactRevision Question QuestionVersion QuestionFact QuestionSet SetItem Classroom "
    "Assignment"
).split()


def sends(session_key, sent):
    """Send it with a session; a new client each time, so that no cookie is carried over."""
    client = Client()
    if session_key:
        client.cookies[site.SESSION_COOKIE_NAME] = session_key
    return client.generic(
        sent.method.upper(), sent.path, sent.body, sent.content_type, headers=sent.headers
    )


def rows_of(models):
    """Every row of these tables, as it stands."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models
    }


def stored():
    """All that a refused request must leave as it is: sessions come and go."""
    left_out = {"sessions.Session"}
    return rows_of(m for m in apps.get_models() if m._meta.label not in left_out)


def of_teachers():
    rows = rows_of(apps.get_model("quiz", name) for name in OF_TEACHERS)
    rows["roles"] = list(
        User.objects.order_by("pk")
        .filter(email__isnull=False)
        .values_list("pk", "is_staff", "is_superuser", "is_teacher", "is_active")
    )
    return rows


def fields_seen(world, actor):
    """The fields of every page as the actor sees it."""
    args = {row.url: row for row in ROWS if row.method == "get"}
    found = {}
    for name, arguments in patterns():
        try:
            url = world.url(args[name]) if name in args else reverse(name)
        except (NoReverseMatch, KeyError):
            if "object_id" not in arguments or "_fact_" not in name:
                continue
            url = reverse(name, args=[world.fact.pk])
        with transaction.atomic():
            page = world.client(actor).get(url, world.data(args[name]) if name in args else None)
            transaction.set_rollback(True)
        if page.status_code == 200 and not page.streaming:
            found[name] = fields_on(page.content.decode(errors="replace"))
    return found


@pytest.mark.parametrize("actor", ACTORS)
def test_no_request_breaks_the_site_or_stores_what_it_should_not(world, actor):
    fields = fields_seen(world, actor)
    session = world.client(actor).session.session_key if actor != "anon" else ""
    before, of_teachers_before = stored(), of_teachers()

    @settings(
        max_examples=NUMBER,
        deadline=None,
        derandomize="TRUST_REQUESTS" not in os.environ,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def all_of_them(data):
        sent = data.draw(made_requests(world, fields))
        cache.clear()
        with transaction.atomic():
            with CaptureQueriesContext(connection) as queries:
                response = sends(session, sent)
            if response.status_code < 500 and writes(queries):
                if response.status_code >= 400:
                    assert stored() == before, (response.status_code, sent)
                if actor in {"anon", "guest", "owner"}:
                    assert of_teachers() == of_teachers_before, (response.status_code, sent)
            transaction.set_rollback(True)
        assert response.status_code < 500, (response.status_code, sent)

    all_of_them()
