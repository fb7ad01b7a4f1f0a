"""Statements whose SQL is written once: with many columns and joins, Django needs ten times as long
to write one as the database needs to run it.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    Expression,
    FloatField,
    ForeignKey,
    Model,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    QuerySet,
)
from django.db.models.fields import Field

TAKEN_AS_IS = {
    BooleanField, CharField, FloatField, ForeignKey, PositiveIntegerField, PositiveSmallIntegerField
}  # fmt: skip


class Parameter(Expression):
    """A value that is known only when the query is run; stands where the value would."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


class Prepared:
    """A query of values; `build` makes it, with a Parameter for everything that changes."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._written: dict[str, tuple[str, tuple[Any, ...], list[tuple[int, Any, Any]]]] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run the query with these values, named as its parameters are."""
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._write()
        sql, parameters, converters = self._written[connection.vendor]
        bound = [values[each.name] if isinstance(each, Parameter) else each for each in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, bound)
            found = [list(row) for row in cursor.fetchall()]
        for row in found:
            for place, convert, expression in converters:
                row[place] = convert(row[place], expression, connection)
        return [tuple(row) for row in found]

    def _write(self) -> tuple[str, tuple[Any, ...], list[tuple[int, Any, Any]]]:
        compiler = self._build().query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select or ()])
        steps = [
            (place, convert, expression)
            for place, (several, expression) in converters.items()
            for convert in several
        ]
        return sql, tuple(parameters), steps


class Insert:
    """New rows of one model, all fields but the key.

    unique, only_if: a row that is there already (the same in the columns of `unique`) becomes the
    new one where `only_if` holds; in it the new row is called `excluded`.
    """

    def __init__(self, model: type[Model], unique: str = "", only_if: str = "") -> None:
        self._model = model
        self._unique = unique
        self._only_if = only_if
        self._written: tuple[list[Callable[[Model], Any]], str, str] | None = None

    def store(self, rows: Sequence[Model]) -> int:
        """Store all rows by one statement; return how many it wrote. Their keys are not read."""
        if not rows:
            return 0
        if self._written is None:
            self._written = self._write()
        columns, beginning, ending = self._written
        values = [value_of(row) for row in rows for value_of in columns]
        places = f"({', '.join(['%s'] * len(columns))})"
        sql = f"{beginning}{', '.join([places] * len(rows))}{ending}"
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)

    def _write(self) -> tuple[list[Callable[[Model], Any]], str, str]:
        # Only names of our own tables and columns are put into the text.
        meta = self._model._meta
        fields = [field for field in meta.concrete_fields if not field.primary_key]
        values = [_value_for_database(field) for field in fields]
        columns = [connection.ops.quote_name(str(field.column)) for field in fields]
        beginning = f"INSERT INTO {meta.db_table} ({', '.join(columns)}) VALUES "  # noqa: S608
        if not self._unique:
            return values, beginning, ""
        changes = ", ".join(f"{column} = excluded.{column}" for column in columns)
        ending = f" ON CONFLICT ({self._unique}) DO UPDATE SET {changes} WHERE {self._only_if}"
        return values, beginning, ending


def _value_for_database(field: Field[Any, Any]) -> Callable[[Model], Any]:
    """What reads a field's value as its column takes it; numbers and words are taken as is."""
    if type(field) in TAKEN_AS_IS:
        return attrgetter(field.attname)
    return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connection)
