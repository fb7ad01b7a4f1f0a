"""Tables of what learners answered and remember.

Every row a learner owns carries `learner` first in its indexes and is reached by it. Answers are
append-only and nothing points to them, so that the table can be partitioned by time.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from project.prepared import Insert
from quiz.accounts.models import new_public_id
from quiz.classrooms.models import Assignment
from quiz.facts.models import Fact, FactRevision, Topic
from quiz.questions.models import Facet, QuestionSet, QuestionVersion

LEARNER = settings.AUTH_USER_MODEL


class Attempt(models.Model):
    """One sitting of a question set, or of a number of questions from a topic."""

    class State(models.TextChoices):
        OPEN = "open"
        FINISHED = "finished"

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    learner = models.ForeignKey(LEARNER, on_delete=models.CASCADE, related_name="attempts")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="attempts")
    question_set = models.ForeignKey(
        QuestionSet, null=True, blank=True, on_delete=models.PROTECT, related_name="attempts"
    )
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="attempts"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    size = models.PositiveSmallIntegerField(default=0, help_text="number of its slots")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("learner", "-started_at")
        indexes = (models.Index(fields=["learner", "state"], name="attempt_by_learner"),)

    def __str__(self) -> str:
        return f"{self.learner}: {self.question_set or self.topic}"


class Slot(models.Model):
    """A question's place in an attempt; its `seq` is the lock of the answer protocol."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="slots")
    learner = models.ForeignKey(LEARNER, on_delete=models.CASCADE, related_name="+")
    n = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="slots")
    own_stem = models.TextField(blank=True)
    seq = models.PositiveIntegerField(default=0)
    nonce = models.CharField(max_length=43, blank=True, help_text="of the answer that closed it")
    verdict = models.CharField(max_length=16, blank=True)
    score = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("attempt", "n")
        constraints = (
            models.UniqueConstraint(fields=["attempt", "n"], name="slot_place_is_taken_once"),
        )

    def __str__(self) -> str:
        return f"{self.attempt} · {self.n}"


class Answer(models.Model):
    """A stored response. Append-only; the unique key answers a repeat with what was stored."""

    class Context(models.TextChoices):
        ROUND = "round"
        REVIEW = "review"
        QUIZ = "quiz"
        CARDS = "cards"

    class Sureness(models.IntegerChoices):
        GUESS = 1, "Guess"
        THINK_SO = 2, "Think so"
        SURE = 3, "Sure"

    learner = models.ForeignKey(
        LEARNER, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    presented_at = models.DateTimeField()
    nonce = models.CharField(max_length=43)
    try_no = models.PositiveSmallIntegerField(default=1)
    context = models.CharField(max_length=6, choices=Context.choices)
    version = models.ForeignKey(
        QuestionVersion, on_delete=models.PROTECT, related_name="answers", db_index=False
    )
    attempt = models.ForeignKey(
        Attempt, null=True, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    given = models.JSONField()
    # Said by the learner, if at all; neither score nor schedule looks at it.
    sureness = models.PositiveSmallIntegerField(choices=Sureness, null=True, blank=True)
    verdict = models.CharField(max_length=16)
    score = models.FloatField()
    reply = models.JSONField(default=dict, help_text="what the learner was told")
    voids_nonce = models.CharField(max_length=43, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["learner", "presented_at", "nonce", "try_no"], name="answer_is_stored_once"
            ),
        )
        indexes = (
            models.Index(fields=["learner", "nonce"], name="answer_by_nonce"),
            models.Index(fields=["version", "learner"], name="answer_by_version"),
        )

    def __str__(self) -> str:
        return f"{self.learner} {self.verdict}"


class MemoryQuerySet(models.QuerySet["Memory"]):
    def due_for(self, learner: Any, now: datetime) -> Self:
        """What has come due, and what we had wrong when the learner learned it."""
        corrected = FactRevision.objects.filter(
            fact=OuterRef("fact"),
            n__gt=OuterRef("revision_seen"),
            change=FactRevision.Change.WRONG,
        )
        is_corrected = Q(fact__revision__gt=F("revision_seen")) & Exists(corrected)
        return self.filter(Q(due_at__lte=now) | is_corrected, learner=learner)

    def store(self, memories: "Sequence[Memory]") -> bool:
        """Insert or update each memory whose `seq` is one more than the stored one (or none).

        One statement claims and writes. False if any of them has moved on since it was read: then
        the caller rolls back and reads again.
        """
        return _CLAIM.store(memories) == len(memories)


class Memory(models.Model):
    """What one learner remembers of one facet of one fact (FSRS state; days)."""

    learner = models.ForeignKey(
        LEARNER, on_delete=models.CASCADE, related_name="memories", db_index=False
    )
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="memories")
    facet = models.CharField(max_length=8, choices=Facet.choices)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveIntegerField(default=0)
    stability = models.FloatField(null=True, blank=True)
    difficulty = models.FloatField(null=True, blank=True)
    last_rated_day = models.DateField(null=True, blank=True)
    last_rating = models.PositiveSmallIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    rated = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    # Days on which the fact was recalled in a recall form: two are needed for "steady".
    recalled_days = models.PositiveSmallIntegerField(default=0)
    self_rated_days = models.PositiveSmallIntegerField(default=0)
    last_recalled_day = models.DateField(null=True, blank=True)
    last_form = models.CharField(max_length=13, blank=True)
    last_day = models.DateField(null=True, blank=True, help_text="of any response")
    # The last response was asked to be said more clearly: that happens once.
    asked_again = models.BooleanField(default=False)
    revision_seen = models.PositiveIntegerField(default=1)

    objects = MemoryQuerySet.as_manager()

    class Meta:
        ordering = ("learner", "fact", "facet")
        verbose_name_plural = "memories"
        constraints = (
            models.UniqueConstraint(
                fields=["learner", "fact", "facet"], name="memory_is_one_for_a_facet"
            ),
        )
        indexes = (models.Index(fields=["learner", "topic", "due_at"], name="memory_by_due"),)

    def __str__(self) -> str:
        return f"{self.learner}: {self.fact} ({self.facet})"


