"""The attackers themselves: each finds the leak it is made for, and none finds one where none is."""

import random
from collections import Counter

import pytest

from quiz.facts.dates import from_unit, shown
from quiz.questions.attackers import FLAG, OK, TOO_FEW, attack, verdict
from quiz.questions.attackers_bank import choices_of
from quiz.questions.attackers_statistics import chi_square_tail, fitted, runs_p

# Enough for three standard errors to be three points: no luck of one seed decides.
N, MANY = 600, 2_000


def choice(
    n, values, right, *, entities=False, form="choice", facet="value", order="given", stem=""
):
    options = [
        {"text": value, "right": value == right, "entity": value if entities else None}
        for value in values
    ]
    expected = {"right": [list(values).index(right)], "order": order, "frame": []}
    return list(
        choices_of(
            item=f"made/fact-{n:05}/{facet}/{form}/0",
            form=form,
            facet=facet,
            stem=stem or f"How many were there in {n}?",
            options=options,
            expected=expected,
        )
    )


def numbers(generator, *, n=N, seed=1):
    rng = random.Random(seed)
    bank = []
    for place in range(n):
        key = int(float(f"{10 ** rng.uniform(3, 15):.1e}"))
        values = sorted({key, *generator(key, rng)})
        bank += choice(place, [f"{value:,}" for value in values], f"{key:,}")
    return bank


def rounded(value):
    return int(float(f"{value:.1e}"))


def near_by_percent(key, rng):
    return [round(key * (1 + rng.choice([-1, 1]) * rng.uniform(0.1, 0.5))) for _ in range(3)]


def near_by_percent_rounded(key, rng):
    return [rounded(value) for value in near_by_percent(key, rng)]


