"""An admin corrects a fact; its questions change with it, and whoever met it is told."""

import pytest

from quiz.facts.models import Fact
from quiz.questions.models import QuestionVersion
from tests.browser import learner

pytestmark = pytest.mark.browser
FACT = "shells-total"


def served(fact):
    return QuestionVersion.objects.served().filter(question__fact=fact)


def test_an_edit_shows_what_it_touches_and_changes_the_questions(
    page, site, sound, sign_in, complaints
):
    complaints.allowed = ("status of 422",)
    fact = Fact.objects.get(slug=FACT)
    assert any("12\N{NO-BREAK SPACE}million" in str(v.expected["shown"]) for v in served(fact))
    sign_in("admin")
    page.goto(f"{site}/facts/north-korea-ukraine/{FACT}/")
    sound("fact")
    page.get_by_role("link", name="Change", exact=True).click()
    assert "of its own" in page.get_by_label("What this touches", exact=True).inner_text()
    sound("edit")
    page.get_by_label("Sentence").fill(fact.sentence.replace("12 million", "13 million"))
    page.get_by_label("Amount", exact=False).first.fill("13 million")
    page.get_by_label("Kind of change").select_option("wrong")
    page.get_by_label("Why it changes").fill("The source says so.")
    page.get_by_role("button", name="Save").click()
    assert "confirm the change" in page.locator("main").inner_text()
    page.get_by_label("I have seen what this touches").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("text=Its questions are made anew")
    sound("fact after the edit")
    assert "13 million" in learner.plain(page.get_by_label("Its questions").inner_text())
    assert all(v.fact_revision == 2 for v in served(fact))
    assert not any("12\N{NO-BREAK SPACE}million" in str(v.expected["shown"]) for v in served(fact))


def test_the_admin_runs_under_the_same_policy(page, site, sign_in):
    """Stock pages, same policy: the collector of complaints fails on any violation."""
    sign_in("admin")
    fact = Fact.objects.get(slug=FACT)
    for path in ("", "quiz/fact/", f"quiz/fact/{fact.pk}/change/", "quiz/topic/", "quiz/user/"):
        page.goto(f"{site}/admin/{path}")
        assert page.locator("#content").is_visible(), path
