"""The classrooms' part of a guest who becomes an account."""

from datetime import datetime

from quiz.accounts.merging import register
from quiz.accounts.models import User


@register
def merge_memberships(*, guest: User, user: User, now: datetime) -> None:  # noqa: ARG001
    """Hand over the guest's memberships; where the account is a member too, its role stays."""
    there = list(user.memberships.values_list("classroom", flat=True))
    guest.memberships.exclude(classroom__in=there).update(user=user)
    guest.memberships.all().delete()
