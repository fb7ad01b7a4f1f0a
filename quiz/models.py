"""Gathers the tables of all rooms for Django."""

from quiz.accounts.models import User
from quiz.classrooms.models import Assignment, Classroom, Membership
from quiz.corrections.models import Outbox, Report
from quiz.facts.models import (
    Citation,
    Entity,
    EntityName,
    EntityRole,
    Fact,
    FactAnswer,
    FactLink,
    FactRevision,
    FixtureLoad,
    Measure,
    MeasureFamily,
    Source,
    Thread,
    Topic,
    TopicSide,
    Voice,
)
from quiz.learning.models import Answer, Attempt, LearnerDay, Memory, Recall, Slot
from quiz.questions.models import Question, QuestionFact, QuestionSet, QuestionVersion, SetItem

__all__ = [
    "Answer",
    "Assignment",
    "Attempt",
    "Citation",
    "Classroom",
    "Entity",
    "EntityName",
    "EntityRole",
    "Fact",
    "FactAnswer",
    "FactLink",
    "FactRevision",
    "FixtureLoad",
    "LearnerDay",
    "Measure",
    "MeasureFamily",
    "Membership",
    "Memory",
    "Outbox",
    "Question",
    "QuestionFact",
    "QuestionSet",
    "QuestionVersion",
    "Recall",
    "Report",
    "SetItem",
    "Slot",
    "Source",
    "Thread",
    "Topic",
    "TopicSide",
    "User",
    "Voice",
]
