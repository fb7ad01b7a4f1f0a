from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quiz.learning.memory import Grade
from quiz.learning.rating import Evidence
from quiz.learning.remembering import NOTHING, after, after_asking_again, grade_of
from quiz.learning.steadiness import Steadiness, steadiness, worst

DAY = date(2026, 3, 2)
forms = st.sampled_from(["choice", "typed", "true-false", "matching", "cloze-typed"])
steps = st.lists(st.tuples(forms, st.sampled_from([True, False, None]), st.integers(0, 40)),
                 max_size=25)  # fmt: skip


def learn(trace, seen, day):
    return after(trace, seen, grade_of(trace, seen, day), day, revision=1)


def lived(rows):
    trace, day = NOTHING, DAY
    for form, right, wait in rows:
        day += timedelta(days=wait)
        trace = learn(trace, Evidence(form, right=right, options=4), day)
    return trace, day


@given(steps)
def test_every_response_moves_the_lock_by_one(rows):
    trace, _ = lived(rows)
    assert trace.seq == len(rows)


@given(steps)
def test_only_the_first_rated_response_of_a_day_feeds_the_schedule(rows):
    trace, day = lived(rows)
    rated = learn(trace, Evidence("typed", right=False), day + timedelta(days=1))
    again = learn(rated, Evidence("typed", right=True), day + timedelta(days=1))
    assert again.state == rated.state
    assert again.due_day == rated.due_day
    assert again.rated == rated.rated


@given(steps)
def test_what_was_met_always_has_a_day_on_which_it_returns(rows):
    trace, _ = lived(rows)
    assert (trace.due_day is None) == (trace.seq == 0)


@given(steps, st.sampled_from([False, None]))
def test_what_is_missed_again_the_same_day_returns_tomorrow_and_the_schedule_keeps(rows, right):
    trace, day = lived([*rows, ("typed", True, 30), ("typed", True, 90)])
    day += timedelta(days=200)
    missed = learn(trace, Evidence("typed", right=False), day)
    again = learn(missed, Evidence("typed", right=right), day)
    assert again.due_day == day + timedelta(days=1)
    assert again.state == missed.state
    then_right = learn(missed, Evidence("typed", right=True), day)
    assert then_right.due_day == missed.due_day


@given(steps)
def test_choices_alone_never_make_a_fact_steady(rows):
    choices = [("choice", right, wait) for _, right, wait in rows]
    trace, day = lived(choices)
    assert trace.recalled_days == 0
    assert word(trace, day) is not Steadiness.STEADY


def test_a_partial_response_does_not_use_up_the_day():
    trace = learn(NOTHING, Evidence("typed", right=None), DAY)
    assert trace.state is None
    assert trace.due_day == DAY + timedelta(days=1)
    assert learn(trace, Evidence("typed", right=True), DAY).state is not None


def test_asking_again_teaches_nothing_but_that_it_was_asked():
    trace = after_asking_again(NOTHING)
    assert trace.asked_again
    assert trace.seq == 1
    assert trace.due_day is None
    assert not learn(trace, Evidence("typed", right=True), DAY).asked_again


def word(trace, day):
    return steadiness(
        trace.state,
        day,
        is_met=trace.seq > 0,
        recalled_days=trace.recalled_days,
        self_rated_days=trace.self_rated_days,
        lapses=trace.lapses,
    )


def after_days(rows):
    """Each (form, right, grade) on the day it is due."""
    trace, day = NOTHING, DAY
    for form, right, chosen in rows:
        day = max(day, trace.due_day or day)
        trace = learn(trace, Evidence(form, right=right, options=4, chosen_grade=chosen), day)
    return trace, day


def test_two_recalls_on_different_days_and_three_weeks_make_it_steady():
    trace, day = after_days([("typed", True, None)] * 3)
    assert trace.state.stability >= 21
    assert word(trace, day) is Steadiness.STEADY


def test_two_recalls_on_one_day_do_not():
    trace = learn(NOTHING, Evidence("typed", right=True), DAY)
    trace = learn(trace, Evidence("typed", right=True), DAY)
    assert trace.recalled_days == 1


def test_a_learners_own_rating_counts_for_one_of_the_two():
    cards, day = after_days([("flashcard", True, Grade.EASY)] * 3)
    assert cards.self_rated_days == 3
    assert word(cards, day) is Steadiness.LEARNING
    mixed, day = after_days([("flashcard", True, Grade.EASY)] * 3 + [("typed", True, None)])
    assert word(mixed, day) is Steadiness.STEADY


def test_what_was_steady_slips_when_it_is_left_alone():
    trace, day = after_days([("typed", True, None)] * 3)
    assert word(trace, day + timedelta(days=400)) is Steadiness.SLIPPING


def test_what_is_lost_three_times_keeps_slipping():
    trace, day = after_days([("typed", True, None)] + [("typed", False, None)] * 3)
    assert word(trace, day) is Steadiness.SLIPPING


def test_a_fact_is_called_by_its_worst_facet():
    assert worst([Steadiness.STEADY, Steadiness.SLIPPING]) is Steadiness.SLIPPING
    assert worst([]) is Steadiness.NOT_MET
    assert steadiness(None, DAY, is_met=False, recalled_days=0, self_rated_days=0, lapses=0) is (
        Steadiness.NOT_MET
    )
