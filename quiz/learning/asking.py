"""What one step of the answer protocol reads: the question as it was shown, and its lock.

Rows are read as values in one query each, since every answer of every learner comes through here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    BigAutoField,
    CharField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
)

from project.prepared import Parameter, Prepared
from quiz.accounts.models import User
from quiz.facts.models import Citation
from quiz.facts.status import Status
from quiz.learning.days import day_of
from quiz.learning.memory import Grade, State
from quiz.learning.models import Slot
from quiz.learning.remembering import NOTHING, Trace
from quiz.questions.models import Form, QuestionFact, QuestionVersion
from quiz.questions.respond import ORDERED, PAIRED

SEVERAL_FACTS = PAIRED | ORDERED | {Form.SEVERAL_RIGHT.value}
VERSION = (
    "pk", "n", "stem", "options", "expected", "feedback", "state", "fact_revision",
    "question__public_id", "question__form", "question__facet", "question__retired",
    "question__fact_id", "question__fact__revision", "question__fact__status",
    "question__fact__topic_id", "question__fact__topic__slug", "question__fact__topic__title",
    "question__fact__thread__title",
)  # fmt: skip
MEMORY = (
    "m__seq", "m__stability", "m__difficulty", "m__last_rated_day", "m__due_at", "m__rated",
    "m__lapses", "m__recalled_days", "m__self_rated_days", "m__last_recalled_day", "m__last_day",
    "m__last_form", "m__asked_again", "m__revision_seen", "m__last_rating",
)  # fmt: skip
KEY_FACT = (
    "fact__topic__slug", "fact__slug", "fact_id", "facet", "fact__revision", "fact__topic_id",
)  # fmt: skip
SLOT = (
    "pk", "n", "seq", "nonce", "verdict", "own_stem", "attempt_id", "attempt__state",
    "attempt__size", "attempt__question_set__feedback_at_end", "attempt__assignment__closes_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SlotRow:
    pk: int
    n: int
    seq: int
    nonce: str
    verdict: str
    own_stem: str
    attempt: int
    state: str
    size: int
    at_end: bool
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A version as it is shown and graded, with the learner's memory of its first key fact."""

    version: int
    n: int
    stem: str
    options: list[dict[str, Any]]
    expected: dict[str, Any]
    feedback: dict[str, Any]
    is_served: bool
    is_held: bool
    question: str
    form: str
    facet: str
    fact: int
    revision: int
    topic: int
    topic_slug: str
    topic_title: str
    thread: str
    trace: Trace
    has_passage: bool
    slot: SlotRow | None = None
    has_changed: bool = False  # another version has taken the slot since this one was shown

    @property
    def may_be_shown(self) -> bool:
        """A question of an attempt stays in it, but for one that a change has made doubtful."""
        return not self.is_held or bool(self.slot and self.slot.verdict)

    @property
    def is_grave(self) -> bool:
        return bool(self.expected.get("grave"))

    @property
    def has_several_facts(self) -> bool:
        return self.form in SEVERAL_FACTS

    @property
    def seq(self) -> int:
        """The state of the lock."""
        return self.slot.seq if self.slot else self.trace.seq

    @property
    def was_asked_again(self) -> bool:
        if self.slot:
            # Only a request to say it more clearly leaves a slot open after a response.
            return self.slot.seq > 0 and not self.slot.verdict and not self.slot.at_end
        return self.trace.asked_again


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A fact that a question asks: its natural key, facet and the learner's memory of it."""

    key: str
    fact: int
    facet: str
    revision: int
    topic: int
    trace: Trace


def shown_version(learner: User, question: str, n: int) -> Asked | None:
    """The version that a token names."""
    rows = _SHOWN.rows(learner=learner.pk, question=question, n=n)
    return _asked(rows[0], learner) if rows else None


def shown_and_served(
    learner: User, question: str, n: int, following: str
) -> tuple[Asked | None, Asked | None]:
    """The version that a token names, and the current one of another question if it may be shown:
    both in one query.
    """
    rows = _BOTH.rows(learner=learner.pk, question=question, n=n, following=following)
    found = {asked.question: asked for asked in (_asked(row, learner) for row in rows)}
    other = found.get(following)
    return found.get(question), other if other and other.is_served else None


def served_version(learner: User, question: str) -> Asked | None:
    """The current version of a question, if it may be shown now."""
    rows = _CURRENT.rows(learner=learner.pk, question=question)
    asked = _asked(rows[0], learner) if rows else None
    return asked if asked and asked.is_served else None


def slots(learner: User, attempt: str, numbers: Iterable[int] | None = None) -> dict[int, Asked]:
    """Slots of the learner's own attempt with what they ask, by number."""
    rows = Slot.objects.filter(attempt__public_id=attempt, attempt__learner=learner)
    if numbers is not None:
        rows = rows.filter(n__in=list(numbers))
    prefix = "version__"
    rows = _with_memory(rows, learner.pk, prefix)
    columns = [f"{prefix}{name}" for name in VERSION]
    found = {}
    for row in rows.order_by("n").values_list(*columns, *MEMORY, "has_passage", *SLOT):
        asked = _asked(row, learner)
        assert asked.slot is not None
        found[asked.slot.n] = asked
    return found


