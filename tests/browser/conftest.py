"""A real browser against a live server; a page that breaks a rule fails its test."""

import os
from dataclasses import dataclass, field
from io import StringIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.core.management import call_command

from quiz.facts.models import Topic
from quiz.management.commands.demo import PASSWORD

# Playwright's loop runs in this thread, so Django takes every query for one made in async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

TOPIC = "north-korea-ukraine"
PATIENCE = 8_000  # ms
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": list(QUIET)}


@pytest.fixture(scope="session")
def browser_context_args():
    return {
        "viewport": {"width": 360, "height": 740},
        "locale": "en-GB",
        "timezone_id": "Asia/Seoul",
        # Else a colour is measured while it still changes.
        "reduced_motion": "reduce",
    }


@dataclass
class Complaints:
    """What the browser complained about while a test ran."""

    found: list[str] = field(default_factory=list)
    # A refused answer is no mistake of the page: the browser logs each 4xx as an error.
    allowed: tuple[str, ...] = ()

    def on_console(self, message):
        if message.type == "error" and not any(part in message.text for part in self.allowed):
            self.found.append(f"{message.page.url if message.page else ''}: {message.text}")

    def on_error(self, error):
        self.found.append(f"{error.page.url if error.page else ''}: {error.error}")

    def on_response(self, response):
        if response.status >= 500:
            self.found.append(f"{response.status} {response.url}")


@pytest.fixture(autouse=True)
def complaints(context):
    """Fail the test on any CSP violation, console error, script error or 5xx."""
    seen = Complaints()
    context.set_default_timeout(PATIENCE)
    context.on("console", seen.on_console)
    context.on("weberror", seen.on_error)
    context.on("response", seen.on_response)
    yield seen
    assert seen.found == []


@pytest.fixture
def sound(page):
    """Check a page as it stands: no axe violation, nothing wider than the screen."""

    def check(name=""):
        result = Axe().run(page)
        problems = [
            f"{v['id']}: {node['html']}"
            for v in result.response["violations"]
            for node in v["nodes"]
        ]
        assert problems == [], f"{name or page.url}: {problems}"
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{name or page.url} is {wide} px wider than the screen"

    return check


@pytest.fixture
def demo(transactional_db, settings):
    """The article's facts and questions, and the accounts that `make run` prints."""
    settings.DEBUG = True
    call_command("loaddata", "fixtures/north-korea-ukraine.yaml", verbosity=0)
    call_command("generate_questions", "--topic", TOPIC, stdout=StringIO())
    call_command("demo", stdout=StringIO())
    settings.DEBUG = False
    cache.clear()
    return Topic.objects.get(slug=TOPIC)


@pytest.fixture
def site(demo, live_server):
    """The address of a live server on the demo data."""
    return live_server.url


@pytest.fixture
def sign_in(page, site):
    def go(who):
        page.goto(f"{site}/accounts/login/")
        page.get_by_label("E-mail").fill(f"{who}@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "/accounts/" not in url)

    return go
