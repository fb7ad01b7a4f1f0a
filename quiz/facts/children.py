"""Records of a fixture, and the children that stand nested under their parent."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


class UnreadableError(ValueError):
    """A file that is no list of records; `line` is where reading stopped, 0 if nobody knows."""

    def __init__(self, what: str, line: int = 0) -> None:
        super().__init__(what)
        self.line = line


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a fixture: where it stands, and what it holds as plain values."""

    number: int
    line: int
    model: str
    fields: Mapping[str, Any]
    pk: Any = None

    @classmethod
    def read(cls, number: int, line: int, value: Any) -> "Record":
        """Return the record that `value` is; UnreadableError where it is none."""
        place = f"record {number}"
        if not isinstance(value, dict):
            raise UnreadableError(f"{place} is no mapping of model and fields", line)
        if unknown := sorted(set(value) - {"model", "fields", "pk"}):
            what = f"{place} has “{unknown[0]}” beside model and fields: is it indented too little?"
            raise UnreadableError(what, line)
        model, fields = value.get("model"), value.get("fields")
        if not isinstance(model, str):
            raise UnreadableError(f"{place} does not say its model, such as quiz.fact", line)
        if not isinstance(fields, dict):
            raise UnreadableError(f"{place} ({model}) has no fields", line)
        return cls(number, line, model.lower(), fields, value.get("pk"))


@dataclass(frozen=True, slots=True)
class Nest:
    """Children of one kind: their model, the field that names the parent, the short spelling.

    `short` is the field meant when a child is written as a bare value; `counted` when children
    are numbered by their place; `renamed` maps spellings of the file to fields of the model.
    """

    model: str
    parent: str
    short: str
    counted: bool = False
    renamed: tuple[tuple[str, str], ...] = ()


NESTS: Mapping[str, Mapping[str, Nest]] = {
    "quiz.entity": {
        "names": Nest("quiz.entityname", "entity", "text"),
        "roles": Nest("quiz.entityrole", "entity", "role"),
    },
    "quiz.fact": {
        "answers": Nest("quiz.factanswer", "fact", "entity", counted=True),
        "voices": Nest("quiz.voice", "fact", "entity", counted=True),
        "citations": Nest("quiz.citation", "fact", "source"),
        "also_right": Nest("quiz.alsoright", "fact", "text"),
        "links": Nest("quiz.factlink", "from_fact", "to_fact", renamed=(("to", "to_fact"),)),
    },
}


@dataclass(frozen=True, slots=True)
class Child:
    """A nested child: `field` is its place under the parent, such as `voices[0]`."""

    field: str
    nest: Nest
    fields: Mapping[str, Any]


def split(record: Record) -> tuple[Mapping[str, Any], tuple[Child, ...]]:
    """Return the record's own fields and its children, in the order of the file."""
    nests = NESTS.get(record.model, {})
    own = {name: value for name, value in record.fields.items() if name not in nests}
    children: list[Child] = []
    for name, nest in nests.items():
        rows = record.fields.get(name)
        if rows is None:
            continue
        if not isinstance(rows, list):
            raise UnreadableError(f"{name} is no list", record.line)
        children.extend(_child(name, n, nest, row) for n, row in enumerate(rows))
    return own, tuple(children)


def _child(name: str, n: int, nest: Nest, row: Any) -> Child:
    fields = dict(row) if isinstance(row, dict) else {nest.short: row}
    for spelled, field in nest.renamed:
        if spelled in fields:
            fields[field] = fields.pop(spelled)
    if nest.counted:
        fields["n"] = n
    return Child(f"{name}[{n}]", nest, fields)


def flattened(values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield Django's own records: every parent, then its children as records of their own."""
    for number, value in enumerate(values, 1):
        record = Record.read(number, 0, value)
        own, children = split(record)
        plain: dict[str, Any] = {"model": record.model, "fields": dict(own)}
        if record.pk is not None:
            plain["pk"] = record.pk
        yield plain
        key = natural_key(record)
        for child in children:
            fields = {child.nest.parent: list(key), **child.fields}
            yield {"model": child.nest.model, "fields": fields}


def natural_key(record: Record) -> tuple[str, ...]:
    """The key by which other records name this one: its slug, after its topic's if it has one."""
    slug = str(record.fields.get("slug", ""))
    if record.model in {"quiz.fact", "quiz.thread"}:
        return (*as_key(record.fields.get("topic")), slug)
    if record.model == "quiz.topicside":
        fields = record.fields
        return (*as_key(fields.get("topic")), *as_key(fields.get("entity")))
    return (slug,)


def as_key(value: Any) -> tuple[str, ...]:
    """A natural key as written: a list of texts, or one text alone; empty where it is neither."""
    if isinstance(value, str) and value:
        return (value,)
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return tuple(value)
    return ()


def nearest(word: str, words: Iterable[str]) -> str:
    """“Did you mean …” for a misspelt word, or nothing."""
    close = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"did you mean “{close[0]}”?" if close else ""
