"""The fact's admin page, with its questions, its revisions and what a change to it touches."""

from collections.abc import Iterable
from typing import Any, override

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from quiz.corrections.actions import settle_edit
from quiz.corrections.blast import UnconfirmedError, blast_radius
from quiz.corrections.forms import FactForm
from quiz.corrections.kept_cases import has_cases
from quiz.corrections.models import Outbox, Report
from quiz.corrections.reading import questions_of, revisions_of
from quiz.facts.actions import begin_edit
from quiz.facts.admin import KeptAdmin
from quiz.facts.forms import CheckedForm
from quiz.facts.mistakes import RefusedError
from quiz.facts.models import AlsoRight, Citation, Fact, FactAnswer, FactLink, Voice
from quiz.facts.searching import Searching
from quiz.questions.models import Question, QuestionFact

AWAY = 1000  # where numbered children wait while they change places


class NumberedForm(CheckedForm):
    """A child whose number is given anew when it is saved: rows may change places."""

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"n"}


def _save_numbered(formset: Any) -> None:
    """Save children in the order of their numbers, whatever numbers were typed."""
    formset.save(commit=False)
    for row in formset.deleted_objects:
        row.delete()
    live = [
        one
        for one in formset.forms
        if one not in formset.deleted_forms and (one.instance.pk or one.has_changed())
    ]
    # Two rows that change places would meet on one number halfway.
    stored = [one.instance.pk for one in live if one.instance.pk]
    formset.model.objects.filter(pk__in=stored).update(n=F("n") + AWAY)
    for n, one in enumerate(sorted(live, key=lambda one: one.instance.n)):
        one.instance.n = n
        one.instance.save()


def _without(options: Any, field: str) -> Any:
    return {**options, "fields": tuple(name for name in options["fields"] if name != field)}


class FactAnswerInline(Searching[FactAnswer], admin.TabularInline[FactAnswer, Fact]):
    model = FactAnswer
    form = NumberedForm
    extra = 0
    autocomplete_fields = ("entity",)


class VoiceInline(Searching[Voice], admin.TabularInline[Voice, Fact]):
    model = Voice
    form = NumberedForm
    extra = 0
    autocomplete_fields = ("entity",)
    fields = ("n", "entity", "label", "mode", "said_on_edtf")


class CitationInline(Searching[Citation], admin.TabularInline[Citation, Fact]):
    model = Citation
    form = CheckedForm
    extra = 0
    autocomplete_fields = ("source",)


class AlsoRightInline(admin.TabularInline[AlsoRight, Fact]):
    model = AlsoRight
    extra = 0


class FactLinkInline(Searching[FactLink], admin.TabularInline[FactLink, Fact]):
    model = FactLink
    fk_name = "from_fact"
    extra = 0
    autocomplete_fields = ("to_fact",)


