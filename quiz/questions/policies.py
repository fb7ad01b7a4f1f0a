"""Who may see and change question sets."""

from quiz.accounts.models import User
from quiz.accounts.policies import Access, register
from quiz.questions.models import QuestionSet


def teaches(user: User, _obj: object) -> bool:
    return user.is_teacher or user.is_staff


def is_author(user: User, question_set: QuestionSet) -> bool | Access:
    """The owner and admins; whoever got the set in a class knows of it, nobody else does."""
    if question_set.owner_id == user.pk or user.is_staff:
        return True
    given = question_set.assignments.filter(classroom__memberships__user=user)
    return Access.FORBIDDEN if given.exists() else Access.HIDDEN


register("set.list", teaches)
register("set.create", teaches)
register("set.edit", is_author)
