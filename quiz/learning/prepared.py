"""Queries whose SQL is written once: with many columns and joins, Django needs ten times as long to
write one as the database needs to run it.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Expression, QuerySet
from django.db.models.fields import Field


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
