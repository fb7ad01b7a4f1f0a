"""From a record's plain values to unsaved rows, with a mistake for everything that cannot be."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from quiz.facts.children import NESTS, Child, Record, as_key, natural_key, nearest, split
from quiz.facts.columns import compute, missing_parts
from quiz.facts.keys import KEY_COLUMNS, Key, Keys
from quiz.facts.mistakes import Mistake, Place
from quiz.facts.models import Fact, FactLink, Voice


class Built:
    """A record with its rows: the row itself, its children, and the place for messages."""

    def __init__(self, record: Record, place: Place) -> None:
        self.record = record
        self.place = place
        self.key = natural_key(record)
        self.model: type[models.Model] = apps.get_model(record.model)
        self.row: models.Model | None = None
        self.children: list[tuple[str, models.Model]] = []
        self.broken: set[str] = set()  # lists of children that are not whole

    @property
    def name(self) -> str:
        return f"{self.record.model.removeprefix('quiz.')} {'/'.join(self.key)}"

    @property
    def child_models(self) -> list[tuple[type[models.Model], str]]:
        """Models of the children that such a record may have, with the field of their parent."""
        nests = NESTS.get(self.record.model, {})
        return [(apps.get_model(nest.model), nest.parent) for nest in nests.values()]


class Builder:
    """Makes rows of records; what is wrong with them gathers in `mistakes`."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.mistakes: list[Mistake] = []
        self.later: list[tuple[Built, str, type[models.Model], Key]] = []

    def build_all(self, model: type[models.Model], built: list[Built]) -> None:
        """Make all rows of a model; they may refer to each other in any order."""
        self.keys.coming[model] = {one.key for one in built}
        for one in built:
            self.build(one)
        self.keys.coming[model] = set()
        for one, name, target, key in self.later:
            if one.row is not None:
                setattr(one.row, name, self.keys.brought.get(target, {}).get(key))
        self.later = []

    def build(self, built: Built) -> None:
        """Make the row and then its children; without a whole row there are no children."""
        if self._is_twice(built) or not self._is_listed(built):
            return
        own, _ = split(built.record)
        before = len(self.mistakes)
        row = self._row(built, built.model, own)
        if len(self.mistakes) > before:
            self.keys.refused.add((built.model, built.key))
        if row is None:
            return
        row.pk = self.keys.ids(built.model).get(built.key)
        built.row = row
        self.keys.bring(built.key, row)

    def build_children(self, built: Built) -> None:
        """Make the children, which may name records that stand later."""
        for child in split(built.record)[1]:
            row = self._row(built, apps.get_model(child.nest.model), child.fields, child)
            if row is None:
                built.broken.add(child.field.partition("[")[0])
            else:
                setattr(row, child.nest.parent, built.row)
                if not self._is_child_refused(built, child, row):
                    built.children.append((child.field, row))

    def _is_child_refused(self, built: Built, child: Child, row: models.Model) -> bool:
        before = len(self.mistakes)
        if isinstance(row, FactLink) and row.to_fact is built.row:
            self._add(built, child.field, "a fact cannot be linked to itself.", "another fact")
        if isinstance(row, Voice) and not (row.entity_id or row.entity or row.label):
            what = "this voice has no name."
            self._add(built, child.field, what, "an entity, or a label where it is nobody's name")
        columns = _unique_columns(type(row), child.nest.parent)
        same = [other for _, other in built.children if type(other) is type(row)]
        for other in same:
            if columns and all(_same(row, other, column) for column in columns):
                what = f"it repeats another with the same {', '.join(columns)}."
                self._add(built, child.field, what, "each said once")
        return len(self.mistakes) > before

    def _is_listed(self, built: Built) -> bool:
        """Whether children stand in lists."""
        fields = built.record.fields
        wrong = [
            name
            for name in NESTS.get(built.record.model, {})
            if fields.get(name) is not None and not isinstance(fields[name], list)
        ]
        for name in wrong:
            self._add(built, name, "this is no list.", "a list, each item after a “- ”")
        return not wrong

    def _is_twice(self, built: Built) -> bool:
        first = self.keys.brought.get(built.model, {}).get(built.key)
        if first is not None:
            self._add(built, "slug", "another record has the same key.", "one record for each key")
        return first is not None

    def _add(self, built: Built, field: str, what: str, right: str = "") -> None:
        self.mistakes.append(Mistake(built.name, field, what, right, built.place))

    def _row(
        self,
        built: Built,
        model: type[models.Model],
        fields: Mapping[str, Any],
        child: Child | None = None,
    ) -> models.Model | None:
        prefix = f"{child.field}." if child else ""
        values: dict[str, Any] = {}
        whole = True
        for name, value in fields.items():
            field = self._field(built, model, name, prefix)
            if field is None:
                whole = False
            elif isinstance(field, models.ForeignKey):
                whole &= self._refer(built, field, value, prefix, values)
            else:
                whole &= self._convert(built, field, value, prefix, values)
        whole &= self._is_complete(built, model, fields, prefix, child)
        row = model(**values)
        refused = compute(row)
        if whole and isinstance(row, Fact) and not refused:
            for name, what, right in missing_parts(row):
                self._add(built, name, what, right)
                refused.append((name, ""))
        for name, what in refused:
            if what:
                self._add(built, f"{prefix}{name}", f"{what}.")
        return row if whole and not refused else None

    def _field(
        self, built: Built, model: type[models.Model], name: str, prefix: str
    ) -> models.Field[Any, Any] | None:
        known = list(_fields_of_files(model))
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            field = None
        if isinstance(field, models.Field) and name in known:
            return field
        if isinstance(field, models.Field) and not field.editable:
            what, right = "this is computed by the app.", "leave it out"
        else:
            what = "there is no such field."
            right = nearest(name, known) or f"one of {', '.join(known)}"
        self._add(built, f"{prefix}{name}", what, right)
        return None

    def _convert(
        self,
        built: Built,
        field: models.Field[Any, Any],
        value: Any,
        prefix: str,
        values: dict[str, Any],
    ) -> bool:
        if value is None and not field.null:
            value = "" if field.empty_strings_allowed else field.get_default()
        if isinstance(value, str) and "\x00" in value:
            self._add(built, prefix + field.name, "it holds a NUL character.", "plain text")
            return False
        if isinstance(value, list | dict) and not isinstance(field, models.JSONField):
            self._add(built, prefix + field.name, "a list stands here.", "one text or number")
            return False
        try:
            values[field.name] = field.clean(value, None)
        except ValidationError as error:
            right = ""
            if field.choices and (value or not field.blank):
                right = "one of " + ", ".join(str(choice[0]) for choice in field.flatchoices)
            message = " ".join(error.messages)
            self._add(built, prefix + field.name, f"{shortened(value)}: {message}", right)
            return False
        return True

    def _refer(
        self,
        built: Built,
        field: models.ForeignKey[Any, Any],
        value: Any,
        prefix: str,
        values: dict[str, Any],
    ) -> bool:
        if value is None or value in ("", []):
            values[field.name] = None
            return True
        target = field.related_model
        key = as_key(value)
        if len(key) != len(KEY_COLUMNS[target]):
            right = "[" + ", ".join(c.replace("__", " ") for c in KEY_COLUMNS[target]) + "]"
            what = f"{shortened(value)} is not the key of a {target._meta.verbose_name}."
            self._add(built, prefix + field.name, what, right)
            return False
        row = self.keys.row(target, key)
        if row is None and field.null and key in self.keys.coming.get(target, ()):
            self.later.append((built, field.name, target, key))
            return True
        if row is None:
            if (target, key) not in self.keys.refused:
                what = f"there is no {target._meta.verbose_name} “{'/'.join(key)}”."
                right = nearest("/".join(key), self.keys.all(target)) or "a record of it above"
                self._add(built, prefix + field.name, what, right)
            return False
        if isinstance(row, int):
            values[field.attname] = row
        else:
            values[field.name] = row
        return True

    def _is_complete(
        self,
        built: Built,
        model: type[models.Model],
        fields: Mapping[str, Any],
        prefix: str,
        child: Child | None,
    ) -> bool:
        missing = [
            field
            for field in model._meta.concrete_fields
            if not field.primary_key
            and field.editable
            and not field.has_default()
            and not field.null
            and not field.blank
            and field.name not in fields
            and not (child and field.name == child.nest.parent)
        ]
        for field in missing:
            right = str(field.help_text) or f"every {model._meta.verbose_name} has one"
            self._add(built, prefix + field.name, "it is missing.", right)
        return not missing


def _fields_of_files(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if field.editable and field.name not in {"id", "owner"}:
            yield field.name


def shortened(value: Any) -> str:
    text = str(value)
    return f"“{text[:57]}…”" if len(text) > 60 else f"“{text}”"


def _unique_columns(model: type[models.Model], parent: str) -> tuple[str, ...]:
    """What tells children of one parent apart, beside their place."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and "n" not in constraint.fields:
            return tuple(field for field in constraint.fields if field != parent)
    return ()


def _same(row: models.Model, other: models.Model, column: str) -> bool:
    if isinstance(row._meta.get_field(column), models.ForeignKey):
        mine, theirs = getattr(row, f"{column}_id"), getattr(other, f"{column}_id")
        if mine is None and theirs is None:  # both are still unsaved rows of the same file
            return getattr(row, column, None) is getattr(other, column, None)
        return bool(mine == theirs)
    return bool(getattr(row, column) == getattr(other, column))
