"""K12: a logistic regression over every trait an option shows, with five-fold cross-validation."""

import math
from collections.abc import Sequence

from quiz.questions.attackers_bank import Choice
from quiz.questions.attackers_picks import Seen, digits, lengths, ranks, words
from quiz.questions.attackers_statistics import fitted
from quiz.questions.world import draw

FOLDS = 5
# More would sharpen a bound that is sharp enough: 2,000 items give a standard error below 0.01.
MOST = 2_000


def concordances(choices: Sequence[Choice], seen: Seen) -> list[float]:
    """For each item, the share of wrong options that stand below a right one; the mean is the AUC.

    Compared within an item, as a guesser does; every item is judged by weights that never saw it.
    """
    chosen = sorted(choices, key=lambda choice: (draw("K12", choice.id), choice.part))[:MOST]
    rows = _scaled([_centred(traits(choice, seen)) for choice in chosen])
    folds = [draw("fold", choice.id) % FOLDS for choice in chosen]
    found = []
    for fold in range(FOLDS):
        learnt = [place for place, other in enumerate(folds) if other != fold]
        if not learnt or fold not in folds:
            continue
        weights = fitted(
            [row for place in learnt for row in rows[place]],
            [int(n in chosen[place].right) for place in learnt for n in range(chosen[place].size)],
        )
        found += [
            _concordance(chosen[place], rows[place], weights)
            for place, other in enumerate(folds)
            if other == fold
        ]
    return found


def traits(choice: Choice, seen: Seen) -> list[list[float]]:
    """Length, words, digits, rank, middle, place shown, frequency, overlap; per option."""
    long = lengths(choice)
    round_ = digits(choice)
    rank = ranks(choice)
    overlap = seen.overlap(choice)
    centre = (choice.size - 1) / 2
    return [
        [
            float(long[place]),
            float(long[place] == max(long)),
            float(long[place] == min(long)),
            float(len(words(choice.texts[place]))),
            float(sum(sign.isdigit() for sign in choice.texts[place])),
            float(round_[place]),
            rank[place] / (choice.size - 1),
            abs(rank[place] - centre),
            place / (choice.size - 1),
            math.log(seen.shown[choice.names[place]]),
            overlap[place],
        ]
        for place in range(choice.size)
    ]


def _centred(rows: list[list[float]]) -> list[list[float]]:
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    return [[value - mean for value, mean in zip(row, means, strict=True)] for row in rows]


def _scaled(items: list[list[list[float]]]) -> list[list[list[float]]]:
    """Every trait by its spread; one that never differs is left at zero."""
    count = sum(map(len, items))
    spreads = [
        math.sqrt(sum(value**2 for value in column) / count)
        for column in zip(*(row for rows in items for row in rows), strict=True)
    ]
    return [
        [
            [value / spread if spread > 1e-9 else 0.0
             for value, spread in zip(row, spreads, strict=True)]
            for row in rows
        ]
        for rows in items
    ]  # fmt: skip


def _concordance(choice: Choice, rows: list[list[float]], weights: list[float]) -> float:
    scores = [
        sum(weight * value for weight, value in zip(weights, row, strict=True)) for row in rows
    ]
    pairs = [
        (scores[right], scores[wrong])
        for right in choice.right
        for wrong in range(choice.size)
        if wrong not in choice.right
    ]
    won = sum(0.5 if abs(right - wrong) < 1e-9 else float(right > wrong) for right, wrong in pairs)
    return won / len(pairs)
