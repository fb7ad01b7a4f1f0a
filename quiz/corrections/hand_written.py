"""Hand-written questions of a changed fact: rewritten at once, since no engine makes them anew."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from quiz.facts.history import answer_of
from quiz.facts.models import Entity, Fact
from quiz.questions.hand_keys import typed_key
from quiz.questions.items import digest_of
from quiz.questions.models import Facet, Form, Question, QuestionFact, QuestionVersion


def name_own_answer(fact: Fact) -> None:
    """Let a teacher's own entity bear the answer that its fact's sentence now marks."""
    answer = fact.answers.select_related("entity").first()
    text = answer_of({"sentence": fact.sentence})
    if answer is None or not text or answer.entity.owner_id is None or answer.entity.name == text:
        return
    answer.entity.name = text[: Entity._meta.get_field("name").max_length]
    answer.entity.save(update_fields=["name"])


def rewrite_hand_written(*, fact_ids: Collection[int], now: datetime) -> int:
    """Give each hand-written question of these facts a version that says what they say now."""
    questions = Question.objects.filter(
        fact__in=fact_ids, origin=Question.Origin.HAND, fact__retracted_at=None, retired=False
    )
    count = 0
    for question in questions.select_related("fact"):
        current = question.versions.exclude(state=QuestionVersion.State.REPLACED).first()
        if current is not None:
            _replace(current, question, now)
            count += 1
    return count


def _replace(current: QuestionVersion, question: Question, now: datetime) -> None:
    fact = question.fact
    answer = answer_of({"sentence": fact.sentence})
    options: list[dict[str, Any]] = [
        {**option, "text": answer} if option["right"] else option for option in current.options
    ]
    expected = {**current.expected, "shown": answer}
    if question.form == Form.TYPED:
        expected |= _typed(fact, answer, now)
    payload = {
        "stem": fact.stem,
        "options": options,
        "expected": expected,
        "feedback": {**current.feedback, "sentence": fact.sentence, "note": fact.note},
    }
    current.state = QuestionVersion.State.REPLACED
    current.save(update_fields=["state"])
    version = QuestionVersion.objects.create(
        question=question,
        n=current.n + 1,
        digest=digest_of(payload),
        state=QuestionVersion.State.SERVED,
        warnings=current.warnings,
        fact_revision=fact.revision,
        created_at=now,
        **payload,
    )
    QuestionFact.objects.create(
        version=version, fact=fact, facet=Facet.IDENTITY, role=QuestionFact.Role.KEY
    )


def _typed(fact: Fact, answer: str, now: datetime) -> dict[str, Any]:
    row = fact.answers.select_related("entity").first()
    if row is None:
        return {}
    names = row.entity.names.filter(accept=True).exclude(text=answer).order_by("pk")
    also_right = list(names.values_list("text", flat=True))
    expected, field = typed_key(answer, also_right, entity=row.entity.slug, today=now.date())
    return {**expected, "field": dict(field), "accepted": also_right}
