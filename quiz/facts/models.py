"""Tables of the facts: topics, sources, entities, measures, facts and everything said of them."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from quiz.facts.status import Status

OWNER = settings.AUTH_USER_MODEL


class SlugManager[M: models.Model](models.Manager[M]):
    """Natural keys of rows that are public (no owner); a teacher's rows are not in fixtures."""

    def get_by_natural_key(self, slug: str) -> M:
        return self.get(slug=slug, owner=None)


class Owned(models.Model):
    """A row with a slug that is unique among the public rows and among each owner's own."""

    slug = models.SlugField(max_length=80)
    owner = models.ForeignKey(OWNER, null=True, blank=True, on_delete=models.CASCADE)

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(
                fields=["slug"], condition=Q(owner=None), name="%(class)s_public_slug_is_unique"
            ),
            models.UniqueConstraint(
                fields=["owner", "slug"], name="%(class)s_slug_is_unique_for_its_owner"
            ),
        )

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class TopicQuerySet(models.QuerySet["Topic"]):
    def locked(self) -> Self:
        """These topics, each changed by nobody else until the transaction ends.

        Whoever changes their facts, or stores what was made of them, asks for this first.
        """
        return self.select_for_update(of=("self",), no_key=True).order_by("pk")


class TopicManager(SlugManager["Topic"]):
    def get_queryset(self) -> TopicQuerySet:
        return TopicQuerySet(self.model, using=self._db)

    def locked(self) -> TopicQuerySet:
        return self.get_queryset().locked()


class Topic(Owned):
    title = models.CharField(max_length=160)
    headline = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True, help_text="What it is built on, in two sentences.")
    leaning = models.TextField(blank=True, help_text="What its source leans on, if it leans.")
    article_word = models.CharField(
        max_length=40, default="article", help_text="What feedback calls the source: “the article”."
    )
    contested = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    changes = models.PositiveIntegerField(
        default=0, editable=False, help_text="how often its facts have changed"
    )

    objects: ClassVar[TopicManager] = TopicManager()

    class Meta(Owned.Meta):
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return self.title


class ThreadManager(models.Manager["Thread"]):
    def get_by_natural_key(self, topic: str, slug: str) -> "Thread":
        return self.get(topic__slug=topic, topic__owner=None, slug=slug)


class Thread(models.Model):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="threads")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    reading = models.TextField(blank=True, help_text="A short reading in our own words.")

    objects: ClassVar[ThreadManager] = ThreadManager()

    class Meta:
        ordering = ("topic", "position", "slug")
        constraints = (
            models.UniqueConstraint(
                fields=["topic", "slug"], name="thread_slug_is_unique_in_its_topic"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, str]:
        return (self.topic.slug, self.slug)

    natural_key.dependencies = ("quiz.topic",)  # type: ignore[attr-defined]


class Source(Owned):
    class Kind(models.TextChoices):
        PRIMARY = "primary"
        OFFICIAL = "official"
        PARTY = "party"
        AGENCY = "agency"
        NGO = "ngo"
        MEDIA = "media"
        ACADEMIC = "academic"
        REFERENCE = "reference"
        TEACHER = "teacher"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=300)
    publisher = models.ForeignKey("quiz.Entity", null=True, blank=True, on_delete=models.SET_NULL)
    url = models.URLField(max_length=500, blank=True)
    published_on = models.CharField(max_length=40, blank=True, help_text="EDTF, if known")
    retrieved_on = models.DateField(null=True, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    derived_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    licence = models.CharField(max_length=120, blank=True)

    objects: ClassVar[SlugManager[Self]] = SlugManager()

    class Meta(Owned.Meta):
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.title


class Entity(Owned):
    class Kind(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"
        GROUP = "group"
        STATE = "state"
        PLACE = "place"
        UNIT = "unit"
        WEAPON = "weapon"
        PUBLICATION = "publication"
        AGREEMENT = "agreement"
        EVENT = "event"
        SUBSTANCE = "substance"
        SYMBOL = "symbol"
        ORIGIN = "origin"
        OTHER = "other"

    kind = models.CharField(max_length=14, choices=Kind.choices)
    name = models.CharField(max_length=160, help_text="as it is shown")
    note = models.CharField(max_length=200, blank=True, help_text="who or what this is, shown")
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="entities"
    )
    part_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts"
    )
    maybe_same_as = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        help_text="may be one entity under two names: never each other's options",
    )

    objects: ClassVar[SlugManager[Self]] = SlugManager()

    class Meta(Owned.Meta):
        ordering = ("slug",)
        verbose_name_plural = "entities"

    def __str__(self) -> str:
        return self.name


