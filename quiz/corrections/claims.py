"""“I was right”: the learner's schedule takes it so at once, and a person reads it."""

from datetime import datetime

from django.db import transaction

from quiz.accounts.models import User
from quiz.corrections.models import Report
from quiz.corrections.problems import NotYoursError, file_report
from quiz.learning.claiming import Claim, NotClaimableError, claim_of, put_right
from quiz.learning.models import Answer


@transaction.atomic
def count_as_right(*, learner: User, nonce: str, now: datetime) -> Answer:
    """Put the recall right and file a report; a repeat changes nothing."""
    answer = (
        Answer.objects.filter(learner=learner, nonce=nonce, try_no__gt=0)
        .select_related("learner", "version__question", "attempt__question_set")
        .order_by("-try_no")
        .first()
    )
    if answer is None:
        raise NotYoursError
    if claim_of(answer) is Claim.NONE:
        raise NotClaimableError
    if put_right(answer=answer):
        kind = Report.Kind.SHOULD_COUNT
        file_report(learner=learner, nonce=nonce, kind=kind, message="", now=now)
    return answer
