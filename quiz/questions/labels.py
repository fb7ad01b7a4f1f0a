"""Labels of events, where they stand as options: nothing in them may tell their time."""

import re

_TELLS_TIME = re.compile(
    r"\b(1[0-9]{3}|20[0-9]{2}|first|firsts|second|third|last|then|after|before|earlier|later|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"again|already|finally|spring|summer|autumn|winter)\b",
    re.IGNORECASE,
)


def is_timeless(label: str) -> bool:
    """No year, month, ordinal or "after" that would give an order away."""
    return not _TELLS_TIME.search(label)


def is_plain_label(label: str) -> bool:
    return 3 <= len(label) <= 110 and is_timeless(label)
