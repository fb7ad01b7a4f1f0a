"""A guest who was asked something lately is not forgotten."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from quiz.accounts.forgetting import register
from quiz.learning.models import Answer


@register
def answered_since(moment: datetime) -> Exists:
    return Exists(Answer.objects.filter(learner=OuterRef("pk"), presented_at__gte=moment))
