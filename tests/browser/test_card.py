"""A card under the fingers: what stays where it is, which keys do what, where the focus lands."""

import pytest
from django.db.models import Q

from quiz.accounts.models import User
from quiz.corrections.models import Report
from quiz.learning.models import Recall
from quiz.learning.rounds import Kind, start
from quiz.learning.views.steps import round_url, seal_round
from quiz.questions.models import QuestionVersion
from tests.browser import learner

pytestmark = pytest.mark.browser
SIZES = [(320, 640), (360, 740), (1280, 640), (1280, 800), (1280, 900), (1280, 1100)]
DESK = {"width": 1280, "height": 1100}
FOCUSED = "document.activeElement.textContent.trim()"
# In the page: it may be scrolled so that the verdict is seen.
PLACES = """[...document.querySelectorAll(".options > .option")].map((row) =>
  [row.offsetLeft, row.offsetTop, row.offsetWidth, row.offsetHeight])"""
FORMS = ["choice", "several-right", "typed", "what-counted", "ordering", "chain"]


@pytest.fixture
def round_of(page, site, sign_in):
    """Open a round of the student's that begins with a question of each of these forms."""
    sign_in("student")
    student = User.objects.get(email="student@example.org")

    def open_round(*forms):
        # A name where it is typed: what is no date or number would be asked for once more.
        served = QuestionVersion.objects.served().order_by("pk").select_related("question")
        served = served.exclude(~Q(question__facet="identity"), question__form="typed")
        names = [served.filter(question__form=form)[0].question.public_id for form in forms]
        plan = start(Kind.ROUND, names, "north-korea-ukraine")
        page.goto(site + round_url(seal_round(student, plan)))
        page.wait_for_selector("#question-card")

    return open_round


def top(page, selector):
    return page.locator(selector).first.bounding_box()["y"]


@pytest.mark.parametrize("form", FORMS)
def test_no_button_moves_between_question_and_verdict(page, round_of, form):
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        round_of(form)
        before = top(page, "[data-check]")
        learner.choose_something(page)
        learner.check(page)
        # What is right may take two lines, where the list to choose from had one.
        longer = 26 if form == "what-counted" else 0
        assert abs(top(page, "[data-next]") - before) <= 2 + longer, (width, height, form)


def test_on_a_desk_no_verdict_moves_the_button_however_long_it_is(page, round_of):
    page.set_viewport_size(DESK)
    round_of("choice")
    before = top(page, "[data-check]")
    learner.choose_something(page)
    learner.check(page)
    page.evaluate("document.querySelector('.verdict').style.height = '60rem'")
    assert top(page, "[data-next]") == before
    button = page.locator("[data-next]").bounding_box()
    assert button["y"] + button["height"] <= top(page, ".verdict")


def test_on_a_desk_check_stands_right_under_what_is_asked(page, round_of):
    page.set_viewport_size({"width": 1280, "height": 1400})
    round_of("typed")
    field = page.locator(".card-body > .field").bounding_box()
    assert top(page, "[data-check]") - field["y"] - field["height"] < 48


class TestWithoutScript:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return browser_context_args | {"java_script_enabled": False}

    @pytest.mark.parametrize("form", ["choice", "several-right", "typed", "chain"])
    def test_next_is_where_check_was_on_a_desk(self, page, round_of, form):
        page.set_viewport_size(DESK)
        round_of(form)
        before = top(page, "[data-check]")
        learner.choose_something(page)
        learner.check(page)
        assert abs(top(page, "[data-next]") - before) <= 2


def test_no_option_moves_when_it_is_marked(page, round_of):
    for form in ("choice", "several-right"):
        round_of(form)
        before = page.evaluate(PLACES)
        learner.choose_something(page)
        learner.check(page)
        after = page.evaluate(PLACES)
        assert after == before, form


def test_a_sign_typed_anywhere_goes_into_the_field_and_enter_sends_it(page, round_of):
    round_of("typed", "choice")
    page.keyboard.type("7 nobody")
    assert page.locator("#given-text").input_value() == "7 nobody"
    page.keyboard.press("Enter")
    page.wait_for_selector("#question-card .verdict")
    assert page.evaluate(FOCUSED).startswith("Not this one.")
    page.wait_for_selector('[data-next]:not([aria-disabled="true"])')
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-check]")
    assert page.evaluate(FOCUSED) == page.locator("#question-card h1").inner_text()


def test_i_was_right_is_said_at_once_and_the_miss_returns_no_more(page, round_of, sound):
    round_of("typed")
    page.locator("#given-text").fill("Nobody at all")
    learner.check(page)
    sound("I was right is offered")
    page.get_by_role("button", name="I was right").click()
    page.wait_for_selector("text=Counted as right")
    assert page.evaluate(FOCUSED).startswith("Counted as right")
    sound("I was right is counted")
    learner.go_on(page)
    assert not learner.is_question(page)
    assert "One of one" in page.locator("#question-card h1").inner_text()
    assert Recall.objects.get().verdict == "accept"
    assert Report.objects.get().given == {"text": "Nobody at all"}


def test_how_sure_one_is_can_be_said_with_the_keyboard_alone(page, site, round_of, sound):
    student = User.objects.get(email="student@example.org")
    student.ask_sureness = True
    student.save()
    round_of("choice")
    sound("how sure")
    page.keyboard.press("1")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector("#question-card .verdict")
    assert student.answers.get().sureness == 2


def test_leaving_a_grave_question_out_is_never_what_enter_does(page, round_of):
    round_of("chain", "choice")
    assert page.get_by_role("button", name="Leave this out").count() <= 1
    learner.choose_something(page)
    page.keyboard.press("Enter")
    page.wait_for_selector("#question-card .verdict")
