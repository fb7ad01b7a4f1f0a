"""Plans rounds, reviews and quizzes from what a learner remembers and what a topic offers.

Every function makes a constant number of queries, and reads no more rows than a plan can use.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from quiz.accounts.models import User
from quiz.facts.models import Fact, Topic
from quiz.learning import rounds
from quiz.learning.candidates import (
    ASKABLE,
    DAY_SIZE,
    SPARE,
    askable_facts,
    candidates_of,
    day_now,
    due_facets,
    due_memories,
    fresh_candidates,
    fresh_room,
    met_on,
)
from quiz.learning.days import day_of, start_of
from quiz.learning.memory import Grade, State, retrievability
from quiz.learning.models import Memory
from quiz.learning.offering import asked_and_told, offers_again
from quiz.learning.queue import TYPED, Candidate, choose, ordered
from quiz.learning.rating import SELF_RATED
from quiz.learning.rounds import Kind, Round

FIRST_SIZE = 5
ROUND_SIZE = 10


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What a day holds: `missed` were wrong last time, `fresh` are new, from these threads."""

    due: int
    missed: int
    fresh: int
    threads: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return self.due + self.fresh

    @property
    def words(self) -> str:
        """“2 you missed · 4 new: Arms”."""
        parts = []
        if self.missed:
            parts.append(f"{self.missed} you missed")
        if self.due > self.missed:
            parts.append(f"{self.due - self.missed} to review")
        if self.fresh:
            threads = ", ".join(self.threads)
            parts.append(f"{self.fresh} new: {threads}" if threads else f"{self.fresh} new")
        return " · ".join(parts)


def plan_round(
    learner: User,
    topic: Topic,
    now: datetime,
    *,
    kind: Kind,
    size: int = 0,
    threads: Sequence[str] = (),
) -> Round:
    """A round of one topic. In a guest's first five nothing is typed."""
    size = size or (FIRST_SIZE if kind is Kind.FIRST else ROUND_SIZE)
    is_cards = kind is Kind.CARDS
    due = due_facets(learner, now, size, topic=topic, threads=threads, cards_too=is_cards)
    forms = _is_tapped if kind is Kind.FIRST else _is_graded
    if is_cards:
        forms = _is_card
    fresh = fresh_candidates(learner, topic, now, size, forms=forms, threads=threads)
    questions = _planned(
        learner, now, due, fresh, size=size, most_fresh=size, forms=forms, salt=topic.slug
    )
    return rounds.start(kind, questions, topic.slug)


def plan_review(learner: User, now: datetime) -> Round:
    """The day's review over all topics the learner has begun, with a few new facts."""
    due = due_facets(learner, now, DAY_SIZE)
    topic = latest_topic(learner)
    room = fresh_room(len(due), met=met_on(learner, day_now(learner, now)))
    fresh = fresh_candidates(learner, topic, now, room, forms=_is_graded) if topic and room else []
    questions = _planned(
        learner, now, due, fresh, size=DAY_SIZE, most_fresh=room,
        forms=_is_graded, salt="review",
    )  # fmt: skip
    return rounds.start(Kind.REVIEW, questions)


def plan_quiz(
    learner: User, topic: Topic, now: datetime, *, number: int, threads: Sequence[str] = ()
) -> list[str]:
    """Questions for a quiz: of the topic's facts at random, met or not, core facts first."""
    facts = list(askable_facts(learner, topic, threads).values_list("pk", "importance"))
    rng = _rng(learner, now, f"{topic.slug} quiz {now.isoformat()}")
    rng.shuffle(facts)
    facts.sort(key=lambda row: row[1] > 1)
    wanted: list[Candidate] = []
    for start in range(0, len(facts), number * SPARE):
        chunk = [fact for fact, _ in facts[start : start + number * SPARE]]
        wanted += candidates_of(chunk, _is_graded)
        if len(wanted) >= number:
            break
    return _planned(
        learner, now, [], wanted, size=number, most_fresh=number, forms=_is_graded, salt="quiz"
    )


