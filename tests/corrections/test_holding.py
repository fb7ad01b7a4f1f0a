"""A fact that makes a wrong option right: from its commit on no question offers it, anywhere."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from quiz.facts.actions import revise_fact
from quiz.learning.actions import start_attempt
from quiz.learning.models import Answer, Slot
from quiz.questions.models import QuestionVersion
from tests.corrections.tides import OPENING, store_with_pier
from tests.factories import QuestionSetFactory, SetItemFactory, UserFactory
from tests.facts.writing import date_fact, records, write
from tests.learning.class_of_one import Browser, html, stem_on, token_on
from tests.learning.test_answers import start_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(tmp_path):
    return store_with_pier(tmp_path)


@pytest.fixture
def learner(topic):
    return UserFactory()


@pytest.fixture
def tab(learner):
    return Browser(learner)


def version_of(slug, form="choice"):
    rows = QuestionVersion.objects.exclude(state="replaced")
    return rows.get(question__fact__slug=slug, question__form=form)


def elsewhere():
    """A question that has nothing to do with the date."""
    return version_of("oldest", "typed")


def wrong_on(version):
    return next(option["text"] for option in version.options if not option["right"])


def bring_in(tmp_path, version):
    """A second voice now gives what the version offers as wrong."""
    month, year = wrong_on(version).replace("\N{NO-BREAK SPACE}", " ").split()
    number = 1 + [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ].index(month)  # fmt: skip
    rival = date_fact(
        slug="asked-again", label="The great pier opens, by another voice",
        stem="When did the great pier open?", when_edtf=f"{year}-{number:02}",
        sentence=f"The great pier opened in [[{month} {year}]].", **OPENING,
    )  # fmt: skip
    path = write(tmp_path / "rival.json", records(rival))
    call_command("loaddata", str(path), verbosity=0)


def test_in_a_round_that_was_begun_before_it_is_passed_over(tab, learner, topic, tmp_path):
    first, doubtful, last = version_of("opened-2"), version_of("asked"), elsewhere()
    page = tab.get(start_with(tab, learner, first, rest=[doubtful, last]))
    assert stem_on(page) == first.stem

    bring_in(tmp_path, doubtful)
    told = html(tab.answer_text(page, first.shown_key))

    assert doubtful.stem not in told
    assert stem_on(told) == last.stem
    doubtful.refresh_from_db()
    assert doubtful.state == "stale"


@pytest.fixture
def attempt(learner, topic):
    question_set = QuestionSetFactory(topic=topic, status="published")
    versions = (version_of("opened-2"), version_of("asked"), elsewhere())
    for position, version in enumerate(versions):
        SetItemFactory(question_set=question_set, question=version.question, position=position)
    return start_attempt(learner=learner, question_set=question_set, now=timezone.now())


def url_of(attempt, n):
    return f"{reverse('quiz:attempt-detail', args=[attempt.public_id])}?n={n}"


def test_in_an_attempt_that_was_begun_before_it_is_passed_over(tab, attempt, tmp_path):
    first, doubtful, last = version_of("opened-2"), version_of("asked"), elsewhere()
    page = tab.get(url_of(attempt, 1))

    bring_in(tmp_path, doubtful)
    told = html(tab.answer_text(page, first.shown_key))

    assert doubtful.stem not in told
    assert stem_on(tab.get(url_of(attempt, 2))) == last.stem


def test_a_page_rendered_before_is_graded_as_it_was_shown(
    tab, attempt, tmp_path, django_capture_on_commit_callbacks
):
    doubtful = version_of("asked")
    page = tab.get(url_of(attempt, 2))
    shown = token_on(page)

    with django_capture_on_commit_callbacks(execute=True):
        bring_in(tmp_path, doubtful)
    reply = tab.answer_text(page, doubtful.shown_key)

    assert shown
    assert reply.status_code == 200
    answer = Answer.objects.get()
    assert (answer.version, answer.verdict) == (doubtful, "accept")
    assert Slot.objects.get(attempt=attempt, n=2).version == doubtful


def test_once_it_is_made_anew_the_attempt_goes_on_with_the_new_version(
    tab, attempt, tmp_path, django_capture_on_commit_callbacks
):
    doubtful, wrong = version_of("asked"), wrong_on(version_of("asked"))
    with django_capture_on_commit_callbacks(execute=True):
        bring_in(tmp_path, doubtful)

    version = version_of("asked")
    page = html(tab.get(url_of(attempt, 2)))

    assert version.pk != doubtful.pk
    if version.state == "served":
        assert Slot.objects.get(attempt=attempt, n=2).version == version
        assert wrong not in [option["text"] for option in version.options]
    else:
        assert stem_on(page) != doubtful.stem


@pytest.fixture
def kept(topic):
    """A set that keeps its versions, with the one that becomes doubtful."""
    question_set = QuestionSetFactory(topic=topic, status="published", follows_facts=False)
    for position, version in enumerate((version_of("asked"), elsewhere())):
        SetItemFactory(
            question_set=question_set, question=version.question, position=position,
            pinned_version=version,
        )  # fmt: skip
    return question_set


def test_a_set_that_keeps_its_versions_keeps_none_with_a_wrong_option_that_became_right(
    tab, learner, kept, tmp_path, django_capture_on_commit_callbacks
):
    doubtful, wrong = version_of("asked"), wrong_on(version_of("asked"))
    begun = start_attempt(learner=learner, question_set=kept, now=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        bring_in(tmp_path, doubtful)

    later = start_attempt(learner=UserFactory(), question_set=kept, now=timezone.now())

    assert [slot.version for slot in later.slots.all()] == [elsewhere()]
    assert kept.items.get(position=0).notice.startswith("Another value of what it asks became")
    assert wrong not in html(tab.get(url_of(begun, 1)))


def test_a_set_that_keeps_its_versions_keeps_none_that_borrows_what_was_wrong(kept):
    doubtful = version_of("asked")
    lent = next(use.fact for use in doubtful.uses.filter(role="distractor"))

    revise_fact(
        fact=lent, change="wrong", why="The almanac says so.", by=None, now=timezone.now(),
        changes={"when_edtf": "2022-02", "sentence": "It opened in [[February 2022]]."},
    )  # fmt: skip

    assert kept.items.get(position=0).notice.startswith("A fact it uses was corrected on")
    assert kept.items.get(position=1).notice == ""


def test_a_second_voice_that_says_the_same_leaves_kept_versions_as_they_are(kept, tmp_path):
    same = date_fact(
        slug="asked-again", label="The great pier opens, by another voice",
        stem="When did the great pier open?",
        sentence="The great pier opened in [[July 2022]].", **OPENING,
    )  # fmt: skip
    call_command("loaddata", str(write(tmp_path / "same.json", records(same))), verbosity=0)

    assert kept.items.get(position=0).notice == ""
