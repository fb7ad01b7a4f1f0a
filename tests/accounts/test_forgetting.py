"""Guests who never came back are forgotten; whoever may still come back is not."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from quiz.accounts import forgetting
from quiz.accounts.merging import merge_guest
from quiz.accounts.middleware import GUEST_SECONDS
from quiz.accounts.models import User
from quiz.corrections.models import Report
from quiz.learning.models import Answer, Attempt, Slot
from tests.factories import (
    NOW,
    AnswerFactory,
    QuestionVersionFactory,
    SlotFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LIFE = timedelta(seconds=GUEST_SECONDS)
DAY = timedelta(days=1)


def guest(ago=LIFE + DAY, **extra):
    return User.objects.create_guest(date_joined=timezone.now() - ago, **extra)


def forget_guests(*options):
    out = StringIO()
    call_command("forget_guests", *options, stdout=out)
    return out.getvalue().strip()


def is_there(user):
    return User.objects.filter(pk=user.pk).exists()


def test_a_guest_goes_with_everything_that_was_answered():
    long_ago = timezone.now() - LIFE - DAY
    gone, other = guest(), guest(ago=DAY)
    slot = SlotFactory(attempt__learner=gone, learner=gone)
    AnswerFactory(learner=gone, attempt=slot.attempt, presented_at=long_ago)
    AnswerFactory(learner=other, presented_at=long_ago)
    EmailAddress.objects.create(user=gone, email="left@example.org")
    assert forget_guests() == "Forgot 1 guests and 0 merged rows."
    assert not is_there(gone)
    assert is_there(other)
    assert [answer.learner for answer in Answer.objects.all()] == [other]
    assert not Attempt.objects.exists()
    assert not Slot.objects.exists()
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize("ago", [timedelta(0), DAY, LIFE - DAY])
def test_who_began_while_the_cookie_lives_stays(ago):
    young, back = guest(ago=ago), guest(last_login=timezone.now() - ago)
    forget_guests()
    assert is_there(young)
    assert is_there(back)


def test_who_was_asked_something_lately_stays():
    asked = guest()
    AnswerFactory(learner=asked, presented_at=timezone.now() - LIFE + DAY)
    forget_guests()
    assert is_there(asked)


@pytest.mark.parametrize(("state", "stays"), [("open", True), ("declined", False)])
def test_a_report_that_nobody_has_answered_is_kept(state, stays):
    reporter = guest()
    version = QuestionVersionFactory()
    Report.objects.create(
        learner=reporter,
        version=version,
        fact=version.question.fact,
        kind=Report.Kind.WRONG,
        state=state,
        created_at=NOW,
    )
    forget_guests()
    assert is_there(reporter) is stays


def test_users_are_never_forgotten():
    long_ago = timezone.now() - 9 * LIFE
    user = UserFactory(date_joined=long_ago, last_login=None)
    teacher = UserFactory(is_teacher=True, date_joined=long_ago, last_login=long_ago)
    forget_guests()
    assert is_there(user)
    assert is_there(teacher)


def test_a_merged_row_goes_once_nothing_points_at_it():
    user = UserFactory()
    empty, pointed_at = guest(merged_into=user), guest(merged_into=user)
    AnswerFactory(learner=pointed_at, presented_at=timezone.now() - LIFE - DAY)
    assert forget_guests() == "Forgot 0 guests and 1 merged rows."
    assert not is_there(empty)
    assert is_there(pointed_at)
    assert is_there(user)


def test_a_row_merged_just_now_stays_until_its_cookie_would_have_ended():
    merged = guest()
    EmailAddress.objects.create(user=merged, email="left@example.org")
    assert merge_guest(merged, UserFactory(), timezone.now())
    forget_guests()
    assert is_there(merged)
    User.objects.filter(pk=merged.pk).update(last_login=timezone.now() - LIFE - DAY)
    forget_guests()
    assert not is_there(merged)


def test_a_dry_run_only_counts():
    gone, shell = guest(), guest(merged_into=UserFactory())
    assert forget_guests("--dry-run") == "Would forget 1 guests and 1 merged rows."
    assert is_there(gone)
    assert is_there(shell)


def test_more_than_a_batch_is_forgotten_and_a_second_run_finds_nothing(monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 3)
    for _ in range(7):
        guest()
    assert forget_guests() == "Forgot 7 guests and 0 merged rows."
    assert forget_guests() == "Forgot 0 guests and 0 merged rows."
