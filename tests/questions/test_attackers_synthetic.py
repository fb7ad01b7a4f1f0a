"""The engine's own bank meets the attackers: what they pass on a made-up topic, and what they find
when the engine is made worse.
"""

import pytest

from quiz.questions import distractors, distractors_names
from quiz.questions.actions import SEED
from quiz.questions.attackers import FLAG, OK, TOO_FEW, Row, attack
from quiz.questions.engine import propose
from quiz.questions.synthetic_audit import SeedResult, attack_synthetic, bank_of, distribution
from tests.synthetic import LAST_DAY, make_base

FACTS = 1_500


@pytest.fixture(scope="module")
def base():
    return make_base(FACTS, seed=11)


@pytest.fixture(scope="module")
def bank(base):
    return bank_of(propose(base, SEED).items)


def flagged(bank):
    return {(row.attacker, row.form) for row in attack(bank) if row.verdict == FLAG}


def test_the_engines_bank_gives_nothing_away(bank):
    assert flagged(bank) == set()


def test_every_attacker_but_those_of_many_items_has_enough_to_judge(bank):
    judged = {row.id for row in attack(bank) if row.verdict != TOO_FEW}
    assert judged >= {f"K{n}" for n in range(1, 13)}


def test_the_bank_has_recent_facts_rivals_bounds_months_and_parts(base):
    facts = base.facts.values()
    recent = [fact for fact in facts if fact.when and fact.when.first_day > LAST_DAY - 60]
    assert len(recent) > FACTS * 0.02
    assert any(fact.when and fact.when.precision == "month" for fact in facts)
    assert any(fact.amount and fact.amount.qualifier == "up_to" for fact in facts)
    assert any(entity.part_of for entity in base.entities.values())
    assert any(len(base.rivals(fact)) for fact in facts)


def test_a_rank_that_is_always_the_last_is_found(base, monkeypatch):
    class Last:
        def __init__(self, world):
            self.world = world

        def draw(self, *parts):
            return 3 if parts[0] == "rank" else self.world.draw(*parts)

    choose = distractors.choose_by_rank
    monkeypatch.setattr(
        "quiz.questions.dealing.choose_by_rank",
        lambda item, sides, world, need=None: choose(item, sides, Last(world), need),
    )
    found = flagged(bank_of(propose(base, SEED).items))

    assert ("K8 latest", "choice date") in found
    assert ("K12 regression", "choice value") in found


def test_names_that_are_wrong_at_random_are_found(base, monkeypatch):
    monkeypatch.setattr(distractors_names, "TIE_BAND", 10_000)
    monkeypatch.setattr(distractors_names, "MOST_SHARE", 1)
    found = flagged(bank_of(propose(base, SEED).items))

    assert ("K6 most shown", "choice identity") in found


def test_the_distribution_over_seeds_counts_flags(base):
    result = attack_synthetic(make_base(200, seed=1), seed=SEED, bank_seed=1)
    rows = distribution([result, result])
    assert rows
    assert all(row["seeds"] == 2 for row in rows)
    assert all(row["least"] <= row["mean"] <= row["most"] for row in rows)


def result(*rates, n=1_000):
    return [
        SeedResult(seed, n, (), (Row("K5 longest", "choice", n, 0.25, rate * n, rate, 0.0, found),))
        for seed, (rate, found) in enumerate(rates)
    ]


def test_one_lucky_bank_among_many_is_no_leak_and_a_steady_excess_is():
    (lucky,) = distribution(result((0.29, FLAG), (0.24, OK), (0.25, OK), (0.25, OK)))
    (steady,) = distribution(result((0.29, FLAG), (0.29, FLAG), (0.28, OK), (0.29, FLAG)))

    assert (lucky["flags"], lucky["verdict"]) == (1, OK)
    assert (steady["flags"], steady["verdict"]) == (3, FLAG)
