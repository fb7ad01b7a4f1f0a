"""Grades a response of any form from what a version stores.

`given` is plain JSON in stored option indices: {"choice": 2}, {"choices": [0, 3]},
{"text": "…"}, {"order": [2, 0, 1]}, {"pairs": {"0": 2}}, {"rating": 3} or {"dont_know": true}.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from quiz.questions.grading import Graded, Verdict
from quiz.questions.respond_typed import grade_estimate, grade_typed

SINGLE = frozenset(
    "choice true-false says-so cloze what-said which-first which-hedge can-you-tell "
    "standing".split()
)
PAIRED = frozenset("matching which-source what-counted whose-words chain".split())
ORDERED = frozenset({"ordering"})
TYPED = frozenset({"typed", "cloze-typed"})

Given = Mapping[str, Any]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a response is worth.

    score: 0 to 1. chosen: stored indices that were picked, for "what you chose really is".
    per_fact: for forms over several facts, right, wrong, or None where nothing is learned of
    that fact; empty where the question's own fact and facet are all.
    """

    verdict: Verdict
    score: float
    note: str = ""
    read_as: str = ""
    chosen: tuple[int, ...] = ()
    per_fact: Mapping[Key, bool | None] = field(default_factory=dict)


class UnreadableGivenError(ValueError):
    """The response does not have the shape of its form."""


def respond(
    form: str,
    options: Sequence[Mapping[str, Any]],
    expected: Mapping[str, Any],
    given: Given,
    *,
    today: date,
    day_first: bool = True,
    second_try: bool = False,
) -> Outcome:
    """Grade one response; a wrong shape raises UnreadableGivenError."""
    if given.get("dont_know") is True:
        return _nothing(form, expected)
    if form in SINGLE:
        return _single(options, expected, given)
    if form == "several-right":
        return _several(options, expected, given)
    if form in PAIRED:
        return _pairs(options, expected, given)
    if form in ORDERED:
        return _order(options, expected, given)
    if form == "flashcard":
        return _rated(given)
    text = given.get("text")
    if not isinstance(text, str):
        raise UnreadableGivenError("a text is expected")
    if form in TYPED:
        return _typed(
            grade_typed(expected, text, today=today, day_first=day_first, second_try=second_try)
        )
    if form == "estimate":
        graded, score = grade_estimate(expected, text, second_try=second_try)
        return replace(_typed(graded), score=score)
    raise UnreadableGivenError(f"no form is called {form!r}")


def right_indices(expected: Mapping[str, Any]) -> tuple[int, ...]:
    """The stored indices of the right options, in order where the form has one."""
    if "sequence" in expected:
        return tuple(expected["sequence"])
    if "pairs" in expected:
        pairs = expected["pairs"]
        return tuple(pairs[key] for key in sorted(pairs, key=int))
    return tuple(expected.get("right", ()))


