import math
import statistics

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.reports.items import (
    Moments,
    are_guesses,
    at_least_by_chance,
    chance,
    corrected_for_chance,
    facility,
    is_unused,
    point_biserial,
    standard_error,
    standard_error_of_correlation,
    wilson,
    word_for,
)

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
pairs = st.lists(
    st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.integers(0, 20).map(lambda k: k / 20)),
    min_size=3,
    max_size=60,
)


def moments_of(rows):
    return Moments(
        n=len(rows),
        x=sum(x for x, _ in rows),
        xx=sum(x * x for x, _ in rows),
        r=sum(r for _, r in rows),
        rr=sum(r * r for _, r in rows),
        xr=sum(x * r for x, r in rows),
    )


@pytest.mark.parametrize(
    ("n", "points", "g", "guesses"),
    [
        (0, 0, 0.25, False),  # nothing was rapid
        (1, 0, 0.25, True),
        (1, 1, 0.25, True),  # one hit in four is luck
        (4, 1, 0.25, True),  # just what luck gives
        (2, 2, 0.25, True),  # both: one case of sixteen
        (3, 3, 0.25, False),  # all three: one case of sixty-four
        (20, 5, 0.25, True),
        (20, 8, 0.25, True),  # 0.10
        (20, 9, 0.25, False),  # 0.04: some did read
        (4, 4, 0.5, True),  # true-false: one case of sixteen
        (5, 5, 0.5, False),
        (100, 58, 0.5, True),  # 0.07
        (100, 60, 0.5, False),  # 0.03
        (5, 0, 0.0, True),  # typed in no time, and nothing of it right
        (5, 1, 0.0, False),  # nobody hits a typed answer blindly
        (5, 0.5, 0.0, True),
        (40_000, 10_000, 0.25, True),  # large numbers too
        (40_000, 20_000, 0.25, False),
    ],
)
def test_rapid_answers_are_guesses_where_they_are_right_as_often_as_by_chance(
    n, points, g, guesses
):
    assert are_guesses(n, points, g) is guesses


@given(st.integers(1, 60), st.sampled_from([1 / 2, 1 / 3, 1 / 4]))
def test_the_tail_of_chance_is_what_adding_up_gives_and_falls_with_every_hit(n, g):
    tails = [at_least_by_chance(hits, n, g) for hits in range(n + 1)]
    exact = [
        sum(math.comb(n, k) * g**k * (1 - g) ** (n - k) for k in range(hits, n + 1))
        for hits in range(n + 1)
    ]
    assert tails == pytest.approx(exact)
    assert tails == sorted(tails, reverse=True)


@given(counts)
def test_the_interval_holds_the_share_and_stays_between_nought_and_one(right_of_n):
    right, n = right_of_n
    p = right / n
    interval = wilson(p, n)
    assert 0 <= interval.low <= p <= interval.high <= 1
    assert interval.low < interval.high


@given(counts)
def test_the_interval_mirrors_when_right_and_wrong_are_exchanged(right_of_n):
    right, n = right_of_n
    a, b = wilson(right / n, n), wilson((n - right) / n, n)
    assert math.isclose(a.low, 1 - b.high, abs_tol=1e-9)
    assert math.isclose(a.high, 1 - b.low, abs_tol=1e-9)


@given(counts, st.integers(2, 10))
def test_more_answers_of_the_same_share_narrow_the_interval(right_of_n, times):
    right, n = right_of_n
    few, many = wilson(right / n, n), wilson(right / n, n * times)
    assert many.high - many.low < few.high - few.low


def test_the_interval_agrees_with_a_published_value():
    # Newcombe 1998, table I: 81 of 263, without continuity correction.
    interval = wilson(81 / 263, 263)
    assert round(interval.low, 4) == 0.2553
    assert round(interval.high, 4) == 0.3662


def test_without_answers_nothing_is_known():
    assert facility(0, 0) is None
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0, 1)


def test_facility_is_the_mean_score_so_that_half_points_count_half():
    assert facility(7.5, 10) == 0.75


