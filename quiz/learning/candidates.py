"""What could be asked of a learner now: what has come due, and what was not met yet."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from quiz.accounts.models import User
from quiz.facts.models import Fact, Topic
from quiz.facts.status import Status
from quiz.learning.days import day_of, start_of
from quiz.learning.memory import Grade, retrievability, state_of
from quiz.learning.models import Answer, BegunReview, Memory, Recall
from quiz.learning.offering import asking_uses, offers_again, offers_of
from quiz.learning.queue import Candidate
from quiz.learning.rating import SELF_RATED
from quiz.learning.tokens import MAX_AGE
from quiz.questions.grading import Verdict
from quiz.questions.models import Question, QuestionFact

DAY_SIZE = 12
DAY_FRESH = 4
SPARE = 3  # candidates read for each that is needed
MOST_PORTIONS = 5
ASKABLE = [status for status in Status if status.is_askable]


def due_memories(
    learner: User, now: datetime, *, topic: Topic | None = None, cards_too: bool = False
) -> QuerySet[Memory]:
    """What is due and was not asked today, the most nearly forgotten first."""
    rows = _asked_again(learner, Memory.objects.due_for(learner, now), cards_too=cards_too)
    rows = rows.exclude(last_day=day_now(learner, now)).order_by("due_at", "fact", "facet")
    return rows.filter(topic=topic) if topic is not None else rows


def next_due_at(learner: User, now: datetime) -> datetime | None:
    """When the next review comes due after now."""
    later = Memory.objects.filter(learner=learner, due_at__gt=now)
    rows = _asked_again(learner, later).order_by("due_at")
    return rows.values_list("due_at", flat=True).first()


def _asked_again(
    learner: User, memories: QuerySet[Memory], *, cards_too: bool = False
) -> QuerySet[Memory]:
    """Those of the memories that some question asks which may be shown to the learner."""
    asking = asking_uses(
        QuestionFact.objects.filter(fact=OuterRef("fact"), facet=OuterRef("facet"))
    )
    if not cards_too:
        asking = asking.exclude(version__question__form__in=SELF_RATED)
    rows = memories.filter(Exists(asking), fact__status__in=ASKABLE).exclude(due_at=None)
    return rows.filter(fact__grave=False) if learner.leave_out_grave else rows


def due_candidates(
    learner: User,
    now: datetime,
    size: int,
    *,
    forms: Callable[[str], bool],
    topic: Topic | None = None,
    threads: Sequence[str] = (),
    cards_too: bool = False,
) -> list[Candidate]:
    """What is due, the most nearly forgotten first; more than needed, for some must wait."""
    rows = due_memories(learner, now, topic=topic, cards_too=cards_too)
    if threads:
        rows = rows.filter(fact__thread__slug__in=threads)
    values = rows.values_list(
        "fact", "facet", "stability", "difficulty", "last_rated_day", "rated", "last_form",
        "last_rating",
    )  # fmt: skip
    due = list(values[: size * SPARE])
    offers = offers_again({row[0] for row in due}, forms)
    day = day_now(learner, now)
    return [
        Candidate(
            fact,
            facet,
            tuple(offers.get(fact, {}).get(facet, ())),
            stability,
            retrievability(state_of(stability, difficulty, last_rated_day), day),
            rated,
            last_form,
            is_missed=last_rating == Grade.AGAIN,
        )
        for fact, facet, stability, difficulty, last_rated_day, rated, last_form, last_rating in due
    ]


def fresh_candidates(
    learner: User,
    topic: Topic,
    now: datetime,
    size: int,
    *,
    forms: Callable[[str], bool],
    threads: Sequence[str] = (),
) -> list[Candidate]:
    """What was not met yet: core first, one thread at a time, in the story's order.

    A fact that was met returns with another facet after the new facts of its importance, and
    never on a day on which it was asked. A few facts more than needed are read, in portions,
    since not every fact has a question in these forms.
    """
    met = met_by(learner).filter(fact=OuterRef("pk"))
    unmet = (
        askable_facts(learner, topic, threads)
        .filter(~Exists(met))
        .order_by("importance", "thread__position", "pk")
    )
    again = _met_in_part(learner, topic, now, size, threads) if size > 0 else []
    found: list[Candidate] = []
    portion = max(0, size) * SPARE
    for start in range(0, portion * MOST_PORTIONS, portion or 1):
        rows = list(
            unmet[start : start + portion].values_list("importance", "thread__position", "pk")
        )
        order = sorted(
            [((importance, False, place, fact), fact) for importance, place, fact in rows]
            + ([((row[0], True, *row[1:]), row[2]) for row in again] if start == 0 else [])
        )
        facts = list(dict.fromkeys(fact for _, fact in order))
        found += candidates_of(facts, forms, unmet_by=learner)
        if len({row.fact for row in found}) >= size or len(rows) < portion:
            break
    return found


def _met_in_part(
    learner: User, topic: Topic, now: datetime, size: int, threads: Sequence[str]
) -> list[tuple[int, int, int]]:
    """Facts that were met, not today, and have a facet that was not: as they are ordered."""
    same = met_by(learner).filter(fact=OuterRef("fact"), facet=OuterRef("facet"))
    mine = met_by(learner).filter(topic=topic)
    today = mine.filter(last_day=day_now(learner, now))
    rows = (
        Question.objects.filter(~Exists(same), owner=None, retired=False)
        .filter(fact__in=mine.values("fact"))
        .exclude(fact__in=today.values("fact"))
        .filter(fact__in=askable_facts(learner, topic, threads))
        .order_by("fact__importance", "fact__thread__position", "fact")
        .values_list("fact__importance", "fact__thread__position", "fact")
        .distinct()
    )
    return list(rows[: size * SPARE])


def candidates_of(
    facts: Sequence[int], forms: Callable[[str], bool], *, unmet_by: User | None = None
) -> list[Candidate]:
    """The facets of these facts that have questions; those already met left out."""
    offers = offers_of(facts, forms)
    met: set[tuple[int, str]] = set()
    if unmet_by is not None:
        rows = met_by(unmet_by).filter(fact__in=facts)
        met = set(rows.values_list("fact", "facet"))
    return [
        Candidate(fact, facet, tuple(found))
        for fact in facts
        for facet, found in offers.get(fact, {}).items()
        if (fact, facet) not in met
    ]


def met_by(learner: User) -> QuerySet[Memory]:
    """What was answered at least once: to be asked to say it more clearly is no answer yet."""
    return Memory.objects.filter(learner=learner).exclude(due_at=None)


def askable_facts(learner: User, topic: Topic, threads: Sequence[str]) -> QuerySet[Fact]:
    facts = askable_by(learner).filter(topic=topic)
    if threads:
        facts = facts.filter(thread__slug__in=threads)
    return facts


def askable_by(learner: User | None) -> QuerySet[Fact]:
    """The facts that somebody may be asked, who may have left the grave ones out."""
    facts: QuerySet[Fact] = Fact.objects.filter(status__in=ASKABLE, not_asked="")
    return facts.filter(grave=False) if learner and learner.leave_out_grave else facts


def begun_on(learner: User, day: date) -> list[str] | None:
    """The questions of the day's review as it was begun; None where it was not begun yet."""
    rows = BegunReview.objects.filter(learner=learner, day=day)
    return rows.values_list("questions", flat=True).first()


