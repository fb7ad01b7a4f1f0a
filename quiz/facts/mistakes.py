"""A mistake in a fact: where, in which field, what is wrong and what would be right."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: in which file, on which line, as which record."""

    file: str
    line: int = 0
    number: int = 0

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}, record {self.number}" if self.number else where


@dataclass(frozen=True, slots=True)
class Mistake:
    """`record` is the model's name and natural key, `field` the path inside the record."""

    record: str
    field: str
    what: str
    right: str = ""
    place: Place | None = None

    def at(self, place: Place | None) -> "Mistake":
        return replace(self, place=place) if place else self

    def __str__(self) -> str:
        where = [str(self.place)] if self.place else []
        where += [self.record] if self.record else []
        where += [f"field {self.field}"] if self.field else []
        text = f"{', '.join(where)}: {self.what}" if where else self.what
        return f"{text} Right would be: {self.right}" if self.right else text


class RefusedError(Exception):
    """Facts that do not pass the checks; nothing of them is stored."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes
