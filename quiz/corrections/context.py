"""What every template may ask this room for; nothing is read before one does."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from quiz.corrections.problems import reports_to_read


def reports(request: HttpRequest) -> dict[str, Any]:
    """`answered_reports`: the learner's reports whose answer they have not opened."""
    learner = getattr(request, "learner", None)
    return {"answered_reports": partial(reports_to_read, learner)} if learner else {}
