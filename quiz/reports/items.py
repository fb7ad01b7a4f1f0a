"""Item statistics: what the first answers of many learners say about one question.

Pure functions over counts and sums, which the database adds up; nothing here reads a clock or a
row. Formulas and guide values: classical test theory, with the interval of Wilson (1927).
"""

from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt

# Below this number of answers a facility says next to nothing: its interval is ± 0.2 wide.
FEWEST_ANSWERS = 20
# From here on a correlation is worth a word: its standard error is about 0.13.
FEWEST_FOR_DISCRIMINATION = 50
Z_95 = 1.959964  # two-sided 95 %
Z_95_ONE_SIDED = 1.644854

# Faster than this nobody reads a question: U8.
RAPID_SECONDS = 1.5
# Rapid answers count all the same where blind choice would so seldom do as well.
SURELY_READ = 0.05

# Forms whose options are shown, with the chance of a blind hit where it is not one in k.
_CHANCE = {"true-false": 0.5, "which-first": 0.5}
_ONE_IN_K = frozenset(
    {
        "choice",
        "says-so",
        "cloze",
        "what-said",
        "which-source",
        "which-hedge",
        "what-counted",
        "can-you-tell",
        "standing",
    }
)


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Moments:
    """Sums over learners of the score x on one question and of the rest r of their attempt.

    x lies between 0 and 1; r is the sum of the scores on the attempt's other questions.
    """

    n: int
    x: float
    xx: float
    r: float
    rr: float
    xr: float


def facility(points: float, n: int) -> float | None:
    """Return the mean score of `n` answers that got `points` together; None without answers."""
    return points / n if n else None


def standard_error(p: float, n: int) -> float:
    """Return the standard error of a share `p` of `n`; an upper bound for scores in between."""
    return sqrt(max(p * (1 - p), 0.0) / n)


def wilson(p: float, n: int, z: float = Z_95) -> Interval:
    """Return the interval of Wilson for a share `p` of `n` answers; [0, 1] without answers.

    Unlike p ± z·SE it never leaves [0, 1] and is not a point where everyone was right.
    """
    if n == 0:
        return Interval(0.0, 1.0)
    scale = 1 + z * z / n
    middle = (p + z * z / (2 * n)) / scale
    half = z / scale * sqrt(max(p * (1 - p), 0.0) / n + z * z / (4 * n * n))
    # Rounding may put the bound a hair on the wrong side of p at p = 0 and p = 1.
    return Interval(max(0.0, min(middle - half, p)), min(1.0, max(middle + half, p)))


def chance(form: str, options: int) -> float:
    """Return the share of blind guesses that would be right for a form with `options` options.

    Typed forms have none; forms with partial credit (matching, ordering) are left uncorrected,
    because their blind score is not a share.
    """
    if form in _CHANCE:
        return _CHANCE[form]
    return 1 / options if form in _ONE_IN_K and options > 1 else 0.0


def are_guesses(n: int, points: float, g: float) -> bool:
    """Whether `n` rapid answers that got `points` together look like blind choice, right in g.

    They do unless blind choice would hit as often in less than one case of twenty. Where nothing
    can be guessed (g = 0) one hit says that somebody did read.
    """
    return n > 0 and at_least_by_chance(int(points), n, g) >= SURELY_READ


def at_least_by_chance(hits: int, n: int, g: float) -> float:
    """Return the chance of `hits` or more in `n` blind choices, each right in g (below 1)."""
    if hits <= 0:
        return 1.0
    if g <= 0:
        return 0.0
    terms = (
        lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(g) + (n - k) * log1p(-g)
        for k in range(hits, n + 1)
    )
    return min(1.0, sum(exp(term) for term in terms))


def corrected_for_chance(p: float, g: float) -> float:
    """Return (p - g) / (1 - g): 1 where all know it, 0 where all guess, below 0 if misled."""
    return (p - g) / (1 - g)


def point_biserial(moments: Moments) -> float | None:
    """Return the correlation of a question's score with the rest of the attempt.

    For right-or-wrong scores this is the corrected point-biserial coefficient. None where it is
    not defined: fewer than two answers, or no spread in the scores or in the rest.
    """
    n = moments.n
    if n < 2:
        return None
    # Sums of squares about the mean; differences of large sums, so tiny ones are rounding.
    spread_x = moments.xx - moments.x * moments.x / n
    spread_r = moments.rr - moments.r * moments.r / n
    if spread_x <= 1e-9 or spread_r <= 1e-9:
        return None
    together = moments.xr - moments.x * moments.r / n
    return max(-1.0, min(1.0, together / sqrt(spread_x * spread_r)))


def standard_error_of_correlation(r: float, n: int) -> float:
    """Return (1 - r²) / √(n - 1), the usual large-sample approximation."""
    return (1 - r * r) / sqrt(n - 1)


def is_unused(chosen: int, n: int) -> bool:
    """Whether a wrong option misleads nobody: surely under 10 % chose it, of 50 or more."""
    return n >= FEWEST_FOR_DISCRIMINATION and wilson(chosen / n, n).high < 0.10


def word_for(p: float | None, n: int, r: float | None, n_of_r: int = 0) -> str:
    """Return what a teacher should make of the figures, in plain words."""
    if p is None or n < FEWEST_ANSWERS:
        return "too few answers"
    if r is not None and n_of_r >= FEWEST_FOR_DISCRIMINATION:
        upper = r + Z_95_ONE_SIDED * standard_error_of_correlation(r, n_of_r)
        if upper < 0:
            return "check the key"
        if r < 0.15 and n_of_r >= 2 * FEWEST_FOR_DISCRIMINATION:
            return "check wording"
    if p < 0.20:
        return "very hard"
    if p > 0.95:
        return "very easy"
    return "fine"