class EntityName(models.Model):
    class Kind(models.TextChoices):
        FULL = "full"
        SHORT = "short"
        SURNAME = "surname"
        GIVEN = "given"
        NATIVE = "native"
        TRANSLIT = "translit"
        ACRONYM = "acronym"
        SYMBOL = "symbol"
        FORMER = "former"
        ROLE = "role"
        NICKNAME = "nickname"
        MISSPELLING = "misspelling"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=160)
    folded = models.CharField(max_length=200, editable=False, db_index=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.FULL)
    accept = models.BooleanField(default=True, help_text="counts as right when typed")
    from_general_knowledge = models.BooleanField(default=False)
    # Such a name outlives the next load of the file that its entity is from.
    added_in_app = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("entity", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["entity", "text"], name="entityname_is_unique_for_its_entity"
            ),
        )

    def __str__(self) -> str:
        return self.text


class EntityRole(models.Model):
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=160)
    of = models.ForeignKey(
        Entity, null=True, blank=True, on_delete=models.SET_NULL, related_name="role_holders"
    )
    valid_from = models.CharField(max_length=40, blank=True, help_text="EDTF")
    valid_to = models.CharField(max_length=40, blank=True, help_text="EDTF")
    from_general_knowledge = models.BooleanField(default=False)

    class Meta:
        ordering = ("entity", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["entity", "role", "valid_from"], name="entityrole_is_said_once"
            ),
        )

    def __str__(self) -> str:
        return self.role


