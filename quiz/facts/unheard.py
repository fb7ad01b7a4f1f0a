"""Names that a topic has never heard: nothing but what may be typed can change by such a name."""

import re
from collections.abc import Iterator

from django.db.models import Q

from quiz.facts.base import NAMED_IN_FULL
from quiz.facts.models import Entity, EntityName, Fact, MeasureFamily, Topic, Voice
from quiz.facts.names import fold

WORD = re.compile(r"[^\W_]+")
TEXTS = ("sentence", "stem", "occasion", "label", "content", "note")


def is_unheard(topic: Topic, name: EntityName) -> bool:
    """Whether a name has words that stand in no text of the topic, and is nobody else's.

    Whatever looks for names in texts, or keeps the capital of their words, cannot find it then.
    Surnames are left out: two who share one are never each other's options.
    """
    words = _new_words(name)
    if not words or name.kind == EntityName.Kind.SURNAME or _is_shared(name):
        return False
    return not (
        Fact.objects.filter(_holds(words, *TEXTS), topic=topic).exists()
        or Voice.objects.filter(_holds(words, "label"), fact__topic=topic).exists()
        or MeasureFamily.objects.filter(_holds(words, "title")).exists()
        or any(f" {name.folded} " in f" {fold(text)} " for text in _compared_folded(topic))
    )


def _compared_folded(topic: Topic) -> Iterator[str]:
    """The texts in which names are looked for without their accents: labels and quotations."""
    labels = Voice.objects.filter(fact__topic=topic).exclude(label="").order_by()
    yield from labels.values_list("label", flat=True).distinct()
    quoted = Q(verbatim=True) | Q(content__contains="“") | Q(sentence__contains="“")
    facts = Fact.objects.filter(quoted, topic=topic, kind=Fact.Kind.STATEMENT).order_by()
    for row in facts.values_list("sentence", "stem", "content"):
        yield " ".join(row)


def _is_shared(name: EntityName) -> bool:
    own = name.entity_id
    if EntityName.objects.filter(folded=name.folded).exclude(entity=own).exists():
        return True
    names = Entity.objects.exclude(pk=own).order_by().values_list("name", flat=True)
    return any(fold(text) == name.folded for text in names.iterator())


def _new_words(name: EntityName) -> set[str]:
    """The words with a capital that the entity has in no other name of its."""
    words = {word for word in WORD.findall(name.text) if word[:1].isupper()}
    if name.entity.kind in NAMED_IN_FULL:
        rows = name.entity.names.exclude(pk=name.pk).values_list("text", flat=True)
        for text in (name.entity.name, *rows):
            words.difference_update(WORD.findall(text))
    return words | {fold(word) for word in words}


def _holds(words: set[str], *columns: str) -> Q:
    found = Q(pk__in=[])
    for column in columns:
        for word in sorted(words):
            found |= Q(**{f"{column}__icontains": word})
    return found
