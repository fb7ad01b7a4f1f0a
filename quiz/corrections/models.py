"""Tables of corrections: changes still to be worked through, and problem reports."""

from django.conf import settings
from django.db import models

from quiz.accounts.models import new_public_id
from quiz.facts.models import Fact
from quiz.questions.models import GradingCase, QuestionVersion

USER = settings.AUTH_USER_MODEL


class Outbox(models.Model):
    """A fact's revision whose questions are still to be made anew."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="outbox")
    revision = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "outbox"
        constraints = (
            models.UniqueConstraint(
                fields=["fact", "revision"], name="outbox_holds_a_revision_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.fact} ({self.revision})"


class Report(models.Model):
    """A learner says that something is wrong with a question; a person reads it."""

    class State(models.TextChoices):
        OPEN = "open"
        CONFIRMED = "confirmed"
        DECLINED = "declined"

    class Kind(models.TextChoices):
        SHOULD_COUNT = "should-count", "My answer should be right"
        WRONG = "wrong", "Something here is wrong"
        UNCLEAR = "unclear", "I don’t understand the question"

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    learner = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="reports")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="reports")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="reports")
    nonce = models.CharField(max_length=43, blank=True)
    given = models.JSONField(null=True, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    message = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    reply = models.TextField(blank=True)
    case = models.ForeignKey(
        GradingCase,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reports",
        help_text="what counts since it was confirmed",
    )
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text="its answer, by the learner")
    answered_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["learner", "version", "nonce", "kind"], name="report_is_filed_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.fact}: {self.get_kind_display()}"
