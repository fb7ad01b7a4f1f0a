from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.questions.set_rule import SetRule, choose_facts, choose_questions, short_of

facts = st.lists(
    st.tuples(st.integers(1, 400), st.integers(1, 5), st.integers(1, 3)),
    max_size=40,
    unique_by=lambda row: row[0],
)


@given(facts, st.integers(0, 50), st.text(max_size=5))
def test_a_choice_has_as_many_facts_as_asked_or_as_there_are_and_none_twice(rows, number, seed):
    chosen = choose_facts(rows, number, seed)
    assert len(chosen) == len(set(chosen)) == min(number, len(rows))
    assert set(chosen) <= {row[0] for row in rows}


@given(facts, st.integers(0, 50), st.randoms(use_true_random=False))
def test_a_choice_depends_on_the_seed_and_not_on_the_order_of_rows(rows, number, rng):
    again = list(rows)
    rng.shuffle(again)
    assert choose_facts(rows, number, "a") == choose_facts(again, number, "a")


@given(facts, st.integers(1, 50))
def test_no_detail_is_chosen_while_a_core_fact_is_left(rows, number):
    chosen = set(choose_facts(rows, number, "a"))
    importance = {row[0]: row[2] for row in rows}
    worst = max((importance[fact] for fact in chosen), default=0)
    left = [importance[fact] for fact in importance if fact not in chosen]
    assert not left or min(left) >= worst


@given(facts, st.integers(1, 50))
def test_threads_take_turns_within_one_importance(rows, number):
    rows = [(fact, thread, 1) for fact, thread, _ in rows]
    chosen = set(choose_facts(rows, number, "a"))
    there = Counter(thread for _, thread, _ in rows)
    taken = Counter(thread for fact, thread, _ in rows if fact in chosen)
    for one in there:
        for other in there:
            assert taken[one] >= min(there[one], taken[other] - 1)


def test_another_seed_gives_another_choice():
    rows = [(fact, 1, 1) for fact in range(40)]
    assert choose_facts(rows, 10, "a") != choose_facts(rows, 10, "b")


def test_forms_are_used_about_equally_often():
    rows = [(("choice", fact * 10), ("typed", fact * 10 + 1)) for fact in range(10)]
    forms = Counter(question % 10 for question in choose_questions(rows, "a"))
    assert forms == {0: 5, 1: 5}


@pytest.mark.parametrize(
    ("asked", "found", "is_more", "words"),
    [
        (5, 5, False, ""),
        (5, 5, True, ""),
        (
            30,
            17,
            False,
            "17 questions: all that these facts and forms give; you asked for 30.",
        ),
        (2, 1, False, "1 question: all that these facts and forms give; you asked for 2."),
        (5, 1, True, "1 more question: all that these facts and forms give; you asked for 5."),
        (5, 0, True, "Every fact that fits is in this set already."),
    ],
)
def test_fewer_than_were_asked_for_is_said(asked, found, is_more, words):
    assert short_of(asked, found, is_more=is_more) == words


def test_a_fact_without_questions_is_passed_over():
    assert choose_questions([()], "a") == ()


@given(
    st.builds(
        SetRule,
        threads=st.lists(st.text()).map(tuple),
        forms=st.lists(st.text()).map(tuple),
        importance=st.integers(1, 3),
        grave=st.booleans(),
        number=st.integers(1, 100),
    )
)
def test_a_rule_is_stored_and_read_whole(rule):
    assert SetRule.from_json(rule.as_json()) == rule


def test_a_rule_with_missing_keys_takes_everything():
    assert SetRule.from_json({}) == SetRule()
