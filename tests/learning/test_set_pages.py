from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quiz.accounts.models import User
from quiz.learning.models import Attempt
from quiz.questions import sets
from tests.factories import (
    NOW,
    AssignmentFactory,
    MembershipFactory,
    QuestionFactory,
    QuestionSetFactory,
    QuestionVersionFactory,
    TeacherFactory,
    UserFactory,
)
from tests.questions.test_set_pages import table_hash

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def question_set():
    question_set = QuestionSetFactory(title="Kursk set", description="Read first.")
    for n, form in enumerate(("choice", "typed", "choice")):
        question = QuestionFactory(form=form, fact__grave=n == 2)
        version = QuestionVersionFactory(question=question, stem=f"Stem {n}?")
        sets.pick(question_set=question_set, question=version.question, now=NOW)
    sets.publish(question_set=question_set, now=NOW)
    return question_set


@pytest.fixture
def assignment(question_set):
    return AssignmentFactory(question_set=question_set)


@pytest.fixture
def student(assignment):
    return MembershipFactory(classroom=assignment.classroom).user


def link_of(question_set):
    return reverse("quiz:set-open", args=[question_set.link_token])


def url_of(assignment):
    return reverse("quiz:assignment-open", args=[assignment.public_id])


# --- by link -----------------------------------------------------------------------------------


def test_a_link_shows_the_cover_to_anyone_and_makes_nobody(client, question_set):
    before = table_hash()
    page = client.get(link_of(question_set))
    assert page.status_code == 200
    assert "Kursk set" in page.text
    assert "3 questions" in page.text
    assert "Your teacher sees your answers." in page.text
    assert "You can leave each of them out" in page.text
    assert table_hash() == before


def test_starting_by_link_makes_a_guest_and_an_attempt(client, question_set):
    response = client.post(link_of(question_set))
    attempt = Attempt.objects.get()
    assert attempt.learner.is_guest
    assert attempt.question_set == question_set
    assert attempt.slots.count() == 3
    assert response["Location"] == reverse("quiz:attempt-detail", args=[attempt.public_id])


def test_starting_again_goes_on_with_the_open_attempt(client, question_set):
    client.force_login(UserFactory())
    first = client.post(link_of(question_set))["Location"]
    assert "Go on" in client.get(link_of(question_set)).text
    assert client.post(link_of(question_set))["Location"] == first
    Attempt.objects.update(state="finished", finished_at=NOW)
    assert client.post(link_of(question_set))["Location"] != first


@pytest.mark.parametrize("change", [sets.unpublish, sets.archive, sets.revoke_link])
def test_a_set_that_was_closed_is_not_found_by_its_link(client, question_set, change):
    link = link_of(question_set)
    change(question_set=question_set, now=NOW)
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404
    assert not User.objects.filter(is_guest=True).exists()


@pytest.mark.parametrize("token", ["nothing-here", "None", "%00", "x" * 300])
def test_a_link_that_never_was_is_not_found(client, question_set, token):
    assert client.get(f"/s/{token}/").status_code == 404


def test_a_link_is_opened_and_posted_and_nothing_else(client, question_set):
    assert client.delete(link_of(question_set)).status_code == 405


def test_a_set_of_which_nothing_can_be_asked_says_so(client, question_set):
    for item in question_set.items.with_versions():
        item.version.state = "stale"
        item.version.save()
    response = client.post(link_of(question_set))
    assert response.status_code == 410
    assert "None of its questions can be asked now" in response.text
    assert not Attempt.objects.exists()


def test_the_cover_makes_the_same_queries_for_few_and_many_questions(
    client, question_set, django_assert_max_num_queries
):
    client.force_login(UserFactory())
    client.get(link_of(question_set))
    with django_assert_max_num_queries(8) as few:
        client.get(link_of(question_set))
    for version in QuestionVersionFactory.create_batch(10):
        sets.pick(question_set=question_set, question=version.question, now=NOW)
    with django_assert_max_num_queries(len(few)):
        client.get(link_of(question_set))


