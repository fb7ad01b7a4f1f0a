"""Admin pages of topics and of what facts are made of; the facts' own are in corrections."""

from collections.abc import Iterable
from typing import Any, override

from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from quiz.facts.actions import touch
from quiz.facts.entities import facts_using, settle_entity, tell_of_names, topics_knowing
from quiz.facts.forms import CheckedForm
from quiz.facts.models import (
    Entity,
    EntityName,
    EntityRole,
    Fact,
    FixtureLoad,
    Measure,
    MeasureFamily,
    Source,
    Thread,
    Topic,
    TopicSide,
)
from quiz.facts.searching import Searching


class KeptAdmin[M: models.Model](Searching[M], admin.ModelAdmin[M]):
    """A row that others refer to is kept; deleting it says who does. Nothing is deleted in bulk."""

    own: tuple[str, ...] = ()  # rows that go with it
    actions = None

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is not None and (users := self.users_of(row)):
            meta = row._meta
            messages.error(request, f"“{row}” cannot be deleted: it is used by {', '.join(users)}.")
            url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
            return HttpResponseRedirect(url)
        return super().delete_view(request, object_id, extra_context)

    def users_of(self, row: models.Model) -> list[str]:
        """Say how many rows of each kind refer to this one."""
        found = []
        for relation in row._meta.related_objects:
            if relation.get_accessor_name() in self.own:
                continue
            model = relation.related_model
            rows = model._default_manager.filter(**{relation.field.name: row})
            if count := rows.count():
                meta = model._meta
                name = meta.verbose_name if count == 1 else meta.verbose_name_plural
                found.append(f"{count} {name}")
        return found


class SettlingAdmin[M: models.Model](KeptAdmin[M]):
    """Facts stand on such a row: after it is saved they are settled and their questions held."""

    def facts_on(self, row: Any) -> QuerySet[Fact]:
        raise NotImplementedError

    @override
    def save_related(
        self, request: HttpRequest, form: Any, formsets: Iterable[Any], change: bool
    ) -> None:
        formsets = list(formsets)
        super().save_related(request, form, formsets, change)
        if change and _has_changed(form, formsets):
            touch(self.facts_on(form.instance), now=timezone.now())


def _has_changed(form: Any, formsets: Iterable[Any]) -> bool:
    return any(one.has_changed() for one in (form, *formsets))


class ThreadInline(admin.TabularInline[Thread, Topic]):
    model = Thread
    extra = 0
    fields = ("slug", "title", "position")
    show_change_link = True
    can_delete = False


class TopicSideInline(Searching[TopicSide], admin.TabularInline[TopicSide, Topic]):
    model = TopicSide
    extra = 0
    autocomplete_fields = ("entity",)


