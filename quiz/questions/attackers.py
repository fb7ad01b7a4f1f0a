"""The attackers: what can be got right of a bank by looking at its options alone.

Each one plays every item of a form and is held against chance. The thresholds are fixed: few
items need a plain excess, many a small one (three or two standard errors and 5 or 3 points).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Final

from quiz.questions import attackers_picks as picks
from quiz.questions.attackers_bank import (
    DATE,
    FIXED,
    NAME,
    NUMBER,
    TEXT,
    Choice,
    last_day_of_key,
)
from quiz.questions.attackers_model import concordances
from quiz.questions.attackers_picks import Pick, Seen, share_of
from quiz.questions.attackers_statistics import chi_square_tail, runs_p, standard_error
from quiz.questions.rules import VALUED

OK, FLAG, TOO_FEW = "ok", "flag", "too few"
FEWEST, MANY, FEWEST_FOR_ORDER, FEWEST_SHOWINGS = 50, 400, 200, 60
LEAST_P, KEY_RATIO_REACH, RECENT_DAYS, MOST_AUC = 0.001, 0.10, 60, 0.55
ALL = frozenset({NUMBER, DATE, NAME, TEXT, FIXED})

PICKS: Final[tuple[tuple[str, frozenset[str], Pick], ...]] = (
    *((f"K1 {word}", ALL, picks.position(n)) for n, word in enumerate("abcd")),
    ("K2 middle", frozenset({NUMBER, DATE}), picks.middle),
    ("K2 medoid", frozenset({NUMBER, DATE}), picks.medoid),
    ("K3 roundest", frozenset({NUMBER}), picks.roundest),
    ("K3 most precise", frozenset({NUMBER}), picks.most_precise),
    ("K4 half, double, ten times", frozenset({NUMBER}), picks.half_double_ten),
    ("K4 shared first digit", frozenset({NUMBER}), picks.shared_first_digits),
    ("K5 longest", ALL - {FIXED}, picks.longest),
    ("K5 shortest", ALL - {FIXED}, picks.shortest),
    # How often a number or a date is shown, K12 knows; this one is about who and what.
    ("K6 most shown", ALL - {NUMBER, DATE}, picks.most_shown),
    ("K8 latest", frozenset({DATE}), picks.latest),
    ("K8 earliest", frozenset({DATE}), picks.earliest),
    ("K9 overlap with the stem", ALL - {FIXED}, picks.most_alike),
)
IDS: Final = tuple(f"K{n}" for n in range(1, 13))


@dataclass(frozen=True, slots=True)
class Row:
    """How one attacker fared on one form.

    For tests of order (K1 and K10) `rate` is the p-value and `chance` the least one allowed; for
    K7 `hits` counts entities out of bounds and `rate` is the worst key ratio; for K12 `rate` is
    the AUC.
    """

    attacker: str
    form: str
    n: int
    chance: float
    hits: float
    rate: float
    se: float
    verdict: str
    detail: str = ""

    @property
    def id(self) -> str:
        return self.attacker.split()[0]


def attack(bank: Collection[Choice], *, synthetic: bool = False) -> tuple[Row, ...]:
    """Every attacker on every form of the bank; `synthetic` banks meet the strict thresholds."""
    groups: dict[str, list[Choice]] = {}
    for choice in sorted(bank, key=lambda choice: (choice.id, choice.part)):
        for group in choice.groups:
            groups.setdefault(group, []).append(choice)
    days = [day for choice in bank if (day := last_day_of_key(choice)) is not None]
    edge = max(days, default=0) - RECENT_DAYS
    rows: list[Row] = []
    for group, choices in sorted(groups.items()):
        if any(
            other.startswith(f"{group} ") and len(groups[other]) == len(choices) for other in groups
        ):
            # The form asks one facet alone: its own row tells the same.
            continue
        rows += _attack_group(group, choices, edge, synthetic=synthetic)
    return tuple(rows)


def verdict(n: int, chance: float, rate: float, *, synthetic: bool) -> str:
    """Flag, ok, or too few to say."""
    if n < FEWEST:
        return TOO_FEW
    se, excess = standard_error(chance, n), rate - chance
    if n >= MANY and excess > 0.05:
        return FLAG
    if n >= MANY or synthetic:
        return FLAG if excess > 2 * se and excess > 0.03 else OK
    return FLAG if excess > 3 * se and excess > 0.05 else OK


def _attack_group(
    group: str, choices: Sequence[Choice], edge: int, *, synthetic: bool
) -> Iterable[Row]:
    seen = Seen(choices)

    def play(name: str, pick: Pick, among: Sequence[Choice]) -> Row:
        hits = sum(share_of(pick(choice, seen), choice.right) for choice in among)
        return _row(name, group, among, hits, synthetic=synthetic)

    for name, kinds, pick in PICKS:
        among = [choice for choice in choices if choice.kind in kinds]
        if name.startswith("K1"):
            place = "abcd".index(name[-1])
            among = [choice for choice in among if choice.size > place]
        if among:
            yield play(name, pick, among)
    # Of a matching's own dates the recent one is the latest; nobody knows whose it is.
    recent = [
        choice
        for choice in choices
        if choice.form in VALUED and (last_day_of_key(choice) or edge) > edge
    ]
    if recent:
        yield play("K8 latest, of the last 60 days", picks.latest, recent)
        yield play("K8 earliest, of the last 60 days", picks.earliest, recent)
    whole = [choice for choice in choices if choice.part == 0]
    yield from _order_of_keys(group, whole)
    yield _key_ratios(group, whole)
    if group == "true-false":
        yield from _sentences(group, choices, synthetic=synthetic)
    yield _model(group, choices, seen)


def _row(name: str, group: str, among: Sequence[Choice], hits: float, *, synthetic: bool) -> Row:
    n = len(among)
    chance = sum(choice.chance for choice in among) / n
    rate = hits / n
    found = verdict(n, chance, rate, synthetic=synthetic)
    return Row(name, group, n, chance, hits, rate, standard_error(chance, n), found)


def _order_of_keys(group: str, choices: Sequence[Choice]) -> Iterable[Row]:
    """K1: keys stand everywhere alike. K10: as if thrown, neither in runs nor balanced."""
    single = [choice for choice in choices if len(choice.right) == 1]
    n = len(single)
    value, nearest, freedom = 0.0, 0.0, 0
    sizes = Counter(choice.size for choice in single)
    for size, count in sizes.items():
        at = Counter(choice.key for choice in single if choice.size == size)
        off = [abs(at[place] - count / size) for place in range(size)]
        value += sum(each**2 for each in off) * size / count
        # Counts are whole: even thrown keys are exactly even now and then.
        nearest += sum((each + 0.5) ** 2 for each in off) * size / count
        freedom += size - 1
    uneven = chi_square_tail(value, freedom)
    even = 1 - chi_square_tail(nearest, freedom)
    tests = (
        ("K1 χ² of positions", uneven, value),
        ("K10 balanced keys", even, nearest),
        ("K10 runs of keys", runs_p([choice.key for choice in single]), 0.0),
    )
    for name, p, statistic in tests:
        found = TOO_FEW if n < FEWEST_FOR_ORDER else FLAG if p < LEAST_P else OK
        yield Row(name, group, n, LEAST_P, statistic, p, 0.0, found)


def _key_ratios(group: str, choices: Sequence[Choice]) -> Row:
    """K7: who knows how often each entity was right so far must not gain by it."""
    shown: Counter[str] = Counter()
    right: Counter[str] = Counter()
    due: dict[str, float] = defaultdict(float)
    for choice in choices:
        if choice.kind not in {NAME, FIXED}:
            continue
        for place, name in enumerate(choice.names):
            shown[name] += 1
            right[name] += place in choice.right
            due[name] += choice.chance
    often = sorted(name for name, count in shown.items() if count >= FEWEST_SHOWINGS)
    if not often:
        return Row("K7 key ratio", group, 0, 0.0, 0, 0.0, 0.0, TOO_FEW)
    off = {name: right[name] / shown[name] - due[name] / shown[name] for name in often}
    worst = max(often, key=lambda name: (abs(off[name]), name))
    out = [name for name in often if abs(off[name]) > KEY_RATIO_REACH]
    detail = ", ".join(f"{name} {right[name]}/{shown[name]}" for name in out[:5])
    return Row(
        "K7 key ratio",
        group,
        len(often),
        due[worst] / shown[worst],
        len(out),
        right[worst] / shown[worst],
        0.0,
        FLAG if out else OK,
        detail,
    )


def _sentences(group: str, choices: Sequence[Choice], *, synthetic: bool) -> Iterable[Row]:
    """K11: true or false told by always the same word, by length, by the presence of a number."""
    usual = mean(len(choice.asked) for choice in choices)
    tests: tuple[tuple[str, Callable[[Choice], bool]], ...] = (
        ("always", lambda _: True),
        ("a long sentence is", lambda choice: len(choice.asked) > usual),
        ("a number is", lambda choice: any(sign.isdigit() for sign in choice.asked)),
    )
    for name, says_true in tests:
        hits = sum(says_true(choice) == (choice.texts[choice.key] == "True") for choice in choices)
        for word, count in (("true", hits), ("false", len(choices) - hits)):
            yield _row(f"K11 {name} {word}", group, choices, count, synthetic=synthetic)


def _model(group: str, choices: Sequence[Choice], seen: Seen) -> Row:
    """K12: whatever a regression over all visible traits can learn."""
    name = "K12 regression"
    if len(choices) < FEWEST:
        return Row(name, group, len(choices), 0.5, 0, 0.0, 0.0, TOO_FEW)
    found = concordances(choices, seen)
    n = len(found)
    auc = sum(found) / n
    se = math.sqrt(sum((value - auc) ** 2 for value in found) / (n - 1) / n)
    flagged = auc - 1.96 * se > MOST_AUC
    return Row(name, group, n, 0.5, sum(found), auc, se, FLAG if flagged else OK)


def failed(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.verdict == FLAG)
