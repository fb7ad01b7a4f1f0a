"""Storing what the engine proposes, and holding back what an edit has made doubtful."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from quiz.facts import models as facts_models
from quiz.facts.base import Fact
from quiz.facts.near import about_the_same
from quiz.facts.snapshot import snapshot
from quiz.questions.engine import Audited, propose_for
from quiz.questions.items import Held, digest_of
from quiz.questions.models import Facet, Form, Question, QuestionFact, QuestionVersion
from quiz.questions.rules import TYPED
from quiz.questions.touching import Touched, touched
from quiz.questions.world import World

SEED: int = settings.QUIZ_SEED
FACTS_A_BATCH = 250
# Of these kinds of fact the answer is a name.
NAMED = (facts_models.Fact.Kind.IDENTITY, facts_models.Fact.Kind.STATEMENT)
State = QuestionVersion.State
Key = tuple[int, str, str, str]


@dataclass
class Summary:
    """What a run did, counted by form; `reasons` says why a form was not offered or held back."""

    facts: int = 0
    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    retired: Counter[str] = field(default_factory=Counter)
    blocked: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def stored(self) -> int:
        return self.new.total() + self.changed.total() + self.unchanged.total()


@dataclass(frozen=True, slots=True)
class _Current:
    """A stored question with its current version, as far as comparing needs it."""

    question: int
    form: str
    retired: bool
    version: int | None = None
    n: int = 0
    digest: str = ""
    state: str = ""
    held_by: str = ""
    warnings: str = ""
    fact_revision: int = 0


def generate_questions(
    *,
    topic: facts_models.Topic,
    now: datetime,
    seed: int = SEED,
    facts: Collection[str] | None = None,
    before: Collection[Fact] = (),
    alone: Collection[str] = (),
    names: Collection[str] = (),
    unheard: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Make the topic's questions anew and store what differs; safe to repeat and to interrupt.

    With `facts` (their keys), only what their change can touch is made again; `before` are those
    facts as they were. `alone` are made again and touch nothing else; `names` are those that an
    entity has besides, `unheard` where no text has one of them, so that only what is typed is made
    again. `progress` is told the facts done and their number.

    Where facts change meanwhile, what was made of them as they were is made anew before it is
    stored.
    """
    summary = Summary()
    done: set[str] = set()
    while True:
        state = _state_of(topic)
        base = snapshot(topic)
        world = World(base, seed)
        rows = facts_models.Fact.objects.filter(topic=topic).order_by()
        pks = {f"{topic.slug}/{slug}": pk for slug, pk in rows.values_list("slug", "pk")}
        touch: Mapping[str, Collection[str]] = dict.fromkeys(base.facts, ())
        if facts is not None:
            again = Touched(touched(world, facts, before, names, unheard=unheard))
            again.add(() if unheard else alone)
            for key, form in _stale(topic):
                again.add([key], frozenset({form}))
            touch = again.forms
        for batch in batched(sorted(touch.keys() - done), FACTS_A_BATCH):
            found = [
                _Made(pks[key], base.facts[key], touch[key],
                      list(propose_for(base.facts[key], world, touch[key])))
                for key in batch
            ]  # fmt: skip
            with transaction.atomic():
                if _state_of(topic, is_locked=True) != state:
                    break
                _store(found, pks, now, summary)
            done.update(batch)
            summary.facts += len(batch)
            if progress is not None:
                progress(summary.facts, len(touch.keys() | done))
        else:
            return summary


def _state_of(topic: facts_models.Topic, *, is_locked: bool = False) -> int:
    """Which state the topic's facts are in; locked, they stay in it until the transaction ends."""
    topics = facts_models.Topic.objects
    rows = topics.locked() if is_locked else topics.order_by()
    return rows.values_list("changes", flat=True).get(pk=topic.pk)


def _stale(topic: facts_models.Topic) -> Iterator[tuple[str, str]]:
    """The (fact, form) of the topic's questions held as stale: work an edit left behind."""
    # In two steps: as one, the database reads every question of the topic for a handful of stale.
    stale = QuestionVersion.objects.filter(state=State.STALE).order_by()
    for questions in batched(stale.values_list("question", flat=True), 1000):
        asked = Question.objects.filter(
            pk__in=questions,
            fact__topic=topic,
            origin=Question.Origin.GENERATED,
            retired=False,
        )
        for slug, form in asked.order_by().values_list("fact__slug", "form"):
            yield f"{topic.slug}/{slug}", form


