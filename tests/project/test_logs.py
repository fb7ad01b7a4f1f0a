"""Production writes one JSON object a line, whatever a visitor typed."""

import json
import logging
import logging.config

from django.conf import settings
from django.test import RequestFactory


def test_a_line_break_in_a_path_begins_no_new_line():
    lines = settings.LOGGING["formatters"]["lines"]
    form = dict(lines)
    formatter = logging.config.DictConfigurator({}).configure_formatter(form)
    record = logging.makeLogRecord(
        {
            "name": "django.request",
            "levelname": "WARNING",
            "msg": "Not Found: %s",
            "args": ("/x\nCRITICAL root: all is lost",),
            "status_code": 404,
            "request": RequestFactory().get("/round/?at=a-round-token"),
        }
    )
    line = formatter.format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert told["message"] == "Not Found: /x\nCRITICAL root: all is lost"
    assert (told["levelname"], told["name"], told["status_code"]) == (
        "WARNING", "django.request", 404,
    )  # fmt: skip
    assert "a-round-token" not in line
