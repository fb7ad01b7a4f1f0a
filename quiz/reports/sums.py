"""What the first answers to each question add up to, and what was chosen: the database's part."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.fields.json import KT

from quiz.learning.models import Answer, Attempt, Slot
from quiz.questions.grading import Verdict
from quiz.reports.items import RAPID_SECONDS, Moments

# Typed answers are listed by how often they were given; the tail says nothing.
MOST_TEXTS = 300
RIGHT = frozenset({Verdict.ACCEPT, Verdict.ACCEPT_WITH_NOTE})
RAPID = Q(answered_at__lt=F("presented_at") + timedelta(seconds=RAPID_SECONDS))

# The stored index of an option; a typed text and whether it counted as right; "I don't know".
type Chosen = int | tuple[str, bool] | None


@dataclass(frozen=True, slots=True)
class Sums:
    """Number of answers, and sums of their scores x and of the totals t of their attempts."""

    n: int = 0
    x: float = 0.0
    xx: float = 0.0
    t: float = 0.0
    tt: float = 0.0
    xt: float = 0.0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def moments(self) -> Moments:
        """The same of score and rest, t - x."""
        rest, rest_squared = self.t - self.x, self.tt - 2 * self.xt + self.xx
        return Moments(self.n, self.x, self.xx, rest, rest_squared, self.xt - self.xx)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered to one version; `rapid` is what came faster than anybody reads."""

    read: Sums = Sums()
    rapid: Sums = Sums()


def answers_by_version(firsts: QuerySet[Attempt]) -> dict[int, Answers]:
    """The sums of each version; the totals are of all answers of an attempt, rapid ones too."""
    answered = Slot.objects.filter(attempt__in=firsts, score__isnull=False)
    of_the_attempt = Slot.objects.filter(attempt=OuterRef("attempt")).order_by().values("attempt")
    tries = Answer.objects.filter(learner=OuterRef("learner"), nonce=OuterRef("nonce"))
    # Who changed a rapid answer later did read.
    is_rapid = Exists(tries.filter(RAPID)) & ~Exists(tries.exclude(RAPID))
    rows = (
        answered.annotate(
            total=Subquery(of_the_attempt.annotate(t=Sum("score")).values("t")),
            is_rapid=ExpressionWrapper(is_rapid, output_field=BooleanField()),
        )
        .order_by()
        .values("version", "is_rapid")
        .annotate(
            n=Count("pk"),
            x=Sum("score"),
            xx=Sum(F("score") * F("score")),
            t=Sum("total"),
            tt=Sum(F("total") * F("total")),
            xt=Sum(F("score") * F("total")),
        )
        .values_list("version", "is_rapid", "n", "x", "xx", "t", "tt", "xt")
    )
    found: dict[int, dict[str, Sums]] = defaultdict(dict)
    for version, is_rapid, *sums in rows:
        found[version]["rapid" if is_rapid else "read"] = Sums(*sums)
    return {version: Answers(**parts) for version, parts in found.items()}


def choices_by_version(
    firsts: QuerySet[Attempt], guessed: Iterable[int]
) -> dict[int, dict[Chosen, int]]:
    """How often each option (its stored index) or text was the answer that closed the slot.

    Of the versions in `guessed` the rapid answers are left out.
    """
    closed = Slot.objects.filter(attempt=OuterRef("attempt"), nonce=OuterRef("nonce")).exclude(
        verdict=""
    )
    later = Answer.objects.filter(
        learner=OuterRef("learner"), nonce=OuterRef("nonce"), try_no__gt=OuterRef("try_no")
    )
    last = Answer.objects.filter(Exists(closed), ~Exists(later), attempt__in=firsts)
    last = last.exclude(RAPID, version__in=guessed)
    found: dict[int, dict[Chosen, int]] = {}
    chosen = last.annotate(choice=KT("given__choice")).filter(choice__isnull=False)
    for version, choice, n in _counted(chosen, "choice"):
        found.setdefault(version, {})[int(choice)] = n
    typed = last.annotate(text=KT("given__text")).filter(text__isnull=False)
    for version, text, verdict, n in _counted(typed, "text", "verdict")[:MOST_TEXTS]:
        found.setdefault(version, {})[str(text), verdict in RIGHT] = n
    for version, n in _counted(last.filter(given__dont_know=True)):
        found.setdefault(version, {})[None] = n
    return found


def _counted(answers: QuerySet[Answer], *what: str) -> QuerySet[Answer, Any]:
    counted: QuerySet[Answer, Any] = (
        answers.order_by()
        .values("version", *what)
        .annotate(n=Count("pk"))
        .order_by("-n", *what)
        .values_list("version", *what, "n")
    )
    return counted