@dataclass(frozen=True, slots=True)
class _Made:
    """What was proposed for a fact; forms: the only ones that were asked for, none for all."""

    pk: int
    fact: Fact
    forms: Collection[str]
    proposals: list[Audited | Held]


def _store(
    found: list[_Made],
    pks: dict[str, int],
    now: datetime,
    summary: Summary,
) -> None:
    current = _current([made.pk for made in found])
    store = _Store(pks, now, summary)
    seen: set[Key] = set()
    for made in found:
        for proposal in made.proposals:
            if isinstance(proposal, Held):
                reason = proposal.reason if proposal.form else "kept and never asked, as it says"
                summary.reasons[proposal.form, reason] += 1
                continue
            item = proposal.item
            key = (made.pk, item.facet, item.form, item.variant)
            seen.add(key)
            for rule in proposal.held_by:
                summary.blocked[item.form, rule] += 1
            store.take(key, made.fact, proposal, current.get(key))
    asked = {made.pk: made.forms for made in found}
    gone = [
        row
        for key, row in current.items()
        if key not in seen and not row.retired and (not asked[key[0]] or row.form in asked[key[0]])
    ]
    store.write(gone)


def _current(fact_ids: Collection[int]) -> dict[Key, _Current]:
    questions = Question.objects.filter(
        fact__in=fact_ids, origin=Question.Origin.GENERATED
    ).order_by()
    rows: dict[int, tuple[Key, _Current]] = {}
    for pk, fact, facet, form, variant, retired in questions.values_list(
        "pk", "fact_id", "facet", "form", "variant", "retired"
    ):
        rows[pk] = (fact, facet, form, variant), _Current(pk, form, retired)
    versions = (
        QuestionVersion.objects.filter(
            question__fact__in=fact_ids, question__origin=Question.Origin.GENERATED
        )
        .exclude(state=State.REPLACED)
        .order_by()
    )
    for pk, question, n, digest, state, held_by, warned, revision in versions.values_list(
        "pk", "question_id", "n", "digest", "state", "held_by", "warnings", "fact_revision"
    ):
        key, row = rows[question]
        rows[question] = (
            key,
            _Current(
                question, row.form, row.retired, pk, n, digest, state, held_by, warned, revision
            ),
        )
    return dict(rows.values())


class _Store:
    """Collects what a batch changes and writes it in a handful of bulk statements."""

    def __init__(self, pks: dict[str, int], now: datetime, summary: Summary) -> None:
        self.pks = pks
        self.now = now
        self.summary = summary
        self.questions: list[Question] = []
        self.versions: list[QuestionVersion] = []
        self.uses: list[tuple[QuestionVersion, Audited]] = []
        self.replaced: list[int] = []
        self.restated: list[QuestionVersion] = []
        self.revived: list[int] = []

    def take(self, key: Key, fact: Fact, audited: Audited, row: _Current | None) -> None:
        item = audited.item
        payload = item.payload()
        digest = digest_of(payload)
        state = State.HELD if audited.held_by else State.SERVED
        held_by, warned = " ".join(audited.held_by)[:120], " ".join(audited.warnings)[:120]
        if row is not None and row.retired:
            self.revived.append(row.question)
        if row is not None and row.digest == digest:
            self.summary.unchanged[item.form] += 1
            told = (row.state, row.held_by, row.warnings, row.fact_revision)
            if told != (state, held_by, warned, fact.revision):
                self.restated.append(
                    QuestionVersion(
                        pk=row.version,
                        state=state,
                        held_by=held_by,
                        warnings=warned,
                        fact_revision=fact.revision,
                    )
                )
            return
        if row is None:
            self.summary.new[item.form] += 1
            question = Question(
                fact_id=key[0], facet=item.facet, form=item.form, variant=item.variant
            )
            self.questions.append(question)
        else:
            self.summary.changed[item.form] += 1
            question = Question(pk=row.question)
            if row.version is not None:
                self.replaced.append(row.version)
        version = QuestionVersion(
            question=question,
            n=row.n + 1 if row is not None else 1,
            digest=digest,
            stem=payload["stem"],
            options=payload["options"],
            expected=payload["expected"],
            feedback=payload["feedback"],
            state=state,
            held_by=held_by,
            warnings=warned,
            fact_revision=fact.revision,
            created_at=self.now,
        )
        self.versions.append(version)
        self.uses.append((version, audited))

    def write(self, gone: Iterable[_Current]) -> None:
        retired = []
        for row in gone:
            self.summary.retired[row.form] += 1
            retired.append(row.question)
        if retired:
            Question.objects.filter(pk__in=retired).update(retired=True)
        if self.revived:
            Question.objects.filter(pk__in=self.revived).update(retired=False)
        if self.replaced:
            QuestionVersion.objects.filter(pk__in=self.replaced).update(state=State.REPLACED)
        if self.restated:
            QuestionVersion.objects.bulk_update(
                self.restated, ["state", "held_by", "warnings", "fact_revision"], batch_size=500
            )
        Question.objects.bulk_create(self.questions, batch_size=1000)
        for version in self.versions:
            # The question's id is known only now.
            version.question_id = version.question.pk
        QuestionVersion.objects.bulk_create(self.versions, batch_size=500)
        QuestionFact.objects.bulk_create(
            (
                QuestionFact(
                    version_id=version.pk, fact_id=self.pks[use.fact], role=use.role,
                    facet=use.facet,
                )
                for version, audited in self.uses
                for use in audited.item.uses
            ),
            batch_size=2000,
        )  # fmt: skip