def plan_of_day(learner: User, now: datetime, *, days_ahead: int = 0) -> DayPlan:
    """What is due by the end of the learner's day (or a later one), and what will be new."""
    zone = ZoneInfo(learner.time_zone)
    day = day_now(learner, now) + timedelta(days=days_ahead)
    at = start_of(day, zone, learner.day_start) if days_ahead else now
    memories = due_memories(learner, at)
    due = memories.count()
    missed = memories.filter(last_rating=Grade.AGAIN).count() if due else 0
    topic = latest_topic(learner)
    room = fresh_room(min(due, DAY_SIZE), met=0 if days_ahead else met_on(learner, day))
    found = fresh_candidates(learner, topic, at, room, forms=_is_graded) if topic and room else []
    fresh = list(dict.fromkeys(row.fact for row in found))[:room]
    titles = Fact.objects.filter(pk__in=fresh).values_list("thread__title", flat=True)
    return DayPlan(
        min(due, DAY_SIZE), min(missed, DAY_SIZE), len(fresh), tuple(dict.fromkeys(titles))
    )


def next_words(learner: User, now: datetime) -> str:
    """“tomorrow, 7 questions”; empty where nothing will come."""
    found = _next_day(learner, now)
    if found is None:
        return ""
    days, count = found
    when = {0: "later today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"{when}, {count} question{'' if count == 1 else 's'}"


def _next_day(learner: User, now: datetime) -> tuple[int, int] | None:
    tomorrow = plan_of_day(learner, now, days_ahead=1)
    if tomorrow.total:
        return 1, tomorrow.total
    rows = Memory.objects.filter(learner=learner, due_at__gt=now, fact__status__in=ASKABLE)
    due_at = rows.order_by("due_at").values_list("due_at", flat=True).first()
    if due_at is None:
        return None
    zone = ZoneInfo(learner.time_zone)
    days = day_of(due_at, zone, learner.day_start) - day_of(now, zone, learner.day_start)
    return days.days, plan_of_day(learner, now, days_ahead=days.days).total


def latest_topic(learner: User) -> Topic | None:
    """The topic the learner answered last."""
    memory = (
        Memory.objects.filter(learner=learner, topic__owner=None)
        .exclude(last_day=None)
        .order_by("-last_day", "-pk")
        .select_related("topic")
        .first()
    )
    return memory.topic if memory else None


def _planned(
    learner: User,
    now: datetime,
    due: Sequence[tuple[int, str, "State | None", int, str]],
    fresh: Sequence[Candidate],
    *,
    size: int,
    most_fresh: int,
    forms: Callable[[str], bool],
    salt: str,
) -> list[str]:
    day = day_of(now, ZoneInfo(learner.time_zone), learner.day_start)
    again = offers_again({row[0] for row in due}, forms)
    old = [
        Candidate(
            fact,
            facet,
            tuple(again.get(fact, {}).get(facet, ())),
            state.stability if state else None,
            retrievability(state, day),
            rated,
            last_form,
        )
        for fact, facet, state, rated, last_form in due
    ]
    picks = choose(
        old, fresh, size=size, most_fresh=most_fresh, rng=_rng(learner, now, salt), forms=forms
    )
    return ordered(picks, *asked_and_told(pick.offer.question for pick in picks))


def _rng(learner: User, now: datetime, salt: str) -> Random:
    day = day_now(learner, now)
    # Not for secrets: a plan that is the same when it is made again on the same day.
    return Random(f"{learner.public_id} {day} {salt}")  # noqa: S311


def _is_graded(form: str) -> bool:
    return form not in SELF_RATED


def _is_tapped(form: str) -> bool:
    return form not in TYPED | SELF_RATED


def _is_card(form: str) -> bool:
    return form in SELF_RATED
