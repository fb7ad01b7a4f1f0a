"""How allauth meets guests: sign-up upgrades the guest's row, sign-in merges it."""

from typing import Any, cast, override

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from quiz.accounts.actions import make_user_of_guest
from quiz.accounts.merging import merge_guest
from quiz.accounts.middleware import GUEST_KEY, GUEST_SECONDS, ensure_guest
from quiz.accounts.models import User


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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if settings.DEBUG and "code" in context and self.request:
            messages.info(self.request, f"Debug: the code in the e-mail is {context['code']}")
        super().send_mail(template_prefix, email, context)


def has_account(email: str, *, but: User | None = None) -> bool:
    """Say whether a confirmed account stands at this address (guests waiting do not count)."""
    email, own = email.lower(), but.pk if but else 0
    confirmed = EmailAddress.objects.filter(email=email, verified=True).exclude(user_id=own)
    return User.objects.filter(email=email).exclude(pk=own).exists() or bool(confirmed.exists())