def key_facts(learner: User, version: int) -> list[KeyFact]:
    """All facts that a version asks, with the learner's memories of them."""
    found: list[KeyFact] = []
    for row in _KEY_FACTS.rows(learner=learner.pk, version=version):
        topic_slug, slug, fact, facet, revision, topic, *memory = row
        trace = trace_of(tuple(memory), learner)
        found.append(KeyFact(f"{topic_slug}/{slug}", fact, facet, revision, topic, trace))
    return found


def trace_of(row: tuple[Any, ...], learner: User) -> Trace:
    """A memory's row, in the order of MEMORY, as a value; all None where there is none."""
    if row[0] is None:
        return NOTHING
    (
        seq, stability, difficulty, last_rated_day, due_at, rated, lapses, recalled_days,
        self_rated_days, last_recalled_day, last_day, last_form, asked_again, revision_seen,
        last_rating,
    ) = row  # fmt: skip
    due_day = day_of(due_at, ZoneInfo(learner.time_zone), learner.day_start) if due_at else None
    state = None
    if stability is not None and last_rated_day is not None:
        wait = (due_day - last_rated_day).days if due_day else 0
        state = State(stability, difficulty, last_rated_day, max(0, wait))
    return Trace(
        seq=seq,
        state=state,
        due_day=due_day,
        last_grade=Grade(last_rating) if last_rating else None,
        rated=rated,
        lapses=lapses,
        recalled_days=recalled_days,
        self_rated_days=self_rated_days,
        last_recalled_day=last_recalled_day,
        last_day=last_day,
        last_form=last_form,
        asked_again=asked_again,
        revision_seen=revision_seen,
    )


def _with_memory(rows: QuerySet[Any], learner: object, prefix: str) -> QuerySet[Any]:
    memories = f"{prefix}question__fact__memories"
    is_same = Q(
        **{f"{memories}__learner": learner, f"{memories}__facet": F(f"{prefix}question__facet")}
    )
    passage = Citation.objects.filter(fact=OuterRef(f"{prefix}question__fact"))
    found: QuerySet[Any, Any] = rows.annotate(
        m=FilteredRelation(memories, condition=is_same),
        has_passage=Exists(passage.exclude(source__text="")),
    )
    return found


def _key_facts() -> QuerySet[Any, Any]:
    is_same = Q(
        fact__memories__learner=Parameter("learner", BigAutoField()),
        fact__memories__facet=F("facet"),
    )
    version = Parameter("version", BigAutoField())
    rows = QuestionFact.objects.filter(version=version, role=QuestionFact.Role.KEY)
    rows = rows.annotate(m=FilteredRelation("fact__memories", condition=is_same))
    return rows.order_by("fact_id").values_list(*KEY_FACT, *MEMORY)


def _versions(*questions: Parameter) -> QuerySet[Any, Any]:
    named = QuestionVersion.objects.filter(question__public_id__in=questions)
    rows = _with_memory(named.order_by(), Parameter("learner", BigAutoField()), "")
    return rows.values_list(*VERSION, *MEMORY, "has_passage")


def _shown_and_served() -> QuerySet[Any, Any]:
    is_shown = Q(question__public_id=_QUESTION, n=_N)
    is_next = Q(question__public_id=_FOLLOWING) & _IS_CURRENT
    return _versions(_QUESTION, _FOLLOWING).filter(is_shown | is_next)


_QUESTION, _FOLLOWING = Parameter("question", CharField()), Parameter("following", CharField())
_N = Parameter("n", IntegerField())
_IS_CURRENT = ~Q(state=QuestionVersion.State.REPLACED)
_KEY_FACTS = Prepared(_key_facts)
_SHOWN = Prepared(lambda: _versions(_QUESTION).filter(n=_N))
_CURRENT = Prepared(lambda: _versions(_QUESTION).filter(_IS_CURRENT))
_BOTH = Prepared(_shown_and_served)


def _asked(row: tuple[Any, ...], learner: User) -> Asked:
    ends = len(VERSION), len(VERSION) + len(MEMORY)
    (
        version, n, stem, options, expected, feedback, state, fact_revision, question, form, facet,
        retired, fact, revision, status, topic, topic_slug, topic_title, thread,
    ) = row[: ends[0]]  # fmt: skip
    slot = _slot(row[ends[1] + 1 :])
    return Asked(
        version=version,
        n=n,
        stem=slot.own_stem if slot and slot.own_stem else stem,
        options=options,
        expected=expected,
        feedback=feedback,
        is_served=(
            state == QuestionVersion.State.SERVED
            and fact_revision == revision
            and not retired
            and Status(status).is_askable
        ),
        is_held=state in {QuestionVersion.State.STALE, QuestionVersion.State.HELD},
        question=question,
        form=form,
        facet=facet,
        fact=fact,
        revision=revision,
        topic=topic,
        topic_slug=topic_slug,
        topic_title=topic_title,
        thread=thread,
        trace=trace_of(row[ends[0] : ends[1]], learner),
        has_passage=row[ends[1]],
        slot=slot,
    )


def _slot(row: tuple[Any, ...]) -> SlotRow | None:
    if not row:
        return None
    pk, n, seq, nonce, verdict, own_stem, attempt, state, size, at_end, closes_at = row
    return SlotRow(
        pk, n, seq, nonce, verdict, own_stem, attempt, state, size, bool(at_end), closes_at
    )
