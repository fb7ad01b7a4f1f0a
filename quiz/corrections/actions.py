"""Working through changed facts, and answering the problems that learners report."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from quiz.accounts.models import User
from quiz.corrections.blast import UnconfirmedError, blast_radius
from quiz.corrections.kept_cases import as_mistakes, broken_by, end_cases
from quiz.corrections.models import Outbox
from quiz.facts import base
from quiz.facts.actions import Edit, finish_edit
from quiz.facts.mistakes import Mistake, RefusedError
from quiz.facts.models import Fact, FactRevision, Topic
from quiz.learning.models import Attempt, Slot
from quiz.questions.actions import Summary, generate_questions
from quiz.questions.models import QuestionVersion, SetItem

# Kinds of change by which a fact may tell another value than was known.
TELLING = (
    FactRevision.Change.FIRST,
    FactRevision.Change.WRONG,
    FactRevision.Change.SOURCE,
    FactRevision.Change.NEWER,
)
UNCONFIRMED = Mistake(
    "", "confirmed", "Questions depend on this fact. See what it touches and confirm the change."
)
MISSING = {
    "change": "Choose what kind of change it is: those who learned the fact as it was are told.",
    "why": "Say why it changes: those who learned the fact as it was are told.",
}


def file_in_outbox(*, fact_ids: Collection[int], now: datetime) -> None:
    """Note facts whose questions are to be made anew; once for each revision."""
    revisions = Fact.objects.filter(pk__in=fact_ids).order_by("pk").values_list("pk", "revision")
    Outbox.objects.bulk_create(
        (Outbox(fact_id=pk, revision=revision, created_at=now) for pk, revision in revisions),
        batch_size=500,
        ignore_conflicts=True,
    )


def give_notice(*, fact_ids: Collection[int], now: datetime) -> int:
    """Take what is wrong now out of sets that keep their versions, and say why in its place.

    That is what asks or uses a corrected fact, and what is asked as if no other value were known:
    with a rival come to light, a wrong option may be right.
    """
    day = f"{now:%-d %B %Y}"
    latest = FactRevision.objects.filter(fact__in=fact_ids, n=F("fact__revision"))
    kept = SetItem.objects.filter(pinned_version__isnull=False)
    given = 0
    for change, what in (
        (FactRevision.Change.WRONG, f"was corrected on {day}."),
        (FactRevision.Change.RETRACTED, f"was taken back on {day}."),
    ):
        facts = latest.filter(change=change).values("fact")
        given += kept.filter(question__fact__in=facts).update(notice=f"Its fact {what}")
        using = kept.filter(notice="", pinned_version__uses__fact__in=facts)
        given += using.update(notice=f"A fact it uses {what}")
    others = Fact.objects.filter(pk__in=latest.filter(change__in=TELLING).values("fact"))
    rival = f"Another value of what it asks became known on {day}."
    return given + _contradicted_by(others).update(notice=rival)


def _contradicted_by(others: QuerySet[Fact]) -> QuerySet[SetItem]:
    """Kept versions asking a fact for which one of these gives another value."""
    fact = "question__fact"
    rivals = others.filter(
        topic=OuterRef(f"{fact}__topic"), measure=OuterRef(f"{fact}__measure"), retracted_at=None
    ).exclude(pk=OuterRef(fact))
    rivals = rivals.exclude(
        kind__in=(Fact.Kind.DATE, Fact.Kind.FIGURE),
        when_edtf=OuterRef(f"{fact}__when_edtf"),
        amount_text=OuterRef(f"{fact}__amount_text"),
    )
    about_it = rivals.filter(Q(subject=OuterRef(f"{fact}__subject")) | Q(subject=None))
    return SetItem.objects.filter(pinned_version__isnull=False, notice="").filter(
        Q(Exists(about_it)) | Q(Exists(rivals), question__fact__subject=None)
    )


def work_through(
    *,
    topic: Topic,
    now: datetime,
    before: Collection[base.Fact] = (),
    renamed: Collection[int] = (),
    names: Collection[str] = (),
    unheard: bool = False,
    whole: bool = False,
) -> Summary | None:
    """Make the questions of all facts in the outbox anew; None where there was nothing.

    Of the renamed facts (ids) nothing changed but that an entity has these names too; unheard:
    no text has one of them. whole: those of all facts are made anew.

    A row is taken out only when its questions are stored, so that it may be repeated. Another's
    work may have taken out the rows of this edit, without knowing how its facts stood.
    """
    rows = Outbox.objects.filter(fact__topic=topic).order_by("pk")
    found = list(rows.values_list("pk", "fact_id", "fact__slug"))
    if not (found or before or names or whole):
        return None
    alone = set(renamed)
    changed = {f"{topic.slug}/{slug}" for _, fact, slug in found if fact not in alone}
    changed |= {fact.key for fact in before}
    summary = generate_questions(
        topic=topic,
        now=now,
        facts=None if whole else changed,
        alone={f"{topic.slug}/{slug}" for _, fact, slug in found if fact in alone},
        before=before,
        names=names,
        unheard=unheard,
    )
    renew_slots(topic=topic)
    with transaction.atomic():
        done = [pk for pk, _, _ in found]
        for start in range(0, len(done), 500):
            Outbox.objects.filter(pk__in=done[start : start + 500]).delete()
    return summary


def renew_slots(*, topic: Topic) -> int:
    """Let untouched questions of running attempts follow; those of sets that keep theirs stay.

    What such a set keeps no longer, because it became wrong, follows. Where the new version is held
    back, the attempt passes it over.
    """
    kept = SetItem.objects.filter(
        question_set=OuterRef("attempt__question_set"),
        pinned_version=OuterRef("version"),
        notice="",
    )
    waiting = Slot.objects.filter(
        attempt__topic=topic,
        attempt__state=Attempt.State.OPEN,
        seq=0,
        version__state=QuestionVersion.State.REPLACED,
    ).exclude(Exists(kept))
    current = QuestionVersion.objects.filter(question=OuterRef("version__question")).exclude(
        state=QuestionVersion.State.REPLACED
    )
    newer = waiting.annotate(newer=Subquery(current.values("pk")[:1])).exclude(newer=None)
    # Who answers just now keeps the version that was shown: their slot has moved on.
    return sum(
        Slot.objects.filter(pk=pk, seq=0).update(version=version)
        for pk, version in newer.values_list("pk", "newer")
    )


def settle_edit(
    *,
    edit: Edit,
    fact: Fact,
    change: str,
    why: str,
    confirmed: bool,
    ends_cases: bool = False,
    by: User | None,
    now: datetime,
) -> Edit:
    """Finish an edit that a person made: they say what kind it is and why, and confirm its reach.

    What was let count once and would count no more is confirmed too, and ends then.

    RefusedError or UnconfirmedError; the caller's transaction then must not be committed.
    """
    is_new = fact.pk not in edit.records
    radius = blast_radius(fact)
    finish_edit(edit, fact=fact, change=change, why=why, by=by, now=now)
    if is_new or fact.pk not in edit.changed:
        return edit
    if missing := [name for name, given in (("change", change), ("why", why)) if not given]:
        raise RefusedError(tuple(Mistake("", name, MISSING[name]) for name in missing))
    broken = broken_by(edit, fact.topic, now)
    asked = [UNCONFIRMED] if not (radius.is_empty or confirmed) else []
    if asked or (broken and not ends_cases):
        raise UnconfirmedError(radius, [*asked, *as_mistakes(broken)])
    end_cases(broken, now)
    return edit
