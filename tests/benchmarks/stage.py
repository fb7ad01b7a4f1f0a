"""Learners with a past: one is made row by row, the others are copies of it, made by the database."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from itertools import batched, islice

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from quiz.accounts.models import User
from quiz.learning.models import Answer, LearnerDay, Memory, Recall
from quiz.questions.models import QuestionVersion
from tests.benchmarks.client import TOPIC

ANSWERS = 200  # of each learner
SEEN_DAYS = 20
OWNED = (Answer, Recall, Memory, LearnerDay)


def prepare(learners: int) -> None:
    """Tables, the article with its questions, and so many learners with 200 answers each."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("loaddata", settings.BASE_DIR / "fixtures" / f"{TOPIC}.yaml", verbosity=0)
    call_command("generate_questions", topic=TOPIC, verbosity=0)
    people = [
        User(email=f"bench{n}@example.org", name=f"Bench {n}", password="!")
        for n in range(learners)
    ]
    for batch in batched(people, 2000):
        User.objects.bulk_create(batch)
    first = User.objects.order_by("pk").first()
    give_a_past(first)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # millions of rows by one statement
    for model in OWNED:
        copy_to_others(model, first)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def give_a_past(learner: User) -> None:
    """200 answers on the article's facts, over some weeks, four for each memory."""
    versions = list(
        QuestionVersion.objects.served()
        .filter(question__fact__topic__slug=TOPIC)
        .exclude(question__form="flashcard")
        .select_related("question__fact")
        .order_by("question__fact", "question__facet", "pk")
    )
    one_each = {(v.question.fact_id, v.question.facet): v for v in versions}
    chosen = list(islice(one_each.items(), ANSWERS // 4))
    now = datetime.now(UTC)
    answers, recalls, memories = [], [], []
    for place, ((fact, facet), version) in enumerate(chosen):
        for seq in range(1, 5):
            at = now - timedelta(days=40 - 9 * seq, minutes=place)
            nonce = f"past-{place}-{seq}"
            answers.append(
                Answer(
                    learner=learner, presented_at=at, nonce=nonce, context="round",
                    version=version, given={"choice": 1}, verdict="accept", score=1.0,
                    answered_at=at,
                )
            )  # fmt: skip
            recalls.append(
                Recall(
                    learner=learner, fact_id=fact, facet=facet, seq=seq, at=at, day=at.date(),
                    form=version.question.form, verdict="accept", rating=3, nonce=nonce,
                    revision=version.fact_revision,
                )
            )  # fmt: skip
        memories.append(
            Memory(
                learner=learner, fact_id=fact, facet=facet, topic=version.question.fact.topic,
                seq=4, stability=6.0, difficulty=5.0, rated=4, due_at=now - timedelta(hours=2),
                last_rated_day=(now - timedelta(days=4)).date(), recalled_days=2,
                last_form=version.question.form, revision_seen=version.fact_revision,
            )
        )  # fmt: skip
    Answer.objects.bulk_create(answers)
    Recall.objects.bulk_create(recalls)
    Memory.objects.bulk_create(memories)
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(SEEN_DAYS)]
    LearnerDay.objects.bulk_create(
        [
            LearnerDay(learner=learner, day=day, kind="date", answered=10, measured=10, right=8)
            for day in days
        ]
    )
    # The row that the bare view counts in.
    LearnerDay.objects.create(learner=learner, day=days[0], kind="bare")


def copy_to_others(model: type, first: User) -> None:
    """Give every other learner the first one's rows, in the order in which they would come."""
    fields = [f.column for f in model._meta.concrete_fields if f.column not in {"id", "learner_id"}]
    quoted = [connection.ops.quote_name(column) for column in fields]
    source = ", ".join(f"past.{column}" for column in quoted)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (learner_id, {', '.join(quoted)})"
            f" SELECT someone.id, {source} FROM {table} past CROSS JOIN quiz_user someone"
            " WHERE past.learner_id = %s AND someone.id <> %s ORDER BY past.id, someone.id",
            [first.pk, first.pk],
        )


def sign_in(learners: int) -> list[str]:
    """Sessions of the first learners, as the sign-in page would leave them."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = []
    for learner in User.objects.order_by("pk")[:learners]:
        session = store()
        session[SESSION_KEY] = str(learner.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = learner.get_session_auth_hash()
        session.set_expiry(timezone.now() + timedelta(days=1))
        session.create()
        keys.append(session.session_key)
    return keys


def any_version() -> int:
    return QuestionVersion.objects.served().order_by("pk").values_list("pk", flat=True)[0]
