"""Facts from files: rows, children, statuses and revisions, all or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError, models, transaction

from quiz.facts.checks import mistakes_of
from quiz.facts.files import File
from quiz.facts.following import Changed, tell
from quiz.facts.keys import ORDER, Keys
from quiz.facts.mistakes import Mistake, Place, RefusedError
from quiz.facts.models import EntityName, Fact, FixtureLoad, Topic
from quiz.facts.records import fact_records
from quiz.facts.revising import store_statuses, write_revisions
from quiz.facts.rows import Builder, Built
from quiz.facts.snapshot import snapshot

# Columns that no file speaks of.
KEPT: Mapping[type[models.Model], tuple[str, ...]] = {
    Fact: ("revision", "edited_in_app", "status"),
    Topic: ("changes",),
}
BATCH = 500


@dataclass
class Loaded:
    """What a load did; `changed` are the ids of facts whose questions are to be made anew."""

    records: int = 0
    created: int = 0
    changed: list[int] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


@transaction.atomic
def load(*, files: Iterable[File], now: datetime) -> Loaded:
    """Store what the files say; RefusedError with every mistake, and then nothing is stored."""
    return Load(tuple(files), now).run()


class Load:
    """One load, step by step; use `load`."""

    def __init__(self, files: tuple[File, ...], now: datetime) -> None:
        self.files = files
        self.now = now
        self.keys = Keys()
        self.builder = Builder(self.keys)
        self.done = Loaded()
        self.built: dict[type[models.Model], list[Built]] = defaultdict(list)
        self.before: dict[int, dict[str, Any]] = {}
        self.topics: list[Topic] = []
        self.kept: set[int] = set()  # facts edited in the app that the files tell otherwise

    def run(self) -> Loaded:
        for file in self.files:
            for record in file.records:
                place = Place(file.path, record.line, record.number)
                built = Built(record, place)
                self.built[built.model].append(built)
                self.done.records += 1
        for model in ORDER:
            if model is Fact:
                self._remember()
            self._store(model, self.built[model])
        mistakes = [*self.builder.mistakes, *self._settle()]
        if mistakes:
            raise RefusedError(tuple(sorted(mistakes, key=_in_reading_order)))
        self._revise()
        self._report()
        for file in self.files:
            FixtureLoad.objects.update_or_create(
                path=file.path, defaults={"sha256": file.sha256, "at": self.now}
            )
        return self.done

    def _remember(self) -> None:
        """Note how the facts of these topics stood; revisions compare with that."""
        self.topics = self._topics()
        self.before = fact_records(Fact.objects.filter(topic__in=self.topics))

    def _topics(self) -> list[Topic]:
        slugs = {built.key[0] for built in self.built[Fact] if built.key}
        slugs |= {built.key[0] for built in self.built[Topic]}
        return list(Topic.objects.locked().filter(owner=None, slug__in=slugs))

    # Rows

    def _store(self, model: type[models.Model], built: list[Built]) -> None:
        self.builder.build_all(model, built)
        self._save_rows(model, [one for one in built if one.row is not None])
        whole = [one for one in built if one.row is not None]
        if whole and whole[0].child_models:
            for one in whole:
                self.builder.build_children(one)
            self._save_children(whole)

    def _save_rows(self, model: type[models.Model], built: list[Built]) -> None:
        stored: Mapping[int, Any] = {}
        ids = [one.row.pk for one in built if one.row and one.row.pk]
        if ids:
            rows = model._default_manager.filter(pk__in=set(ids))
            stored = {row.pk: row for row in rows}
        new: list[Built] = []
        later: list[tuple[Any, str, Any]] = []
        for one in built:
            row: Any = one.row
            later += _without_unsaved(row)
            if row.pk is None:
                new.append(one)
            else:
                for name in KEPT.get(model, ()):
                    setattr(row, name, getattr(stored[row.pk], name))
        self._create(model, new)
        for one in built:
            row = one.row
            if row is None or row.pk not in stored or _values(row) == _values(stored[row.pk]):
                continue
            if _is_edited(one):
                self.kept.add(row.pk)
            else:
                self._guarded([one], lambda row=row: row.save_base(raw=True, force_update=True))
        for row, name, target in later:
            if row.pk and target.pk:
                setattr(row, name, target)
                row.save(update_fields=[name])

    def _create(self, model: type[models.Model], new: list[Built]) -> None:
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            rows = [one.row for one in batch]
            self._guarded(batch, lambda rows=rows: model._default_manager.bulk_create(rows))

    def _guarded(self, built: list[Built], step: Any) -> None:
        """Do a step; if the database refuses it, find out for which record and why."""
        try:
            with transaction.atomic():
                step()
        except (DataError, IntegrityError) as error:
            if len(built) > 1:
                for one in built:
                    row: Any = one.row
                    row.pk = None
                    self._guarded([one], lambda row=row: row.save_base(raw=True))
                return
            one = built[0]
            self.builder.mistakes.append(Mistake(one.name, "", f"{error}.", place=one.place))
            one.row = None

    # Children

    def _save_children(self, built: list[Built]) -> None:
        """Make the children of each record exactly those of the file."""
        parents = {one.row.pk: one for one in built if one.row and one.row.pk}
        for model, parent in built[0].child_models:
            stored: dict[int, list[Any]] = defaultdict(list)
            rows = model._default_manager.filter(**{f"{parent}__in": list(parents)})
            if model is EntityName:
                rows = rows.filter(added_in_app=False)
            for row in rows.order_by("pk"):
                stored[getattr(row, f"{parent}_id")].append(row)
            outdated: list[int] = []
            new: list[Any] = []
            for pk, one in parents.items():
                wanted = [row for _, row in one.children if type(row) is model]
                for row in wanted:
                    setattr(row, f"{parent}_id", pk)
                if [_values(row) for row in wanted] == [_values(row) for row in stored[pk]]:
                    continue
                if _is_edited(one):
                    self.kept.add(pk)
                else:
                    outdated += [row.pk for row in stored[pk]]
                    new += wanted
            if outdated:
                model._default_manager.filter(pk__in=outdated).delete()
            model._default_manager.bulk_create(new, batch_size=BATCH)

    # What follows from the rows

    def _settle(self) -> list[Mistake]:
        """Store the statuses that follow, and return what the checks find."""
        places = {"/".join(one.key): one for one in self.built[Fact]}
        found: list[Mistake] = []
        for topic in self.topics:
            base = snapshot(topic)
            store_statuses(topic, base, today=self.now.date().toordinal())
            for mistake in mistakes_of(base):
                one = places.get(mistake.record.removeprefix("fact "))
                if one is None or not _follows(mistake, one):
                    found.append(mistake.at(one.place if one else None))
        return found

    def _revise(self) -> None:
        files = ", ".join(file.path for file in self.files)
        facts = Fact.objects.filter(topic__in=self.topics)
        written = write_revisions(facts, self.before, why=f"loaded from {files}", now=self.now)
        for topic in self.topics:
            ids = tuple(
                Fact.objects.filter(topic=topic, pk__in=written).values_list("pk", flat=True)
            )
            if ids:
                tell(Changed(topic, ids, (), self.now, from_file=True))
        self.done.created = sum(pk not in self.before for pk in written)
        self.done.changed = [pk for pk in written if pk in self.before]

    def _report(self) -> None:
        """Name facts whose edits in the app were kept, and facts that the files no longer hold."""
        self.done.kept = [
            "/".join(one.key)
            for one in self.built[Fact]
            if one.row is not None and one.row.pk in self.kept
        ]
        agreeing = [one.row.pk for one in self.built[Fact] if one.row and _is_edited(one)]
        Fact.objects.filter(pk__in=set(agreeing) - self.kept).update(edited_in_app=False)
        brought = {one.key for one in self.built[Fact]}
        declared = [one.key[0] for one in self.built[Topic]]
        rows = Fact.objects.filter(
            topic__owner=None, topic__slug__in=declared, revisions__n=1, revisions__by=None
        )
        for key in rows.order_by("topic__slug", "slug").values_list("topic__slug", "slug"):
            if key not in brought:
                self.done.gone.append("/".join(key))


def _is_edited(one: Built) -> bool:
    """Whether this is a fact that was edited in the app, which then wins over the file."""
    return isinstance(one.row, Fact) and one.row.edited_in_app


def _follows(mistake: Mistake, one: Built) -> bool:
    """Whether a mistake only follows from children that were refused and told already."""
    field = mistake.field.partition("[")[0]
    return field in one.broken or (field == "sentence" and bool(one.broken & {"answers", "voices"}))


def _values(row: models.Model) -> list[Any]:
    return [
        getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if not column.primary_key
    ]


def _without_unsaved(row: models.Model) -> list[tuple[Any, str, models.Model]]:
    """Take references to rows of the same batch off, to be set once all of it is stored."""
    later: list[tuple[Any, str, models.Model]] = []
    for column in row._meta.concrete_fields:
        if isinstance(column, models.ForeignKey) and column.is_cached(row):
            target = getattr(row, column.name)
            if target is not None and target.pk is None:
                later.append((row, column.name, target))
                setattr(row, column.name, None)
    return later


def _in_reading_order(mistake: Mistake) -> tuple[str, int, str]:
    place = mistake.place
    return (place.file, place.line, mistake.field) if place else ("", 0, mistake.record)