def hold_named(*, fact_ids: Collection[int]) -> int:
    """Take out of service what these facts ask by a typed name; all else stays as it is.

    For a name that no text has: nothing but grading can change by it. A fact that says more now
    has a new revision, which what was good for the last one takes over.
    """
    current = _in_service().filter(question__fact__in=fact_ids)
    named = Q(question__form__in=TYPED, question__fact__kind__in=NAMED)
    kept = current.exclude(named).filter(fact_revision=F("question__fact__revision") - 1)
    by_revision: dict[int, list[int]] = {}
    for pk, revision in kept.order_by().values_list("pk", "question__fact__revision"):
        by_revision.setdefault(revision, []).append(pk)
    for revision, pks in by_revision.items():
        for some in batched(pks, 1000):
            QuestionVersion.objects.filter(pk__in=some).update(fact_revision=revision)
    return current.filter(named).update(state=State.STALE)


def hold_stale(*, fact_ids: Collection[int]) -> int:
    """Take out of service at once every version that one of these facts touches.

    That is every current version with one of the facts in any role; every one whose fact shares
    its measure or family and may be about the same subject: a new or changed value may have made
    its wrong options right; and what asks when those spoke whom the facts involve: a new date may
    have closed what was open.
    """
    # Step by step, each through an index: as one, a database looks through every version there is.
    near = facts_models.Fact.objects.filter(Q(pk__in=fact_ids) | about_the_same(fact_ids))
    involved = (
        _ids(facts_models.Voice.objects.filter(fact__in=fact_ids), "entity")
        | _ids(facts_models.FactAnswer.objects.filter(fact__in=fact_ids), "entity")
        | _ids(facts_models.Fact.objects.filter(pk__in=fact_ids), "subject")
    ) - {None}
    spoken = facts_models.Voice.objects.filter(n=0, entity__in=involved)
    asked = Question.objects.filter(fact__in=_ids(near, "pk"))
    when_said = Question.objects.filter(
        fact__in=_ids(spoken, "fact"), form=Form.SAYS_SO, facet=Facet.CONTENT
    )
    using = QuestionFact.objects.filter(fact__in=fact_ids)
    held = 0
    for name, found in (
        ("question", _ids(asked, "pk") | _ids(when_said, "pk")),
        ("pk", _ids(using, "version")),
    ):
        for some in batched(sorted(found), 1000):
            held += _in_service().filter(**{f"{name}__in": some}).update(state=State.STALE)
    return held


def hold_topic(*, topic: facts_models.Topic) -> int:
    """Take every made question of a topic out of service until it is made anew."""
    return _in_service().filter(question__fact__topic=topic).update(state=State.STALE)


def _in_service() -> QuerySet[QuestionVersion]:
    """The current versions of made questions that no edit has held."""
    return QuestionVersion.objects.filter(
        state__in=(State.SERVED, State.HELD), question__origin=Question.Origin.GENERATED
    )


def _ids(rows: QuerySet[Any], name: str) -> set[Any]:
    return set(rows.order_by().values_list(name, flat=True))


__all__ = ["SEED", "Summary", "generate_questions", "hold_named", "hold_stale", "hold_topic"]
