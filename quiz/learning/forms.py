"""Forms of the learning pages."""

from typing import Any

from django import forms

from quiz.facts.models import Topic

SIZES = ((5, "5, about 2 minutes"), (10, "10, about 4 minutes"), (20, "20, about 8 minutes"))


class QuizForm(forms.Form):
    """How many questions, and about which parts of the topic's story."""

    number = forms.TypedChoiceField(
        label="Number of questions",
        choices=SIZES,
        coerce=int,
        initial=10,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a number.", "invalid_choice": "Choose a number."},
    )
    threads = forms.MultipleChoiceField(
        label="Parts of the story",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: all of them.",
        error_messages={"invalid_choice": "Choose among the parts shown."},
    )

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["threads"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(thread.slug, thread.title) for thread in topic.threads.all()]
