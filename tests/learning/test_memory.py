from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.learning.memory import Grade, replay, retrievability, review

DAY = date(2026, 3, 2)
grades = st.sampled_from(list(Grade))
histories = st.lists(st.tuples(grades, st.integers(0, 90)), min_size=1, max_size=20)


def as_history(steps):
    day = DAY
    rows = []
    for grade, wait in steps:
        day += timedelta(days=wait)
        rows.append((grade, day, None))
    return rows


@pytest.mark.parametrize(
    ("grade", "stability"),
    [(Grade.AGAIN, 0.212), (Grade.HARD, 1.2931), (Grade.GOOD, 2.3065), (Grade.EASY, 8.2956)],
)
def test_the_first_rating_gives_the_stability_of_fsrs_6(grade, stability):
    assert review(None, grade, DAY).stability == pytest.approx(stability, abs=1e-3)


def test_a_chain_of_good_ratings_when_due_grows_as_published():
    state, waits = None, []
    day = DAY
    for _ in range(4):
        state = review(state, Grade.GOOD, day)
        waits.append(state.due_in)
        day = state.due_day
    assert waits == [2, 11, 46, 163]


@given(histories)
def test_the_same_history_gives_the_same_state(steps):
    history = as_history(steps)
    assert replay(history) == replay(history)


@given(histories)
def test_replaying_is_reviewing_step_by_step(steps):
    history = as_history(steps)
    state = None
    for grade, day, cap in history:
        state = review(state, grade, day, cap)
    assert replay(history) == state


@given(histories, st.integers(0, 400), st.integers(0, 400))
def test_what_is_remembered_only_fades(steps, one, other):
    state = replay(as_history(steps))
    early, late = sorted((one, other))
    first = retrievability(state, state.last_day + timedelta(days=early))
    second = retrievability(state, state.last_day + timedelta(days=late))
    assert 0 < second <= first <= 1


@given(histories)
def test_a_better_rating_never_comes_back_earlier(steps):
    history = as_history(steps)
    day = history[-1][1] + timedelta(days=5)
    state = replay(history)
    waits = [review(state, grade, day).due_in for grade in Grade]
    assert waits == sorted(waits)
    assert all(wait >= 1 for wait in waits)


@given(histories, st.integers(1, 30))
def test_a_cap_bounds_the_wait_and_leaves_the_stability(steps, cap):
    history = as_history(steps)
    day = history[-1][1] + timedelta(days=40)
    state = replay(history)
    free, capped = review(state, Grade.GOOD, day), review(state, Grade.GOOD, day, cap)
    assert capped.due_in == min(free.due_in, cap)
    assert capped.stability == free.stability


def test_nothing_is_known_of_what_was_never_rated():
    assert retrievability(None, DAY) is None
    assert replay([]) is None
