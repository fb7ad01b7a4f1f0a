"""Changes to a teacher's question sets, each one step for the teacher and one transaction.

What a set may take is decided by `set_rule`; a question written by hand comes from `handwritten`.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import F, Max, QuerySet

from quiz.accounts.models import User
from quiz.facts.models import Topic
from quiz.facts.status import Status
from quiz.questions.models import (
    Form,
    Question,
    QuestionSet,
    QuestionVersion,
    SetItem,
)
from quiz.questions.set_rule import SetRule, choose_facts, choose_questions

ASKABLE = [status for status in Status if status.is_askable]


class NothingToPublishError(Exception):
    """The set has no question that may be shown."""


def in_reach(topic: Topic, rule: SetRule) -> QuerySet[Question]:
    """The questions of a topic that a rule lets through; flashcards, self-rated, stay out."""
    questions = (
        Question.objects.served()
        .filter(
            fact__topic=topic,
            fact__status__in=rule.statuses or ASKABLE,
            fact__importance__lte=rule.importance,
        )
        .exclude(form=Form.FLASHCARD)
        .order_by("fact__thread__position", "fact__importance", "fact", "form", "variant")
    )
    if rule.threads:
        questions = questions.filter(fact__thread__slug__in=rule.threads)
    if rule.kinds:
        questions = questions.filter(fact__kind__in=rule.kinds)
    if rule.forms:
        questions = questions.filter(form__in=rule.forms)
    if not rule.grave:
        questions = questions.filter(fact__grave=False)
    return questions


@transaction.atomic
def create_set(
    *, owner: User, topic: Topic, title: str, rule: SetRule, now: datetime
) -> QuestionSet:
    """Start a draft and fill it by the rule."""
    question_set = QuestionSet.objects.create(
        owner=owner, topic=topic, title=title, rule=rule.as_json(), created_at=now, changed_at=now
    )
    fill(question_set=question_set, rule=rule, now=now)
    return question_set


@transaction.atomic
def fill(*, question_set: QuestionSet, rule: SetRule, now: datetime) -> int:
    """Add up to `rule.number` questions about facts the set does not ask yet; return how many."""
    questions = in_reach(question_set.topic, rule).exclude(
        fact__in=question_set.items.values("question__fact")
    )
    rows = questions.order_by().values_list("fact", "fact__thread__position", "fact__importance")
    facts = choose_facts(rows.distinct(), rule.number, question_set.public_id)
    asked: dict[int, list[tuple[str, int]]] = {fact: [] for fact in facts}
    for fact, form, question in questions.filter(fact__in=facts).values_list("fact", "form", "id"):
        asked[fact].append((form, question))
    chosen = choose_questions((asked[fact] for fact in facts), question_set.public_id)
    ordered = questions.filter(id__in=chosen)
    _append(question_set, list(ordered))
    question_set.rule = rule.as_json()
    _touch(question_set, now, "rule")
    return len(chosen)


@transaction.atomic
def pick(*, question_set: QuestionSet, question: Question, now: datetime) -> SetItem:
    """Add one question at the end; picking it twice leaves it where it stands."""
    item = question_set.items.filter(question=question).first()
    if item is None:
        [item] = _append(question_set, [question])
        _touch(question_set, now)
    return item


@transaction.atomic
def drop(*, item: SetItem, now: datetime) -> None:
    question_set = item.question_set
    item.delete()
    _touch(question_set, now)


@transaction.atomic
def swap(*, item: SetItem, to: Literal["form", "fact"], now: datetime) -> bool:
    """Put the next form of the same fact, or the next fact of the rule, in the item's place.

    Swapping again and again goes round everything there is; False when there is nothing else.
    """
    question_set = item.question_set
    following = _next_form(item) if to == "form" else _next_fact(item)
    if following is None:
        return False
    item.question_id = following
    item.own_stem, item.notice = "", ""
    item.pinned_version = (
        None if question_set.follows_facts else _current_versions([following]).get(following)
    )
    item.save(update_fields=["question", "own_stem", "notice", "pinned_version"])
    _touch(question_set, now)
    return True


def _next_form(item: SetItem) -> int | None:
    """The question after the item's, round about, that asks the same fact and is not in the set."""
    others = item.question_set.items.exclude(pk=item.pk).values("question")
    fact = item.question.fact
    ids = list(
        in_reach(fact.topic, SetRule())
        .filter(fact=fact)
        .exclude(id__in=others)
        .values_list("id", flat=True)
    )
    return next((one for one in _after(ids, item.question_id)), None)


def _next_fact(item: SetItem) -> int | None:
    """A question about the next fact of the set's rule, in the same form where there is one."""
    question_set = item.question_set
    others = question_set.items.exclude(pk=item.pk).values("question__fact")
    reach = in_reach(question_set.topic, SetRule.from_json(question_set.rule))
    asked: dict[int, dict[str, int]] = {}
    for fact, form, question in reach.exclude(fact__in=others).values_list("fact", "form", "id"):
        asked.setdefault(fact, {}).setdefault(form, question)
    for fact in _after(list(asked), item.question.fact_id):
        return asked[fact].get(item.question.form) or next(iter(asked[fact].values()))
    return None


