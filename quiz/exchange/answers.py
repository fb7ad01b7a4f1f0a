"""Answers as rows of a table: one's own, and those to a teacher's set."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from django.db.models import Q, QuerySet

from quiz.accounts.models import User
from quiz.exchange.csv_format import Cell
from quiz.learning.models import Answer, Attempt
from quiz.learning.presenting import FOUR_RATINGS
from quiz.questions.models import QuestionSet, QuestionVersion
from quiz.questions.respond import PAIRED
from quiz.reports.set_report import shown_name

CHUNK = 2000
RATING_WORDS = dict(FOUR_RATINGS)
MY_HEADER = (
    "answered_at",
    "topic",
    "set",
    "where",
    "form",
    "question",
    "given",
    "right_answer",
    "verdict",
    "score",
    "sureness",
)
RESULTS_HEADER = (
    "student",
    "attempt_began_at",
    "class",
    "answered_at",
    "form",
    "question",
    "given",
    "right_answer",
    "verdict",
    "score",
)


def given_text(
    given: Mapping[str, Any], options: Sequence[Mapping[str, Any]], frame: Sequence[str]
) -> str:
    """What was answered, in words; `given` holds the stored indices of options."""

    def option(place: Any) -> str:
        is_there = isinstance(place, int) and 0 <= place < len(options)
        return str(options[place]["text"]) if is_there else ""

    if given.get("dont_know"):
        return "I don't know"
    if "text" in given:
        return str(given["text"])
    if "choice" in given:
        return option(given["choice"])
    if "rating" in given:
        return RATING_WORDS.get(given["rating"], "")
    if "pairs" in given:
        pairs = sorted(given["pairs"].items(), key=lambda pair: int(pair[0]))
        return "; ".join(
            f"{frame[int(premise)] if int(premise) < len(frame) else premise} → {option(place)}"
            for premise, place in pairs
        )
    places = given.get("choices", given.get("order", []))
    return "; ".join(option(place) for place in places)


def question_text(version: QuestionVersion) -> str:
    """The stem and the lines below it, such as the sentence with the gap; what is to be matched
    stands with what was given.
    """
    frame = version.expected.get("frame", ()) if version.question.form not in PAIRED else ()
    return " ".join((version.stem, *frame))


def my_rows(learner: User) -> Iterator[Sequence[Cell]]:
    """The learner's answers, oldest first; what an open attempt does not tell yet is left out."""
    untold = Q(attempt__state=Attempt.State.OPEN, attempt__question_set__feedback_at_end=True)
    answers = Answer.objects.filter(learner=learner).exclude(untold)
    for answer in _in_order(answers):
        question_set = answer.attempt.question_set if answer.attempt else None
        yield (
            answer.answered_at.astimezone(UTC).isoformat(timespec="seconds"),
            answer.version.question.fact.topic.title,
            question_set.title if question_set else "",
            answer.context,
            *_answered(answer),
            answer.get_sureness_display() if answer.sureness else "",
        )


def result_rows(question_set: QuestionSet) -> Iterator[Sequence[Cell]]:
    """Every answer to the set, by whom and when; the teacher's own are left out."""
    answers = Answer.objects.filter(attempt__question_set=question_set).exclude(
        learner=question_set.owner_id
    )
    for answer in _in_order(answers):
        attempt = answer.attempt
        if attempt is None:
            continue
        classroom = attempt.assignment.classroom.name if attempt.assignment else ""
        yield (
            shown_name(answer.learner),
            attempt.started_at.astimezone(UTC).isoformat(timespec="seconds"),
            classroom,
            answer.answered_at.astimezone(UTC).isoformat(timespec="seconds"),
            *_answered(answer),
        )


def _in_order(answers: QuerySet[Answer]) -> Iterator[Answer]:
    return (
        answers.select_related(
            "learner",
            "version__question__fact__topic",
            "attempt__question_set",
            "attempt__assignment__classroom",
        )
        .order_by("answered_at", "pk")
        .iterator(chunk_size=CHUNK)
    )


def _answered(answer: Answer) -> tuple[Cell, ...]:
    version = answer.version
    return (
        version.question.get_form_display(),
        question_text(version),
        given_text(answer.given, version.options, version.expected.get("frame", ())),
        version.shown_key,
        answer.verdict,
        answer.score,
    )
