"""Forms of a fact: the same on its page and in the admin."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet

from quiz.corrections.kept_cases import has_cases
from quiz.corrections.models import Report
from quiz.corrections.superseding import VALUE, can_be_written_anew
from quiz.facts.columns import missing_parts
from quiz.facts.forms import CheckedForm
from quiz.facts.mistakes import Mistake
from quiz.facts.models import Fact, FactRevision, Source

DATES = "such as 2024-11-04, 2024-11, 2024, 2024-10/2024-12 or ../2024-10"
VALUE_LABELS = {
    "date": "The date it gives",
    "figure": "The amount it gives",
    "statement": "What was said, after “that”",
}
LONGEST_VALUE = 60
FIELDS_OF_KIND = {
    "date": {"when_edtf", "when_reading", "when_circa", "ask_precision", "also_right"},
    "figure": {
        "amount_text", "qualifier", "hedge_text", "amount_low", "amount_high", "also_right",
    },
    "statement": {"content", "verbatim", "occasion"},
    "identity": set(),
}  # fmt: skip
CHANGES = [
    ("", "---------"),
    *(
        (value, label)
        for value, label in FactRevision.Change.choices
        if value in {"wrong", "source", "newer", "wording"}
    ),
]


class FactForm(CheckedForm):
    change = forms.ChoiceField(choices=CHANGES, required=False, label="Kind of change")
    why = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}), required=False, label="Why it changes"
    )
    confirmed = forms.BooleanField(
        required=False, label="I have seen what this touches, and want it changed"
    )
    ends_cases = forms.BooleanField(
        required=False, label="Answers that were let count may count no more"
    )
    revision_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    refused: tuple[Mistake, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["revision_seen"] = self.instance.revision
        if not (self.instance.pk and has_cases(self.instance)):
            self.fields.pop("ends_cases", None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen = cleaned.get("revision_seen")
        if self.instance.pk and seen is not None and seen != self.instance.revision:
            data: Any = self.data
            self.data = data.copy()
            vars(self)["data"]["revision_seen"] = str(self.instance.revision)
            message = (
                "Somebody else has changed this fact meanwhile. What you typed is kept here; "
                "look at the revisions below, then save again."
            )
            self.add_error(None, message)
        self.refuse(self.refused)
        return cleaned

    def refuse(self, mistakes: Iterable[Mistake]) -> None:
        """Show mistakes at their fields; one of a child, or of nothing shown, stands on top."""
        for mistake in mistakes:
            name = mistake.field.partition("[")[0]
            right = f" Right would be: {mistake.right}" if mistake.right else ""
            text = f"{mistake.what[:1].upper()}{mistake.what[1:]}{right}"
            if name in self.fields:
                self.add_error(name, text)
            else:
                self.add_error(None, f"{mistake.field}: {text}" if mistake.field else text)

    def validate_constraints(self) -> None:
        if not self.errors:
            for name, what, right in missing_parts(self.instance):
                self.refuse([Mistake("", name, what, right)])
        super().validate_constraints()


class FactPageForm(FactForm):
    """The fact's own fields, those of its kind only; who says so and where is for the admin."""

    also_right = forms.CharField(
        required=False,
        label="Counts as right too",
        help_text="One a line: a coarser date such as 2022, or a number that is near enough",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Fact
        fields = (
            "label", "sentence", "stem", "thread", "importance", "grave", "when_edtf",
            "when_reading", "when_circa", "ask_precision", "measure", "amount_text", "qualifier",
            "hedge_text", "amount_low", "amount_high", "content", "verbatim", "occasion", "mode",
            "as_of_edtf", "valid_from_edtf", "valid_to_edtf", "rank", "note", "not_asked",
        )  # fmt: skip
        labels: ClassVar[dict[str, str]] = {
            "stem": "Question",
            "when_edtf": "Date",
            "when_reading": "How the date is meant",
            "when_circa": "About, give or take years",
            "ask_precision": "Asked to the",
            "measure": "What is counted or asked",
            "amount_text": "Amount",
            "qualifier": "How exact",
            "hedge_text": "The source’s own hedge",
            "amount_low": "At least, if the source says",
            "amount_high": "At most, if the source says",
            "content": "What was said",
            "verbatim": "These are the speaker’s own words",
            "mode": "How it is said",
            "as_of_edtf": "As of",
            "valid_from_edtf": "True from",
            "valid_to_edtf": "True until",
            "rank": "Standing among others",
            "not_asked": "Not asked, because",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "when_edtf": DATES,
            "as_of_edtf": DATES,
            "amount_text": "such as 12,000 or 12 million or 2,000–3,000",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = set().union(*FIELDS_OF_KIND.values()) - FIELDS_OF_KIND[self.instance.kind]
        for name in other:
            self.fields.pop(name, None)
        if self.instance.pk and "also_right" in self.fields:
            rows = self.instance.also_right.order_by("pk")
            self.initial["also_right"] = "\n".join(row.text for row in rows)
        threads: Any = self.fields["thread"]
        threads.queryset = self.instance.topic.threads.all()
        for name in ("sentence", "stem", "content", "note"):
            if name in self.fields:
                self.fields[name].widget = forms.Textarea(attrs={"rows": 2})

    def clean_also_right(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["also_right"].splitlines())
        found = list(dict.fromkeys(line for line in lines if line))
        if any(len(line) > LONGEST_VALUE for line in found):
            raise forms.ValidationError(f"Each at most {LONGEST_VALUE} signs.")
        return found


class WhyForm(forms.Form):
    """Taking a fact back, or bringing it back, says why."""

    why = forms.CharField(label="Why", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class SupersedeForm(forms.Form):
    """What a fact gives way to: a fact that is known, a newer report, or the end of its time."""

    by = forms.ChoiceField(label="It gives way to", widget=forms.RadioSelect)
    successor = forms.ModelChoiceField(
        Fact.objects.none(), required=False, label="The fact that is newer"
    )
    sentence = forms.CharField(
        required=False,
        max_length=1000,
        label="What the newer report says",
        help_text="One sentence, its answer in [[double brackets]]",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    value = forms.CharField(required=False, max_length=400)
    as_of_edtf = forms.CharField(required=False, max_length=40, label="As of", help_text=DATES)
    source = forms.ModelChoiceField(Source.objects.none(), required=False, label="Its source")
    locator = forms.CharField(
        required=False, max_length=160, label="Where in it", help_text="Section and paragraph"
    )
    valid_to = forms.CharField(
        required=False, max_length=40, label="The older one was true until", help_text=DATES
    )
    why = forms.CharField(label="Why", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    confirmed = forms.BooleanField(
        required=False, label="I have seen what this touches, and want it changed"
    )

    def __init__(self, *args: Any, fact: Fact, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact = fact
        ways = [("fact", "A fact that is known already"), ("date", "Nothing: its time is over")]
        if can_be_written_anew(fact):
            ways.insert(1, ("report", "A newer report, written down here"))
        else:
            for name in ("sentence", "value", "as_of_edtf", "source", "locator"):
                del self.fields[name]
        if not asks:
            del self.fields["confirmed"]
        by: Any = self.fields["by"]
        by.choices = ways
        successor: Any = self.fields["successor"]
        successor.queryset = newer_than(fact)
        if can_be_written_anew(fact):
            source: Any = self.fields["source"]
            source.queryset = Source.objects.filter(citations__fact__topic=fact.topic).distinct()
            self.fields["value"].label = VALUE_LABELS[fact.kind]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        needed = {
            "fact": ("successor",),
            "report": ("sentence", "value", "source", "locator"),
            "date": ("valid_to",),
        }
        for name in needed.get(cleaned.get("by", ""), ()):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, "This is needed.")
        return cleaned

    @property
    def report_fields(self) -> list[forms.BoundField]:
        """What a newer report is written down with."""
        names = ("sentence", "value", "as_of_edtf", "source", "locator")
        return [self[name] for name in names if name in self.fields]

    @property
    def asked_for(self) -> dict[str, Any]:
        given = self.cleaned_data
        way = given["by"]
        return {
            "successor": given["successor"] if way == "fact" else None,
            "report": given if way == "report" else None,
            "valid_to": given["valid_to"],
            "why": given["why"],
            "confirmed": bool(given.get("confirmed")) or "confirmed" not in self.fields,
        }

    def refuse(self, mistakes: Iterable[Mistake]) -> None:
        """Show each mistake where it was typed, or on top."""
        own = {"valid_to_edtf": "valid_to", VALUE.get(self.fact.kind, ""): "value"}
        for mistake in mistakes:
            name = own.get(mistake.field, mistake.field.partition("[")[0])
            right = f" Right would be: {mistake.right}" if mistake.right else ""
            text = f"{mistake.what[:1].upper()}{mistake.what[1:]}{right}"
            self.add_error(name if name in self.fields else None, text)


def newer_than(fact: Fact) -> QuerySet[Fact]:
    """Facts that may stand in its place: of its measure, else of its thread and kind."""
    rows = Fact.objects.filter(topic=fact.topic_id, retracted_at=None).exclude(pk=fact.pk)
    if fact.measure_id is not None:
        rows = rows.filter(measure=fact.measure_id)
        about = Q(subject=fact.subject_id) | Q(subject=None)
        return rows.filter(about).order_by("label") if fact.subject_id else rows.order_by("label")
    return rows.filter(thread=fact.thread_id, kind=fact.kind).order_by("label")


class ReportForm(forms.Form):
    nonce = forms.CharField(max_length=43, widget=forms.HiddenInput)
    back = forms.CharField(max_length=4000, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        choices=Report.Kind.choices, widget=forms.RadioSelect, label="What is it?"
    )
    message = forms.CharField(
        max_length=2000,
        required=False,
        strip=True,
        label="Say more, if you like",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswerReportForm(forms.Form):
    decision = forms.ChoiceField(
        choices=[("confirmed", "They are right"), ("declined", "It stays as it is")],
        widget=forms.RadioSelect,
        label="What it comes to",
    )
    counts = forms.BooleanField(required=False, label="Let what they typed count from now on")
    with_alike = forms.BooleanField(required=False, initial=True)
    reply = forms.CharField(
        max_length=2000, label="Reply to the learner", widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, with_counts: bool, alike: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_counts:
            del self.fields["counts"]
        one = alike == 1
        more = "the other report that says" if one else f"the {alike} other reports that say"
        self.fields["with_alike"].label = f"Answer {more} the same with it"
        if not alike:
            del self.fields["with_alike"]
