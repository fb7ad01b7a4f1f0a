"""Make the three demo accounts and a demo class; only ever in debug."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from quiz.accounts.models import User

ACCOUNTS = (
    ("student@example.org", "Demo student", {}),
    ("teacher@example.org", "Demo teacher", {"is_teacher": True}),
    (
        "admin@example.org",
        "Demo admin",
        {"is_teacher": True, "is_staff": True, "is_superuser": True},
    ),
)
PASSWORD = "facts-before-forms"


class Command(BaseCommand):
    help = "Make demo accounts for a student, a teacher and an admin; refuses outside debug."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            message = "Demo accounts have a known password: they are made only with DEBUG=1."
            raise CommandError(message)
        for email, name, extra in ACCOUNTS:
            if not User.objects.filter(email=email).exists():
                user = User.objects.create_user(email, PASSWORD, name=name, **extra)
                confirm_address(user)
            self.stdout.write(f"  {email:<22} {PASSWORD}")


def confirm_address(user: User) -> None:
    """Mark the address as confirmed, so that sign-in asks for no code."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415 - needs loaded apps

    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
