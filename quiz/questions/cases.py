"""What was typed once and had to count: graded anew by what the facts say now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from quiz.facts.base import Fact
from quiz.questions.graded import Graded, Verdict
from quiz.questions.items import Finding
from quiz.questions.question_forms.typed import typed_answer
from quiz.questions.respond_typed import grade_typed
from quiz.questions.rules import BLOCK
from quiz.questions.world import World

RULE = "G1"
RIGHT = frozenset({Verdict.ACCEPT, Verdict.ACCEPT_WITH_NOTE})


@dataclass(frozen=True, slots=True)
class Case:
    """`wanted` is a verdict: the score it gives is what must not change."""

    fact: str
    facet: str
    given: str
    wanted: str
    id: int = 0


def graded_now(fact: Fact, facet: str, given: str, world: World, today: date) -> Graded | None:
    """The verdict on a text that is typed for a facet; None where it is not typed at all."""
    if not fact.is_askable:
        return None
    answer = typed_answer(fact, facet, world)
    return None if isinstance(answer, str) else grade_typed(answer.expected, given, today=today)


def failing(cases: Iterable[Case], world: World, today: date) -> Iterator[tuple[Case, Finding]]:
    """The cases that are graded otherwise than they must be."""
    for case in cases:
        fact = world.base.facts.get(case.fact)
        if fact is None:
            continue
        result = graded_now(fact, case.facet, case.given, world, today)
        if result is not None and result.is_right != (Verdict(case.wanted) in RIGHT):
            now = "counts" if result.is_right else "counts no more"
            what = f"“{case.given}” must be graded {case.wanted} and {now}"
            yield case, Finding(RULE, BLOCK, f"{case.fact}/{case.facet}", what)
