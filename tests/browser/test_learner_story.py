"""From a link to a topic to tomorrow's review, as a guest who becomes a user."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from quiz.accounts.models import User
from tests.browser import learner

pytestmark = pytest.mark.browser
PASSWORD = "quiet river under stones"


def test_a_guest_learns_signs_up_and_finds_tomorrows_review(page, site, sound, settings):
    page.goto(site)
    sound("home")
    page.get_by_role("link", name="North Korea", exact=False).first.click()
    sound("start")
    page.get_by_role("button", name="Try five questions").click()
    page.wait_for_selector("#question-card")
    assert "1 of 5" in page.locator("#question-card").inner_text()
    assert learner.answer_all(page, seen=sound) == 5
    sound("round done")
    answered = User.objects.get(is_guest=True).answers.count()
    assert answered == 5

    settings.DEBUG = True
    page.get_by_role("link", name="Keep my place").first.click()
    sound("sign-up")
    page.get_by_label("E-mail").fill("Bea@Example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_url("**/confirm-email/")
    sound("code")
    page.get_by_label("Code").fill(learner.code_on(page))
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/review/")
    settings.DEBUG = False
    user = User.objects.get(email="bea@example.org")
    assert user.answers.count() == answered
    assert user.time_zone == "Asia/Seoul"
    assert not User.objects.filter(is_guest=True).exists()

    page.goto(f"{site}/progress/")
    sound("progress")
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        page.goto(f"{site}/review/")
        sound("today")
        page.get_by_role("button", name="Start").click()
        page.wait_for_selector("#question-card")
        learner.answer_all(page, choose=learner.choose_right)
        assert "Done for today" in page.locator("#question-card").inner_text()
        sound("done for today")
        page.goto(f"{site}/review/")
        assert "Nothing is due" in page.locator("main").inner_text()
        sound("nothing is due")
        page.goto(f"{site}/progress/")
        sound("progress after a review")


def test_the_round_works_with_the_keyboard_alone(page, site):
    page.goto(f"{site}/topics/north-korea-ukraine/")
    page.get_by_role("button", name="Try five questions").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#question-card")
    for _ in range(5):
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.wait_for_selector("#question-card .verdict")
        page.wait_for_selector('[data-next]:not([aria-disabled="true"])')
        page.keyboard.press("Enter")
        page.wait_for_selector("#question-card:not(:has(.verdict))")
    assert not learner.is_question(page)
    page.keyboard.press("?")
    page.wait_for_url("**/help/keys/")


def test_an_answer_brings_no_full_reload(page, site):
    loads = []
    learner.start(page, site)
    page.on("request", lambda r: loads.append(r.url) if r.is_navigation_request() else None)
    learner.answer_all(page)
    assert loads == []


def test_two_tabs_of_one_question_store_one_answer(page, site, context):
    learner.start(page, site)
    other = context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        tab.locator("#question-card input[type=radio]").first.check()
        learner.check(tab)
    assert User.objects.get(is_guest=True).answers.count() == 1


def test_what_is_given_offline_is_kept_and_sent_again(page, site, context, complaints):
    complaints.allowed = ("ERR_INTERNET_DISCONNECTED", "htmx:")
    learner.start(page, site)
    learner.choose_something(page)
    context.set_offline(True)
    page.locator("#question-card [data-check]").click()
    page.wait_for_selector("text=Not saved yet")
    assert not User.objects.get(is_guest=True).answers.exists()
    context.set_offline(False)
    page.wait_for_selector("#question-card .verdict", timeout=10_000)
    assert User.objects.get(is_guest=True).answers.count() == 1
    assert not page.locator("text=Not saved yet").is_visible()


@pytest.mark.parametrize("words", ["Check", "I don’t know"])
def test_what_is_kept_is_sent_from_an_empty_form_too(page, site, complaints, words):
    complaints.allowed = ("ERR_FAILED", "htmx:")
    learner.start(page, site)
    if words == "Check":
        learner.choose_something(page)
    # Not the whole connection: its return would send the answer before the page is read again.
    page.route("**/answers/", lambda route: route.abort())
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_selector("text=Not saved yet")
    if words == "Check":
        page.reload()
    page.unroute("**/answers/")
    page.wait_for_selector("#question-card .verdict", timeout=10_000)
    assert User.objects.get(is_guest=True).answers.count() == 1


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (500, '<div id="problem-text"><h1>Something broke</h1></div>', "Something broke"),
        (413, "<h1>Too large, says the proxy</h1>", "Not saved. Please send it once more."),
    ],
)
def test_an_answer_that_is_refused_is_said_and_stays(page, site, complaints, status, body, said):
    complaints.allowed = (f"status of {status}", f"Status Error Code {status}")
    learner.start(page, site)
    learner.choose_something(page)
    page.route("**/answers/", lambda route: route.fulfill(status=status, body=body))
    page.locator("#question-card [data-check]").click()
    page.wait_for_selector(f"text={said}")
    complaints.found = [line for line in complaints.found if not line.startswith("500")]
    page.unroute("**/answers/")
    learner.check(page)
    assert not page.locator(f"text={said}").is_visible()
    assert User.objects.get(is_guest=True).answers.count() == 1


def test_what_a_proxy_holds_back_for_a_while_is_sent_again(page, site, complaints):
    complaints.allowed = ("status of 429", "Status Error Code 429")
    learner.start(page, site)
    learner.choose_something(page)
    page.route("**/answers/", lambda route: route.fulfill(status=429), times=1)
    page.locator("#question-card [data-check]").click()
    page.wait_for_selector("text=Not saved yet")
    page.wait_for_selector("#question-card .verdict", timeout=10_000)


def test_an_answer_kept_from_before_takes_no_other_questions_place(page, site, complaints):
    complaints.allowed = ("ERR_FAILED", "htmx:")
    learner.start(page, site)
    learner.choose_something(page)
    page.route("**/answers/", lambda route: route.abort())
    page.locator("#question-card [data-check]").click()
    page.wait_for_selector("text=Not saved yet")
    page.goto(f"{site}/topics/north-korea-ukraine/cards/")
    page.get_by_role("button", name="Deal ten cards").click()
    page.wait_for_selector("#question-card [data-flip]")
    with page.expect_response("**/answers/"):
        page.unroute("**/answers/")
    page.wait_for_selector("text=Not saved yet", state="hidden")
    assert User.objects.get(is_guest=True).answers.count() == 1
    assert page.locator("#question-card [data-flip]").is_visible()


def test_before_the_answer_the_page_does_not_tell_it(page, site):
    learner.start(page, site)
    for _ in range(5):
        before = page.content()
        assert "option-right" not in before
        assert "verdict" not in before
        learner.choose_something(page)
        learner.check(page)
        waiting = page.locator("template[data-next-card]")
        if waiting.count():
            assert "option-right" not in waiting.first.inner_html()
        learner.go_on(page)


@pytest.mark.browser
class TestWithoutScript:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return browser_context_args | {"java_script_enabled": False}

    def test_a_round_is_played_to_its_end(self, page, site):
        page.goto(f"{site}/topics/north-korea-ukraine/")
        page.get_by_role("button", name="Try five questions").click()
        for _ in range(5):
            learner.choose_something(page)
            page.locator("#question-card [data-check]").click()
            page.wait_for_selector(".verdict")
            page.locator("[data-next]").click()
        assert not learner.is_question(page)
        assert User.objects.get(is_guest=True).answers.count() == 5
        page.get_by_role("link", name="Keep my place").first.click()
        assert page.get_by_label("E-mail").is_visible()
