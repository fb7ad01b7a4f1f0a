"""The little statistics that the attackers need, without a library."""

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise

Vector = Sequence[float]


def standard_error(chance: float, n: int) -> float:
    return math.sqrt(chance * (1 - chance) / n) if n else 0.0


def normal_tail(z: float) -> float:
    """P(Z > z) for a standard normal Z."""
    return math.erfc(z / math.sqrt(2)) / 2


def chi_square_tail(value: float, freedom: int) -> float:
    """P(X > value) for a chi-square X: the regularized upper incomplete gamma function."""
    a, x = freedom / 2, value / 2
    if x <= 0 or freedom <= 0:
        return 1.0
    scale = math.exp(-x + a * math.log(x) - math.lgamma(a))
    if x < a + 1:
        return 1 - scale * _series(a, x)
    return scale * _continued_fraction(a, x)


def _series(a: float, x: float) -> float:
    term = total = 1 / a
    n = a
    while abs(term) > abs(total) * 1e-14:
        n += 1
        term *= x / n
        total += term
    return total


def _continued_fraction(a: float, x: float) -> float:
    """Lentz's method."""
    tiny = 1e-300
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    product = d
    for n in range(1, 1_000):
        factor = -n * (n - a)
        b += 2
        d = factor * d + b
        d = 1 / (d if abs(d) > tiny else tiny)
        c = b + factor / c
        c = c if abs(c) > tiny else tiny
        product *= d * c
        if abs(d * c - 1) < 1e-14:
            break
    return product


def runs_p(sequence: Sequence[Hashable]) -> float:
    """Two-sided p of the number of runs, given how often each value occurs (Barton and David)."""
    n = len(sequence)
    if n < 3:
        return 1.0
    counts = Counter(sequence).values()
    squares, cubes = sum(c**2 for c in counts), sum(c**3 for c in counts)
    runs = 1 + sum(one != other for one, other in pairwise(sequence))
    expected = (n * (n + 1) - squares) / n
    variance = (squares * (squares + n * (n + 1)) - 2 * n * cubes - n**3) / (n**2 * (n - 1))
    if variance <= 0:
        return 1.0
    return 2 * normal_tail(abs(runs - expected) / math.sqrt(variance))


# Logistic regression


def predicted(weights: Vector, row: Vector) -> float:
    score = sum(weight * value for weight, value in zip(weights, row, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def fitted(rows: Sequence[Vector], labels: Sequence[int], *, ridge: float = 1.0) -> list[float]:
    """The weights of a logistic regression by Newton's method, slightly held towards zero."""
    width = len(rows[0])
    weights = [0.0] * width
    for _ in range(12):
        gradient = [-ridge * weight for weight in weights]
        curve = [[ridge if one == other else 0.0 for other in range(width)] for one in range(width)]
        for row, label in zip(rows, labels, strict=True):
            chance = predicted(weights, row)
            error, spread = label - chance, chance * (1 - chance)
            for one, value in enumerate(row):
                gradient[one] += error * value
                weighed, line = spread * value, curve[one]
                for other in range(one + 1):
                    line[other] += weighed * row[other]
        for one in range(width):
            for other in range(one):
                curve[other][one] = curve[one][other]
        step = solved(curve, gradient)
        weights = [weight + by for weight, by in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return weights


def solved(matrix: Sequence[Vector], right: Vector) -> list[float]:
    """x of matrix · x = right, by elimination with pivots."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for place in range(size):
        pivot = max(range(place, size), key=lambda line: abs(rows[line][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        head = rows[place]
        for line in rows[place + 1 :]:
            factor = line[place] / head[place]
            for column in range(place, size + 1):
                line[column] -= factor * head[column]
    found = [0.0] * size
    for place in reversed(range(size)):
        known = sum(rows[place][column] * found[column] for column in range(place + 1, size))
        found[place] = (rows[place][size] - known) / rows[place][place]
    return found
