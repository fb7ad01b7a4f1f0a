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
    Due,
    answered_on,
    askable_facts,
    candidates_of,
    day_now,
    due_facets,
    fresh_candidates,
    fresh_room,
    met_on,
    reviewed_on,
)
from quiz.learning.days import day_of, start_of
from quiz.learning.memory import retrievability
from quiz.learning.models import Memory
from quiz.learning.offering import asked_and_told, offers_again
from quiz.learning.queue import TYPED, Candidate, Pick, asked_by, choose, filled, spares
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
    picks = _planned(
        learner, now, due, fresh, size=size, most_fresh=size, forms=forms, salt=topic.slug
    )
    return rounds.start(kind, [pick.offer.question for pick in picks], topic.slug)


def plan_review(learner: User, now: datetime) -> Round:
    """What is left of the day's review over all topics begun, with a few new facts."""
    picks, _ = _picks_of_day(learner, now)
    return rounds.start(Kind.REVIEW, [pick.offer.question for pick in picks])


def _picks_of_day(learner: User, now: datetime) -> tuple[list[Pick], set[tuple[int, str]]]:
    """What the day still holds, and which of its facets were missed last time.

    A day holds DAY_SIZE questions at most, those counted that were reviewed in it already.
    """
    day = day_now(learner, now)
    left = max(0, DAY_SIZE - reviewed_on(learner, day))
    due = due_facets(learner, now, left)
    topic = latest_topic(learner)
    room = fresh_room(left - min(left, len(due)), met=met_on(learner, day))
    fresh = fresh_candidates(learner, topic, now, room, forms=_is_graded) if topic and room else []
    picks = _planned(
        learner, now, due, fresh, size=left, most_fresh=room,
        forms=_is_graded, salt="review", earlier=answered_on(learner, day),
    )  # fmt: skip
    return picks, {(row.fact, row.facet) for row in due if row.is_missed}


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
        if len({row.fact for row in wanted}) >= number * 2:
            break
    picks = _planned(
        learner, now, [], wanted, size=number, most_fresh=number, forms=_is_graded, salt="quiz"
    )
    return [pick.offer.question for pick in picks]


def plan_of_day(learner: User, now: datetime, *, days_ahead: int = 0) -> DayPlan:
    """What the rest of the learner's day holds, or a later day if nothing comes in between."""
    at = now
    if days_ahead:
        zone = ZoneInfo(learner.time_zone)
        day = day_now(learner, now) + timedelta(days=days_ahead)
        at = start_of(day, zone, learner.day_start)
    picks, missed = _picks_of_day(learner, at)
    new = [pick.candidate.fact for pick in picks if pick.candidate.is_new]
    again = [(pick.candidate.fact, pick.candidate.facet) for pick in picks]
    titles = Fact.objects.filter(pk__in=new).order_by("thread__position")
    return DayPlan(
        len(picks) - len(new),
        len(missed.intersection(again)),
        len(new),
        tuple(dict.fromkeys(titles.values_list("thread__title", flat=True))) if new else (),
    )


def next_words(learner: User, now: datetime, tomorrow: DayPlan | None = None) -> str:
    """“tomorrow, 7 questions”; empty where nothing will come. `tomorrow`: if planned already."""
    found = _next_day(learner, now, tomorrow or plan_of_day(learner, now, days_ahead=1))
    if found is None:
        return ""
    days, count = found
    when = {0: "later today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"{when}, {count} question{'' if count == 1 else 's'}"


def _next_day(learner: User, now: datetime, tomorrow: DayPlan) -> tuple[int, int] | None:
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
    due: Sequence[Due],
    fresh: Sequence[Candidate],
    *,
    size: int,
    most_fresh: int,
    forms: Callable[[str], bool],
    salt: str,
    earlier: Sequence[str] = (),
) -> list[Pick]:
    """The questions in order; what `earlier` ones have told today waits for another day."""
    day = day_of(now, ZoneInfo(learner.time_zone), learner.day_start)
    again = offers_again({row.fact for row in due}, forms)
    old = [
        Candidate(
            row.fact,
            row.facet,
            tuple(again.get(row.fact, {}).get(row.facet, ())),
            row.state.stability if row.state else None,
            retrievability(row.state, day),
            row.rated,
            row.last_form,
        )
        for row in due
    ]
    rng = _rng(learner, now, salt)
    picks = choose(old, fresh, size=size, most_fresh=most_fresh, rng=rng, forms=forms)
    # New facts stand in only where a round may hold any number of them.
    waiting = spares([*old, *(fresh if most_fresh >= size else ())], picks, rng=rng, forms=forms)
    asks, tells = asked_and_told([*earlier, *(pick.offer.question for pick in (*picks, *waiting))])
    told = frozenset[int]().union(*(tells.get(question, ()) for question in earlier))
    picks = [pick for pick in picks if not asked_by(pick, asks) & told]
    waiting = [pick for pick in waiting if not asked_by(pick, asks) & told]
    return filled(picks, waiting, asks, tells)


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
