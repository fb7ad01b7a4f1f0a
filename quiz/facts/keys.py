"""Natural keys of the room's records: what is stored, and what the files bring."""

from collections.abc import Mapping

from django.db import models

from quiz.facts.models import (
    Entity,
    Fact,
    Measure,
    MeasureFamily,
    Source,
    Thread,
    Topic,
    TopicSide,
)

# Models of the room that stand as records of their own, each after those it refers to.
ORDER: tuple[type[models.Model], ...] = (
    Topic,
    Thread,
    MeasureFamily,
    Measure,
    Entity,
    Source,
    TopicSide,
    Fact,
)
KEY_COLUMNS: Mapping[type[models.Model], tuple[str, ...]] = {
    Topic: ("slug",),
    Thread: ("topic__slug", "slug"),
    MeasureFamily: ("slug",),
    Measure: ("slug",),
    Entity: ("slug",),
    Source: ("slug",),
    TopicSide: ("topic__slug", "entity__slug"),
    Fact: ("topic__slug", "slug"),
}
PUBLIC: Mapping[type[models.Model], dict[str, None]] = {
    Topic: {"owner": None},
    Thread: {"topic__owner": None},
    Entity: {"owner": None},
    Source: {"owner": None},
    TopicSide: {"topic__owner": None},
    Fact: {"topic__owner": None},
}
Key = tuple[str, ...]


class Keys:
    """The rows that natural keys name: those stored, and those that the files bring."""

    def __init__(self) -> None:
        self.stored: dict[type[models.Model], dict[Key, int]] = {}
        self.brought: dict[type[models.Model], dict[Key, models.Model]] = {}
        self.coming: dict[type[models.Model], set[Key]] = {}
        self.refused: set[tuple[type[models.Model], Key]] = set()

    def ids(self, model: type[models.Model]) -> dict[Key, int]:
        """Ids of all public rows by natural key, read once."""
        if model not in self.stored:
            rows = model._default_manager.filter(**PUBLIC.get(model, {})).order_by()
            found = rows.values_list(*KEY_COLUMNS[model], "pk")
            self.stored[model] = {tuple(row[:-1]): row[-1] for row in found}
        return self.stored[model]

    def row(self, model: type[models.Model], key: Key) -> models.Model | int | None:
        return self.brought.get(model, {}).get(key) or self.ids(model).get(key)

    def bring(self, key: Key, row: models.Model) -> None:
        self.brought.setdefault(type(row), {})[key] = row

    def all(self, model: type[models.Model]) -> list[str]:
        return ["/".join(key) for key in {**self.ids(model), **self.brought.get(model, {})}]