def half_double_ten(key, rng):
    return [key // 2, key * 2, key * 10]


def ladder(key, rng):
    rank, step = rng.randrange(4), rng.choice([1.4, 1.6, 2.0, 2.5])
    return [rounded(key * step ** (place - rank)) for place in range(4) if place != rank]


EDGE, START = 739_000, 737_000


def dates(generator, *, n=N, seed=2, crowded=True):
    rng = random.Random(seed)
    bank = []
    for place in range(n):
        key = (
            rng.randint(EDGE - 59, EDGE) if crowded and place % 4 == 0 else rng.randint(START, EDGE)
        )
        days = sorted({key, *generator(key, rng)})
        texts = [shown(from_unit(day, "day")) for day in days]
        bank += choice(place, texts, shown(from_unit(key, "day")), facet="date")
    return bank


def days_around(key, rng):
    return [key + rng.choice([-1, 1]) * rng.randint(3, 30) for _ in range(3)]


def days_before(key, rng):
    return [key - place * rng.randint(4, 9) for place in (1, 2, 3)]


def days_on_a_clipped_ladder(key, rng):
    rank, step = rng.randrange(4), rng.randint(12, 20)
    rank = max(rank, 3 - (EDGE - key) // step)
    return [key + step * (place - rank) for place in range(4) if place != rank]


def days_on_a_ladder(key, rng):
    rank, step = rng.randrange(4), rng.randint(4, 20)
    return [key + step * (place - rank) for place in range(4) if place != rank]


def speakers(*, lures, n=N, seed=3):
    rng = random.Random(seed)
    names = [f"Speaker {chr(65 + place // 26)}{chr(97 + place % 26)}" for place in range(40)]
    weights = [1 / (place + 1) for place in range(40)]
    bank = []
    for place in range(n):
        key = rng.choices(names, weights)[0]
        options = [key]
        while len(options) < 4:
            other = rng.choices(names, weights)[0] if lures == "alike" else rng.choice(names)
            if other not in options:
                options.append(other)
        bank += choice(
            place,
            options,
            key,
            entities=True,
            facet="speaker",
            order="shuffle",
            stem="Who said it?",
        )
    return bank


def evenly_keyed(*, n=N, seed=4):
    rng = random.Random(seed)
    names = [f"Place {chr(65 + place)}" for place in range(20)]
    bank = []
    for place in range(n):
        options = rng.sample(names, 4)
        bank += choice(place, options, options[0], entities=True, facet="identity", order="shuffle")
    return bank


def true_false(says_true, *, n=N, seed=5):
    rng = random.Random(seed)
    bank = []
    for place in range(n):
        is_true, sentence = says_true(rng)
        bank += choice(
            place,
            ["True", "False"],
            "True" if is_true else "False",
            form="true-false",
            stem=sentence,
        )
    return bank


def verdicts(bank, **extra):
    return {(row.attacker, row.form): row.verdict for row in attack(bank, **extra)}


def flagged(bank, **extra):
    return {attacker for (attacker, _), found in verdicts(bank, **extra).items() if found == FLAG}


@pytest.mark.parametrize(
    ("bank", "attackers"),
    [
        (lambda: numbers(near_by_percent), {"K3 roundest"}),
        (lambda: numbers(near_by_percent), {"K2 middle", "K2 medoid"}),
        (lambda: numbers(near_by_percent_rounded), {"K2 middle", "K2 medoid"}),
        (lambda: numbers(half_double_ten), {"K4 half, double, ten times"}),
        (lambda: numbers(half_double_ten), {"K4 shared first digit", "K1 b", "K1 χ² of positions"}),
        (lambda: dates(days_around), {"K2 middle", "K2 medoid"}),
        (lambda: dates(days_before), {"K8 latest", "K8 latest, of the last 60 days"}),
        (lambda: dates(days_on_a_clipped_ladder), {"K8 latest, of the last 60 days"}),
        (lambda: speakers(lures="even"), {"K6 most shown", "K7 key ratio", "K12 regression"}),
        (lambda: speakers(lures="alike"), {"K6 most shown"}),
    ],
)  # fmt: skip
def test_a_leak_that_was_measured_is_found_by_its_attacker(bank, attackers):
    assert attackers <= flagged(bank())


@pytest.mark.parametrize(
    "bank",
    [
        lambda: numbers(ladder, n=MANY),
        lambda: dates(days_on_a_ladder, n=MANY, crowded=False),
        lambda: evenly_keyed(n=MANY),
        lambda: true_false(
            lambda rng: (rng.random() < 0.5, f"A sentence with {rng.randint(1, 99)} words."),
            n=MANY,
        ),
    ],
)
def test_an_honest_generator_is_left_alone(bank):
    assert flagged(bank(), synthetic=True) == set()


@pytest.mark.parametrize(
    ("says_true", "attackers"),
    [
        (lambda rng: (rng.random() < 0.6, "A sentence."), {"K11 always true", "K1 a"}),
        (
            lambda rng: ((is_true := rng.random() < 0.5), "It was so" + " indeed" * (3 * is_true)),
            {"K11 a long sentence is true"},
        ),
        (
            lambda rng: (
                (is_true := rng.random() < 0.5),
                "There were some" if is_true else "All 12",
            ),
            {"K11 a number is false"},
        ),
    ],
)
def test_sentences_that_give_their_truth_away_are_found(says_true, attackers):
    assert attackers <= flagged(true_false(says_true))


def test_a_word_of_the_stem_in_the_key_alone_is_found():
    rng = random.Random(6)
    bank = []
    for place in range(N):
        town = f"town{place}"
        options = [f"The mayor of {town}", *(f"The mayor of hill{rng.random()}" for _ in range(3))]
        bank += choice(place, options, options[0], form="what-said", facet="content",
                       order="shuffle", stem=f"Which of these is about {town}?")  # fmt: skip

    assert "K9 overlap with the stem" in flagged(bank)


def test_a_key_that_is_the_longest_is_found():
    bank = []
    for place in range(N):
        options = ["A long and careful sentence about it", "A short one", "One more", "Another"]
        bank += choice(place, options, options[0], form="what-said", order="shuffle")

    assert {"K5 longest", "K12 regression"} <= flagged(bank)


@pytest.mark.parametrize("turn", ["balanced", "in runs"])
def test_keys_that_were_not_thrown_are_found(turn):
    bank = []
    for place in range(N):
        options = ["1,000", "2,000", "3,000", "4,000"]
        at = place % 4 if turn == "balanced" else place // 50 % 4
        bank += choice(place, options, options[at])

    found = flagged(bank)
    assert "K10 balanced keys" in found
    assert "K10 runs of keys" in found


def test_names_are_attacked_in_the_order_in_which_they_are_shown():
    """The key is stored first; where it is shown, the nonce decides."""
    found = verdicts(evenly_keyed())
    assert found["K1 a", "choice identity"] == OK
    places = Counter(row.key for row in evenly_keyed())
    assert set(places) == {0, 1, 2, 3}


def test_a_matching_is_attacked_once_for_each_premise():
    (first, second) = choices_of(
        item="made/fact/value/matching/0",
        form="matching",
        facet="value",
        stem="Which belongs to which?",
        options=[{"text": text, "right": True} for text in ("10", "20", "30")],
        expected={"pairs": {"0": 2, "1": 0}, "frame": ["Boats", "Tents"], "order": "given"},
    )
    assert (first.asked, first.right, second.asked, second.right) == (
        "Boats", frozenset({2}), "Tents", frozenset({0}),
    )  # fmt: skip


def test_few_items_say_nothing():
    assert set(verdicts(numbers(half_double_ten, n=30)).values()) == {TOO_FEW}


@pytest.mark.parametrize(
    ("n", "rate", "synthetic", "expected"),
    [
        (49, 1.0, False, TOO_FEW),
        (100, 0.37, False, OK),  # under three standard errors
        (100, 0.39, False, FLAG),
        (399, 0.31, False, OK),  # two standard errors are not enough below 400
        (400, 0.30, False, FLAG),
        (399, 0.30, True, FLAG),
        (5_000, 0.275, False, OK),  # a small excess, however sure
        (5_000, 0.281, False, FLAG),
    ],
)
def test_thresholds_stand_as_written(n, rate, synthetic, expected):
    assert verdict(n, 0.25, rate, synthetic=synthetic) == expected


@pytest.mark.parametrize(
    ("value", "freedom", "p"),
    [(3.841, 1, 0.05), (7.815, 3, 0.05), (16.266, 3, 0.001), (0.0, 3, 1.0)],
)
def test_the_tail_of_chi_square_is_the_tables(value, freedom, p):
    assert chi_square_tail(value, freedom) == pytest.approx(p, rel=2e-3)


def test_runs_of_thrown_keys_are_ordinary_and_turns_are_not():
    rng = random.Random(7)
    assert runs_p([rng.randrange(4) for _ in range(400)]) > 0.001
    assert runs_p([place % 4 for place in range(400)]) < 0.001


def test_the_regression_finds_the_weights_it_was_made_with():
    rng = random.Random(8)
    rows = [[rng.gauss(0, 1), rng.gauss(0, 1)] for _ in range(4_000)]
    labels = [
        int(rng.random() < 1 / (1 + 2.718281828 ** (-(1.5 * one - 0.5 * two)))) for one, two in rows
    ]
    assert fitted(rows, labels) == pytest.approx([1.5, -0.5], abs=0.15)
