import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.learning.rounds import (
    MOST_RETURNS,
    Kind,
    MalformedRoundError,
    Mark,
    Round,
    from_json,
    start,
)


def names(count):
    return [f"question-{at:07}" for at in range(count)]


marks = st.lists(st.sampled_from([Mark.RIGHT, Mark.WRONG, Mark.PARTLY, Mark.LEFT_OUT]), max_size=40)
kinds = st.sampled_from([Kind.ROUND, Kind.REVIEW, Kind.CARDS])


def play(round_, answers, most=200):
    """Answer by the list, then everything right; return the questions in the order shown."""
    shown = []
    answers = list(answers)
    while (question := round_.next) is not None:
        mark = answers.pop(0) if answers else Mark.RIGHT
        shown.append((question, mark))
        round_ = round_.after(question, mark)
        assert len(shown) < most
    return shown, round_


@given(kinds, st.integers(1, 12), marks)
def test_a_round_ends_and_asks_everything(kind, count, answers):
    shown, over = play(start(kind, names(count)), answers)
    assert {question for question, _ in shown} == set(names(count))
    assert [question for question, _ in over.done] == names(count)
    assert over.next is None


@given(kinds, st.integers(1, 12), marks)
def test_a_miss_returns_until_it_is_right_once_or_has_returned_three_times(kind, count, answers):
    shown, over = play(start(kind, names(count)), answers)
    given_up = {miss.question for miss in over.misses}
    for question in names(count):
        given = [mark for asked, mark in shown if asked == question]
        assert (given[-1] in {Mark.RIGHT, Mark.LEFT_OUT}) is (question not in given_up)
        assert len(given) == 1 + MOST_RETURNS if question in given_up else len(given) <= 4
        assert not {Mark.RIGHT, Mark.LEFT_OUT}.intersection(given[:-1])


def test_a_round_in_which_nothing_is_known_ends():
    shown, over = play(start(Kind.ROUND, names(3)), [Mark.WRONG] * 40)
    assert len(shown) == 3 * (1 + MOST_RETURNS)
    assert [miss.question for miss in over.misses] == names(3)
    assert over.total == 3
    assert not over.is_return


def test_a_round_begun_before_returns_were_counted_goes_on():
    round_ = start(Kind.ROUND, names(2)).after(names(2)[0], Mark.WRONG)
    value = round_.as_json()
    value[3] = [miss[:2] for miss in value[3]]
    assert from_json(value) == round_


@given(kinds, st.integers(7, 12), st.integers(0, 11))
def test_a_miss_returns_after_five_others_or_last(kind, count, missed):
    missed %= count
    answers = [Mark.WRONG if at == missed else Mark.RIGHT for at in range(count)]
    shown = [question for question, _ in play(start(kind, names(count)), answers)[0]]
    first, second = [at for at, question in enumerate(shown) if question == names(count)[missed]]
    assert second - first - 1 == min(5, count - missed - 1)


@given(st.integers(1, 8), marks)
def test_a_guests_first_five_ask_nothing_twice(count, answers):
    shown, over = play(start(Kind.FIRST, names(count)), answers)
    assert len(shown) == count
    assert over.total == count


@given(kinds, st.integers(0, 12), marks)
def test_what_the_token_carries_is_the_same_round(kind, count, answers):
    round_ = start(kind, names(count), "a-topic")
    for mark in answers[: count // 2]:
        round_ = round_.after(round_.next, mark) if round_.next else round_
    assert from_json(round_.as_json()) == round_


def test_places_count_questions_not_showings():
    round_ = start(Kind.ROUND, names(2))
    assert (round_.place, round_.total) == (1, 2)
    round_ = round_.after(names(2)[0], Mark.WRONG)
    assert (round_.place, round_.total) == (2, 2)
    round_ = round_.after(names(2)[1], Mark.RIGHT)
    assert round_.is_return
    assert (round_.place, round_.total) == (2, 2)
    assert round_.right == 1


def test_a_question_that_may_no_longer_be_asked_is_dropped():
    round_ = start(Kind.ROUND, names(2)).without(names(2)[0])
    assert round_.next == names(2)[1]
    assert Round(Kind.ROUND).next is None


@pytest.mark.parametrize(
    "value", [None, [], ["round"], ["dance", "", "", [], "", 0], ["round", "", "", [[1]], "", 0], ["round", "", "", [["a", 1, 2, 3]], "", 0],
              ["round", "", "", [], "short", 0], 7]
)  # fmt: skip
def test_what_is_no_round_is_refused(value):
    with pytest.raises(MalformedRoundError):
        from_json(value)


def test_a_miss_that_was_none_returns_no_more_and_counts_if_it_was_the_first_response():
    round_ = start(Kind.ROUND, ["a", "b"]).after("a", Mark.WRONG)
    assert round_.put_right("a", first=True).done == (("a", Mark.RIGHT),)
    assert round_.put_right("a", first=False).done == (("a", Mark.WRONG),)
    for first in (True, False):
        after = round_.put_right("a", first=first).after("b", Mark.RIGHT)
        assert after.next is None
