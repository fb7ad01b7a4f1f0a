"""Reports of the content security policy: read, shortened, counted, and never trusted."""

import json
import logging

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from project import violations

pytestmark = pytest.mark.django_db
REPORT = {
    "csp-report": {
        "document-uri": "https://quiz.example/round/?at=a-round-token",
        "blocked-uri": "inline",
        "effective-directive": "style-src-attr",
        "line-number": 7,
        "script-sample": "what a learner typed",
    }
}


@pytest.fixture(autouse=True)
def _no_reports_before():
    cache.clear()


@pytest.fixture
def send(client, caplog):
    def post(body, **more):
        content = body if isinstance(body, (str, bytes)) else json.dumps(body)
        kind = "application/csp-report"
        return client.post(settings.SECURE_CSP["report-uri"], content, content_type=kind, **more)

    caplog.set_level(logging.WARNING, logger="project.violations")
    return post


def test_the_policy_names_the_page_that_takes_reports():
    assert settings.SECURE_CSP["report-uri"] == reverse("violation-create")


def test_a_report_is_logged_without_tokens_and_samples(send, caplog):
    assert send(REPORT).status_code == 204
    assert [record.violation for record in caplog.records] == [
        {
            "effective-directive": "style-src-attr",
            "line-number": "7",
            "document-uri": "https://quiz.example/round/",
            "blocked-uri": "inline",
        }
    ]


@pytest.mark.parametrize(
    "body",
    ["", "null", "[]", "{}", '{"csp-report": 1}', "\x00", b"\xff\xfe", "[" * 5_000,
     '{"csp-report": {"document-uri": "http://[broken"}}'],
)  # fmt: skip
def test_what_is_no_report_is_refused(send, body, caplog):
    assert send(body).status_code == 400
    assert not [each for each in caplog.records if each.name == "project.violations"]


def test_a_long_report_is_not_read(send):
    assert send(json.dumps(REPORT) + " " * violations.LONGEST_REPORT).status_code == 400


def test_a_flood_does_not_fill_the_log(send, caplog, monkeypatch):
    monkeypatch.setattr(violations, "LOGGED_AN_HOUR", 3)
    assert {send(REPORT).status_code for _ in range(5)} == {204}
    assert len(caplog.records) == 3