# --- by assignment -----------------------------------------------------------------------------


def test_an_assignment_is_begun_by_a_member_of_the_class(client, assignment, student):
    client.force_login(student)
    assert "Kursk set" in client.get(url_of(assignment)).text
    client.post(url_of(assignment))
    attempt = Attempt.objects.get()
    assert (attempt.learner, attempt.assignment) == (student, assignment)


def test_an_assignment_needs_no_link(client, assignment, student):
    sets.revoke_link(question_set=assignment.question_set, now=NOW)
    client.force_login(student)
    assert client.post(url_of(assignment)).status_code == 302


def test_an_assignment_needs_signing_in_and_the_class(client, assignment):
    assert client.get(url_of(assignment)).status_code == 302
    for stranger in (UserFactory(), TeacherFactory()):
        client.force_login(stranger)
        assert client.get(url_of(assignment)).status_code == 404
        assert client.post(url_of(assignment)).status_code == 404


def test_who_left_the_class_cannot_begin(client, assignment, student):
    student.memberships.all().delete()
    client.force_login(student)
    assert client.post(url_of(assignment)).status_code == 404


def test_an_assignment_that_is_not_there_is_not_found(client, student):
    client.force_login(student)
    url = reverse("quiz:assignment-open", args=["nothing-here"])
    assert client.get(url).status_code == 404
    assert client.delete(url).status_code == 405


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [(1, None, "not open yet"), (None, -1, "is closed"), (-2, -1, "is closed")],
)
def test_outside_its_dates_an_assignment_is_not_begun(
    client, assignment, student, opens, closes, said
):
    now = timezone.now()
    assignment.opens_at = opens and now + timedelta(days=opens)
    assignment.closes_at = closes and now + timedelta(days=closes)
    assignment.save()
    client.force_login(student)
    assert said in client.get(url_of(assignment)).text
    response = client.post(url_of(assignment))
    assert response.status_code == 410
    assert said in response.text
    assert not Attempt.objects.exists()


def test_an_unpublished_set_is_not_begun_by_assignment(client, assignment, student):
    sets.unpublish(question_set=assignment.question_set, now=NOW)
    client.force_login(student)
    assert client.post(url_of(assignment)).status_code == 410


# --- preview -----------------------------------------------------------------------------------


def preview_of(question_set, query=""):
    return reverse("quiz:set-preview", args=[question_set.public_id]) + query


def test_the_preview_shows_each_question_without_its_key_and_writes_nothing(client, question_set):
    client.force_login(question_set.owner)
    before = table_hash()
    for n in range(3):
        page = client.get(preview_of(question_set, f"?n={n + 1}"))
        assert f"Stem {n}?" in page.text
        for told in ("option-right", "Another place.", "It is Kursk.", 'name="token"'):
            assert told not in page.text
    assert table_hash() == before
    assert not Attempt.objects.exists()


def test_the_preview_goes_on_as_a_fragment(client, question_set):
    client.force_login(question_set.owner)
    response = client.get(preview_of(question_set, "?n=2"), headers=HTMX)
    assert response.template_name == "learning/set_preview.html#set-preview"
    assert "<html" not in response.text
    assert "Stem 1?" in response.text


@pytest.mark.parametrize(
    ("n", "stem"), [("0", "Stem 0?"), ("99", "Stem 2?"), ("x", "Stem 0?"), ("9" * 5000, "Stem 0?")]
)
def test_a_place_that_is_not_there_is_the_nearest(client, question_set, n, stem):
    client.force_login(question_set.owner)
    assert stem in client.get(preview_of(question_set, f"?n={n}")).text


def test_the_preview_of_an_empty_set_says_what_to_do(client):
    question_set = QuestionSetFactory()
    client.force_login(question_set.owner)
    assert "No question can be asked yet" in client.get(preview_of(question_set)).text