@admin.register(Fact)
class FactAdmin(KeptAdmin[Fact]):
    form = FactForm
    list_display = (
        "label", "topic", "thread", "kind", "status", "importance", "grave", "edited_in_app",
    )  # fmt: skip
    list_filter = ("topic", "thread", "kind", "status", "grave", "importance", "edited_in_app")
    search_fields = ("label", "slug", "sentence", "stem", "subject__name", "voices__entity__name")
    search_help_text = "Label, slug, sentence, question, subject or voice"
    list_select_related = ("topic", "thread")
    autocomplete_fields = ("topic", "thread", "subject", "measure")
    readonly_fields = ("status", "revision", "touches", "questions", "revisions")
    inlines = (FactAnswerInline, VoiceInline, AlsoRightInline, CitationInline, FactLinkInline)
    save_on_top = True
    fieldsets = (
        (None, {"fields": (
            "topic", "slug", "kind", "thread", "importance", "grave", "label", "sentence", "stem",
            "subject", "status", "revision",
        )}),
        ("Date", {"fields": ("when_edtf", "when_reading", "when_circa", "ask_precision")}),
        ("Figure", {"fields": (
            "measure", "amount_text", "qualifier", "hedge_text", "amount_low", "amount_high",
        )}),
        ("Statement", {"fields": ("content", "verbatim", "occasion")}),
        ("Who says so, and since when", {"fields": (
            "mode", "as_of_edtf", "valid_from_edtf", "valid_to_edtf", "rank", "retracted_at",
        )}),
        ("Feedback", {"fields": ("note", "not_asked")}),
        ("This change", {"fields": (
            "touches", "change", "why", "confirmed", "ends_cases", "revision_seen",
        )}),
        ("Its questions", {"fields": ("questions",)}),
        ("Its revisions", {"fields": ("revisions",)}),
    )  # fmt: skip

    # Saving: rows first, then the same checks as for files; refusals are caught outside

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a refusal on the same form: the transaction was taken back, what was typed stays."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except RefusedError as error:
            vars(request)["refused"] = error.mistakes
        except UnconfirmedError as error:
            vars(request)["refused"] = error.mistakes
        return super().changeform_view(request, object_id, form_url, extra_context)

    @override
    def get_form(
        self, request: HttpRequest, obj: Fact | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type("FactForm", (form,), {"refused": vars(request).get("refused", ())})

    @override
    def save_model(self, request: HttpRequest, obj: Fact, form: Any, change: bool) -> None:
        vars(request)["edit"] = begin_edit(obj if change else None)
        super().save_model(request, obj, form, change)

    @override
    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model in {FactAnswer, Voice}:
            _save_numbered(formset)
        else:
            super().save_formset(request, form, formset, change)

    @override
    def save_related(
        self, request: HttpRequest, form: Any, formsets: Iterable[Any], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        given = form.cleaned_data
        settle_edit(
            edit=vars(request)["edit"],
            fact=form.instance,
            change=given["change"],
            why=given["why"],
            confirmed=given["confirmed"],
            ends_cases=bool(given.get("ends_cases")),
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )

    # Shown beside the fields

    @admin.display(description="A change touches")
    def touches(self, fact: Fact) -> SafeString:
        if fact.pk is None:
            return SafeString("nothing yet")
        context = {"radius": blast_radius(fact)}
        return render_to_string("corrections/_blast_radius.html", context)

    @admin.display(description="Questions")
    def questions(self, fact: Fact) -> SafeString:
        versions = questions_of(fact) if fact.pk else []
        context = {"versions": versions, "with_rules": True}
        return render_to_string("corrections/_questions.html", context)

    @admin.display(description="Revisions")
    def revisions(self, fact: Fact) -> SafeString:
        revisions = revisions_of(fact) if fact.pk else []
        return render_to_string("corrections/_revisions.html", {"revisions": revisions})

    def get_fieldsets(self, request: HttpRequest, obj: Fact | None = None) -> Any:
        shown = super().get_fieldsets(request, obj)
        if obj is None or not has_cases(obj):
            shown = [(name, _without(options, "ends_cases")) for name, options in shown]
        if obj is not None:
            return shown
        return [one for one in shown if one[0] not in {"Its questions", "Its revisions"}]

    def has_delete_permission(self, request: HttpRequest, obj: Fact | None = None) -> bool:
        """A fact that questions were made of is part of what learners saw: retract it instead."""
        if obj is not None and (
            Question.objects.filter(fact=obj).exists()
            or QuestionFact.objects.filter(fact=obj).exists()
        ):
            return False
        return super().has_delete_permission(request, obj)

    def view_on_site(self, obj: Fact) -> str:
        return reverse("quiz:fact-detail", args=[obj.topic.slug, obj.slug])

    own = ("answers", "voices", "also_right", "citations", "links", "revisions", "outbox")


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin[Report]):
    list_display = ("fact", "kind", "state", "created_at", "answered_by")
    list_filter = ("state", "kind", "fact__topic")
    search_fields = ("fact__label", "message", "reply")
    list_select_related = ("fact", "answered_by")
    readonly_fields = (
        "public_id", "learner", "fact", "version", "nonce", "given", "kind", "message",
        "created_at", "answered_at", "answered_by", "case", "read_at", "state", "reply",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Outbox)
class OutboxAdmin(admin.ModelAdmin[Outbox]):
    """Changed facts whose questions are still to be made anew."""

    list_display = ("fact", "revision", "created_at")
    readonly_fields = ("fact", "revision", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outbox]:
        return super().get_queryset(request).select_related("fact")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
