"""Plans rounds, reviews and quizzes from what a learner remembers and what a topic offers.

Every function makes a constant number of queries, and reads no more rows than a plan can use.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from quiz.accounts.models import User
from quiz.facts.models import Fact, Topic
from quiz.learning import rounds
from quiz.learning.candidates import (
    DAY_FRESH,
    DAY_SIZE,
    SPARE,
    answered_on,
    askable_facts,
    asked_on,
    begun_on,
    candidates_of,
    day_now,
    due_candidates,
    fresh_again,
    fresh_candidates,
    next_due_at,
)
from quiz.learning.days import start_of
from quiz.learning.filling import Telling, choices, filled, still_open
from quiz.learning.models import Memory
from quiz.learning.offering import asked_and_told
from quiz.learning.queue import TYPED, Candidate, Forms, Pick, choose, not_self_rated
from quiz.learning.rating import SELF_RATED
from quiz.learning.rounds import Kind, Round

FIRST_SIZE = 5
ROUND_SIZE = 10


def _is_tapped(form: str) -> bool:
    return form not in TYPED | SELF_RATED


def _is_card(form: str) -> bool:
    return form in SELF_RATED


FORMS_OF = {Kind.FIRST: _is_tapped, Kind.CARDS: _is_card}


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What a day holds: `missed` were wrong last time, `fresh` are new, from these threads."""

    due: int
    missed: int
    fresh: int
    threads: tuple[str, ...] = ()
    facts: frozenset[int] = frozenset()

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
    forms = FORMS_OF.get(kind, not_self_rated)
    due = due_candidates(
        learner, now, size, forms=forms, topic=topic, threads=threads, cards_too=kind is Kind.CARDS
    )
    fresh = fresh_candidates(learner, topic, now, size, forms=forms, threads=threads)
    rng = _rng(learner, now, topic.slug)
    answered = answered_on(learner, day_now(learner, now))
    picks = _together(due + fresh, size=size, rng=rng, forms=forms, answered=answered)
    return rounds.start(kind, [pick.offer.question for pick in picks], topic.slug)


def plan_review(learner: User, now: datetime) -> Round:
    """What is left of the day's review over all topics begun, with a few new facts."""
    picks = _picks_of_day(learner, now)
    return rounds.start(Kind.REVIEW, [pick.offer.question for pick in picks])


def _picks_of_day(learner: User, now: datetime) -> list[Pick]:
    """What the day still holds: DAY_SIZE questions at most, those of them new that fit in.

    Once begun it holds what is left of it. Of that what cannot be asked any more, since another
    answer told it, gives its place to another question.
    """
    day = day_now(learner, now)
    again, met = asked_on(learner, day)
    begun, answered = begun_on(learner, day), answered_on(learner, day)
    due = due_candidates(learner, now, DAY_SIZE, forms=not_self_rated)
    candidates = due + _fresh_of_day(learner, now, begun or ())
    rng = _rng(learner, now, "review")
    size, most_fresh = max(0, DAY_SIZE - again), max(0, DAY_FRESH - met)
    if begun is None:
        picks = choose(candidates, size=size, most_fresh=most_fresh, rng=rng)
    else:
        picks = _picks_of(begun, candidates)
        most_fresh = max(most_fresh, sum(pick.candidate.is_new for pick in picks))
    wanted = choices(picks, candidates, rng=rng)
    telling = _telling(wanted, answered, begun or ())
    if begun is not None:
        size = len(still_open(begun, answered, telling))
    return filled(wanted, telling, size=size, most_fresh=most_fresh)


def _fresh_of_day(learner: User, now: datetime, begun: Sequence[str]) -> list[Candidate]:
    """New facts of the day that was begun, then of the topic learned last."""
    fresh = fresh_again(learner, begun, forms=not_self_rated) if begun else []
    topic = latest_topic(learner)
    if topic is not None:
        more = fresh_candidates(learner, topic, now, DAY_FRESH, forms=not_self_rated)
        fresh += [candidate for candidate in more if candidate not in fresh]
    return fresh


