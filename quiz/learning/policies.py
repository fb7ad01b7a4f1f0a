"""Who may see and go on with what a learner answered: its owner, guests included."""

from quiz.accounts.models import User
from quiz.accounts.policies import Access, register
from quiz.facts.models import Topic
from quiz.learning.models import Attempt


def is_taker(user: User, attempt: Attempt) -> bool | Access:
    return True if attempt.learner_id == user.pk else Access.HIDDEN


def is_open_topic(_user: User | None, topic: Topic) -> bool | Access:
    return True if topic.owner_id is None else Access.HIDDEN


register("attempt.take", is_taker, guests=True)
register("topic.learn", is_open_topic, guests=True, anonymous=True)
