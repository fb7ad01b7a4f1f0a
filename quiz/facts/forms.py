"""What forms of this room's rows have in common."""

from typing import Any

from django.forms import ModelForm

from quiz.facts.columns import compute


class CheckedForm(ModelForm[Any]):
    """Computes the columns that follow from others before constraints are tried."""

    def validate_constraints(self) -> None:
        for field, what in compute(self.instance):
            self.add_error(field if field in self.fields else None, f"{what}.")
        if not self.errors:
            super().validate_constraints()
