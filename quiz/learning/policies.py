"""Who may see and go on with what a learner answered: its owner, guests included."""

from quiz.accounts.models import User
from quiz.accounts.policies import Access, register
from quiz.classrooms.models import Assignment, Membership
from quiz.classrooms.policies import role_in
from quiz.facts.models import Topic
from quiz.learning.models import Attempt


def is_taker(user: User, attempt: Attempt) -> bool | Access:
    return True if attempt.learner_id == user.pk else Access.HIDDEN


def is_open_topic(_user: User | None, topic: Topic) -> bool | Access:
    return True if topic.owner_id is None else Access.HIDDEN


def is_given_it(user: User, assignment: Assignment) -> bool | Access:
    """Learners of the class: its teachers preview instead, and an admin takes no quiz of it."""
    role = role_in(user, assignment.classroom)
    return True if role == Membership.Role.LEARNER else Access.FORBIDDEN


register("assignment.take", is_given_it)
register("attempt.take", is_taker, guests=True)
register("topic.learn", is_open_topic, guests=True, anonymous=True)
