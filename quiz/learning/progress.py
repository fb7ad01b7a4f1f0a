"""What a learner knows, is learning and is losing: for pages, never on the way of an answer."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count

from quiz.accounts.models import User
from quiz.facts.models import Topic
from quiz.learning.attribution import Attribution, attribution_of
from quiz.learning.candidates import ASKABLE, askable_by, met_by
from quiz.learning.days import day_of
from quiz.learning.feedback import html_of, marked_parts
from quiz.learning.memory import state_of
from quiz.learning.rounds import Mark, Round
from quiz.learning.steadiness import Steadiness, steadiness, worst
from quiz.questions.models import Question, QuestionVersion


@dataclass(frozen=True, slots=True)
class TopicCount:
    """The facts of a topic that can be asked, by how well they are known."""

    topic: Topic
    facts: int
    steady: int = 0
    learning: int = 0
    slipping: int = 0

    @property
    def met(self) -> int:
        return self.steady + self.learning + self.slipping

    @property
    def not_met(self) -> int:
        return max(0, self.facts - self.met)


@dataclass(frozen=True, slots=True)
class DoneRow:
    """A question of a finished round: the fact in its sentence, who says so, and a mark."""

    html: str
    who: Attribution  # without its source: the rows tell that once, below
    source: str
    mark: str
    word: str


WORDS = {
    Mark.RIGHT: "Right",
    Mark.PARTLY: "Partly",
    Mark.WRONG: "Not this time",
    Mark.LEFT_OUT: "Left out",
}


def count_topics(topics: Iterable[Topic], learner: User | None, now: datetime) -> list[TopicCount]:
    """For each topic how many facts can be asked, and how well the learner knows them."""
    topics = list(topics)
    facts = dict(
        askable_by(learner)
        .filter(topic__in=topics)
        .order_by()
        .values_list("topic")
        .annotate(n=Count("pk"))
        .values_list("topic", "n")
    )
    known = known_facts(learner, now, topics) if learner else {}
    counts = []
    for topic in topics:
        words = list(known.get(topic.pk, {}).values())
        counts.append(
            TopicCount(
                topic,
                facts.get(topic.pk, 0),
                words.count(Steadiness.STEADY),
                words.count(Steadiness.LEARNING),
                words.count(Steadiness.SLIPPING),
            )
        )
    return counts


def known_facts(
    learner: User, now: datetime, topics: Sequence[Topic]
) -> dict[int, dict[int, Steadiness]]:
    """How well each fact that was met is known, by topic."""
    day = day_of(now, ZoneInfo(learner.time_zone), learner.day_start)
    memories = met_by(learner).filter(
        topic__in=topics, fact__status__in=ASKABLE, fact__not_asked=""
    )
    if learner.leave_out_grave:
        memories = memories.filter(fact__grave=False)
    rows = memories.values_list(
        "topic", "fact", "stability", "difficulty", "last_rated_day", "recalled_days",
        "self_rated_days", "lapses",
    )  # fmt: skip
    words: dict[int, dict[int, list[Steadiness]]] = {}
    for topic, fact, stability, difficulty, last_day, recalled, self_rated, lapses in rows:
        word = steadiness(
            state_of(stability, difficulty, last_day),
            day,
            is_met=True,
            recalled_days=recalled,
            self_rated_days=self_rated,
            lapses=lapses,
        )
        words.setdefault(topic, {}).setdefault(fact, []).append(word)
    return {
        topic: {fact: worst(found) for fact, found in facts.items()}
        for topic, facts in words.items()
    }


def facts_of_round(done: Round) -> list[DoneRow]:
    """What was asked in a round, each fact in its sentence, in the order it was asked."""
    feedback = dict(
        QuestionVersion.objects.filter(
            question__public_id__in=[question for question, _ in done.done]
        )
        .exclude(state=QuestionVersion.State.REPLACED)
        .values_list("question__public_id", "feedback")
    )
    return [
        DoneRow(
            html_of(marked_parts(feedback[question].get("sentence", ""))),
            replace(who := attribution_of(feedback[question]), source=""),
            who.source,
            mark.name.lower(),
            WORDS[mark],
        )
        for question, mark in done.done
        if question in feedback
    ]


def returning_words(done: Round, tomorrow: Collection[int]) -> str:
    """“2 will come back tomorrow.”: of what was not right in the end, by the facts of tomorrow."""
    missed = [miss.question for miss in done.misses]
    if not missed:
        return ""
    facts = Question.objects.filter(public_id__in=missed).values_list("fact", flat=True)
    soon = sum(fact in tomorrow for fact in facts)
    later = len(missed) - soon
    if not soon:
        return f"{later} will come back another day."
    return f"{soon} will come back tomorrow{f', {later} another day' if later else ''}."
