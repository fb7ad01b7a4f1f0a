"""CSV out: RFC 4180, UTF-8 with a byte order mark, and no cell that a spreadsheet would run.

A text that begins with a character from which spreadsheets start a formula gets an apostrophe in
front (OWASP ASVS 5.0, 1.2.10); so does a text that begins with an apostrophe, so that taking one
leading apostrophe away always gives the original back. The byte order mark is there because the
readers are teachers: without it Excel takes "Kim’s" for "Kimâ€™s"; Python reads it as `utf-8-sig`.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence

BYTE_ORDER_MARK = "\ufeff"
# Full-width signs too: spreadsheets in East Asian locales take them for the plain ones.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")

type Cell = str | int | float | None


class _Echo:
    """A file that hands back what is written to it, so that rows can be streamed."""

    def write(self, text: str) -> str:
        return text


def escape(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith((*_STARTS_A_FORMULA, "'")) else text


def unescape(text: str) -> str:
    """Undo `escape`."""
    return text.removeprefix("'")


def lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the file line by line; numbers stay numbers, None is an empty cell."""
    writer = csv.writer(_Echo(), lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    yield BYTE_ORDER_MARK + str(writer.writerow(header))
    for row in rows:
        yield str(writer.writerow([escape(c) if isinstance(c, str) else c for c in row]))
