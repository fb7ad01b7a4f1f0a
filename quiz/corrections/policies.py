"""Who may read a fact's page, and who may change it."""

from quiz.accounts.models import User
from quiz.accounts.policies import Access, register
from quiz.facts.models import Fact


def reads(user: User, fact: Fact) -> bool | Access:
    """Teachers and admins; a teacher's own facts are theirs alone."""
    if user.is_staff or fact.topic.owner_id == user.pk:
        return True
    if fact.topic.owner_id is not None:
        return Access.HIDDEN
    return True if user.is_teacher else Access.FORBIDDEN


def edits(user: User, fact: Fact) -> bool | Access:
    if user.is_staff or fact.topic.owner_id == user.pk:
        return True
    return Access.HIDDEN if reads(user, fact) is Access.HIDDEN else Access.FORBIDDEN


register("fact.read", reads)
register("fact.edit", edits)


def answers_reports(user: User, _obj: object) -> bool:
    """Admins answer all, teachers those on facts of their own; the view shows no others."""
    return user.is_staff or user.is_teacher


register("report.answer", answers_reports)
