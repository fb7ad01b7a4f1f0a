"""Forms of accounts: signing up and in, resetting a password, one's own settings."""

from typing import Any, override
from zoneinfo import available_timezones

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpRequest, HttpResponse

from quiz.accounts.adapter import has_account
from quiz.accounts.middleware import ensure_guest, known_time_zone
from quiz.accounts.models import User

STAFF_SECONDS = 12 * 60 * 60


class Plain:
    """Labels say what a field is; no placeholder repeats it."""

    labels = {  # noqa: RUF012
        "login": "E-mail",
        "email": "E-mail",
        "remember": "Stay signed in on this device",
        "oldpassword": "Your password now",
        "password1": "New password",
        "password2": "New password again",
        "code": "Code from the e-mail",
    }
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
        if "password1" in self.fields:
            self.fields["password1"].help_text = "At least 10 characters; a few words are good."


class SignInForm(Plain, allauth_forms.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""

    @override
    def login(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Those who may change what everyone learns are asked again every day."""
        response: HttpResponse = super().login(request, *args, **kwargs)
        if self.user.is_staff:
            request.session.set_expiry(STAFF_SECONDS)
        return response


class SignUpForm(Plain, allauth_forms.SignupForm):  # type: ignore[misc]
    """E-mail and password; the time zone comes from the browser, if it tells."""

    labels = Plain.labels | {"password1": "Password"}
    field_order = ("email", "password1", "time_zone")
    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_time_zone(self) -> str:
        return known_time_zone(self.cleaned_data["time_zone"])

    def validate_unique_email(self, value: str) -> str:
        # A guest who has not confirmed yet must not keep the owner of an address out of it.
        self.account_already_exists = has_account(value)
        return value

    @override
    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """A guest is made and a password hashed in either case: no page and no wait of its own
        tells that the address has an account.
        """
        if self.account_already_exists:
            guest = ensure_guest(request)
            guest.set_password(self.cleaned_data["password1"])  # never saved
        found: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return found


class ConfirmCodeForm(Plain, allauth_forms.BaseConfirmCodeForm):  # type: ignore[misc]
    """The code of a sign-up, or of a change of address."""

    def __init__(
        self, *args: Any, user: User | None = None, email: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.email = email

    def clean_code(self) -> str:
        code: str = super().clean_code()
        # Told only to who has the code, and so owns the address.
        if has_account(self.email, but=self.user):
            message = "This address already has an account. Please sign in."
            raise forms.ValidationError(message)
        return code


class ResetPasswordForm(Plain, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if not user.is_guest]
        return email


class NewPasswordForm(Plain, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(Plain, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    pass


class PasswordAgainForm(Plain, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class ChangeEmailForm(Plain, allauth_forms.AddEmailForm):  # type: ignore[misc]
    labels = Plain.labels | {"email": "New address"}


class FirstAppCodeForm(Plain, ActivateTOTPForm):  # type: ignore[misc]
    """The app shows a code: so it has the key, and nobody is locked out by a half-made start."""

    labels = Plain.labels | {"code": "Code that the app shows"}


class SecondFactorForm(Plain, mfa_forms.AuthenticateForm):  # type: ignore[misc]
    labels = Plain.labels | {"code": "Code"}


class SecondFactorAgainForm(Plain, mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    labels = Plain.labels | {"code": "Code"}


class SettingsForm(forms.ModelForm[User]):
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
            "ask_sureness",
            "leave_out_grave",
        )
        labels = {  # noqa: RUF012
            "four_ratings": "Rate flashcards in four steps",
            "ask_sureness": "Say how sure you are",
            "leave_out_grave": "Leave out questions about people killed, wounded or captured",
        }
        help_texts = {  # noqa: RUF012
            "name": "Teachers of your classes see it. It may stay empty.",
            "four_ratings": "Instead of “Had it” and “Didn’t”.",
            "ask_sureness": (
                "“Sure”, “Think so” or “Guess” beside Check, whenever you like. It only shows you, "
                "under Progress, how often you are right when you are sure."
            ),
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
