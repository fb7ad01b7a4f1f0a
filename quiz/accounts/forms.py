"""Forms of accounts: signing up, resetting a password, one's own settings."""

from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms

from quiz.accounts.adapter import has_account
from quiz.accounts.middleware import known_time_zone
from quiz.accounts.models import User


class SignUpForm(AllauthSignupForm):  # type: ignore[misc]
    """E-mail and password; the time zone comes from the browser, if it tells."""

    field_order = ("email", "password1", "time_zone")
    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail"
        self.fields["password1"].help_text = "At least 10 characters; a few words are good."
        for name in ("email", "password1"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def clean_time_zone(self) -> str:
        return known_time_zone(self.cleaned_data["time_zone"])

    def validate_unique_email(self, value: str) -> str:
        # A guest who has not confirmed yet must not keep the owner of an address out of it.
        self.account_already_exists = has_account(value)
        return value


class ResetPasswordForm(AllauthResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail"
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if not user.is_guest]
        return email


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    time_zone = forms.ChoiceField(
        help_text="Your day, and so what is due today, is counted in this time zone."
    )
    day_start = forms.TypedChoiceField(
        label="Start of day",
        coerce=int,
        choices=[(hour, f"{hour:02d}:00") for hour in range(24)],
        help_text="An answer before this hour belongs to the evening before.",
    )
    date_order = forms.ChoiceField(
        label="When you type a date in figures",
        choices=User.DateOrder.choices,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = User
        fields = (
            "name",
            "time_zone",
            "day_start",
            "date_order",
            "four_ratings",
            "leave_out_grave",
        )
        labels = {  # noqa: RUF012
            "four_ratings": "Rate flashcards in four steps",
            "leave_out_grave": "Leave out questions about people killed, wounded or captured",
        }
        help_texts = {  # noqa: RUF012
            "name": "Teachers of your classes see it. It may stay empty.",
            "four_ratings": "Instead of “Had it” and “Didn’t”.",
            "leave_out_grave": "Without effect on any score.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(available_timezones() | {self.instance.time_zone})
        self.fields["time_zone"] = forms.ChoiceField(
            choices=[(zone, zone.replace("_", " ")) for zone in zones],
            help_text=self.fields["time_zone"].help_text,
        )
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        if self.instance.is_guest:
            del self.fields["name"]


class DeleteAccountForm(forms.Form):
    """A guest only confirms; a user gives the password once more."""

    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user.is_guest:
            del self.fields["password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            message = "That is not your password."
            raise forms.ValidationError(message)
        return password
