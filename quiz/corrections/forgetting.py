"""A guest whose report of a problem nobody has answered yet is kept, and so is the report."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from quiz.accounts.forgetting import register
from quiz.corrections.models import Report


@register
def report_waits(_since: datetime) -> Exists:
    return Exists(Report.objects.filter(learner=OuterRef("pk"), state=Report.State.OPEN))
