"""Every page, on a small phone and a desk, light and dark: nothing wide, no axe violation."""

import pytest
from django.urls import reverse

from quiz.accounts.models import User
from tests.browser import learner

pytestmark = pytest.mark.browser
TOPIC = {"slug": "north-korea-ukraine"}
OPEN = [
    ("quiz:home", {}),
    ("quiz:topic-detail", TOPIC),
    ("quiz:reading", TOPIC),
    ("quiz:quiz-new", TOPIC),
    ("quiz:cards-start", TOPIC),
    ("quiz:help-keys", {}),
    ("quiz:about", {}),
    ("quiz:privacy", {}),
    ("account_login", {}),
    ("account_signup", {}),
    ("account_reset_password", {}),
]
OWN = [
    ("quiz:home", {}),
    ("quiz:topic-detail", TOPIC),
    ("quiz:review-today", {}),
    ("quiz:progress-overview", {}),
    ("quiz:settings", {}),
    ("quiz:account-delete", {}),
    ("quiz:report-list", {}),
]
TEACHING = [
    ("quiz:set-list", {}),
    ("quiz:set-new", {}),
    ("quiz:classroom-list", {}),
    ("quiz:classroom-new", {}),
    ("quiz:report-queue", {}),
    ("account_change_password", {}),
    ("account_email", {}),
    ("account_logout", {}),
]
LOOKS = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]


@pytest.fixture
def in_each_look(page, site, sound):
    def visit(names):
        for name, args in names:
            page.goto(site + reverse(name, kwargs=args))
            for width, scheme in LOOKS:
                page.set_viewport_size({"width": width, "height": 740})
                page.emulate_media(color_scheme=scheme)
                sound(f"{name} {width} {scheme}")

    return visit


def test_pages_open_to_everybody(in_each_look):
    in_each_look(OPEN)


def test_pages_of_a_guest_who_has_begun(page, site, in_each_look):
    learner.start(page, site)
    learner.answer_all(page)
    in_each_look(OWN)


def test_no_word_of_progress_is_broken_on_a_small_phone(page, site, sound):
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(f"{site}/topics/north-korea-ukraine/quiz/")
    page.get_by_role("button", name="Start the quiz").click()
    page.wait_for_selector("#question-card")
    for _ in range(10):
        with page.expect_response("**/answers/"):
            page.get_by_role("button", name="I don’t know", exact=True).click()
        page.wait_for_selector("#question-card .verdict")
        learner.go_on(page)
    page.goto(f"{site}/progress/")
    for word in ("Steady", "Learning", "Slipping"):
        heading = page.get_by_role("columnheader", name=word)
        lines = heading.evaluate(
            """cell => {
              const range = document.createRange();
              range.selectNodeContents(cell.lastChild);
              return range.getClientRects().length;
            }"""
        )
        assert lines == 1, word
    sound("progress at 320")


def test_pages_of_a_teacher(in_each_look, sign_in):
    sign_in("teacher")
    in_each_look(TEACHING)


def test_pages_that_say_what_is_wrong(page, site, sound, complaints):
    complaints.allowed = ("status of 404",)
    page.goto(f"{site}/nothing/")
    assert "Not here" in page.locator("main").inner_text()
    sound("404")


def test_each_form_of_question_fits_a_small_phone(page, site, sound):
    """The forms of one set of everything, before and after the answer."""
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(f"{site}/topics/north-korea-ukraine/quiz/")
    page.get_by_label("20", exact=False).first.check()
    page.get_by_role("button", name="Start the quiz").click()
    page.wait_for_selector("#question-card")
    seen = set()
    for _ in range(20):
        form = page.locator("#question-card").get_attribute("data-form")
        if form not in seen:
            sound(f"{form} before")
        learner.choose_something(page)
        learner.check(page)
        if form not in seen:
            sound(f"{form} after")
        seen.add(form)
        learner.go_on(page)
        if not learner.is_question(page):
            break
    assert len(seen) > 2
    sound("end of the quiz")
    slots = User.objects.get(is_guest=True).attempts.get().slots
    assert slots.count() >= 10
    assert not slots.filter(verdict="").exists()


def test_a_card_is_turned_and_rated_with_the_keyboard(page, site, sound):
    page.goto(f"{site}/topics/north-korea-ukraine/cards/")
    page.get_by_role("button", name="Deal ten cards").click()
    page.wait_for_selector("#question-card")
    sound("front")
    page.keyboard.press("Space")
    page.wait_for_selector('#question-card [name="rating"], #question-card [data-option]')
    sound("back")
    page.keyboard.press("2")
    page.wait_for_timeout(500)
    assert User.objects.get(is_guest=True).answers.count() == 1


def test_what_went_wrong_with_htmx_is_said_above_the_page(page, site, complaints):
    complaints.allowed = ("status of 403", "Response Status Error Code 403")
    learner.start(page, site)
    page.context.clear_cookies(name="csrftoken")
    learner.choose_something(page)
    page.locator("#question-card [data-check]").click()
    page.wait_for_selector("#problem #problem-text")
    assert "cookie" in page.locator("#problem").inner_text()
    assert learner.is_question(page)