def fresh_again(
    learner: User, questions: Collection[str], *, forms: Callable[[str], bool]
) -> list[Candidate]:
    """What of these questions' facts was not met yet, whatever topic is learned now."""
    own = Question.objects.filter(public_id__in=questions).values("fact")
    facts = askable_by(learner).filter(pk__in=own).order_by("pk")
    return candidates_of(list(facts.values_list("pk", flat=True)), forms, unmet_by=learner)


def answered_on(learner: User, day: date) -> list[str]:
    """The questions that the learner answered on that day."""
    begun = start_of(day, ZoneInfo(learner.time_zone), learner.day_start)
    # By the time of showing, which the index knows; none is answered later than a token lives.
    shown = Answer.objects.filter(learner=learner, presented_at__gte=begun - MAX_AGE)
    rows = shown.filter(answered_at__gte=begun, try_no__gt=0)
    return list(rows.values_list("version__question__public_id", flat=True).distinct())


def asked_on(learner: User, day: date) -> tuple[int, int]:
    """How many facts were asked on that day: again, and for the first time."""
    today = Memory.objects.filter(learner=learner, last_day=day)
    earlier = Recall.objects.filter(learner=learner, fact=OuterRef("pk"), day__lt=day)
    was_met = Exists(earlier.exclude(verdict=Verdict.ASK_AGAIN))
    facts = Fact.objects.filter(pk__in=today.values("fact")).annotate(was_met=was_met)
    met = list(facts.order_by().values_list("was_met", flat=True))
    return sum(met), len(met) - sum(met)


def day_now(learner: User, now: datetime) -> date:
    return day_of(now, ZoneInfo(learner.time_zone), learner.day_start)
