"""What a key that a teacher wrote is graded by when it is typed. Pure.

A date and a number are graded as such: never by how alike they look, for 1923 is not nearly 1924.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from quiz.facts.dates import parse_edtf
from quiz.facts.quantities import QuantityError, parse_quantity
from quiz.questions.graded import UnreadableError
from quiz.questions.read_dates import read_date
from quiz.questions.wording import date_field, name_field, number_field

YEAR = re.compile(r"[12]\d{3}")
PRECISIONS = frozenset({"day", "month", "year"})

type Key = tuple[dict[str, Any], Mapping[str, str]]


def typed_key(key: str, also_right: Sequence[str], *, entity: str, today: date) -> Key:
    """Return what grading reads and the field that is shown, for one right answer."""
    if YEAR.fullmatch(key):
        # A number may be missed by a little, a year may not.
        return _date(key, today) or _name(key, also_right, entity)
    return _number(key) or _date(key, today) or _name(key, also_right, entity)


def _number(key: str) -> Key | None:
    try:
        amount = parse_quantity(key, unit="%" if key.strip().endswith("%") else "")
    except QuantityError:
        return None
    expected: dict[str, Any] = {
        "type": "number",
        "text": amount.text,
        "value": str(amount.value),
        "low": None,
        "high": None,
        "qualifier": "exactly",
        "unit": amount.unit,
        "significant_digits": amount.significant_digits,
        "scale": amount.scale,
        "near": [],
    }
    return expected, number_field("", amount.scale, amount.unit)


def _date(key: str, today: date) -> Key | None:
    try:
        read = read_date(key, today=today)
    except UnreadableError:
        return None
    if not read.edtf or read.either or read.unsure or read.relation or read.typo:
        return None
    when = parse_edtf(read.edtf)
    if when.precision not in PRECISIONS:
        return None
    expected: dict[str, Any] = {
        "type": "date",
        "edtf": when.edtf,
        "reading": when.reading,
        "circa_years": 0,
        "precision": when.precision,
        "zone_ambiguous": False,
    }
    return expected, date_field(when.precision)


def _name(key: str, also_right: Sequence[str], entity: str) -> Key:
    names = [[text, "full"] for text in dict.fromkeys((key, *also_right))]
    expected: dict[str, Any] = {
        "type": "name",
        "answers": [{"key": entity, "kind": "other", "names": names}],
        "others": [],
    }
    return expected, name_field("a name or a word")
