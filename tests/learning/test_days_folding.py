from datetime import UTC, date, datetime, timedelta

import pytest

from quiz.learning.days_folding import days_of, fold_days
from quiz.learning.models import LearnerDay, Recall
from tests.factories import FactFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = NOW.date()


@pytest.fixture
def fact(topic):
    return FactFactory(topic=topic)


def recalled(learner, fact, *verdicts, day=DAY, form="choice", facet="identity"):
    for verdict in verdicts:
        seq = Recall.objects.filter(learner=learner, fact=fact, facet=facet).count() + 1
        Recall.objects.create(
            learner=learner, fact=fact, facet=facet, seq=seq, at=NOW, day=day, form=form,
            verdict=verdict, revision=1,
        )  # fmt: skip


def counted(learner):
    """What is counted, the same before and after it was folded."""
    found = [row[1:] for row in days_of(learner)]
    LearnerDay.objects.all().delete()
    fold_days(learner=learner, now=NOW + timedelta(days=9))
    assert [row[1:] for row in days_of(learner)] == found
    return found


def test_of_a_day_the_first_answer_about_a_facet_is_measured(learner, fact):
    recalled(learner, fact, "reject", "reject", "accept")
    recalled(learner, fact, "accept", facet="date")
    assert counted(learner) == [("identity", 4, 2, 1)]


def test_the_next_day_is_measured_anew(learner, fact):
    recalled(learner, fact, "reject", "accept")
    recalled(learner, fact, "accept", day=date(2026, 3, 3))
    assert counted(learner) == [("identity", 2, 1, 0), ("identity", 1, 1, 1)]


def test_what_was_asked_to_be_said_more_clearly_is_no_answer_yet(learner, fact):
    recalled(learner, fact, "ask_again", "accept", form="typed")
    assert counted(learner) == [("identity", 1, 1, 1)]


def test_a_learners_own_rating_is_an_answer_and_measures_nothing(learner, fact):
    recalled(learner, fact, "accept", form="flashcard")
    recalled(learner, fact, "accept")
    assert counted(learner) == [("identity", 2, 0, 0)]


def test_another_learners_answers_are_not_looked_at(learner, guest, fact):
    recalled(guest, fact, "reject")
    recalled(learner, fact, "accept")
    assert counted(learner) == [("identity", 1, 1, 1)]


def test_a_day_that_comes_back_to_who_travels_west_is_counted_whole(learner, fact):
    """Folded just after midnight in Seoul, it is the evening before once more in Los Angeles."""
    learner.time_zone, learner.day_start = "Asia/Seoul", 0
    recalled(learner, fact, "accept")
    fold_days(learner=learner, now=datetime(2026, 3, 2, 15, 10, tzinfo=UTC))
    learner.time_zone = "America/Los_Angeles"
    recalled(learner, fact, "accept", facet="date")
    assert [row[1:] for row in days_of(learner)] == [("identity", 2, 2, 2)]
