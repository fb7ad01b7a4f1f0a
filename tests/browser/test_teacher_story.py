"""A teacher composes a set, publishes it, gives it to a class; a student answers; both look."""

import pytest

from quiz.classrooms.models import Classroom
from quiz.questions.models import QuestionSet

pytestmark = pytest.mark.browser


def stems(page):
    return page.locator("#set-questions .stem").all_inner_texts()


def changed(page, before):
    """Wait until the questions stand differently, without the page having been loaded anew."""
    page.wait_for_function(
        "was => JSON.stringify([...document.querySelectorAll('#set-questions .stem')]"
        ".map(stem => stem.innerText)) !== JSON.stringify(was)",
        arg=before,
    )
    assert page.evaluate("window.same"), "the page was loaded anew"
    return stems(page)


def give_up_on(page, count):
    """Say "I don't know" to each question, and go on."""
    for _ in range(count):
        page.get_by_role("button", name="I don’t know").click()
        page.locator("[data-next]:not([aria-disabled])").wait_for()
        # Next is dead for 400 ms, so that a double tap cannot skip the verdict.
        page.wait_for_timeout(500)
        page.locator("[data-next]").click()


def composed(page, site, sound):
    page.goto(f"{site}/sets/")
    sound("no sets yet")
    page.get_by_role("link", name="New set").click()
    sound("pick a topic")
    page.get_by_role("link", name="North Korea", exact=False).click()
    page.get_by_label("Title").fill("Kursk, first look")
    with page.expect_response("**/sets/new/?*"):
        page.get_by_label("Kursk").check()
    # One form whose questions never read alike: what was swapped can then be seen by its stem.
    page.locator("summary", has_text="Kinds, standing and forms").click()
    with page.expect_response("**/sets/new/?*"):
        page.get_by_label("Type the answer").check()
    page.get_by_label("How many questions").fill("3")
    sound("filter")
    page.get_by_role("button", name="Make the set").click()
    page.wait_for_selector("#set-questions .stem")
    sound("set")
    return QuestionSet.objects.get()


def test_a_set_is_composed_published_answered_and_reported(page, site, sound, sign_in):
    sign_in("teacher")
    question_set = composed(page, site, sound)
    page.evaluate("window.same = true")
    first = stems(page)
    assert len(first) == 3
    page.get_by_role("button", name="Another fact").first.click()
    second = changed(page, first)
    assert second[1:] == first[1:]
    page.get_by_role("button", name="Drop question 3").click()
    assert changed(page, second) == second[:2]
    page.locator("summary", has_text="Reword it").first.click()
    page.get_by_label("Ask it in your words").first.fill("In my own words?")
    page.get_by_role("button", name="Save the wording").first.click()
    assert changed(page, second[:2])[0] == "In my own words?"
    page.get_by_role("button", name="Publish").click()
    page.wait_for_selector("#set-link")
    assert page.evaluate("window.same")
    link = page.get_by_label("Link to hand out").input_value()
    page.get_by_role("link", name="See it as a student").click()
    assert page.get_by_role("heading", level=1).inner_text() == "In my own words?"
    sound("preview")

    page.context.clear_cookies()
    page.goto(link)
    sound("cover")
    page.get_by_role("button", name="Start").click()
    give_up_on(page, 2)
    assert question_set.attempts.get().slots.exclude(verdict="").count() == 2

    # The student's browser is another one: signing in here would merge the guest's answers.
    page.context.clear_cookies()
    sign_in("teacher")
    page.goto(f"{site}/sets/{question_set.public_id}/report/")
    assert "1 student answered" in page.locator("main").inner_text()
    sound("report")
    page.goto(f"{site}/sets/{question_set.public_id}/")
    page.get_by_role("button", name="Revoke the link").click()
    page.wait_for_selector("text=The link was revoked")
    assert page.request.get(link).status == 404


def test_a_question_is_written_by_hand(page, site, sound, sign_in, complaints):
    complaints.allowed = ("status of 422",)
    sign_in("teacher")
    composed(page, site, sound)
    page.get_by_role("link", name="Write one yourself").click()
    sound("write")
    page.get_by_label("Question", exact=True).fill("Which page shows the map of Kursk?")
    page.get_by_label("Right answer").fill("112")
    page.get_by_label("Wrong option 1").fill("112")
    page.get_by_role("button", name="Add it to the set").click()
    assert "so there would be two" in page.locator("main").inner_text()
    page.get_by_label("Wrong option 1").fill("98")
    page.get_by_label("What it really is").first.fill("The map of Donbas.")
    page.get_by_role("button", name="Add it to the set").click()
    page.wait_for_selector("#set-questions")
    assert stems(page)[-1] == "Which page shows the map of Kursk?"


def test_a_class_is_made_joined_and_given_a_set(page, site, sound, sign_in):
    sign_in("teacher")
    composed(page, site, sound)
    page.get_by_role("button", name="Publish").click()
    page.wait_for_selector("#set-link")
    page.goto(f"{site}/classrooms/")
    sound("no classes yet")
    page.get_by_role("link", name="New class").click()
    page.get_by_label("Name of the class").fill("11b")
    page.get_by_role("button", name="Make the class").click()
    sound("class")
    page.get_by_role("link", name="Give a set").click()
    page.get_by_label("Question set").select_option(label="Kursk, first look")
    sound("give")
    page.get_by_role("button", name="Give it").click()
    code = Classroom.objects.get().join_code

    page.context.clear_cookies()
    sign_in("student")
    page.goto(f"{site}/join/{code}/")
    sound("join")
    page.get_by_role("button", name="Join").click()
    sound("class of a student")
    page.get_by_role("link", name="Answer it").click()
    page.get_by_role("button", name="Start").click()
    page.wait_for_selector("#question-card")

    page.context.clear_cookies()
    sign_in("teacher")
    page.goto(f"{site}/classrooms/{Classroom.objects.get().public_id}/report/")
    assert "1 of 1" in page.locator("main").inner_text()
    sound("how they are doing")