class TopicSide(models.Model):
    """Which side of the topic's dispute an entity speaks for; opposed sides can agree."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="sides")
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="sides")
    side = models.SlugField(max_length=40)

    class Meta:
        ordering = ("topic", "side", "entity")
        constraints = (
            models.UniqueConstraint(
                fields=["topic", "entity"], name="topicside_is_one_for_an_entity"
            ),
        )

    def __str__(self) -> str:
        return f"{self.entity}: {self.side}"


class MeasureManager[M: models.Model](models.Manager[M]):
    def get_by_natural_key(self, slug: str) -> M:
        return self.get(slug=slug)


class MeasureFamily(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    why_they_differ = models.TextField()

    objects: ClassVar[MeasureManager[Self]] = MeasureManager()

    class Meta:
        ordering = ("slug",)
        verbose_name_plural = "measure families"

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Measure(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    counts = models.CharField(max_length=200, help_text="what is counted, as a noun phrase")
    unit = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=80, blank=True, help_text="sent, decided, arrived …")
    changing = models.BooleanField(default=False, help_text="changes over time: needs an as-of")
    family = models.ForeignKey(
        MeasureFamily, null=True, blank=True, on_delete=models.SET_NULL, related_name="measures"
    )

    objects: ClassVar[MeasureManager[Self]] = MeasureManager()

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.counts

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class FactManager(models.Manager["Fact"]):
    def get_by_natural_key(self, topic: str, slug: str) -> "Fact":
        return self.get(topic__slug=topic, topic__owner=None, slug=slug)


class Fact(models.Model):
    """One thing known: a sentence with one marked answer, and who says so.

    The answer stands in double square brackets in `sentence`; sentence and stem are written
    without their voice, which is added from `voices` where the status asks for it.
    """

    class Kind(models.TextChoices):
        DATE = "date"
        FIGURE = "figure"
        STATEMENT = "statement"
        IDENTITY = "identity"

    class Precision(models.TextChoices):
        DAY = "day"
        MONTH = "month"
        YEAR = "year"
        DECADE = "decade"
        CENTURY = "century"
        RANGE = "range"

    class Reading(models.TextChoices):
        EXTENT = "extent"
        WINDOW = "window"
        BEFORE = "before"
        AFTER = "after"

    class Qualifier(models.TextChoices):
        EXACTLY = "exactly"
        ABOUT = "about"
        NEARLY = "nearly"
        OVER = "over"
        AT_LEAST = "at_least"
        UP_TO = "up_to"
        AT_MOST = "at_most"
        RANGE = "range"

    class Mode(models.TextChoices):
        TOLD = "told"
        CLAIMED = "claimed"
        ESTIMATED = "estimated"
        ANNOUNCED = "announced"
        DENIED = "denied"
        CONFIRMED = "confirmed"
        REPORTED = "reported"
        SAID = "said"
        WARNED = "warned"

    class Rank(models.TextChoices):
        PREFERRED = "preferred"
        NORMAL = "normal"
        DEPRECATED = "deprecated"

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="facts")
    slug = models.SlugField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="facts")
    importance = models.PositiveSmallIntegerField(default=2, help_text="1 is core, 3 is detail")
    grave = models.BooleanField(default=False)
    label = models.CharField(max_length=160, help_text="short name, without its answer or a date")
    sentence = models.TextField(help_text="one sentence, the answer in [[double brackets]]")
    stem = models.TextField(blank=True, help_text="a direct question, without its voice")
    occasion = models.CharField(max_length=200, blank=True)
    subject = models.ForeignKey(
        Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="facts_about"
    )
    # The answer of a date fact.
    when_edtf = models.CharField(max_length=40, blank=True)
    when_first_day = models.IntegerField(null=True, blank=True, editable=False)
    when_last_day = models.IntegerField(null=True, blank=True, editable=False)
    when_precision = models.CharField(
        max_length=8, choices=Precision.choices, blank=True, editable=False
    )
    when_reading = models.CharField(max_length=8, choices=Reading.choices, default=Reading.EXTENT)
    when_circa = models.PositiveSmallIntegerField(default=0, help_text="± years")
    ask_precision = models.CharField(max_length=8, choices=Precision.choices, blank=True)
    # What is asked; facts with one measure and subject are rivals, whatever their kind.
    measure = models.ForeignKey(
        Measure, null=True, blank=True, on_delete=models.PROTECT, related_name="facts"
    )
    # The answer of a figure.
    amount_text = models.CharField(max_length=60, blank=True)
    amount_value = models.DecimalField(max_digits=30, decimal_places=10, null=True, blank=True)
    amount_low = models.DecimalField(max_digits=30, decimal_places=10, null=True, blank=True)
    amount_high = models.DecimalField(max_digits=30, decimal_places=10, null=True, blank=True)
    qualifier = models.CharField(max_length=8, choices=Qualifier.choices, blank=True)
    hedge_text = models.CharField(max_length=40, blank=True, help_text="the source's own word")
    significant_digits = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    # The answer of a statement.
    content = models.TextField(blank=True, help_text="what was said: a clause after “that”")
    verbatim = models.BooleanField(default=False, help_text="content is a literal quotation")
    # Who says so is in `voices`; how and as of when:
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.TOLD)
    as_of_edtf = models.CharField(max_length=40, blank=True)
    as_of_first_day = models.IntegerField(null=True, blank=True, editable=False)
    as_of_last_day = models.IntegerField(null=True, blank=True, editable=False)
    valid_from_edtf = models.CharField(max_length=40, blank=True)
    valid_from_day = models.IntegerField(null=True, blank=True, editable=False)
    valid_to_edtf = models.CharField(max_length=40, blank=True)
    valid_to_day = models.IntegerField(null=True, blank=True, editable=False)
    rank = models.CharField(max_length=10, choices=Rank.choices, default=Rank.NORMAL)
    note = models.TextField(blank=True, help_text="shown with the feedback")
    not_asked = models.CharField(
        max_length=200, blank=True, help_text="why this is kept but never asked"
    )
    retracted_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(
        max_length=10,
        choices=[(status.value, status.value) for status in Status],
        default=Status.UNVERIFIED,
        editable=False,
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    edited_in_app = models.BooleanField(default=False, editable=False)

    objects: ClassVar[FactManager] = FactManager()

    class Meta:
        ordering = ("topic", "slug")
        constraints = (
            models.UniqueConstraint(
                fields=["topic", "slug"], name="fact_slug_is_unique_in_its_topic"
            ),
            models.CheckConstraint(
                condition=Q(importance__range=(1, 3)), name="fact_importance_is_1_to_3"
            ),
            models.CheckConstraint(
                condition=~Q(kind="date") | Q(when_first_day__isnull=False),
                name="fact_of_kind_date_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(kind="figure")
                | (
                    ~Q(qualifier="")
                    & Q(measure__isnull=False)
                    & (
                        Q(amount_value__isnull=False)
                        | Q(amount_low__isnull=False, amount_high__isnull=False)
                    )
                ),
                name="fact_of_kind_figure_has_amount_qualifier_and_measure",
            ),
            models.CheckConstraint(
                condition=~Q(kind="statement") | ~Q(content=""),
                name="fact_of_kind_statement_has_content",
            ),
            models.CheckConstraint(
                condition=Q(when_first_day__isnull=True)
                | Q(when_last_day__gte=F("when_first_day")),
                name="fact_date_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(amount_low__isnull=True)
                | Q(amount_high__isnull=True)
                | Q(amount_high__gte=F("amount_low")),
                name="fact_amount_bounds_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(valid_from_day__isnull=True)
                | Q(valid_to_day__isnull=True)
                | Q(valid_to_day__gte=F("valid_from_day")),
                name="fact_validity_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=["topic", "status"], name="fact_by_topic_and_status"),)

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        return f"{self.topic.slug}/{self.slug}"

    @property
    def plain_sentence(self) -> str:
        return self.sentence.replace("[[", "").replace("]]", "")

    def natural_key(self) -> tuple[str, str]:
        return (self.topic.slug, self.slug)

    natural_key.dependencies = (  # type: ignore[attr-defined]
        "quiz.topic",
        "quiz.thread",
        "quiz.entity",
        "quiz.measure",
    )


class FactAnswer(models.Model):
    """An entity that is a right answer of an identity fact; several are all right."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="answers")
    n = models.PositiveSmallIntegerField(default=0)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="answers_of")

    class Meta:
        ordering = ("fact", "n")
        constraints = (
            models.UniqueConstraint(fields=["fact", "n"], name="factanswer_place_is_taken_once"),
            models.UniqueConstraint(
                fields=["fact", "entity"], name="factanswer_entity_is_named_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.entity)


class Voice(models.Model):
    """One link of the chain from the first speaker (n = 0) to the source."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="voices")
    n = models.PositiveSmallIntegerField(default=0)
    entity = models.ForeignKey(
        Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
    )
    label = models.CharField(max_length=160, blank=True, help_text="if it is nobody's name")
    mode = models.CharField(max_length=10, choices=Fact.Mode.choices, default=Fact.Mode.SAID)
    said_on_edtf = models.CharField(max_length=40, blank=True)
    said_on_first_day = models.IntegerField(null=True, blank=True, editable=False)
    said_on_last_day = models.IntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("fact", "n")
        constraints = (
            models.UniqueConstraint(fields=["fact", "n"], name="voice_place_is_taken_once"),
            models.CheckConstraint(
                condition=Q(entity__isnull=False) | ~Q(label=""), name="voice_is_named"
            ),
        )

    def __str__(self) -> str:
        return self.label or str(self.entity)


class FactLink(models.Model):
    class Kind(models.TextChoices):
        CONFIRMS = "confirms"
        DENIES = "denies"
        SUPERSEDES = "supersedes"

    from_fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="links")
    to_fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        ordering = ("from_fact", "kind", "to_fact")
        constraints = (
            models.UniqueConstraint(
                fields=["from_fact", "to_fact", "kind"], name="factlink_is_said_once"
            ),
            models.CheckConstraint(
                condition=~Q(from_fact=F("to_fact")), name="factlink_joins_two_facts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_fact} {self.kind} {self.to_fact}"


class AlsoRight(models.Model):
    """What counts beside the fact's own value when it is typed; an editor let it count."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="also_right")
    text = models.CharField(
        max_length=60, help_text="a coarser date (2022), or a number that is near enough (11,500)"
    )

    class Meta:
        ordering = ("fact", "id")
        verbose_name = verbose_name_plural = "also right"
        constraints = (
            models.UniqueConstraint(fields=["fact", "text"], name="alsoright_is_said_once"),
        )

    def __str__(self) -> str:
        return self.text


class Citation(models.Model):
    class Stance(models.TextChoices):
        SUPPORTS = "supports"
        DISPUTES = "disputes"
        MENTIONS = "mentions"

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    locator = models.CharField(max_length=160, help_text="section and paragraph")
    quote = models.TextField(blank=True)
    reported_on = models.CharField(max_length=40, blank=True, help_text="EDTF")
    stance = models.CharField(max_length=8, choices=Stance.choices, default=Stance.SUPPORTS)

    class Meta:
        ordering = ("fact", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["fact", "source", "locator", "stance"], name="citation_is_given_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source}, {self.locator}"


class FactRevision(models.Model):
    class Change(models.TextChoices):
        FIRST = "first", "first version"
        WRONG = "wrong", "we were wrong"
        SOURCE = "source", "the source changed"
        NEWER = "newer", "a newer report"
        WORDING = "wording", "wording only"
        STATUS = "status", "its standing changed"
        SUPERSEDED = "superseded", "superseded"
        RETRACTED = "retracted", "retracted"

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="revisions")
    n = models.PositiveIntegerField()
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField()
    change = models.CharField(max_length=10, choices=Change.choices)
    why = models.TextField(blank=True)
    by = models.ForeignKey(OWNER, null=True, blank=True, on_delete=models.SET_NULL)
    at = models.DateTimeField()

    class Meta:
        ordering = ("fact", "-n")
        constraints = (
            models.UniqueConstraint(fields=["fact", "n"], name="factrevision_number_is_unique"),
        )

    def __str__(self) -> str:
        return f"{self.fact} ({self.n})"


class FixtureLoad(models.Model):
    path = models.CharField(max_length=300, unique=True)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("path",)

    def __str__(self) -> str:
        return self.path