def plan_quiz(
    learner: User, topic: Topic, now: datetime, *, number: int, threads: Sequence[str] = ()
) -> list[str]:
    """Questions for a quiz: of the topic's facts at random, met or not, core facts first."""
    facts = list(askable_facts(learner, topic, threads).values_list("pk", "importance"))
    rng = _rng(learner, now, f"{topic.slug} quiz {now.isoformat()}")
    rng.shuffle(facts)
    facts.sort(key=lambda row: row[1] > 1)
    candidates: list[Candidate] = []
    for start in range(0, len(facts), number * SPARE):
        chunk = [fact for fact, _ in facts[start : start + number * SPARE]]
        candidates += candidates_of(chunk, not_self_rated)
        if len({row.fact for row in candidates}) >= number * 2:
            break
    picks = _together(candidates, size=number, rng=rng)
    return [pick.offer.question for pick in picks]


def plan_of_day(learner: User, now: datetime, *, days_ahead: int = 0) -> DayPlan:
    """What the rest of the learner's day holds, or a later day if nothing comes in between."""
    at = now
    if days_ahead:
        zone = ZoneInfo(learner.time_zone)
        day = day_now(learner, now) + timedelta(days=days_ahead)
        at = start_of(day, zone, learner.day_start)
    picks = _picks_of_day(learner, at)
    new = [pick.candidate.fact for pick in picks if pick.candidate.is_new]
    titles = Fact.objects.filter(pk__in=new).order_by("thread__position")
    return DayPlan(
        len(picks) - len(new),
        sum(pick.candidate.is_missed for pick in picks),
        len(new),
        tuple(dict.fromkeys(titles.values_list("thread__title", flat=True))) if new else (),
        frozenset(pick.candidate.fact for pick in picks),
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
    due_at = next_due_at(learner, now)
    count = plan_of_day(learner, due_at).total if due_at else 0
    if due_at is None or not count:
        return None
    return (day_now(learner, due_at) - day_now(learner, now)).days, count


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


def _together(
    candidates: Sequence[Candidate],
    *,
    size: int,
    rng: Random,
    forms: Forms = not_self_rated,
    answered: Sequence[str] = (),
) -> list[Pick]:
    """As many of these as may stand in one plan, any number of them new.

    What was told today comes only where there is nothing else: who asks for more is asked.
    """
    picks = choose(candidates, size=size, most_fresh=size, rng=rng, forms=forms)
    wanted = choices(picks, candidates, rng=rng, forms=forms)
    telling = _telling(wanted, answered)
    wanted = [tuple(sorted(picks, key=telling.is_told)) for picks in wanted]
    wanted.sort(key=lambda picks: telling.is_told(picks[0]))
    return filled(wanted, replace(telling, today=frozenset()), size=size, most_fresh=size)


def _picks_of(questions: Sequence[str], candidates: Sequence[Candidate]) -> list[Pick]:
    """These questions in their order, as far as they may still be asked."""
    found = {
        offer.question: Pick(candidate, offer)
        for candidate in reversed(candidates)
        for offer in candidate.offers
    }
    return [found[question] for question in questions if question in found]


def _telling(
    wanted: Sequence[Sequence[Pick]], answered: Sequence[str] = (), begun: Sequence[str] = ()
) -> Telling:
    questions = {pick.offer.question for picks in wanted for pick in picks}
    asks, tells = asked_and_told(questions.union(answered, begun))
    today = frozenset[int]().union(*(tells.get(question, ()) for question in answered))
    return Telling(asks, tells, today)


def _rng(learner: User, now: datetime, salt: str) -> Random:
    day = day_now(learner, now)
    # Not for secrets: a plan that is the same when it is made again on the same day.
    return Random(f"{learner.public_id} {day} {salt}")  # noqa: S311