def _index(value: Any, count: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < count:
        raise UnreadableGivenError(f"no option stands at {value!r}")
    return value


def _nothing(form: str, expected: Mapping[str, Any]) -> Outcome:
    facts = _facts(expected) if form in PAIRED | ORDERED else ()
    return Outcome(Verdict.REJECT, 0.0, per_fact=dict.fromkeys((key for _, key in facts), False))


def _facts(expected: Mapping[str, Any]) -> tuple[tuple[str, Key], ...]:
    """Each premise (by its place) or event (by its stored index) with each fact and facet of it."""
    return tuple(
        (str(place), (fact, facet))
        for place, keys in expected.get("facts", {}).items()
        for fact, facet in keys
    )


def _single(
    options: Sequence[Mapping[str, Any]], expected: Mapping[str, Any], given: Given
) -> Outcome:
    chosen = _index(given.get("choice"), len(options))
    if chosen in expected["right"]:
        return Outcome(Verdict.ACCEPT, 1.0, chosen=(chosen,))
    return Outcome(Verdict.REJECT, 0.0, chosen=(chosen,))


def _several(
    options: Sequence[Mapping[str, Any]], expected: Mapping[str, Any], given: Given
) -> Outcome:
    raw = given.get("choices")
    if not isinstance(raw, list):
        raise UnreadableGivenError("a list of choices is expected")
    chosen = tuple(sorted({_index(value, len(options)) for value in raw}))
    right = set(expected["right"])
    hits = len(right.intersection(chosen))
    score = max(0, hits - (len(chosen) - hits)) / len(right)
    verdict = Verdict.REJECT
    if score == 1.0:
        verdict = Verdict.ACCEPT
    elif score > 0:
        verdict = Verdict.PARTIAL
    per_fact: dict[Key, bool | None] = {}
    for place, key in _facts(expected):
        picked = int(place) in chosen
        is_right = (int(place) in right) == picked
        # A rating only when the whole is right; what was missed or wrongly taken is a miss.
        per_fact[key] = (True if score == 1.0 else None) if is_right else False
    return Outcome(verdict, score, chosen=chosen, per_fact=per_fact)


def _pairs(
    options: Sequence[Mapping[str, Any]], expected: Mapping[str, Any], given: Given
) -> Outcome:
    raw = given.get("pairs")
    if not isinstance(raw, Mapping):
        raise UnreadableGivenError("pairs are expected")
    wanted: Mapping[str, int] = expected["pairs"]
    if any(str(place) not in wanted for place in raw):
        raise UnreadableGivenError("a pair has no premise")
    pairs = {str(place): _index(value, len(options)) for place, value in raw.items()}
    right = {place: pairs.get(place) == option for place, option in wanted.items()}
    score = sum(right.values()) / len(right)
    per_fact: dict[Key, bool | None] = {}
    for place, key in _facts(expected):
        per_fact[key] = right[place] and per_fact.get(key, True) is True
    verdict = Verdict.REJECT
    if score == 1.0:
        verdict = Verdict.ACCEPT
    elif score > 0:
        verdict = Verdict.PARTIAL
    chosen = tuple(pairs[place] for place in sorted(pairs, key=int))
    return Outcome(verdict, score, chosen=chosen, per_fact=per_fact)


def _order(
    options: Sequence[Mapping[str, Any]], expected: Mapping[str, Any], given: Given
) -> Outcome:
    raw = given.get("order")
    if not isinstance(raw, list):
        raise UnreadableGivenError("an order is expected")
    order = [_index(value, len(options)) for value in raw]
    wanted: list[int] = list(expected["sequence"])
    if sorted(order) != sorted(wanted):
        raise UnreadableGivenError("every event stands in the order once")
    score, misplaced = ordering_score(wanted, order, expected.get("ties", ()))
    per_fact: dict[Key, bool | None] = {}
    for place, key in _facts(expected):
        # All right is evidence for every event; otherwise only for those out of place.
        per_fact[key] = True if score == 1.0 else (False if int(place) in misplaced else None)
    verdict = Verdict.REJECT
    if score == 1.0:
        verdict = Verdict.ACCEPT
    elif score > 0.5:
        verdict = Verdict.PARTIAL
    return Outcome(verdict, score, chosen=tuple(order), per_fact=per_fact)


def ordering_score(
    wanted: Sequence[int], order: Sequence[int], ties: Sequence[Sequence[int]] = ()
) -> tuple[float, frozenset[int]]:
    """Concordant over comparable pairs, and the events of discordant neighbours.

    `ties` are pairs that overlap in time: they are not compared.
    """
    rank = {event: place for place, event in enumerate(wanted)}
    tied = {frozenset(pair) for pair in ties}
    concordant = comparable = 0
    for i, first in enumerate(order):
        for second in order[i + 1 :]:
            if frozenset((first, second)) not in tied:
                comparable += 1
                concordant += rank[first] < rank[second]
    misplaced = {
        event
        for first, second in pairwise(order)
        if rank[first] > rank[second] and frozenset((first, second)) not in tied
        for event in (first, second)
    }
    return (concordant / comparable if comparable else 1.0), frozenset(misplaced)


def _rated(given: Given) -> Outcome:
    rating = given.get("rating")
    if isinstance(rating, bool) or not isinstance(rating, int) or not 1 <= rating <= 4:
        raise UnreadableGivenError("a rating from 1 to 4 is expected")
    if rating == 1:
        return Outcome(Verdict.REJECT, 0.0)
    return Outcome(Verdict.ACCEPT, 1.0)


def _typed(graded: Graded) -> Outcome:
    return Outcome(graded.verdict, graded.score, note=graded.note, read_as=graded.read_as)
