"""How allauth meets guests: sign-up upgrades the guest's row, sign-in merges it."""

from typing import Any, cast, override

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
)
from allauth.account.internal.flows.password_reset import get_reset_password_url
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from quiz.accounts.actions import make_user_of_guest
from quiz.accounts.merging import merge_guest
from quiz.accounts.middleware import GUEST_KEY, GUEST_SECONDS, ensure_guest
from quiz.accounts.models import User

WAITING_FOR_CODE = EMAIL_VERIFICATION_CODE_SESSION_KEY
SHOWN_MAIL = "debug_mail"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def new_user(self, request: HttpRequest) -> User:
        guest = ensure_guest(request)
        # An earlier sign-up that was never confirmed gives way to this one.
        EmailAddress.objects.filter(user=guest, verified=False).delete()
        return guest

    @override
    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> User:
        """Keep password and name on the guest's row; its e-mail stays unset until confirmed.

        Else an unconfirmed sign-up could occupy a stranger's address.
        """
        guest = cast("User", super().save_user(request, user, form, commit=False))
        guest.name = form.cleaned_data.get("name", "")
        guest.time_zone = form.cleaned_data.get("time_zone") or guest.time_zone
        guest.save(update_fields=["password", "name", "time_zone"])
        return guest

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        user = cast("User", email_address.user)
        if not user.is_guest:
            return bool(super().confirm_email(request, email_address))
        with transaction.atomic():
            confirmed = (
                not has_account(email_address.email, but=user)
                and super().confirm_email(request, email_address)
                and make_user_of_guest(guest=user, email=email_address.email)
            )
            if not confirmed:
                transaction.set_rollback(True)
        if not confirmed:
            text = "This address already has an account. Please sign in."
            messages.error(request, text)
        return bool(confirmed)

    def login(self, request: HttpRequest, user: Any) -> None:
        """A code that is still waited for is waited for no longer."""
        request.session.pop(WAITING_FOR_CODE, None)
        guest_id = request.session.pop(GUEST_KEY, None)
        if guest_id is not None:
            # The guest's long life of the session was for a guest only.
            if request.session.get_expiry_age() == GUEST_SECONDS:
                request.session.set_expiry(None)
            if guest_id != user.pk:
                guest = User.objects.filter(pk=guest_id, is_guest=True).first()
                if guest:
                    merge_guest(guest, user, timezone.now())
        super().login(request, user)

    @override
    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        """A guest signs up, however long they have been learning."""
        is_guest = emailconfirmation.email_address.user.is_guest
        super().send_confirmation_mail(request, emailconfirmation, signup or is_guest)

    @override
    def send_account_already_exists_mail(self, email: str) -> None:
        """Say so to who owns the address, and to nobody else."""
        context = {
            "sign_in_url": self.request.build_absolute_uri(reverse("account_login")),
            "password_reset_url": get_reset_password_url(self.request),
        }
        self.send_mail("account/email/account_already_exists", email, context)

    @override
    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        if settings.DEBUG and self.request:
            # Shown where its code is asked for: nobody reads the mail of a demo.
            self.request.session[SHOWN_MAIL] = message.body
        return message


def has_account(email: str, *, but: User | None = None) -> bool:
    """Say whether a confirmed account stands at this address (guests waiting do not count)."""
    email, own = email.lower(), but.pk if but else 0
    confirmed = EmailAddress.objects.filter(email=email, verified=True).exclude(user_id=own)
    return User.objects.filter(email=email).exclude(pk=own).exists() or bool(confirmed.exists())
