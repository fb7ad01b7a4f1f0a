"""“Sure”, “Think so” and “Guess”: said beside Check, shown under Progress, and nowhere else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from quiz.learning.actions import start_attempt
from quiz.learning.calibration import calibration_of
from quiz.learning.models import Answer, Memory
from tests.factories import AnswerFactory, QuestionSetFactory, SetItemFactory, UserFactory
from tests.learning.class_of_one import SHAPES, Browser, displayed, html, make_version, waiting
from tests.learning.test_answers import start_with

pytestmark = pytest.mark.django_db
SURE, THINK_SO, GUESS = 3, 2, 1
NOT_COMPARED = {"id", "learner_id", "fact_id", "due_at"}


@pytest.fixture
def sure(learner):
    learner.ask_sureness = True
    learner.save()
    return learner


def said(learner, sureness, right, wrong):
    for count, verdict in ((right, "accept"), (wrong, "reject")):
        AnswerFactory.create_batch(count, learner=learner, sureness=sureness, verdict=verdict)


def rows(learner):
    return [(row.word, row.answered, row.right, row.share) for row in calibration_of(learner)]


def test_it_is_asked_only_of_those_who_want_it(learner, guest, topic, versions):
    for who, is_asked in ((learner, False), (guest, False), (UserFactory(ask_sureness=True), True)):
        page = Browser(who).get(start_with(None, who, versions[0]))
        assert ('name="sureness"' in html(page)) == is_asked


@pytest.mark.parametrize("form", [form for form in SHAPES if form != "flashcard"])
def test_it_stands_beside_check_in_every_form_and_none_chosen_is_fine(tab, sure, topic, form):
    version = make_version(topic, form)
    page = tab.get(start_with(tab, sure, version))
    assert html(page).count('name="sureness"') == 3
    assert tab.right(page, version).status_code == 200
    assert Answer.objects.get().sureness is None


def test_a_card_is_rated_by_its_learner_anyway(tab, sure, topic):
    page = tab.get(start_with(tab, sure, make_version(topic, "flashcard"), kind="cards"))
    assert 'name="sureness"' not in html(page)


def test_a_question_that_returns_does_not_ask_it(tab, sure, topic, versions):
    page = tab.get(start_with(tab, sure, versions[0]))
    reply = tab.answer_text(page, "Pyongyang")
    assert "Once more" in waiting(reply)
    assert 'name="sureness"' not in waiting(reply)


@pytest.mark.parametrize("word", [SURE, THINK_SO, GUESS])
def test_it_is_stored_and_changes_neither_score_nor_schedule(topic, versions, word):
    plain, sure = UserFactory(), UserFactory(ask_sureness=True)
    for who, more in ((plain, {}), (sure, {"sureness": word})):
        page = Browser(who).get(start_with(None, who, versions[0]))
        Browser(who).answer(page, choice=displayed(page)["Kursk"], **more)
    one, other = Answer.objects.order_by("pk")
    assert (one.sureness, other.sureness) == (None, word)
    assert (one.given, one.verdict, one.score) == (other.given, other.verdict, other.score)
    states = [
        {name: value for name, value in row.items() if name not in NOT_COMPARED}
        for row in Memory.objects.order_by("pk").values()
    ]
    assert states[0] == states[1]


def test_the_same_response_with_another_word_is_the_same_response(tab, sure, versions):
    page = tab.get(start_with(tab, sure, versions[0]))
    place = displayed(page)["Kursk"]
    tab.answer(page, choice=place, sureness=SURE)
    assert tab.answer(page, choice=place, sureness=GUESS).status_code == 200
    assert Answer.objects.get().sureness == SURE


@pytest.mark.parametrize("bad", ["0", "4", "sure", "-1", "²"])
def test_what_no_page_sends_is_refused(tab, sure, versions, bad):
    page = tab.get(start_with(tab, sure, versions[0]))
    assert tab.answer(page, choice="0", sureness=bad).status_code == 400
    assert not Answer.objects.exists()


def test_i_dont_know_is_neither_sure_nor_guessed(tab, sure, versions):
    page = tab.get(start_with(tab, sure, versions[0]))
    tab.answer(page, dont_know="1", sureness=GUESS)
    assert Answer.objects.get().sureness is None


# The table


def test_a_share_is_told_from_ten_answers_of_a_kind_on(learner):
    said(learner, SURE, 9, 3)
    said(learner, GUESS, 4, 5)
    said(learner, None, 5, 5)
    said(UserFactory(), SURE, 0, 20)
    assert rows(learner) == [("Sure", 12, 9, 75), ("Guess", 9, 4, None)]


def test_what_a_test_does_not_tell_yet_is_not_counted(sure, topic):
    version = make_version(topic)
    question_set = QuestionSetFactory(topic=topic, status="published", feedback_at_end=True)
    SetItemFactory(question_set=question_set, question=version.question)
    attempt = start_attempt(learner=sure, question_set=question_set, now=timezone.now())
    tab = Browser(sure)
    url = reverse("quiz:attempt-detail", args=[attempt.public_id])
    for text, word in (("Pyongyang", SURE), ("Kursk", GUESS)):
        page = tab.get(f"{url}?n=1")
        tab.answer(page, choice=displayed(page)[text], sureness=word)
    assert rows(sure) == []
    tab.post(reverse("quiz:attempt-finish", args=[attempt.public_id]))
    assert rows(sure) == [("Guess", 1, 1, None)]


def test_the_progress_page_shows_it(tab, sure, topic, versions):
    for version in [*versions, *(make_version(topic) for _ in range(8))]:
        tab.right(tab.get(start_with(tab, sure, version)), version)
    page = html(tab.get(reverse("quiz:progress-overview")))
    assert "Say “Sure”, “Think so” or “Guess” beside Check." in page
    said(sure, SURE, 9, 3)
    said(sure, THINK_SO, 1, 0)
    page = html(tab.get(reverse("quiz:progress-overview")))
    assert "Right, by how sure you were" in page
    assert "75&nbsp;%" in page
    assert "under ten" in page


def test_it_is_a_setting_that_is_off_at_first(tab, learner):
    url = reverse("quiz:settings")
    assert not learner.ask_sureness
    assert "Say how sure you are" in html(tab.get(url))
    data = {"time_zone": "Asia/Seoul", "day_start": "4", "date_order": "dmy", "ask_sureness": "on"}
    tab.post(url, data)
    learner.refresh_from_db()
    assert learner.ask_sureness
