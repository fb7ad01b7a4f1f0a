"""What the students' first answers say about a question set, added up by the database.

Only a learner's first attempt counts: later ones are about what they remember of the first. The
teacher's own attempts are left out. Every function makes a constant number of queries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Sum

from quiz.accounts.models import User
from quiz.classrooms.models import Classroom
from quiz.learning.models import Attempt
from quiz.questions.models import QuestionSet, QuestionVersion
from quiz.reports import items
from quiz.reports.sums import Answers, Chosen, Sums, answers_by_version, choices_by_version

MOST_TEXTS_OF_A_QUESTION = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that was answered, and how often."""

    text: str
    right: bool
    n: int
    share: float
    is_unused: bool = False

    @property
    def percent(self) -> int:
        return round(100 * self.share)


@dataclass(frozen=True, slots=True)
class QuestionReport:
    version: QuestionVersion
    stem: str
    n: int
    guesses: int
    facility: float | None
    interval: items.Interval
    corrected: float | None
    discrimination: float | None
    word: str
    choices: tuple[Choice, ...]

    @property
    def has_enough(self) -> bool:
        return self.n >= items.FEWEST_ANSWERS

    @property
    def percent(self) -> int:
        return round(100 * (self.facility or 0.0))

    @property
    def low_percent(self) -> int:
        return round(100 * self.interval.low)

    @property
    def high_percent(self) -> int:
        return round(100 * self.interval.high)

    @property
    def corrected_percent(self) -> int | None:
        """Beyond guessing, never below nothing; None where nothing can be guessed."""
        if self.corrected is None or self.corrected == self.facility:
            return None
        return max(0, round(100 * self.corrected))

    @property
    def error(self) -> float:
        return items.standard_error_of_correlation(self.discrimination or 0.0, self.n)


@dataclass(frozen=True, slots=True)
class LearnerRow:
    name: str
    attempts: int
    answered: int
    of: int
    points: float
    is_finished: bool
    last_at: datetime


def shown_name(user: User) -> str:
    """A name a teacher knows somebody by; of an address only the part before the @."""
    return user.name or (user.email or "").partition("@")[0] or "Guest"


def first_attempts(question_set: QuestionSet, classroom: Classroom | None) -> QuerySet[Attempt]:
    """The first attempt of each learner, of a class only where one is given."""
    attempts = Attempt.objects.filter(question_set=question_set).exclude(
        learner=question_set.owner_id
    )
    if classroom is not None:
        attempts = attempts.filter(assignment__classroom=classroom)
    earlier = attempts.filter(learner=OuterRef("learner")).filter(
        Q(started_at__lt=OuterRef("started_at"))
        | Q(started_at=OuterRef("started_at"), pk__lt=OuterRef("pk"))
    )
    return attempts.filter(~Exists(earlier))


def question_reports(
    question_set: QuestionSet, classroom: Classroom | None = None
) -> list[QuestionReport]:
    """One report for each version that was answered or stands in the set, in the set's order."""
    firsts = first_attempts(question_set, classroom)
    if question_set.feedback_at_end:
        # Until an attempt is finished its answers may still be changed.
        firsts = firsts.filter(state=Attempt.State.FINISHED)
    found = answers_by_version(firsts)
    set_items = list(question_set.items.with_versions())
    place = {item.question_id: item.position for item in set_items}
    standing = {item.version.pk: item.version for item in set_items if item.version}
    stems = {item.version.pk: item.stem for item in set_items if item.version}
    answered = QuestionVersion.objects.filter(pk__in=[pk for pk in found if pk not in standing])
    versions = [*standing.values(), *answered.select_related("question")]
    versions.sort(key=lambda v: (place.get(v.question_id, len(place) + 1), v.question_id, -v.n))
    sums = {version.pk: _without_guesses(version, found.get(version.pk)) for version in versions}
    choices = choices_by_version(firsts, [pk for pk, (_, guesses) in sums.items() if guesses])
    return [
        _report(
            version,
            stems.get(version.pk, version.stem),
            *sums[version.pk],
            choices.get(version.pk, {}),
        )
        for version in versions
    ]


def learner_rows(
    question_set: QuestionSet, classroom: Classroom | None = None
) -> QuerySet[Attempt]:
    """The first attempts with their points, how many answered and how often they came back."""
    every = Attempt.objects.filter(question_set=question_set, learner=OuterRef("learner"))
    if classroom is not None:
        every = every.filter(assignment__classroom=classroom)
    grouped = every.order_by().values("learner")
    return (
        first_attempts(question_set, classroom)
        .select_related("learner")
        .annotate(
            points=Sum("slots__score", default=0.0),
            answered=Count("slots__score"),
            of=Count("slots"),
            attempts=Subquery(grouped.annotate(n=Count("pk")).values("n")),
            last_at=Subquery(grouped.annotate(at=Max("started_at")).values("at")),
        )
        .order_by("learner__name", "learner__email", "pk")
    )


def learner_row(attempt: Attempt) -> LearnerRow:
    """Read a row of `learner_rows`."""
    found = vars(attempt)
    return LearnerRow(
        name=shown_name(attempt.learner),
        attempts=found["attempts"],
        answered=found["answered"],
        of=found["of"],
        points=found["points"],
        is_finished=attempt.state == Attempt.State.FINISHED,
        last_at=found["last_at"],
    )


def _chance(version: QuestionVersion) -> float:
    return items.chance(version.question.form, len(version.options))


def _without_guesses(version: QuestionVersion, answers: Answers | None) -> tuple[Sums, int]:
    """What is left to judge the question by, and how many answers were rapid guesses."""
    if answers is None:
        return Sums(), 0
    rapid = answers.rapid
    if items.are_guesses(rapid.n, rapid.x, _chance(version)):
        return answers.read, rapid.n
    return answers.read + rapid, 0


def _report(
    version: QuestionVersion,
    stem: str,
    sums: Sums,
    guesses: int,
    chosen: Mapping[Chosen, int],
) -> QuestionReport:
    n = sums.n
    p = items.facility(sums.x, n)
    g = _chance(version)
    r = items.point_biserial(sums.moments)
    return QuestionReport(
        version=version,
        stem=stem,
        n=n,
        guesses=guesses,
        facility=p,
        interval=items.wilson(p or 0.0, n),
        corrected=None if p is None else items.corrected_for_chance(p, g),
        discrimination=r,
        word=items.word_for(p, n, r, n),
        choices=_choices(version, chosen, n),
    )


def _choices(version: QuestionVersion, chosen: Mapping[Chosen, int], n: int) -> tuple[Choice, ...]:
    options = [
        Choice(
            text=option["text"],
            right=option["right"],
            n=chosen.get(place, 0),
            share=chosen.get(place, 0) / n if n else 0.0,
            is_unused=not option["right"] and items.is_unused(chosen.get(place, 0), max(n, 1)),
        )
        for place, option in enumerate(version.options)
    ]
    if not any(isinstance(key, int) for key in chosen):
        # Pairs and orders have no one option that was chosen.
        options = []
    texts = [(*key, count) for key, count in chosen.items() if isinstance(key, tuple)]
    texts.sort(key=lambda row: (-row[2], row[0]))
    typed = [
        Choice(text=text, right=right, n=count, share=count / n if n else 0.0)
        for text, right, count in texts[:MOST_TEXTS_OF_A_QUESTION]
    ]
    gave_up = chosen.get(None, 0)
    unknown = [Choice("I don’t know", right=False, n=gave_up, share=gave_up / n)] if gave_up else []
    return (*options, *typed, *unknown)