def _after(ids: Sequence[int], current: int) -> list[int]:
    """Go once round from the one after `current`; from the first where `current` is not there."""
    at = ids.index(current) if current in ids else -1
    return [one for one in (*ids[at + 1 :], *ids[: max(at, 0)]) if one != current]


@transaction.atomic
def reorder(*, question_set: QuestionSet, question_ids: Sequence[str], now: datetime) -> None:
    """Put the items in the order of their questions' public ids; unnamed ones follow, unchanged."""
    place = {public_id: n for n, public_id in enumerate(question_ids)}
    items = list(question_set.items.select_related("question"))
    items.sort(key=lambda item: place.get(item.question.public_id, len(place)))
    for n, item in enumerate(items, start=1):
        item.position = n
    SetItem.objects.bulk_update(items, ["position"])
    _touch(question_set, now)


@transaction.atomic
def reword(*, item: SetItem, own_stem: str, now: datetime) -> None:
    """Ask in the teacher's own words; empty, or the same again, asks in the version's."""
    written = item.version.stem if item.version else ""
    item.own_stem = "" if own_stem == written else own_stem
    item.save(update_fields=["own_stem"])
    _touch(item.question_set, now)


@transaction.atomic
def describe(
    *,
    question_set: QuestionSet,
    title: str,
    description: str,
    feedback_at_end: bool,
    follows_facts: bool,
    now: datetime,
) -> None:
    """Store what the teacher says about the set; keeping versions freezes those shown now."""
    question_set.title = title
    question_set.description = description
    question_set.feedback_at_end = feedback_at_end
    if question_set.follows_facts != follows_facts:
        question_set.follows_facts = follows_facts
        items = list(question_set.items.all())
        current = _current_versions([item.question_id for item in items])
        for item in items:
            item.pinned_version = None if follows_facts else current.get(item.question_id)
        SetItem.objects.bulk_update(items, ["pinned_version"])
    _touch(question_set, now, "title", "description", "feedback_at_end", "follows_facts")


@transaction.atomic
def publish(*, question_set: QuestionSet, now: datetime) -> None:
    """Open the set by its link; the link of an earlier publishing stays unless it was revoked."""
    if not any(item.is_served for item in question_set.items.with_versions()):
        raise NothingToPublishError
    # Conditional, so that of two tabs that publish at once one link wins and both show it.
    QuestionSet.objects.filter(pk=question_set.pk, link_token=None).update(
        link_token=secrets.token_urlsafe(16)
    )
    QuestionSet.objects.filter(pk=question_set.pk).update(
        status=QuestionSet.Status.PUBLISHED, changed_at=now
    )
    question_set.refresh_from_db(fields=["link_token", "status", "changed_at"])


@transaction.atomic
def unpublish(*, question_set: QuestionSet, now: datetime) -> None:
    """Close the set; its link works again once it is published again."""
    question_set.status = QuestionSet.Status.DRAFT
    _touch(question_set, now, "status")


@transaction.atomic
def archive(*, question_set: QuestionSet, now: datetime) -> None:
    """Put the set away; what students answered stays."""
    question_set.status = QuestionSet.Status.ARCHIVED
    _touch(question_set, now, "status")


@transaction.atomic
def revoke_link(*, question_set: QuestionSet, now: datetime) -> None:
    """Make the link dead for good; publishing again makes a new one."""
    question_set.link_token = None
    _touch(question_set, now, "link_token")


@transaction.atomic
def duplicate(*, question_set: QuestionSet, owner: User, now: datetime) -> QuestionSet:
    """Copy the set with its questions, wordings and kept versions into a new draft."""
    copy = QuestionSet.objects.create(
        owner=owner,
        topic=question_set.topic,
        title=f"Copy of {question_set.title}"[:160],
        description=question_set.description,
        rule=question_set.rule,
        follows_facts=question_set.follows_facts,
        feedback_at_end=question_set.feedback_at_end,
        created_at=now,
        changed_at=now,
    )
    items = list(question_set.items.all())
    for item in items:
        item.pk = None
        item.question_set = copy
    SetItem.objects.bulk_create(items)
    return copy


def _append(question_set: QuestionSet, questions: Sequence[Question]) -> list[SetItem]:
    last = question_set.items.aggregate(last=Max("position"))["last"] or 0
    ids = [question.pk for question in questions]
    kept = {} if question_set.follows_facts else _current_versions(ids)
    return SetItem.objects.bulk_create(
        SetItem(
            question_set=question_set,
            question_id=question,
            position=last + n,
            pinned_version=kept.get(question),
        )
        for n, question in enumerate(ids, start=1)
    )


def _current_versions(question_ids: Sequence[int]) -> dict[int, QuestionVersion]:
    versions = QuestionVersion.objects.filter(
        question__in=question_ids,
        state=QuestionVersion.State.SERVED,
        fact_revision=F("question__fact__revision"),
    )
    return {version.question_id: version for version in versions}


def _touch(question_set: QuestionSet, now: datetime, *fields: str) -> None:
    question_set.changed_at = now
    question_set.save(update_fields=["changed_at", *fields])
