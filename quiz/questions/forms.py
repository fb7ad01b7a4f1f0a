from typing import Any, cast

from django import forms

from quiz.facts.models import Fact, Topic
from quiz.facts.names import fold
from quiz.facts.status import Status
from quiz.questions.models import Form
from quiz.questions.set_rule import MOST_QUESTIONS, SetRule

# A flashcard is rated by the learner, which a set cannot count.
FORMS_OF_A_SET = [choice for choice in Form.choices if choice[0] != Form.FLASHCARD]
KIND_WORDS = {
    Fact.Kind.DATE: "Dates",
    Fact.Kind.FIGURE: "Figures",
    Fact.Kind.STATEMENT: "Who said what",
    Fact.Kind.IDENTITY: "Who and what",
}
STATUS_WORDS = {
    Status.AGREED: "Both sides say so",
    Status.REPORTED: "The source reports it",
    Status.CLAIMED: "One voice claims it",
    Status.CONTESTED: "Voices differ",
    Status.SUPERSEDED: "Replaced by a newer report",
}
MOST_WRONG_OPTIONS = 5


class RuleForm(forms.Form):
    """The filter over a topic's facts and forms; nothing ticked in a list means everything."""

    threads = forms.MultipleChoiceField(
        required=False, label="Threads", widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.MultipleChoiceField(
        required=False,
        label="Kinds of fact",
        choices=list(KIND_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    statuses = forms.MultipleChoiceField(
        required=False,
        label="How the facts stand",
        choices=list(STATUS_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    importance = forms.TypedChoiceField(
        label="How much detail",
        choices=((1, "Core facts only"), (2, "Core and more"), (3, "Everything, details too")),
        coerce=int,
        initial=3,
    )
    grave = forms.BooleanField(
        required=False,
        initial=True,
        label="With questions about people killed, wounded or captured",
    )
    number = forms.IntegerField(
        min_value=1, max_value=MOST_QUESTIONS, initial=10, label="How many questions"
    )
    # Last, because from here on the name means the field in this class's body.
    forms = forms.MultipleChoiceField(
        required=False,
        label="Forms of question",
        choices=FORMS_OF_A_SET,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, topic: Topic, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        threads = cast("forms.MultipleChoiceField", self.fields["threads"])
        threads.choices = list(topic.threads.values_list("slug", "title"))

    def rule(self) -> SetRule:
        given = self.cleaned_data
        return SetRule(
            threads=tuple(given["threads"]),
            kinds=tuple(given["kinds"]),
            statuses=tuple(given["statuses"]),
            forms=tuple(given["forms"]),
            importance=given["importance"],
            grave=given["grave"],
            number=given["number"],
        )


class NewSetForm(RuleForm):
    title = forms.CharField(max_length=160, label="Title")

    field_order = ("title", "threads", "kinds", "statuses", "forms", "importance", "grave")


class SetForm(forms.Form):
    title = forms.CharField(max_length=160, label="Title")
    description = forms.CharField(
        required=False,
        max_length=2000,
        label="What students read before they start",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    feedback_at_end = forms.TypedChoiceField(
        label="When students see what was right",
        choices=(("each", "After each question"), ("end", "At the end")),
        coerce=lambda given: given == "end",
        widget=forms.RadioSelect,
    )
    follows_facts = forms.TypedChoiceField(
        label="When a fact is corrected",
        choices=(
            ("follow", "Ask the corrected question"),
            ("keep", "Keep the questions as they are now"),
        ),
        coerce=lambda given: given == "follow",
        widget=forms.RadioSelect,
    )


class RewordForm(forms.Form):
    own_stem = forms.CharField(
        required=False,
        max_length=600,
        label="Ask it in your words",
        help_text="Empty: the first wording again. What counts as right stays the same.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HandWrittenForm(forms.Form):
    """A question of the teacher's own; only a missing, wrong or second key is refused."""

    form = forms.ChoiceField(
        label="Form",
        choices=[choice for choice in Form.choices if choice[0] in {Form.CHOICE, Form.TYPED}],
        initial=Form.CHOICE,
        widget=forms.RadioSelect,
    )
    stem = forms.CharField(
        max_length=600, label="Question", widget=forms.Textarea(attrs={"rows": 2})
    )
    key = forms.CharField(max_length=160, label="Right answer")
    also_right = forms.CharField(
        required=False,
        max_length=1000,
        label="Also right when typed",
        help_text="Other spellings or names, one on each line.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    sentence = forms.CharField(
        required=False,
        max_length=600,
        label="The answer in a sentence",
        help_text="Shown after answering. Use the right answer in it, as you wrote it above.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = forms.CharField(
        required=False,
        max_length=1000,
        label="Why, or where to read it",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    thread = forms.ChoiceField(label="Thread")
    grave = forms.BooleanField(
        required=False, label="It is about people killed, wounded, captured or forced to work"
    )

    def __init__(self, topic: Topic, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        thread = cast("forms.ChoiceField", self.fields["thread"])
        thread.choices = list(topic.threads.values_list("slug", "title"))
        for n in range(1, MOST_WRONG_OPTIONS + 1):
            self.fields[f"wrong_{n}"] = forms.CharField(
                required=False, max_length=160, label=f"Wrong option {n}"
            )
            self.fields[f"why_{n}"] = forms.CharField(
                required=False, max_length=300, label="What it really is"
            )

    def wrong_pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"wrong_{n}"], self[f"why_{n}"]) for n in range(1, MOST_WRONG_OPTIONS + 1)]

    def wrong_options(self) -> list[tuple[str, str]]:
        given = self.cleaned_data
        return [
            (given[f"wrong_{n}"], given[f"why_{n}"])
            for n in range(1, MOST_WRONG_OPTIONS + 1)
            if given.get(f"wrong_{n}")
        ]

    def accepted(self) -> tuple[str, ...]:
        lines = self.cleaned_data["also_right"].splitlines()
        return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("form") == Form.CHOICE and "key" in given:
            self._refuse_a_second_key(given)
        if given.get("sentence") and given.get("key") and given["key"] not in given["sentence"]:
            self.add_error("sentence", f"“{given['key']}” does not stand in this sentence.")
        return given

    def _refuse_a_second_key(self, given: dict[str, Any]) -> None:
        right = {fold(text) for text in (given["key"], *given.get("also_right", "").splitlines())}
        wrong = [n for n in range(1, MOST_WRONG_OPTIONS + 1) if given.get(f"wrong_{n}")]
        if not wrong:
            self.add_error("wrong_1", "Give at least one wrong option; three are usual.")
        for n in wrong:
            if fold(given[f"wrong_{n}"]) in right:
                self.add_error(f"wrong_{n}", "This is the right answer, so there would be two.")
