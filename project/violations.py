"""What browsers report of scripts and styles that the content security policy stopped."""

import json
import logging
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from quiz.accounts.limits import count_in_hour

LOGGER = logging.getLogger("project.violations")
LONGEST_REPORT = 8_192  # bytes
LONGEST_WORD = 200
# Anyone may send reports: so many are worth reading, the others would only fill the log.
LOGGED_AN_HOUR = 100
TOLD = ("effective-directive", "violated-directive", "line-number", "disposition")
ADDRESSES = ("document-uri", "blocked-uri", "source-file")


@csrf_exempt
@login_not_required
@require_POST
def violation_create(request: HttpRequest) -> HttpResponse:
    """Log one report; without what stands behind the `?`: a round's token is nobody else's."""
    if len(request.body) > LONGEST_REPORT:
        raise BadRequest("A report of a stopped script has 8,192 bytes at most.")
    report = _read(request.body)
    if count_in_hour("violations", timezone.now(), most=LOGGED_AN_HOUR):
        LOGGER.warning("content security policy violated", extra={"violation": report})
    return HttpResponse(status=204)


def _read(body: bytes) -> dict[str, str]:
    try:
        report: Any = json.loads(body)["csp-report"]
        words = {name: str(report[name])[:LONGEST_WORD] for name in TOLD if name in report}
        for name in ADDRESSES:
            if name in report:
                words[name] = urlsplit(str(report[name]))._replace(query="", fragment="").geturl()
                words[name] = words[name][:LONGEST_WORD]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadRequest('Not a report: an object "csp-report" was expected.') from error
    return words
