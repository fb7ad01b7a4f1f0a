"""A small school in which every actor of the matrix has a place."""

from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quiz.accounts.middleware import GUEST_KEY
from quiz.accounts.models import User
from quiz.corrections.models import Report
from quiz.learning.models import Memory, Recall
from quiz.learning.rounds import Kind, Round
from quiz.learning.tokens import Token, seal
from quiz.questions.models import QuestionSet
from tests.factories import (
    NOW,
    AnswerFactory,
    AssignmentFactory,
    AttemptFactory,
    ClassroomFactory,
    MembershipFactory,
    QuestionSetFactory,
    QuestionVersionFactory,
    SetItemFactory,
    SlotFactory,
    SourceFactory,
    TeacherFactory,
    TopicFactory,
    UserFactory,
)

OPEN_LINK = "an-open-link-of-a-set-0123456789"


class World:
    """Class and set belong to `teacher`; `owner` and `peer` are in the class."""

    def __init__(self):
        self.teacher, self.other_teacher = TeacherFactory(), TeacherFactory()
        self.owner, self.peer, self.other_student = UserFactory(), UserFactory(), UserFactory()
        self.admin = UserFactory(is_staff=True, is_superuser=True)
        for user in User.objects.all():
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        self.guest = User.objects.create_guest()
        self.classroom = ClassroomFactory(owner=self.teacher)
        self.other_classroom = ClassroomFactory(owner=self.other_teacher)
        for student in (self.owner, self.peer):
            MembershipFactory(classroom=self.classroom, user=student)
        MembershipFactory(classroom=self.other_classroom, user=self.other_student)
        self.topic = TopicFactory(slug="a-topic")
        self.question_set = QuestionSetFactory(
            owner=self.teacher,
            topic=self.topic,
            status=QuestionSet.Status.PUBLISHED,
            link_token=OPEN_LINK,
        )
        self.versions = [QuestionVersionFactory(question__fact__topic=self.topic) for _ in range(3)]
        self.version, self.question = self.versions[0], self.versions[0].question
        self.fact = self.question.fact
        for version in self.versions:
            SetItemFactory(question_set=self.question_set, question=version.question)
        self.assignment = AssignmentFactory(
            classroom=self.classroom, question_set=self.question_set
        )
        self.attempt = AttemptFactory(
            learner=self.owner, question_set=self.question_set, topic=self.topic
        )
        self.slot = SlotFactory(attempt=self.attempt, version=self.version, n=1)
        self.answer = AnswerFactory(
            learner=self.owner, version=self.version, attempt=self.attempt, nonce="n" * 43
        )
        self.missed = self.typed_miss()
        self.report = Report.objects.create(
            learner=self.owner, version=self.version, fact=self.fact, kind="wrong", created_at=NOW
        )

        self.finished = AttemptFactory(
            learner=self.owner, topic=self.topic, state="finished", finished_at=NOW
        )
        self.card = QuestionVersionFactory(
            question__fact__topic=self.topic,
            question__form="flashcard",
            options=[],
            expected={"shown": "Kursk", "order": "given"},
        )
        source = SourceFactory(text="Before. The sentence itself. After.")
        self.fact.citations.create(source=source, locator="1", quote="The sentence itself.")
        self.report = Report.objects.create(
            learner=self.owner,
            fact=self.fact,
            version=self.version,
            nonce=self.answer.nonce,
            kind=Report.Kind.WRONG,
            created_at=NOW,
        )
        self.owner_token = self.token_for(self.version)
        self.card_token = self.token_for(self.card)

    def typed_miss(self):
        """An answer the owner typed, which was not accepted, and what it left behind."""
        version = QuestionVersionFactory(
            question__fact__topic=self.topic, question__form="typed", options=[]
        )
        fact, facet = version.question.fact, version.question.facet
        memory = {"learner": self.owner, "fact": fact, "facet": facet, "seq": 1}
        Memory.objects.create(topic=self.topic, **memory)
        Recall.objects.create(
            at=NOW, day=NOW.date(), form="typed", verdict="reject", rating=1, revision=1,
            nonce="m" * 43, **memory,
        )  # fmt: skip
        return AnswerFactory(
            learner=self.owner, version=version, nonce="m" * 43, given={"text": "Kursk, no"},
            verdict="reject", score=0,
        )  # fmt: skip

    def token_for(self, version):
        """A question shown to the owner just now, in a round of its own."""
        question = version.question.public_id
        shown = Round(Kind.ROUND, self.topic.slug, (question,))
        return seal(
            Token(self.owner.public_id, question, version.n, 0, timezone.now(), round=shown)
        )

    def client(self, actor, **extra):
        """A browser of the actor, as after signing in (or, for a guest, after Start)."""
        client = Client(**extra)
        if actor == "guest":
            session = client.session
            session[GUEST_KEY] = self.guest.pk
            session.save()
        elif actor != "anon":
            client.force_login(getattr(self, actor))
        return client

    def url(self, row):
        return reverse(row.url, kwargs={key: self.value(v) for key, v in row.args.items()})

    def value(self, name):
        """A dotted name (`classroom.public_id`) read from this world; other text as it is."""
        head, *tail = name.split(".")
        if not hasattr(self, head):
            return name
        thing = getattr(self, head)
        if isinstance(thing, str):
            return thing
        for part in tail or ["public_id"]:
            thing = getattr(thing, part)
        return thing

    def data(self, row):
        return {key: self.value(str(value)) for key, value in row.data.items()}
