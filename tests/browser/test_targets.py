"""Whatever is touched is 48 px high, on a small phone and on a desk; links in running text aside."""

import pytest
from django.urls import reverse

from quiz.accounts.models import User
from quiz.classrooms.models import Classroom
from quiz.learning.rounds import Kind, start
from quiz.learning.views.steps import round_url, seal_round
from quiz.questions.models import Form, QuestionSet, QuestionVersion
from tests.browser import learner

pytestmark = pytest.mark.browser
TOPIC = "north-korea-ukraine"
WIDTHS = (320, 1280)
LOW = """() => {
  const seen = (node) => node.checkVisibility() && node.getBoundingClientRect().width > 1;
  const alone = (link) => {
    const block = link.closest("p, li, td, th, dd, h1, h2, h3, figcaption, label, .row, .actions, nav");
    const flows = ["block", "list-item", "table-cell"];
    if (!block || !flows.includes(getComputedStyle(block).display)) return true;
    return block.textContent.trim() === link.textContent.trim();
  };
  const target = (node) =>
    node.matches("input[type=radio], input[type=checkbox]") ? node.closest("label") || node : node;
  return [...document.querySelectorAll("a[href], button, summary, select, textarea, input")]
    .filter((node) => node.type !== "hidden" && !node.disabled && seen(target(node)))
    .filter((node) => !node.matches(".skip-link") && (!node.matches("a, .button-link") || alone(node)))
    .map((node) => [target(node), Math.round(target(node).getBoundingClientRect().height * 10) / 10])
    .filter(([, height]) => height < 48)
    .map(([node, height]) => `${height} px: ${node.outerHTML.slice(0, 90)}`);
}"""


@pytest.fixture
def tall_enough(page):
    """Measure every target of the page as it stands, in both widths."""
    found = []

    def check(name):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(
                "document.querySelectorAll('details').forEach((one) => (one.open = true))"
            )
            found.extend(f"{name}, {width} px: {low}" for low in page.evaluate(LOW))

    yield check
    assert found == []


def visit(page, site, tall_enough, *names):
    for name in names:
        path = name if name.startswith("/") else reverse(name)
        page.goto(site + path)
        tall_enough(path)


def test_pages_where_one_comes_in(page, site, tall_enough):
    visit(
        page, site, tall_enough, "/", f"/topics/{TOPIC}/", "account_login", "account_signup",
        "account_reset_password", f"/topics/{TOPIC}/quiz/", f"/topics/{TOPIC}/cards/",
        "quiz:about", "quiz:privacy", "quiz:help-keys",
    )  # fmt: skip


@pytest.mark.parametrize("form", Form.values)
def test_each_form_of_question_and_its_verdict(page, site, sign_in, tall_enough, form):
    version = QuestionVersion.objects.served().filter(question__form=form).first()
    if version is None:
        pytest.skip("the article has none")
    sign_in("student")
    student = User.objects.get(email="student@example.org")
    plan = start(Kind.ROUND, [version.question.public_id], TOPIC)
    page.goto(site + round_url(seal_round(student, plan)))
    tall_enough(f"{form}: the question")
    if form == Form.FLASHCARD:
        page.locator("[data-flip]").click()
        page.wait_for_selector(".card-back")
        tall_enough("the back of a card")
        return
    learner.choose_something(page)
    learner.check(page)
    tall_enough(f"{form}: the verdict")


def test_what_a_guest_finds_after_the_first_five(page, site, tall_enough):
    learner.start(page, site)
    for _ in range(5):
        learner.choose_something(page)
        learner.check(page)
        tall_enough("verdict")
        report = page.get_by_role("link", name="answer should count").or_(
            page.get_by_role("link", name="Something wrong here?")
        )
        href = report.get_attribute("href")
        learner.go_on(page)
    tall_enough("the round's end")
    visit(
        page, site, tall_enough, href, "quiz:review-today", "quiz:progress-overview",
        "quiz:settings", "quiz:report-list", "account_signup",
    )  # fmt: skip


def test_the_result_of_a_quiz(page, site, tall_enough):
    page.goto(f"{site}/topics/{TOPIC}/quiz/")
    page.get_by_label("5", exact=False).first.check()
    page.get_by_role("button", name="Start the quiz").click()
    page.wait_for_selector("#question-card")
    for _ in range(User.objects.get(is_guest=True).attempts.get().size):
        learner.choose_something(page)
        learner.check(page)
        learner.go_on(page)
    tall_enough("the quiz's end")
    page.get_by_role("button", name="Finish and see the result").click()
    page.wait_for_selector(".result-rows")
    tall_enough("the result")


def test_pages_of_a_teacher(page, site, sign_in, tall_enough):
    sign_in("teacher")
    page.goto(f"{site}/sets/new/?topic={TOPIC}")
    page.get_by_label("Title").fill("Kursk")
    page.get_by_label("How many questions").fill("3")
    page.get_by_role("button", name="Make the set").click()
    page.wait_for_selector("#set-questions .stem")
    tall_enough("the set")
    own = f"/sets/{QuestionSet.objects.get().public_id}"
    page.goto(f"{site}/classrooms/new/")
    page.get_by_label("Name of the class").fill("11b")
    page.get_by_role("button", name="Make the class").click()
    tall_enough("the class")
    room = f"/classrooms/{Classroom.objects.get().public_id}"
    visit(
        page, site, tall_enough, "quiz:set-list", "quiz:set-new", f"/sets/new/?topic={TOPIC}",
        f"{own}/pick/", f"{own}/write/", f"{own}/preview/", f"{own}/report/", f"{own}/edit/",
        "quiz:classroom-list", f"{room}/roster/", f"{room}/report/", "quiz:report-queue",
    )  # fmt: skip


def test_pages_of_an_editor(page, site, sign_in, tall_enough):
    sign_in("admin")
    own = f"/facts/{TOPIC}/shells-total"
    visit(
        page, site, tall_enough, f"{own}/", f"{own}/edit/", f"{own}/supersede/", f"{own}/retract/"
    )
