"""JSON fixtures with nested children; a number with a point stays the text it is written as."""

import json
from typing import Any

from django.core.serializers.base import DeserializationError
from django.core.serializers.json import Serializer
from django.core.serializers.python import Deserializer as PythonDeserializer

from quiz.facts.children import Record, UnreadableError, flattened

__all__ = ["Deserializer", "Serializer", "read"]


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableError(f"“{twice}” is written twice in one record")
    return fields


def read(text: str) -> list[Record]:
    """Return the records of a file with their lines; UnreadableError says where it breaks."""
    decoder = json.JSONDecoder(parse_float=str, object_pairs_hook=_unique)
    spot = _skipped(text, 0)
    if not text.startswith("[", spot):
        raise UnreadableError("the file is no list of records in square brackets", 1)
    spot = _skipped(text, spot + 1)
    records: list[Record] = []
    while not text.startswith("]", spot):
        line = text.count("\n", 0, spot) + 1
        try:
            value, spot = decoder.raw_decode(text, spot)
        except json.JSONDecodeError as error:
            raise UnreadableError(f"this is no JSON: {error.msg}", error.lineno) from error
        except UnreadableError as error:
            raise UnreadableError(str(error), line) from error
        records.append(Record.read(len(records) + 1, line, value))
        spot = _skipped(text, spot)
        if text.startswith(",", spot):
            spot = _skipped(text, spot + 1)
        elif not text.startswith("]", spot):
            line = text.count("\n", 0, spot) + 1
            raise UnreadableError("this is no JSON: a comma or ] is missing", line)
    return records


def _skipped(text: str, spot: int) -> int:
    while spot < len(text) and text[spot] in " \t\r\n\ufeff":
        spot += 1
    return spot


class Deserializer(PythonDeserializer):
    """Django's own, with nested children."""

    def __init__(self, stream_or_string: Any, **options: Any) -> None:
        text = stream_or_string if isinstance(stream_or_string, (str, bytes)) else None
        text = stream_or_string.read() if text is None else text
        text = text.decode() if isinstance(text, bytes) else text
        try:
            values = json.loads(text)
            super().__init__(flattened(values), **options)
        except (ValueError, TypeError) as error:
            raise DeserializationError(str(error)) from error