@pytest.mark.parametrize(("n", "error"), [(30, 0.084), (100, 0.046), (400, 0.023)])
def test_the_standard_error_agrees_with_the_guide_values(n, error):
    assert round(standard_error(0.3, n), 3) == error


@given(st.integers(2, 8), st.floats(0, 1))
def test_correction_for_chance_puts_guessing_at_nought_and_knowing_at_one(options, p):
    g = chance("choice", options)
    assert math.isclose(corrected_for_chance(g, g), 0, abs_tol=1e-12)
    assert math.isclose(corrected_for_chance(1, g), 1)
    # Knowing a share of them and guessing the rest blindly is undone exactly.
    assert math.isclose(corrected_for_chance(p + (1 - p) * g, g), p, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("form", "options", "expected"),
    [
        ("choice", 4, 0.25),
        ("true-false", 2, 0.5),
        ("says-so", 3, 1 / 3),
        ("typed", 0, 0),
        ("flashcard", 0, 0),
        ("matching", 5, 0),
        ("choice", 0, 0),
    ],
)
def test_chance_of_a_blind_hit_depends_on_the_form(form, options, expected):
    assert chance(form, options) == expected


@given(pairs)
def test_point_biserial_is_the_correlation_of_score_and_rest(rows):
    xs, rs = zip(*rows, strict=True)
    assume(len(set(xs)) > 1 and len(set(rs)) > 1)
    expected = statistics.correlation(xs, rs)
    assert math.isclose(point_biserial(moments_of(rows)), expected, abs_tol=1e-6)


@given(pairs)
def test_point_biserial_changes_its_sign_when_right_and_wrong_are_exchanged(rows):
    plain = point_biserial(moments_of(rows))
    turned = point_biserial(moments_of([(1 - x, r) for x, r in rows]))
    if plain is None:
        assert turned is None
    else:
        assert -1 <= plain <= 1
        assert math.isclose(plain, -turned, abs_tol=1e-6)


def test_point_biserial_agrees_with_the_textbook_formula():
    rows = [(1.0, 0.9), (1.0, 0.7), (1.0, 0.8), (0.0, 0.2), (0.0, 0.5), (0.0, 0.4)]
    right = [r for x, r in rows if x]
    wrong = [r for x, r in rows if not x]
    sigma = statistics.pstdev([r for _, r in rows])
    textbook = (statistics.mean(right) - statistics.mean(wrong)) / sigma * math.sqrt(0.5 * 0.5)
    assert math.isclose(point_biserial(moments_of(rows)), textbook)


@pytest.mark.parametrize(
    "rows",
    [[], [(1.0, 0.5)], [(1.0, 0.2), (1.0, 0.9)], [(1.0, 0.5), (0.0, 0.5)]],
    ids=["none", "one", "all right", "same rest"],
)
def test_point_biserial_is_not_defined_without_spread(rows):
    assert point_biserial(moments_of(rows)) is None


def test_the_error_of_a_correlation_shrinks_with_answers():
    assert round(standard_error_of_correlation(0.2, 100), 3) == 0.096


def test_an_option_is_called_unused_only_when_that_is_sure():
    assert not is_unused(0, 20)
    assert is_unused(0, 50)
    assert not is_unused(5, 100)
    assert is_unused(2, 100)


@pytest.mark.parametrize(
    ("p", "n", "r", "n_of_r", "word"),
    [
        (None, 0, None, 0, "too few answers"),
        (0.5, 19, None, 0, "too few answers"),
        (0.5, 20, None, 0, "fine"),
        (0.1, 30, None, 0, "very hard"),
        (0.97, 40, 0.5, 40, "very easy"),
        (0.5, 60, -0.5, 60, "check the key"),
        (0.5, 40, -0.5, 40, "fine"),
        (0.5, 120, 0.05, 120, "check wording"),
        (0.5, 120, 0.4, 120, "fine"),
    ],
)
def test_the_word_for_a_question(p, n, r, n_of_r, word):
    assert word_for(p, n, r, n_of_r) == word
