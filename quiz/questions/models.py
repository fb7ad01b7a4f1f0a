"""Tables of the questions: a fact's facet in one form, its versions, and teachers' sets."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from quiz.accounts.models import new_public_id
from quiz.facts.models import Fact, Topic
from quiz.facts.status import Status
from quiz.questions.graded import Verdict

OWNER = settings.AUTH_USER_MODEL


class Form(models.TextChoices):
    """The ways of asking, each with the words that people see for it."""

    CHOICE = "choice", "Choose one"
    TRUE_FALSE = "true-false", "True or false"
    SAYS_SO = "says-so", "Does the source say so?"
    TYPED = "typed", "Type the answer"
    CLOZE = "cloze", "Fill the gap, with options"
    CLOZE_TYPED = "cloze-typed", "Fill the gap, typed"
    WHAT_SAID = "what-said", "What was said"
    SEVERAL_RIGHT = "several-right", "Several are right"
    WHOSE_WORDS = "whose-words", "Whose words"
    MATCHING = "matching", "Match pairs"
    ORDERING = "ordering", "Put in order"
    CHAIN = "chain", "Chain of voices"
    WHICH_FIRST = "which-first", "Which came first"
    ESTIMATE = "estimate", "Estimate"
    WHICH_SOURCE = "which-source", "Who gave which"
    WHICH_HEDGE = "which-hedge", "Which hedge"
    WHAT_COUNTED = "what-counted", "What is counted"
    CAN_YOU_TELL = "can-you-tell", "Can you tell?"
    STANDING = "standing", "How the claim stands"
    FLASHCARD = "flashcard", "Flashcard"


class Facet(models.TextChoices):
    DATE = "date"
    VALUE = "value"
    SPEAKER = "speaker"
    CONTENT = "content"
    IDENTITY = "identity"


class QuestionQuerySet(models.QuerySet["Question"]):
    def served(self) -> Self:
        """Questions whose current version may be shown now."""
        return self.filter(
            retired=False,
            versions__state=QuestionVersion.State.SERVED,
            versions__fact_revision=F("fact__revision"),
        )


class Question(models.Model):
    class Origin(models.TextChoices):
        GENERATED = "generated"
        HAND = "hand-written"

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="questions")
    facet = models.CharField(max_length=8, choices=Facet.choices)
    form = models.CharField(max_length=13, choices=Form.choices)
    variant = models.CharField(max_length=40, default="0")
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.GENERATED)
    owner = models.ForeignKey(OWNER, null=True, blank=True, on_delete=models.CASCADE)
    retired = models.BooleanField(default=False, help_text="its form is no longer offered")

    objects: ClassVar[models.Manager["Question"]] = models.Manager.from_queryset(QuestionQuerySet)()

    class Meta:
        ordering = ("fact", "facet", "form", "variant")
        constraints = (
            models.UniqueConstraint(
                fields=["fact", "facet", "form", "variant"], name="question_is_asked_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.fact} · {self.form}"


class QuestionVersionQuerySet(models.QuerySet["QuestionVersion"]):
    def served(self) -> Self:
        return self.filter(
            state=QuestionVersion.State.SERVED,
            fact_revision=F("question__fact__revision"),
            question__retired=False,
        )


class QuestionVersion(models.Model):
    """What a learner is shown and graded by; never changed once stored, only its state is."""

    class State(models.TextChoices):
        SERVED = "served"
        HELD = "held", "held back by a rule"
        STALE = "stale", "a fact it uses has changed"
        REPLACED = "replaced"

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    n = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    stem = models.TextField()
    options = models.JSONField(default=list)
    expected = models.JSONField(default=dict)
    feedback = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices)
    held_by = models.CharField(max_length=120, blank=True, help_text="ids of the rules")
    warnings = models.CharField(max_length=120, blank=True, help_text="ids of advising rules")
    fact_revision = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager["QuestionVersion"]] = models.Manager.from_queryset(
        QuestionVersionQuerySet
    )()

    class Meta:
        ordering = ("question", "-n")
        constraints = (
            models.UniqueConstraint(fields=["question", "n"], name="questionversion_n_is_unique"),
            models.UniqueConstraint(
                fields=["question"],
                condition=~Q(state="replaced"),
                name="questionversion_current_is_one",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | ~Q(held_by=""),
                name="questionversion_held_says_by_what",
            ),
        )
        indexes = (models.Index(fields=["state", "question"], name="version_by_state"),)

    def __str__(self) -> str:
        return self.stem

    @property
    def shown_key(self) -> str:
        shown = self.expected.get("shown", "")
        return shown if isinstance(shown, str) else " · ".join(shown)

    @property
    def key_rows(self) -> list[tuple[str, str]]:
        """Premise and right option of each pair, or place and event of an order; else nothing."""
        texts = [option["text"] for option in self.options]
        if "pairs" in self.expected:
            pairs = self.expected["pairs"]
            frame = self.expected["frame"]
            return [(frame[int(n)], texts[pairs[n]]) for n in sorted(pairs, key=int)]
        sequence = self.expected.get("sequence", ())
        return [(str(n), texts[place]) for n, place in enumerate(sequence, start=1)]

    @property
    def plain_sentence(self) -> str:
        sentence: str = self.feedback.get("sentence", "")
        return sentence.replace("[[", "").replace("]]", "")


class QuestionFact(models.Model):
    """A fact that a version uses, and as what: the blast radius of a change."""

    class Role(models.TextChoices):
        KEY = "key"
        PREMISE = "premise"
        DISTRACTOR = "distractor"
        RIVAL = "rival"

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="uses")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="used_by")
    facet = models.CharField(max_length=8, choices=Facet.choices, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta:
        ordering = ("version", "role", "fact")
        constraints = (
            models.UniqueConstraint(
                fields=["version", "fact", "role"], name="questionfact_is_said_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.fact} as {self.role}"


class GradingCase(models.Model):
    """What somebody typed and how it must be graded: kept when an editor let it count.

    Graded anew by the audit and before every edit of its fact, until an editor ends it.
    """

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="grading_cases")
    facet = models.CharField(max_length=8, choices=Facet.choices)
    given = models.CharField(max_length=200)
    wanted = models.CharField(
        max_length=16, choices=[(verdict.value, verdict.value) for verdict in Verdict]
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="it need hold no longer")

    class Meta:
        ordering = ("fact", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["fact", "facet", "given"],
                condition=Q(ended_at=None),
                name="gradingcase_is_kept_once",
            ),
        )

    def __str__(self) -> str:
        return f"“{self.given}”: {self.wanted}"


class QuestionSetQuerySet(models.QuerySet["QuestionSet"]):
    def owned_by(self, user: Any) -> Self:
        return self.filter(owner=user)

    def open_by_link(self) -> Self:
        return self.filter(status=QuestionSet.Status.PUBLISHED).exclude(link_token=None)


class QuestionSet(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        ARCHIVED = "archived"

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(OWNER, on_delete=models.CASCADE, related_name="question_sets")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="question_sets")
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    rule = models.JSONField(default=dict, blank=True)
    follows_facts = models.BooleanField(
        default=True, help_text="new versions replace old ones; otherwise versions are kept"
    )
    feedback_at_end = models.BooleanField(default=False)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    link_token = models.CharField(max_length=32, unique=True, null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["QuestionSet"]] = models.Manager.from_queryset(
        QuestionSetQuerySet
    )()

    class Meta:
        ordering = ("-changed_at",)

    def __str__(self) -> str:
        return self.title


class SetItemQuerySet(models.QuerySet["SetItem"]):
    def with_versions(self) -> Self:
        """Everything that `version` and `is_served` look at, in two queries."""
        current = QuestionVersion.objects.exclude(state=QuestionVersion.State.REPLACED)
        return self.select_related("question__fact__thread", "pinned_version").prefetch_related(
            models.Prefetch("question__versions", current)
        )


class SetItem(models.Model):
    question_set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="set_items")
    position = models.PositiveIntegerField()
    section = models.CharField(max_length=80, blank=True)
    own_stem = models.TextField(blank=True, help_text="the teacher's own wording")
    pinned_version = models.ForeignKey(
        QuestionVersion, null=True, blank=True, on_delete=models.PROTECT
    )
    notice = models.CharField(max_length=200, blank=True, help_text="why it was taken out")

    objects: ClassVar[models.Manager["SetItem"]] = models.Manager.from_queryset(SetItemQuerySet)()

    class Meta:
        ordering = ("question_set", "position")
        constraints = (
            models.UniqueConstraint(
                fields=["question_set", "question"], name="setitem_question_stands_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.position}. {self.question}"

    @property
    def version(self) -> QuestionVersion | None:
        """The kept version, else the current one; read `with_versions` first."""
        if self.pinned_version is not None:
            return self.pinned_version
        return next(iter(self.question.versions.all()), None)

    @property
    def is_served(self) -> bool:
        """Whether it may be shown to a student now."""
        version, fact = self.version, self.question.fact
        if version is None or self.notice or not Status(fact.status).is_askable:
            return False
        return self.pinned_version is not None or (
            version.state == QuestionVersion.State.SERVED
            and version.fact_revision == fact.revision
            and not self.question.retired
        )

    @property
    def stem(self) -> str:
        return self.own_stem or (self.version.stem if self.version else "")