_CLAIM = Insert(Memory, "learner_id, fact_id, facet", "quiz_memory.seq = excluded.seq - 1")


class Recall(models.Model):
    """One response as evidence about one memory; rating is null where it is none."""

    learner = models.ForeignKey(
        LEARNER, on_delete=models.CASCADE, related_name="recalls", db_index=False
    )
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+", db_index=False)
    facet = models.CharField(max_length=8, choices=Facet.choices)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    day = models.DateField(help_text="the learner's day")
    form = models.CharField(max_length=13)
    verdict = models.CharField(max_length=16)
    rating = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1–4, FSRS")
    revision = models.PositiveIntegerField(help_text="of the fact, when answered")
    nonce = models.CharField(max_length=43, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["learner", "fact", "facet", "seq"], name="recall_is_one_for_a_seq"
            ),
        )
        indexes = (models.Index(fields=["learner", "day"], name="recall_by_day"),)

    def __str__(self) -> str:
        return f"{self.learner}: {self.fact} ({self.verdict})"


class LearnerDay(models.Model):
    """Counters of a learner's day, by kind of fact; folded, never counted from answers."""

    learner = models.ForeignKey(
        LEARNER, on_delete=models.CASCADE, related_name="days", db_index=False
    )
    day = models.DateField()
    kind = models.CharField(max_length=10)
    answered = models.PositiveIntegerField(default=0)
    measured = models.PositiveIntegerField(
        default=0, help_text="first answers of the day, which tell what was known"
    )
    right = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("learner", "day", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=["learner", "day", "kind"], name="learnerday_is_one_for_a_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.learner} on {self.day}"


class BegunReview(models.Model):
    """What a learner's day held when its review was last begun, one row for each learner.

    From then on the day holds what of it was not asked yet, so that what was announced is asked
    and nothing is put after it.
    """

    learner = models.OneToOneField(LEARNER, on_delete=models.CASCADE, related_name="begun_review")
    day = models.DateField()
    questions = models.JSONField(default=list, help_text="public ids, as they are to be asked")

    class Meta:
        ordering = ("learner",)

    def __str__(self) -> str:
        return f"{self.learner} on {self.day}"
