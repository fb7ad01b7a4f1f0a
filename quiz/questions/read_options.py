"""Shown texts read back as values, so that the rules do not trust what the generator thought."""

import re
from functools import lru_cache

from quiz.facts.dates import MONTHS, DateValue, parse_edtf

_DATE = re.compile(rf"(?:(\d{{1,2}})\s)?(?:({'|'.join(MONTHS)})\s)?(\d{{3,4}})")
_DECADE = re.compile(r"the (\d{3})0s")


@lru_cache(maxsize=8_192)
def date_of(text: str) -> DateValue | None:
    """The date that an option shows, None where it shows none."""
    plain = text.replace("\N{NO-BREAK SPACE}", " ").removeprefix("Yes, ")
    if match := _DECADE.fullmatch(plain):
        return parse_edtf(f"{match[1]}X")
    match = _DATE.fullmatch(plain)
    if match is None:
        return None
    day, month, year = match.groups()
    edtf = f"{int(year):04}"
    if month:
        edtf += f"-{MONTHS.index(month) + 1:02}"
    if day:
        edtf += f"-{int(day):02}"
    return parse_edtf(edtf)
