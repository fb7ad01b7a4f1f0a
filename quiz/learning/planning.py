"""Plans rounds, reviews and quizzes from what a learner remembers and what a topic offers.

Every function makes a constant number of queries, and reads no more rows than a plan can use.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from quiz.accounts.models import User
from quiz.facts.models import Fact, Topic
from quiz.facts.status import Status
from quiz.learning import rounds
from quiz.learning.days import day_of, start_of
from quiz.learning.memory import Grade, State, retrievability
from quiz.learning.models import Memory
from quiz.learning.offering import asked_and_told, asking_uses, offers_again, offers_of
from quiz.learning.queue import TYPED, Candidate, choose, ordered
from quiz.learning.rating import SELF_RATED
from quiz.learning.rounds import Kind, Round
from quiz.questions.models import Question, QuestionFact

FIRST_SIZE = 5
ROUND_SIZE = 10
DAY_SIZE = 12
DAY_FRESH = 4
SPARE = 3  # candidates read for each that is needed
ASKABLE = [status for status in Status if status.is_askable]


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
    due = _due(learner, now, size, topic=topic, threads=threads, cards_too=is_cards)
    fresh = _fresh(learner, topic, now, size, threads=threads)
    forms = _is_tapped if kind is Kind.FIRST else _is_graded
    if is_cards:
        forms = _is_card
    questions = _planned(
        learner, now, due, fresh, size=size, most_fresh=size, forms=forms, salt=topic.slug
    )
    return rounds.start(kind, questions, topic.slug)


def plan_review(learner: User, now: datetime) -> Round:
    """The day's review over all topics the learner has begun, with a few new facts."""
    due = _due(learner, now, DAY_SIZE)
    topic = latest_topic(learner)
    room = _fresh_room(len(due), met=_met_on(learner, _day(learner, now)))
    fresh = _fresh(learner, topic, now, room) if topic and room else []
    questions = _planned(
        learner, now, due, fresh, size=DAY_SIZE, most_fresh=room,
        forms=_is_graded, salt="review",
    )  # fmt: skip
    return rounds.start(Kind.REVIEW, questions)


def plan_quiz(
    learner: User, topic: Topic, now: datetime, *, number: int, threads: Sequence[str] = ()
) -> list[str]:
    """Questions for a quiz: of the topic's facts at random, met or not, core facts first."""
    facts = list(
        _askable_facts(learner, topic, threads)
        .filter(Exists(_served().filter(fact=OuterRef("pk")).exclude(form__in=SELF_RATED)))
        .values_list("pk", "importance")
    )
    rng = _rng(learner, now, f"{topic.slug} quiz {now.isoformat()}")
    rng.shuffle(facts)
    facts.sort(key=lambda row: row[1] > 1)
    wanted = [fact for fact, _ in facts[: number * SPARE]]
    return _planned(
        learner, now, [], wanted, size=number, most_fresh=number,
        forms=_is_graded, salt="quiz", is_unmet_only=False,
    )  # fmt: skip


def plan_of_day(learner: User, now: datetime, *, days_ahead: int = 0) -> DayPlan:
    """What is due by the end of the learner's day (or a later one), and what will be new."""
    zone = ZoneInfo(learner.time_zone)
    day = _day(learner, now) + timedelta(days=days_ahead)
    at = start_of(day, zone, learner.day_start) if days_ahead else now
    memories = _memories(learner, at)
    due = memories.count()
    missed = memories.filter(last_rating=Grade.AGAIN).count() if due else 0
    topic = latest_topic(learner)
    room = _fresh_room(min(due, DAY_SIZE), met=0 if days_ahead else _met_on(learner, day))
    fresh = _fresh(learner, topic, at, room)[:room] if topic and room else []
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
    fresh: Sequence[int],
    *,
    size: int,
    most_fresh: int,
    forms: Callable[[str], bool],
    salt: str,
    is_unmet_only: bool = True,
) -> list[str]:
    day = day_of(now, ZoneInfo(learner.time_zone), learner.day_start)
    again = offers_again({row[0] for row in due}, forms)
    offers = offers_of(fresh, forms)
    met: set[tuple[int, str]] = set()
    if is_unmet_only:
        rows = Memory.objects.filter(learner=learner, fact__in=fresh)
        met = set(rows.values_list("fact", "facet"))
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
    new = [
        Candidate(fact, facet, tuple(found))
        for fact in fresh
        for facet, found in offers.get(fact, {}).items()
        if (fact, facet) not in met
    ]
    picks = choose(
        old, new, size=size, most_fresh=most_fresh, rng=_rng(learner, now, salt), forms=forms
    )
    return ordered(picks, *asked_and_told(pick.offer.question for pick in picks))


