"""What Today announces is what is asked until the day ends, for made-up banks and learners.

More seeds by hand: DAYS_FROM=6 DAYS_SEEDS=500 pytest tests/learning/test_whole_days.py
"""

import os
from datetime import timedelta
from random import Random

import pytest

from quiz.learning.actions import start_review
from quiz.learning.candidates import DAY_FRESH, DAY_SIZE, due_memories
from quiz.learning.models import Recall
from quiz.learning.planning import plan_of_day, plan_round
from quiz.learning.rounds import Kind, Mark
from quiz.questions.models import QuestionVersion
from tests.learning.made_up_days import (
    FIRST_DAY,
    Bank,
    at_hour,
    make_bank,
    make_learner,
    play,
    today,
)

pytestmark = pytest.mark.django_db
FIRST_SEED = int(os.environ.get("DAYS_FROM", "0"))
SEEDS = range(FIRST_SEED, FIRST_SEED + int(os.environ.get("DAYS_SEEDS", "6")))
MISSED = {Mark.WRONG, Mark.PARTLY}


def lived(rng):
    """A bank, a learner who has answered on several days, and the morning after them."""
    topics = make_bank(rng)
    learner = make_learner(rng)
    day = today(learner, FIRST_DAY)
    for _ in range(rng.randint(0, 4)):
        now = at_hour(learner, day, rng.randint(0, 22))
        if rng.random() < 0.5:
            round_ = plan_round(learner, rng.choice(topics), now, kind=Kind.ROUND)
        else:
            round_ = start_review(learner=learner, now=now)
        play(learner, round_, now, rng, most=rng.choice([2, 9, None]))
        day += timedelta(days=rng.choice([1, 1, 2, 6]))
    return topics, learner, day


def told_by(bank, shown):
    """The facts whose answers were told; what was left out was told to nobody."""
    return {fact for question, mark in shown if mark is not Mark.LEFT_OUT
            for fact in bank.tells[question]}  # fmt: skip


def check_showings(bank, shown, told):
    """No answer was told before it was asked, and only misses came again."""
    told, last = set(told), {}
    for question, mark in shown:
        if question in last:
            assert last[question] in MISSED
        else:
            assert not bank.asks[question] & told
        last[question] = mark
        told |= told_by(bank, [(question, mark)])


def check_announced(learner, now, plan, questions, bank):
    """Reviews and new facts are as many as was said, and the day is as full as can be."""
    before = Recall.objects.filter(learner=learner).exclude(verdict="ask_again")
    met = {*before.values_list("fact", flat=True)}
    new = [question for question in questions if not bank.asks[question] & met]
    assert plan.total == len(questions) <= DAY_SIZE
    assert len(new) <= plan.fresh <= DAY_FRESH
    if len(questions) < DAY_SIZE:
        planned = {fact for question in questions for fact in bank.asks[question]}
        for memory in due_memories(learner, now):
            if memory.fact_id not in planned:
                for question in offered(memory):
                    assert not bank.stand_together([*questions, question], set())


def offered(memory):
    rows = QuestionVersion.objects.served().filter(
        uses__fact=memory.fact, uses__facet=memory.facet, uses__role="key"
    )
    return set(
        rows.exclude(question__form="flashcard").values_list("question__public_id", flat=True)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_asks_what_it_announced_and_ends(seed):
    rng = Random(seed)
    _, learner, day = lived(rng)
    bank, shown, now = Bank(), [], at_hour(learner, day, 1)
    announced = plan_of_day(learner, now)
    round_ = start_review(learner=learner, now=now)
    questions = list(round_.remaining)
    check_announced(learner, now, announced, questions, bank)
    for hours in (2, 9, 23.9):
        most = None if hours > 20 else rng.randint(0, 6)
        shown += play(learner, round_, now, rng, most=most)[0]
        now = at_hour(learner, day, hours)
        done = {question for question, _ in shown}
        left = [question for question in questions if question not in done]
        assert plan_of_day(learner, now).total == len(left)
        round_ = start_review(learner=learner, now=now)
        assert list(round_.remaining) == left
    assert {question for question, _ in shown} == {*questions}
    check_showings(bank, shown, set())
    tomorrow = plan_of_day(learner, now, days_ahead=1)
    assert tomorrow == plan_of_day(learner, at_hour(learner, day + timedelta(days=1), 0))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_ends_whatever_else_is_answered_in_it(seed):
    """Rounds in between, and questions that are held back, take from the day and add nothing."""
    rng = Random(f"else {seed}")
    topics, learner, day = lived(rng)
    bank, now = Bank(), at_hour(learner, day, 1)
    shown = play(learner, start_review(learner=learner, now=now), now, rng, most=rng.randint(1, 4))[
        0
    ]
    left = plan_of_day(learner, now).total
    round_ = plan_round(learner, rng.choice(topics), now, kind=Kind.ROUND)
    elsewhere = play(learner, round_, now, rng, most=rng.randint(1, 6))[0]
    check_showings(bank, elsewhere, set())
    for question in start_review(learner=learner, now=now).remaining[:1]:
        QuestionVersion.objects.filter(question__public_id=question).update(state="stale")
    announced = plan_of_day(learner, now)
    assert announced.total <= left or not shown
    rest = start_review(learner=learner, now=now)
    assert len(rest.remaining) == announced.total
    later = play(learner, rest, now, rng)[0]
    check_showings(bank, later, told_by(bank, shown + elsewhere))
    assert {question for question, _ in later} == {*rest.remaining}
    assert plan_of_day(learner, now).total == 0
