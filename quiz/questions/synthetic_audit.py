"""The attackers on a bank of made-up facts, and how they fare over many such banks."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from quiz.facts.base import FactBase
from quiz.questions.attackers import FLAG, MOST_AUC, OK, TOO_FEW, Row, attack, failed, verdict
from quiz.questions.attackers_bank import Choice, choices_of
from quiz.questions.engine import propose
from quiz.questions.items import Finding, Item


@dataclass(frozen=True, slots=True)
class SeedResult:
    seed: int
    items: int
    blocked: tuple[Finding, ...]
    rows: tuple[Row, ...]

    @property
    def failed(self) -> tuple[Row, ...]:
        return failed(self.rows)


def bank_of(items: Iterable[Item]) -> list[Choice]:
    """What the attackers see of proposed items, the same as of stored ones."""
    return [
        choice
        for item in items
        for choice in choices_of(
            item=item.id,
            form=item.form,
            facet=item.facet,
            stem=item.stem,
            options=[option.as_json() for option in item.options],
            expected=item.stored_expected(),
        )
    ]


def attack_synthetic(base: FactBase, *, seed: int, bank_seed: int) -> SeedResult:
    proposal = propose(base, seed)
    rows = attack(bank_of(proposal.items), synthetic=True)
    return SeedResult(bank_seed, len(proposal.items), proposal.blocked, rows)


def distribution(results: Sequence[SeedResult]) -> list[dict[str, Any]]:
    """For each attacker and form: least, mean and greatest rate, how many seeds flag it, and the
    verdict on all of them together: of hundreds of rows some are flagged by luck in any one bank.
    """
    rows: dict[tuple[str, str], list[Row]] = {}
    for result in results:
        for row in result.rows:
            if row.verdict != TOO_FEW:
                rows.setdefault((row.form, row.attacker), []).append(row)
    return [
        {
            "attacker": attacker,
            "form": form,
            "seeds": len(found),
            "n": sum(row.n for row in found) // len(found),
            "chance": sum(row.chance for row in found) / len(found),
            "least": min(row.rate for row in found),
            "mean": sum(row.rate for row in found) / len(found),
            "most": max(row.rate for row in found),
            "flags": sum(row.verdict == FLAG for row in found),
            "verdict": _together(attacker, found),
        }
        for (form, attacker), found in sorted(rows.items())
    ]


def _together(attacker: str, rows: Sequence[Row]) -> str:
    """Rates are pooled; tests that gave a p or counted entities may fail in one bank of twenty."""
    flags = sum(row.verdict == FLAG for row in rows)
    if attacker.startswith(("K1 χ²", "K7", "K10")):
        return FLAG if flags > max(1, len(rows) / 20) else OK
    n = sum(row.n for row in rows)
    rate = sum(row.rate * row.n for row in rows) / n
    if attacker.startswith("K12"):
        se = math.sqrt(sum((row.se * row.n) ** 2 for row in rows)) / n
        return FLAG if rate - 1.96 * se > MOST_AUC else OK
    chance = sum(row.chance * row.n for row in rows) / n
    return verdict(n, chance, rate, synthetic=True)
