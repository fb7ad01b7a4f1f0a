from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from quiz.questions.models import QuestionSet, SetItem


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
