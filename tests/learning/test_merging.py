"""A guest who signs in: it is as if one learner had answered all along."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from quiz.accounts.merging import merge_guest
from quiz.learning.days_folding import days_of, fold_days
from quiz.learning.models import Answer, Attempt, BegunReview, LearnerDay, Memory, Recall, Slot
from tests.learning.class_of_one import Browser, make_version
from tests.learning.test_answers import start_with

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
COLUMNS = ("fact", "facet", "seq", "stability", "difficulty", "due_at", "rated", "lapses",
           "recalled_days", "last_rated_day", "last_rating", "last_form", "last_day")  # fmt: skip


def answer_on(learner, version, day, which="right"):
    with time_machine.travel(START + timedelta(days=day), tick=False):
        browser = Browser(learner)
        page = browser.get(start_with(browser, learner, version))
        assert getattr(browser, which)(page, version).status_code == 200


def memories(learner):
    return list(Memory.objects.filter(learner=learner).order_by("fact").values_list(*COLUMNS))


@pytest.fixture
def guest(guest, learner):
    guest.time_zone = learner.time_zone
    guest.save()
    return guest


def test_memories_are_as_if_one_learner_had_answered_all_along(
    topic, learner, guest, django_user_model
):
    versions = [make_version(topic), make_version(topic, "typed", facet="date")]
    one = django_user_model.objects.create_user("one@example.org", time_zone=learner.time_zone)
    story = [
        (learner, versions[0], 0, "right"),
        (guest, versions[0], 3, "wrong"),
        (guest, versions[1], 3, "right"),
        (learner, versions[1], 6, "right"),
        (guest, versions[1], 16, "right"),
    ]
    for who, version, day, which in story:
        answer_on(who, version, day, which)
        answer_on(one, version, day, which)
    assert merge_guest(guest, learner, timezone.now())
    assert memories(learner) == memories(one)
    assert not Memory.objects.filter(learner=guest).exists()


def test_recalls_are_numbered_in_the_order_of_time(topic, learner, guest):
    version = make_version(topic)
    for who, day in ((guest, 0), (learner, 1), (guest, 2)):
        answer_on(who, version, day)
    merge_guest(guest, learner, timezone.now())
    recalls = Recall.objects.filter(learner=learner).order_by("seq")
    assert [recall.seq for recall in recalls] == [1, 2, 3]
    assert [recall.at for recall in recalls] == sorted(recall.at for recall in recalls)
    assert Memory.objects.get().seq == 3


def test_of_two_ratings_on_one_day_the_first_stands(topic, learner, guest):
    version = make_version(topic)
    answer_on(guest, version, 0, "wrong")
    answer_on(learner, version, 0.1, "right")
    merge_guest(guest, learner, timezone.now())
    assert list(Recall.objects.order_by("seq").values_list("rating", flat=True)) == [1, None]
    assert Memory.objects.get().rated == 1


def test_answers_keep_their_nonces_and_attempts_their_slots(topic, learner, guest, versions):
    answer_on(guest, versions[0], 0)
    nonce = Answer.objects.get().nonce
    Browser(guest).post(f"/topics/{topic.slug}/quiz/", {"number": 5})
    merge_guest(guest, learner, timezone.now())
    answer = Answer.objects.get()
    assert (answer.learner, answer.nonce) == (learner, nonce)
    assert Attempt.objects.get().learner == learner
    assert {slot.learner for slot in Slot.objects.all()} == {learner}
    assert Browser(learner).get(f"/answers/{nonce}/").status_code == 200


def test_the_counters_of_days_add_up(topic, learner, guest, versions):
    answer_on(learner, versions[0], 0)
    answer_on(learner, versions[1], 5)
    answer_on(guest, versions[2], 0)
    answer_on(guest, versions[1], 2, "wrong")
    now = START + timedelta(days=8)
    fold_days(learner=learner, now=now)
    fold_days(learner=guest, now=now)
    merge_guest(guest, learner, now)
    expected = [(2, 2), (1, 0), (1, 1)]
    assert [(row.answered, row.right) for row in days_of(learner)] == expected
    fold_days(learner=learner, now=now)
    assert [(row.answered, row.right) for row in LearnerDay.objects.all()] == expected
    assert [(row.answered, row.right) for row in days_of(learner)] == expected


def test_merging_again_changes_nothing(topic, learner, guest, versions):
    answer_on(guest, versions[0], 0)
    answer_on(learner, versions[0], 3)
    merge_guest(guest, learner, timezone.now())
    before = memories(learner)
    guest.refresh_from_db()
    assert not merge_guest(guest, learner, timezone.now())
    assert memories(learner) == before


@pytest.mark.parametrize(("own_day", "goes_on"), [(None, True), (1, True), (2, False)])
def test_the_day_a_guest_began_goes_on_unless_the_user_began_one(learner, guest, own_day, goes_on):
    def begun(who, day, question):
        questions = {"questions": [question]}
        BegunReview.objects.create(learner=who, day=START.date().replace(day=day), **questions)

    begun(guest, 2, "guests")
    if own_day:
        begun(learner, own_day, "users")
    merge_guest(guest, learner, timezone.now())
    assert BegunReview.objects.get().learner == learner
    assert BegunReview.objects.get().questions == ["guests" if goes_on else "users"]