def _memories(
    learner: User, now: datetime, *, topic: Topic | None = None, cards_too: bool = False
) -> QuerySet[Memory]:
    """What is due, each fact once a day, the most nearly forgotten first."""
    zone = ZoneInfo(learner.time_zone)
    today = day_of(now, zone, learner.day_start)
    rows = Memory.objects.due_for(learner, now).filter(fact__status__in=ASKABLE)
    asking = asking_uses(
        QuestionFact.objects.filter(fact=OuterRef("fact"), facet=OuterRef("facet"))
    )
    if not cards_too:
        asking = asking.exclude(version__question__form__in=SELF_RATED)
    rows = rows.exclude(last_day=today).filter(Exists(asking)).order_by("due_at", "fact")
    if topic is not None:
        rows = rows.filter(topic=topic)
    if learner.leave_out_grave:
        rows = rows.filter(fact__grave=False)
    return rows


def _due(
    learner: User,
    now: datetime,
    size: int,
    *,
    topic: Topic | None = None,
    threads: Sequence[str] = (),
    cards_too: bool = False,
) -> list[tuple[int, str, State | None, int, str]]:
    rows = _memories(learner, now, topic=topic, cards_too=cards_too)
    if threads:
        rows = rows.filter(fact__thread__slug__in=threads)
    values = rows.values_list(
        "fact", "facet", "stability", "difficulty", "last_rated_day", "rated", "last_form"
    )
    due = []
    for fact, facet, stability, difficulty, last_day, rated, last_form in values[: size * 2]:
        state = None
        if stability is not None and last_day is not None:
            state = State(stability, difficulty or 5.0, last_day, 0)
        due.append((fact, facet, state, rated, last_form))
    return due


def _fresh(
    learner: User, topic: Topic, now: datetime, size: int, *, threads: Sequence[str] = ()
) -> list[int]:
    """Facts with something not met yet: core first, one thread at a time, in the story's order.

    A fact that was met returns with another facet after the new facts of its importance, and
    never on a day on which it was asked.
    """
    if size <= 0:
        return []
    met = Memory.objects.filter(learner=learner, fact=OuterRef("pk"))
    same = Memory.objects.filter(learner=learner, fact=OuterRef("fact"), facet=OuterRef("facet"))
    facts = (
        _askable_facts(learner, topic, threads)
        .filter(
            Exists(_served().filter(~Exists(same), fact=OuterRef("pk"))),
            ~Exists(met.filter(last_day=_day(learner, now))),
        )
        .annotate(is_met=Exists(met))
        .order_by("importance", "is_met", "thread__position", "pk")
        .values_list("pk", flat=True)
    )
    return list(facts[: size * SPARE])


def _askable_facts(learner: User, topic: Topic, threads: Sequence[str]) -> QuerySet[Fact]:
    facts: QuerySet[Fact] = Fact.objects.filter(topic=topic, status__in=ASKABLE, not_asked="")
    if threads:
        facts = facts.filter(thread__slug__in=threads)
    if learner.leave_out_grave:
        facts = facts.filter(grave=False)
    return facts


def _served() -> QuerySet[Question]:
    return Question.objects.served().filter(owner=None)


def _fresh_room(due: int, met: int) -> int:
    """How many new facts fit into a day with `due` reviews in which `met` were new already."""
    return max(0, min(DAY_FRESH - met, DAY_SIZE - due))


def _met_on(learner: User, day: date) -> int:
    """How many facts the learner met for the first time on that day."""
    first_met = Memory.objects.filter(learner=learner, last_day=day, rated__lte=1)
    return first_met.values("fact").distinct().count()


def _day(learner: User, now: datetime) -> date:
    return day_of(now, ZoneInfo(learner.time_zone), learner.day_start)


def _rng(learner: User, now: datetime, salt: str) -> Random:
    day = _day(learner, now)
    # Not for secrets: a plan that is the same when it is made again on the same day.
    return Random(f"{learner.public_id} {day} {salt}")  # noqa: S311


def _is_graded(form: str) -> bool:
    return form not in SELF_RATED


def _is_tapped(form: str) -> bool:
    return form not in TYPED | SELF_RATED


def _is_card(form: str) -> bool:
    return form in SELF_RATED
