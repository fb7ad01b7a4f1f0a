"""With DEBUG on, as `make run` has it, learners meet the same refusals as in production."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
REFUSALS = "project.middleware.RefusalsAsInProduction"


@pytest.fixture
def browser(settings):
    settings.DEBUG = True
    if REFUSALS not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, REFUSALS]
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())
    return client


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_damaged_question_is_told_in_our_words(browser, headers):
    response = browser.post(reverse("quiz:answer-create"), {"token": "damaged"}, headers=headers)

    assert response.status_code == 400
    assert "That did not arrive well" in response.text
    assert "Traceback" not in response.text


def test_a_page_that_is_not_there_is_told_in_our_words(browser):
    response = browser.get(reverse("quiz:topic-detail", args=["no-such-topic"]))

    assert response.status_code == 404
    assert "There is nothing at this address" in response.text
    assert "URLconf" not in response.text


def test_production_needs_no_such_middleware():
    import subprocess
    import sys

    code = "from django.conf import settings; print(*settings.MIDDLEWARE)"
    environment = {"SECRET_KEY": "x" * 50, "DJANGO_SETTINGS_MODULE": "project.settings"}
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert REFUSALS not in told.stdout
