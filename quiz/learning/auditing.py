"""The rules of what stands together in one round, over rounds as learners get them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from quiz.facts.models import Topic
from quiz.learning.filling import Telling, choices, filled
from quiz.learning.offering import asked_and_told
from quiz.learning.queue import SAME_KEY_SHARE, Candidate, Offer, choose
from quiz.learning.rating import BINARY, SELF_RATED
from quiz.questions.items import Finding
from quiz.questions.models import QuestionFact, QuestionVersion

ROUNDS, SIZE = 60, 10
NAMES = frozenset({"identity", "speaker"})
SHORTEST_LEAK = 20
MOST_BINARY = 0.15
BLOCK, WARN = "block", "warn"


@dataclass(frozen=True, slots=True)
class Showing:
    """A question of a round with all that is read before the next one is asked."""

    public_id: str
    id: str
    fact: int
    facet: str
    form: str
    key: str
    sentence: str
    asked: str
    told: str
    asks: frozenset[tuple[int, str]]


def audit_rounds(topic: Topic, *, seed: int, rounds: int = ROUNDS) -> list[Finding]:
    """Plan rounds of new facts all over the topic, as the planner does, and read them in order."""
    showings = _showings(topic)
    by_fact: dict[int, dict[str, list[Showing]]] = {}
    for showing in showings.values():
        if showing.form not in SELF_RATED:
            by_fact.setdefault(showing.fact, {}).setdefault(showing.facet, []).append(showing)
    facts = list(by_fact)
    found: list[Finding] = []
    for number in range(rounds):
        rng = Random(f"{seed}:{topic.slug}:{number}")  # noqa: S311 (a plan is no secret)
        start = rng.randrange(len(facts)) if facts else 0
        near = [*facts[start:], *facts[:start]][: SIZE * 4]
        fresh = [
            Candidate(fact, facet, tuple(Offer(one.public_id, one.form, one.key) for one in ones))
            for fact in near
            for facet, ones in sorted(by_fact[fact].items())
        ]
        picks = choose(fresh, size=SIZE, most_fresh=SIZE, rng=rng)
        wanted = choices(picks, fresh, rng=rng)
        questions = {pick.offer.question for alike in wanted for pick in alike}
        order = filled(wanted, Telling(*asked_and_told(questions)), size=SIZE, most_fresh=SIZE)
        found += findings_of_round([showings[pick.offer.question] for pick in order])
    return found


def findings_of_round(shown: Sequence[Showing]) -> Iterator[Finding]:
    """What is wrong with these questions in this order."""
    for place, later in enumerate(shown):
        for earlier in shown[:place]:
            sentence = later.sentence.casefold()
            if later.fact != earlier.fact and len(sentence) >= SHORTEST_LEAK:
                if sentence in earlier.told.casefold():
                    yield Finding("N1", BLOCK, later.id, f"its answer is told by {earlier.id}")
                if sentence in earlier.asked.casefold():
                    yield Finding("N5", BLOCK, later.id, f"its answer is asked with {earlier.id}")
            if later.asks & earlier.asks:
                yield Finding("N2", BLOCK, later.id, f"{earlier.id} asks the same")
    binary = sum(one.form in BINARY for one in shown)
    if len(shown) >= SIZE and binary > MOST_BINARY * len(shown):
        yield Finding("N3", WARN, shown[0].id, f"{binary} of {len(shown)} between two answers")
    keys = Counter(one.key for one in shown if one.key)
    for key, count in keys.items():
        if count > max(1, SAME_KEY_SHARE * SIZE):
            yield Finding("N4", WARN, shown[0].id, f"{key} is the answer of {count}")


def _showings(topic: Topic) -> dict[str, Showing]:
    uses: dict[int, list[tuple[int, str, str]]] = {}
    for version, fact, facet, role in QuestionFact.objects.filter(
        version__question__fact__topic=topic, version__state=QuestionVersion.State.SERVED
    ).values_list("version", "fact", "facet", "role"):
        uses.setdefault(version, []).append((fact, facet, role))
    versions = (
        QuestionVersion.objects.served()
        .filter(question__fact__topic=topic, question__owner=None)
        .select_related("question__fact")
        .order_by("question__fact__thread", "question__fact__slug", "question__form")
    )
    showings = (_showing(version, uses.get(version.pk, [])) for version in versions)
    return {showing.public_id: showing for showing in showings}


def _showing(version: QuestionVersion, uses: Sequence[tuple[int, str, str]]) -> Showing:
    question, expected = version.question, version.expected
    shown = expected.get("shown", "")
    frame = " ".join(expected.get("frame", ()))
    return Showing(
        public_id=question.public_id,
        id=f"{question.fact.slug}/{question.facet}/{question.form}/{question.variant}",
        fact=question.fact_id,
        facet=question.facet,
        form=question.form,
        key=shown if question.facet in NAMES and isinstance(shown, str) else "",
        sentence=version.plain_sentence,
        asked=f"{version.stem} {frame}",
        told=_told(version.feedback, version.options),
        asks=frozenset(
            (fact, facet) for fact, facet, role in uses if role == QuestionFact.Role.KEY
        ),
    )


def _told(feedback: Mapping[str, Any], options: Sequence[Mapping[str, Any]]) -> str:
    sentence = feedback.get("sentence", "").replace("[[", "").replace("]]", "")
    reasons = (option.get("why", "") for option in options)
    return " ".join((sentence, *feedback.get("rivals", ()), *reasons))


__all__: Final = ["Showing", "audit_rounds", "findings_of_round"]
