from typing import Any, cast

from django import forms
from django.utils import timezone

from quiz.accounts.models import User
from quiz.questions.models import QuestionSet


class ClassroomForm(forms.Form):
    name = forms.CharField(max_length=120, label="Name of the class")


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=40,
        label="Code of the class",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class DatesForm(forms.Form):
    opens_at = forms.DateTimeField(
        required=False,
        label="Opens",
        help_text="Empty: at once.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    closes_at = forms.DateTimeField(
        required=False,
        label="Closes",
        help_text="Empty: stays open.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name().replace("_", " ")
        for name in ("opens_at", "closes_at"):
            self.fields[name].help_text = f"{self.fields[name].help_text} In your time, {zone}."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if closes_at and closes_at <= (opens_at or timezone.now()):
            self.add_error("closes_at", "This must be later than the opening.")
        return cleaned


class AssignmentForm(DatesForm):
    question_set = forms.ModelChoiceField(
        queryset=QuestionSet.objects.none(),
        to_field_name="public_id",
        label="Question set",
        empty_label="Choose one of your published sets",
    )

    field_order = ("question_set", "opens_at", "closes_at")

    def __init__(self, teacher: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[QuestionSet]", self.fields["question_set"])
        field.queryset = QuestionSet.objects.filter(
            owner=teacher, status=QuestionSet.Status.PUBLISHED
        )
