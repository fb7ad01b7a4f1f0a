"""A question that a teacher writes: it becomes a fact of their own, so that memory works for it.

The fact lives in a topic of the teacher's own beside the public one, cites its author and counts
as reported. Only what would make grading wrong is refused, and the form refuses it.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from quiz.accounts.models import User
from quiz.facts.models import (
    Citation,
    Entity,
    EntityName,
    Fact,
    FactAnswer,
    Source,
    Thread,
    Topic,
)
from quiz.facts.names import fold
from quiz.facts.revising import write_revisions
from quiz.facts.snapshot import snapshot
from quiz.facts.status import Status
from quiz.questions.audit import findings
from quiz.questions.hand_keys import typed_key
from quiz.questions.items import Feedback, Finding, Item, Option, Use
from quiz.questions.models import (
    Facet,
    Form,
    Question,
    QuestionFact,
    QuestionSet,
    QuestionVersion,
    SetItem,
)
from quiz.questions.sets import pick
from quiz.questions.world import World

VARIANT = "hand"
PLACE = "own question"
# An author's own word has no place in a document, and numbers are not to be shuffled.
NOT_FOR_AUTHORS = frozenset({"T8", "O7"})


@dataclass(frozen=True, slots=True)
class Written:
    """The new item, and what the rules would mend on it: advice, never a refusal."""

    item: SetItem
    advice: tuple[str, ...]


@transaction.atomic
def add_hand_written(
    *,
    question_set: QuestionSet,
    thread: Thread,
    form: str,
    stem: str,
    key: str,
    wrong: Sequence[tuple[str, str]],
    also_right: Sequence[str],
    sentence: str,
    note: str,
    grave: bool,
    now: datetime,
) -> Written:
    """Store the teacher's fact and its question, and put it at the end of the set.

    `wrong` are (text, what it really is). The author is the set's owner.
    """
    author = question_set.owner
    fact = _own_fact(
        author=author,
        thread=thread,
        stem=stem,
        sentence=marked(sentence, stem, key),
        note=note,
        grave=grave,
    )
    entity = _own_entity(author, fact.topic, key, also_right)
    FactAnswer.objects.create(fact=fact, entity=entity)
    source = _own_source(author)
    Citation.objects.create(fact=fact, source=source, locator=PLACE)
    write_revisions(Fact.objects.filter(pk=fact.pk), {}, now=now, by=author)
    item = _item(
        fact=fact,
        form=form,
        key=key,
        entity=entity.slug,
        wrong=wrong,
        also_right=also_right,
        source=source,
        today=now.date(),
    )
    found = _findings(item, fact)
    question = _store(item, fact, author, found, now)
    return Written(
        item=pick(question_set=question_set, question=question, now=now),
        advice=tuple(dict.fromkeys(finding.what for finding in found)),
    )


def _store(
    item: Item, fact: Fact, author: User, found: Sequence[Finding], now: datetime
) -> Question:
    question = Question.objects.create(
        fact=fact,
        facet=Facet.IDENTITY,
        form=item.form,
        variant=VARIANT,
        origin=Question.Origin.HAND,
        owner=author,
    )
    payload = item.payload()
    version = QuestionVersion.objects.create(
        question=question,
        n=1,
        digest=item.digest(),
        stem=payload["stem"],
        options=payload["options"],
        expected=payload["expected"],
        feedback=payload["feedback"],
        state=QuestionVersion.State.SERVED,
        warnings=" ".join(dict.fromkeys(finding.rule for finding in found))[:120],
        fact_revision=fact.revision,
        created_at=now,
    )
    QuestionFact.objects.create(
        version=version, fact=fact, facet=Facet.IDENTITY, role=QuestionFact.Role.KEY
    )
    return question


def _findings(item: Item, fact: Fact) -> list[Finding]:
    """What the rules find, blocks included: to an author each of them is advice."""
    world = World(snapshot(fact.topic), seed=0)
    return [found for found in findings(item, world) if found.rule not in NOT_FOR_AUTHORS]


def marked(sentence: str, stem: str, key: str) -> str:
    """Mark the answer in the sentence; without a sentence, question and answer stand for one."""
    if not sentence:
        return f"{stem} [[{key}]]"
    before, _, after = sentence.partition(key)
    return f"{before}[[{key}]]{after}"


def _own_fact(
    *, author: User, thread: Thread, stem: str, sentence: str, note: str, grave: bool
) -> Fact:
    topic, _ = Topic.objects.get_or_create(
        owner=author,
        slug=thread.topic.slug,
        defaults={
            "title": f"{thread.topic.title}: questions of {author}"[:160],
            "article_word": "teacher",
        },
    )
    own_thread, _ = Thread.objects.get_or_create(
        topic=topic,
        slug=thread.slug,
        defaults={"title": thread.title, "position": thread.position},
    )
    return Fact.objects.create(
        topic=topic,
        thread=own_thread,
        slug=f"{slugify(stem)[:100]}-{secrets.token_hex(4)}",
        kind=Fact.Kind.IDENTITY,
        label=stem[:160],
        sentence=sentence,
        stem=stem,
        note=note,
        grave=grave,
        status=Status.REPORTED,
    )


def _own_entity(author: User, topic: Topic, key: str, also_right: Sequence[str]) -> Entity:
    entity = Entity.objects.create(
        owner=author,
        topic=topic,
        slug=f"{slugify(key)[:60]}-{secrets.token_hex(4)}",
        kind=Entity.Kind.OTHER,
        name=key,
    )
    EntityName.objects.bulk_create(
        EntityName(entity=entity, text=text, folded=fold(text))
        for text in dict.fromkeys(text for text in also_right if text != key)
    )
    return entity


def _own_source(author: User) -> Source:
    source, _ = Source.objects.get_or_create(
        owner=author,
        slug="own-questions",
        defaults={"kind": Source.Kind.TEACHER, "title": author.name or "Your teacher"},
    )
    return source


def _item(
    *,
    fact: Fact,
    form: str,
    key: str,
    entity: str,
    wrong: Sequence[tuple[str, str]],
    also_right: Sequence[str],
    source: Source,
    today: date,
) -> Item:
    options: tuple[Option, ...] = ()
    field: Mapping[str, str] = {}
    order = "given"
    if form == Form.TYPED:
        expected, field = typed_key(key, also_right, entity=entity, today=today)
    else:
        options, order = _options(key, wrong)
        expected = {"right": [place for place, option in enumerate(options) if option.right]}
    return Item(
        fact=fact.key,
        facet=Facet.IDENTITY,
        form=form,
        variant=VARIANT,
        stem=fact.stem,
        shown=key,
        accepted=tuple(also_right),
        expected=expected,
        feedback=Feedback(
            sentence=fact.sentence, source=source.title, place=PLACE, locator=PLACE, note=fact.note
        ),
        options=options,
        order=order,
        field=field,
        status=fact.status,
        uses=(Use(fact=fact.key, role=QuestionFact.Role.KEY, facet=Facet.IDENTITY),),
        grave=fact.grave,
        revision=fact.revision,
    )


def _options(key: str, wrong: Sequence[tuple[str, str]]) -> tuple[tuple[Option, ...], str]:
    """Numbers stand in their order; anything else is shuffled when it is shown."""
    options = [
        Option(text=key, right=True, rule=VARIANT),
        *(Option(text=text, right=False, why=why, rule=VARIANT) for text, why in wrong),
    ]
    numbers = [_as_number(option.text) for option in options]
    if None in numbers:
        return tuple(options), "shuffle"
    options.sort(key=lambda option: _as_number(option.text) or 0.0)
    return tuple(options), "given"


def _as_number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
