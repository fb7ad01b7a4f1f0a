from collections import Counter

import pytest

from quiz.questions.present import as_stored, displayed_order, shuffled


def test_the_same_secret_and_nonce_give_the_same_order():
    assert shuffled(b"secret", "nonce", 4) == shuffled(b"secret", "nonce", 4)
    assert sorted(shuffled(b"secret", "nonce", 6)) == [0, 1, 2, 3, 4, 5]


def test_another_secret_gives_another_shuffle():
    orders = [(shuffled(b"one", str(n), 4), shuffled(b"two", str(n), 4)) for n in range(40)]
    assert sum(one == two for one, two in orders) < 10


def test_the_key_stands_in_every_place_about_equally_often():
    places = Counter(shuffled(b"secret", str(n), 4).index(0) for n in range(4000))
    assert all(850 < places[place] < 1150 for place in range(4))


def test_numbers_and_dates_stay_as_stored():
    assert displayed_order(b"secret", "nonce", 4, "given") == (0, 1, 2, 3)
    assert displayed_order(b"secret", "nonce", 4, "shuffle") == shuffled(b"secret", "nonce", 4)


def test_what_was_given_is_read_in_stored_indices():
    places = (2, 0, 1)
    assert as_stored({"choice": 0}, places) == {"choice": 2}
    assert as_stored({"choices": [1, 2]}, places) == {"choices": [0, 1]}
    assert as_stored({"order": [0, 1, 2]}, places) == {"order": [2, 0, 1]}
    assert as_stored({"pairs": {"0": 1}}, places) == {"pairs": {"0": 0}}
    assert as_stored({"text": "x", "dont_know": True}, places) == {"text": "x", "dont_know": True}


@pytest.mark.parametrize(
    "given", [{"choice": 3}, {"choice": -1}, {"choice": "1"}, {"choice": True}]
)
def test_a_place_that_was_not_shown_is_refused(given):
    with pytest.raises(ValueError, match="no option"):
        as_stored(given, (2, 0, 1))
