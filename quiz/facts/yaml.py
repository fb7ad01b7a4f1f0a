"""YAML in which a date, a number, No and On stay the text they are written as.

Only true, false and null, written so, are not texts; the fields of the models convert the rest.
"""

import re
from typing import Any

import yaml
from django.core.serializers.base import DeserializationError
from django.core.serializers.python import Deserializer as PythonDeserializer
from django.core.serializers.pyyaml import Serializer

from quiz.facts.children import Record, UnreadableError, flattened

__all__ = ["Deserializer", "Serializer", "read"]

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]


class PlainLoader(SafeLoader):
    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - PyYAML's attribute

    def construct_mapping(  # a key written twice is a mistake, not a replacement
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 - PyYAML's signature
    ) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise UnreadableError(f"“{key.value}” is written twice in one record", line)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"]
)
PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""]
)


def read(text: str) -> list[Record]:
    """Return the records of a file with their lines; UnreadableError says where it breaks."""
    loader = PlainLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise UnreadableError("the file is no list of records, each beginning with “- ”", 1)
        return [
            Record.read(n, child.start_mark.line + 1, loader.construct_document(child))
            for n, child in enumerate(node.value, 1)
        ]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(part for part in (error.context, error.problem) if part)
        raise UnreadableError(f"this is no YAML: {what}", mark.line + 1 if mark else 0) from error
    except yaml.YAMLError as error:
        raise UnreadableError(f"this is no YAML: {error}") from error
    finally:
        loader.dispose()


class Deserializer(PythonDeserializer):
    """Django's own, over plain texts and with nested children."""

    def __init__(self, stream_or_string: Any, **options: Any) -> None:
        text = stream_or_string if isinstance(stream_or_string, (str, bytes)) else None
        text = stream_or_string.read() if text is None else text
        text = text.decode() if isinstance(text, bytes) else text
        try:
            values = [
                {"model": record.model, "fields": record.fields, "pk": record.pk}
                for record in read(text)
            ]
        except UnreadableError as error:
            raise DeserializationError(f"line {error.line}: {error}") from error
        super().__init__(flattened(values), **options)