@admin.register(Topic)
class TopicAdmin(SettlingAdmin[Topic]):
    list_display = ("title", "slug", "owner", "contested", "facts_count", "position")
    list_filter = ("contested", ("owner", admin.EmptyFieldListFilter))
    search_fields = ("title", "slug", "headline")
    search_help_text = "Title, slug or headline"
    list_select_related = ("owner",)
    raw_id_fields = ("owner",)
    inlines = (ThreadInline, TopicSideInline)
    own = ("sides",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        return super().get_queryset(request).annotate(count=Count("facts"))

    @admin.display(description="facts", ordering="count")
    def facts_count(self, topic: Topic) -> int:
        return int(vars(topic)["count"])

    def facts_on(self, row: Topic) -> QuerySet[Fact]:
        return row.facts.all()


@admin.register(Thread)
class ThreadAdmin(KeptAdmin[Thread]):
    list_display = ("title", "topic", "slug", "position")
    list_filter = ("topic",)
    search_fields = ("title", "slug", "reading")
    list_select_related = ("topic",)


@admin.register(Source)
class SourceAdmin(SettlingAdmin[Source]):
    list_display = ("title", "kind", "publisher", "published_on", "retrieved_on", "owner")
    list_filter = ("kind", ("owner", admin.EmptyFieldListFilter))
    search_fields = ("title", "slug", "url")
    list_select_related = ("publisher", "owner")
    autocomplete_fields = ("publisher", "derived_from")
    raw_id_fields = ("owner",)
    form = CheckedForm

    def facts_on(self, row: Source) -> QuerySet[Fact]:
        return Fact.objects.filter(pk__in=row.citations.values("fact"))


class EntityNameInline(admin.TabularInline[EntityName, Entity]):
    model = EntityName
    form = CheckedForm
    extra = 0
    fields = ("text", "kind", "accept", "from_general_knowledge")


class EntityRoleInline(Searching[EntityRole], admin.TabularInline[EntityRole, Entity]):
    model = EntityRole
    form = CheckedForm
    fk_name = "entity"
    extra = 0
    autocomplete_fields = ("of",)


@admin.register(Entity)
class EntityAdmin(KeptAdmin[Entity]):
    list_display = ("name", "kind", "slug", "topic", "part_of", "owner")
    list_filter = ("kind", "topic", ("owner", admin.EmptyFieldListFilter))
    search_fields = ("name", "slug", "names__text")
    search_help_text = "Name, alias or slug"
    list_select_related = ("topic", "part_of", "owner")
    autocomplete_fields = ("part_of", "maybe_same_as")
    raw_id_fields = ("owner",)
    inlines = (EntityNameInline, EntityRoleInline)
    own = ("names", "roles")

    @override
    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Names typed here outlive the next load of the entity's file."""
        for one in formset.forms:
            if isinstance(one.instance, EntityName) and one.has_changed():
                one.instance.added_in_app = True
        super().save_formset(request, form, formset, change)

    @override
    def save_related(
        self, request: HttpRequest, form: Any, formsets: Iterable[Any], change: bool
    ) -> None:
        """Where nothing but names came, nothing but what they bear on is made anew."""
        formsets = list(formsets)
        added = _only_added(form, formsets) if change else []
        super().save_related(request, form, formsets, change)
        if added:
            tell_of_names(added, now=timezone.now())
        elif not change or _has_changed(form, formsets):
            home = {form.initial.get("topic")} - {None}
            settle_entity(form.instance, now=timezone.now(), formerly=home)

    @override
    def delete_model(self, request: HttpRequest, obj: Entity) -> None:
        known = topics_knowing(obj)
        super().delete_model(request, obj)
        touch(Fact.objects.none(), now=timezone.now(), whole=known)


def _only_added(form: Any, formsets: Iterable[Any]) -> list[EntityName]:
    """The names that are new, where nothing else of the entity has changed."""
    changed = [one for rows in formsets for one in rows.forms if one.has_changed()]
    rows = [one.instance for one in changed]
    is_new = all(isinstance(row, EntityName) and row.pk is None for row in rows)
    return rows if is_new and not form.has_changed() else []


@admin.register(TopicSide)
class TopicSideAdmin(KeptAdmin[TopicSide]):
    list_display = ("entity", "side", "topic")
    list_filter = ("topic", "side")
    search_fields = ("entity__name", "side")
    list_select_related = ("entity", "topic")
    autocomplete_fields = ("entity", "topic")

    @override
    def save_model(self, request: HttpRequest, obj: TopicSide, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        before = Entity.objects.filter(pk=form.initial.get("entity"))
        self._settle({obj.entity, *before}, {obj.topic_id, form.initial.get("topic")} - {None})

    @override
    def delete_model(self, request: HttpRequest, obj: TopicSide) -> None:
        super().delete_model(request, obj)
        self._settle({obj.entity}, {obj.topic_id})

    def _settle(self, entities: set[Entity], topics: set[int]) -> None:
        """A side bears on statuses, and on whose names stand beside each other in any question."""
        facts = facts_using(entities).filter(topic__in=topics)
        touch(facts, now=timezone.now(), whole=topics)


class MeasureInline(admin.TabularInline[Measure, MeasureFamily]):
    model = Measure
    extra = 0
    fields = ("slug", "counts", "unit", "stage", "changing")
    show_change_link = True
    can_delete = False


@admin.register(MeasureFamily)
class MeasureFamilyAdmin(SettlingAdmin[MeasureFamily]):
    list_display = ("title", "slug", "why_they_differ")
    search_fields = ("title", "slug", "measures__counts")
    inlines = (MeasureInline,)

    def facts_on(self, row: MeasureFamily) -> QuerySet[Fact]:
        return Fact.objects.filter(measure__family=row)


@admin.register(Measure)
class MeasureAdmin(SettlingAdmin[Measure]):
    list_display = ("counts", "slug", "unit", "stage", "changing", "family")
    list_filter = ("changing", "family")
    search_fields = ("counts", "slug", "unit", "stage")
    list_select_related = ("family",)
    autocomplete_fields = ("family",)

    def facts_on(self, row: Measure) -> QuerySet[Fact]:
        return row.facts.all()


@admin.register(FixtureLoad)
class FixtureLoadAdmin(admin.ModelAdmin[FixtureLoad]):
    """Which files were loaded; deleting a row lets the next load read the file again."""

    list_display = ("path", "at", "sha256")
    readonly_fields = ("path", "at", "sha256")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
