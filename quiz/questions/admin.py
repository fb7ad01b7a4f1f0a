from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from quiz.questions.models import (
    Question,
    QuestionFact,
    QuestionSet,
    QuestionVersion,
    SetItem,
)


class SetItemInline(admin.TabularInline[SetItem, QuestionSet]):
    model = SetItem
    extra = 0
    fields = ("position", "question", "own_stem", "pinned_version", "notice")
    raw_id_fields = ("question", "pinned_version")
    show_change_link = True


@admin.register(QuestionSet)
class QuestionSetAdmin(admin.ModelAdmin[QuestionSet]):
    list_display = ("title", "owner", "topic", "status", "size", "follows_facts", "changed_at")
    list_filter = ("status", "topic", "follows_facts", "feedback_at_end")
    search_fields = ("title", "public_id", "owner__email", "owner__name")
    search_help_text = "Title, public id, or who owns it"
    list_select_related = ("owner", "topic")
    raw_id_fields = ("owner",)
    # The link is made and revoked by its owner; a token typed by hand could be guessed.
    readonly_fields = ("public_id", "link_token", "rule")
    date_hierarchy = "changed_at"
    inlines = (SetItemInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionSet]:
        counted: QuerySet[QuestionSet] = super().get_queryset(request).annotate(size=Count("items"))
        return counted

    @admin.display(ordering="size", description="questions")
    def size(self, question_set: QuestionSet) -> int:
        count: int = vars(question_set)["size"]
        return count


@admin.register(SetItem)
class SetItemAdmin(admin.ModelAdmin[SetItem]):
    list_display = ("question_set", "position", "question", "own_stem", "notice")
    list_filter = (("notice", admin.EmptyFieldListFilter), ("own_stem", admin.EmptyFieldListFilter))
    search_fields = ("question_set__title", "own_stem", "question__fact__label")
    list_select_related = ("question_set", "question__fact")
    raw_id_fields = ("question_set", "question", "pinned_version")


class VersionInline(admin.TabularInline[QuestionVersion, Question]):
    """What learners were and are shown; nothing of it can be changed here."""

    model = QuestionVersion
    extra = 0
    can_delete = False
    fields = ("n", "state", "stem", "held_by", "warnings", "fact_revision", "created_at")
    readonly_fields = fields
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return False


class ReadOnly(admin.ModelAdmin[Any]):
    """Questions are made from facts: whoever wants another question edits its fact."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Question)
class QuestionAdmin(ReadOnly):
    list_display = ("fact", "form", "facet", "variant", "origin", "retired")
    list_filter = ("form", "facet", "origin", "retired", "fact__kind", "fact__topic")
    search_fields = ("public_id", "fact__label", "fact__slug", "versions__stem")
    search_help_text = "Public id, fact, or words of the question"
    list_select_related = ("fact",)
    inlines = (VersionInline,)


class UseInline(admin.TabularInline[QuestionFact, QuestionVersion]):
    """The facts this version stands on: if one changes, it is made again."""

    model = QuestionFact
    extra = 0
    can_delete = False
    fields = ("fact", "role", "facet")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: QuestionVersion | None = None) -> bool:
        return False


@admin.register(QuestionVersion)
class QuestionVersionAdmin(ReadOnly):
    list_display = ("stem", "of_form", "state", "held_by", "warnings", "n", "created_at")
    list_filter = (
        "state",
        "held_by",
        "question__form",
        ("warnings", admin.EmptyFieldListFilter),
        "question__fact__topic",
    )
    search_fields = ("stem", "held_by", "question__fact__label", "question__public_id")
    search_help_text = "Words of the question, a rule such as S9, a fact, or a public id"
    list_select_related = ("question__fact",)
    inlines = (UseInline,)

    @admin.display(ordering="question__form", description="form")
    def of_form(self, version: QuestionVersion) -> str:
        return version.question.get_form_display()
