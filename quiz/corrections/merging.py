"""A guest's problem reports go with them into the account."""

from datetime import datetime

from quiz.accounts.merging import register
from quiz.accounts.models import User
from quiz.corrections.models import Report


def move_reports(*, guest: User, user: User, now: datetime) -> None:  # noqa: ARG001
    Report.objects.filter(learner=guest).update(learner=user)


register(move_reports)
