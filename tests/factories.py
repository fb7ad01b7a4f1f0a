"""Factories of rows for tests; each makes the smallest row that keeps every constraint."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from quiz.accounts.models import User
from quiz.classrooms.models import Assignment, Classroom, Membership
from quiz.facts.models import Entity, Fact, Source, Thread, Topic
from quiz.learning.models import Answer, Attempt, Slot
from quiz.questions.models import (
    Question,
    QuestionSet,
    QuestionVersion,
    SetItem,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence("learner{}@example.org".format)
    name = factory.Sequence("Learner {}".format)


class TeacherFactory(UserFactory):
    email = factory.Sequence("teacher{}@example.org".format)
    name = factory.Sequence("Teacher {}".format)
    is_teacher = True


class GuestFactory(UserFactory):
    email = None
    name = ""
    is_guest = True


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    slug = factory.Sequence("topic-{}".format)
    title = factory.Sequence("Topic {}".format)


class ThreadFactory(DjangoModelFactory):
    class Meta:
        model = Thread

    topic = factory.SubFactory(TopicFactory)
    slug = factory.Sequence("thread-{}".format)
    title = factory.Sequence("Thread {}".format)


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    slug = factory.Sequence("source-{}".format)
    title = factory.Sequence("Source {}".format)
    kind = Source.Kind.REFERENCE


class EntityFactory(DjangoModelFactory):
    class Meta:
        model = Entity

    slug = factory.Sequence("entity-{}".format)
    name = factory.Sequence("Entity {}".format)
    kind = Entity.Kind.PLACE


class FactFactory(DjangoModelFactory):
    """A fact of kind identity, reported: the kind that needs no typed value."""

    class Meta:
        model = Fact

    topic = factory.SubFactory(TopicFactory)
    thread = factory.SubFactory(ThreadFactory, topic=factory.SelfAttribute("..topic"))
    slug = factory.Sequence("fact-{}".format)
    kind = Fact.Kind.IDENTITY
    label = factory.Sequence("Fact {}".format)
    sentence = factory.Sequence("Fact {} is [[so]].".format)
    stem = factory.Sequence("Which is fact {}?".format)
    status = "reported"


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    fact = factory.SubFactory(FactFactory)
    facet = "identity"
    form = "choice"


class QuestionVersionFactory(DjangoModelFactory):
    """A served version of a choice; the right option stands first, as nothing shuffles it."""

    class Meta:
        model = QuestionVersion

    question = factory.SubFactory(QuestionFactory)
    n = 1
    digest = factory.Sequence("{:064d}".format)
    stem = factory.Sequence("Which one is number {}?".format)
    options = factory.LazyFunction(
        lambda: [
            {"text": "Kursk", "right": True, "why": "", "from_fact": None, "rule": ""},
            {"text": "Pyongyang", "right": False, "why": "Another place.", "rule": ""},
            {"text": "Vladivostok", "right": False, "why": "A port.", "rule": ""},
        ]
    )
    expected = factory.LazyFunction(lambda: {"shown": "Kursk", "order": "given", "right": [0]})
    feedback = factory.LazyFunction(
        lambda: {"sentence": "It is [[Kursk]].", "voice": "", "source": "An article"}
    )
    state = QuestionVersion.State.SERVED
    fact_revision = factory.SelfAttribute("question.fact.revision")
    created_at = NOW


class QuestionSetFactory(DjangoModelFactory):
    class Meta:
        model = QuestionSet

    owner = factory.SubFactory(TeacherFactory)
    topic = factory.SubFactory(TopicFactory)
    title = factory.Sequence("Set {}".format)
    created_at = NOW
    changed_at = NOW


class SetItemFactory(DjangoModelFactory):
    class Meta:
        model = SetItem

    question_set = factory.SubFactory(QuestionSetFactory)
    question = factory.SubFactory(QuestionFactory)
    position = factory.Sequence(lambda n: n + 1)


class ClassroomFactory(DjangoModelFactory):
    class Meta:
        model = Classroom
        skip_postgeneration_save = True

    name = factory.Sequence("Class {}".format)
    owner = factory.SubFactory(TeacherFactory)
    created_at = NOW

    @factory.post_generation
    def teacher(self, create, extracted, **kwargs):
        if create:
            MembershipFactory(classroom=self, user=self.owner, role=Membership.Role.TEACHER)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    classroom = factory.SubFactory(ClassroomFactory)
    user = factory.SubFactory(UserFactory)
    joined_at = NOW


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    classroom = factory.SubFactory(ClassroomFactory)
    question_set = factory.SubFactory(QuestionSetFactory)
    created_at = NOW


class AttemptFactory(DjangoModelFactory):
    class Meta:
        model = Attempt

    learner = factory.SubFactory(UserFactory)
    topic = factory.SubFactory(TopicFactory)
    started_at = NOW


class SlotFactory(DjangoModelFactory):
    class Meta:
        model = Slot

    attempt = factory.SubFactory(AttemptFactory)
    learner = factory.SelfAttribute("attempt.learner")
    n = factory.Sequence(lambda n: n % 30000)
    version = factory.SubFactory(QuestionVersionFactory)


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    learner = factory.SubFactory(UserFactory)
    presented_at = NOW
    nonce = factory.Sequence("nonce-{}".format)
    context = Answer.Context.QUIZ
    version = factory.SubFactory(QuestionVersionFactory)
    given = factory.LazyFunction(lambda: {"choice": 0})
    verdict = "accept"
    score = 1.0
    answered_at = factory.LazyAttribute(lambda answer: answer.presented_at + timedelta(seconds=8))
