import pytest

from quiz.learning.tally import tally


@pytest.mark.parametrize(
    ("right", "counted", "words"),
    [
        (0, 5, "None of five"),
        (1, 5, "One of five"),
        (3, 5, "Three of five"),
        (5, 5, "All five"),
        (2, 2, "Both"),
        (0, 0, "All left out"),
        (1, 1, "One of one"),
        (0, 1, "None of one"),
        (9, 9, "All nine"),
        (0, 12, "None of 12"),
        (3, 12, "3 of 12"),
        (12, 12, "All 12"),
        (2.5, 5, "2.5 of 5"),
        (2.333, 10, "2.3 of 10"),
    ],
)
def test_it_reads_well_whatever_the_count(right, counted, words):
    assert tally(right, counted) == words
