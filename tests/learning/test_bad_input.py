"""What no page of ours sends: the codes of the protocol, a readable page, nothing stored."""

from datetime import timedelta

import pytest
import time_machine
from django.core.signing import Signer
from django.urls import reverse
from django.utils import timezone

from quiz.learning.models import Answer, Memory, Recall
from quiz.learning.tokens import SALT
from tests.factories import UserFactory
from tests.learning.class_of_one import Browser, html, make_version, token_on
from tests.learning.test_answers import start_with

pytestmark = pytest.mark.django_db
ANSWER = "/answers/"


@pytest.fixture(params=["page", "htmx"])
def tab(request, learner):
    return Browser(learner, htmx=request.param == "htmx")


@pytest.fixture(autouse=True)
def _nothing_is_stored(db):
    yield
    assert not Answer.objects.exists()
    assert not Memory.objects.exists()
    assert not Recall.objects.exists()


@pytest.fixture
def question(tab, learner, versions):
    return tab.get(start_with(tab, learner, versions[0]))


@pytest.mark.parametrize(
    "token",
    ["", "x", "a:b", "\x00", "é" * 40, "." * 100_000, ".eJxx:yyy", "' OR 1=1 --"],
)
def test_what_is_no_token_is_refused(tab, question, token):
    response = tab.post(ANSWER, {"token": token, "choice": "0"})
    assert response.status_code == 400
    assert "problem-text" in html(response)


def test_a_token_cut_or_changed_is_refused(tab, question):
    token = token_on(question)
    for changed in (token[:-1], token[1:], token.swapcase(), token + "A", token.replace(":", ";")):
        assert tab.post(ANSWER, {"token": changed, "choice": "0"}).status_code == 400


@pytest.mark.parametrize("value", [None, [], {}, 7, ["a"] * 9, [1, 2, 3, 4, "x", 6, 7, 8, 9]])
def test_a_signed_token_of_another_shape_is_refused(tab, question, value):
    token = Signer(salt=SALT).sign_object(value)
    assert tab.post(ANSWER, {"token": token, "choice": "0"}).status_code == 400


def test_another_learners_token_is_not_known(learner, versions):
    token = token_on(Browser(learner).get(start_with(None, learner, versions[0])))
    stranger = Browser(UserFactory())
    assert stranger.post(ANSWER, {"token": token, "choice": "0"}).status_code == 404
    assert stranger.get(f"/round/?at={token}").status_code == 404
    assert stranger.post(reverse("quiz:card-back"), {"token": token}).status_code == 404


def test_a_token_older_than_fourteen_days_is_gone(tab, learner, question):
    token = token_on(question)
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        tab.client.force_login(learner)
        response = tab.post(ANSWER, {"token": token, "choice": "0"})
        assert response.status_code == 410
        assert "14 days" in html(response)
        assert tab.get(f"/round/?at={token}").status_code == 410
        assert tab.post(reverse("quiz:card-back"), {"token": token}).status_code == 410


def test_a_round_that_is_over_takes_no_answer(tab, learner, question):
    from quiz.learning.rounds import Kind, start
    from quiz.learning.views.steps import seal_round

    token = seal_round(learner, start(Kind.ROUND, []))
    assert tab.post(ANSWER, {"token": token, "choice": "0"}).status_code == 400


@pytest.mark.parametrize(
    "choice", ["3", "-1", "99999999999999999999", "x", "1.0", "٣", "0x1", "\x00"]
)
def test_an_option_that_is_not_there_is_refused(tab, question, choice):
    assert tab.answer(question, choice=choice).status_code == 400


def test_no_choice_is_asked_for_and_the_question_stays(tab, question):
    response = tab.answer(question)
    assert response.status_code == 422
    assert "Choose one first" in html(response)
    assert token_on(response) == token_on(question)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Type an answer"), ("   ", "Type an answer"), ("x" * 201, "too long"),
     ("x" * 1_000_000, "too long"), ("April\x002025", "cannot be read")],
)  # fmt: skip
def test_a_text_that_cannot_be_an_answer_is_said_so_and_kept(tab, learner, topic, text, said):
    page = tab.get(start_with(tab, learner, make_version(topic, "typed", facet="date")))
    response = tab.answer(page, text=text)
    assert response.status_code == 422
    assert said in html(response)
    assert len(response.content) < 20_000
    kept = text[:200].replace("\x00", "")
    assert f'value="{kept}"' in html(response)


@pytest.mark.parametrize(
    ("form", "data", "status"),
    [
        ("several-right", {}, 422),
        ("several-right", {"choices": ["0", "1", "2", "0"]}, 400),
        ("several-right", {"choices": ["7"]}, 400),
        ("matching", {}, 422),
        ("matching", {"pair-0": "9"}, 400),
        ("ordering", {}, 422),
        ("ordering", {"place-0": "1", "place-1": "1", "place-2": "2"}, 422),
        ("ordering", {"place-0": "1", "place-1": "2", "place-2": "4"}, 400),
        ("flashcard", {}, 400),
        ("flashcard", {"rating": "5"}, 400),
        ("flashcard", {"rating": "0"}, 400),
    ],
)
def test_every_form_refuses_what_it_cannot_read(tab, learner, topic, form, data, status):
    page = tab.get(start_with(tab, learner, make_version(topic, form)))
    assert tab.answer(page, **data).status_code == status


def test_a_megabyte_of_anything_is_no_error_of_ours(tab, question):
    response = tab.post(ANSWER, {"token": token_on(question), "choice": "0" * 1_000_000})
    assert response.status_code == 400
    response = tab.post(ANSWER, {"token": "x" * 5_000_000})
    assert response.status_code in {400, 413}


def test_extra_fields_change_nothing(tab, question):
    data = {"token": token_on(question), "verdict": "accept", "score": "1", "choice": ""}
    assert tab.post(ANSWER, data).status_code == 422


@pytest.mark.parametrize("url", ["/answers/", "/review/start/", "/cards/back/"])
def test_what_changes_something_is_never_a_get(tab, question, url):
    assert tab.get(url).status_code == 405


@pytest.mark.parametrize(
    "url",
    ["/answers/nothing/", "/attempts/nothing/", "/attempts/nothing/result/", "/topics/nothing/",
     "/topics/nothing/quiz/", "/topics/nothing/cards/", "/topics/nothing/reading/", "/s/nothing/",
     "/answers/nothing/passage/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(tab, url):
    assert tab.get(url).status_code == 404


def test_who_is_nobody_is_shown_the_way_in(versions):
    nobody = Browser(htmx=False)
    assert nobody.get("/review/").status_code == 302
    assert Browser().get("/review/").status_code == 401
    assert nobody.post(ANSWER, {"token": "x"}).status_code == 302


def test_a_post_without_the_csrf_token_is_refused(learner, versions):
    strict = Browser(learner, enforce_csrf_checks=True)
    page = strict.get(start_with(None, learner, versions[0]))
    assert strict.answer(page, choice="0").status_code == 403
