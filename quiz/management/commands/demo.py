"""Make the three demo accounts; only ever in debug."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from quiz.accounts.models import User

ACCOUNTS: tuple[tuple[str, str, dict[str, bool]], ...] = (
    ("student@example.org", "Demo student", {}),
    ("teacher@example.org", "Demo teacher", {"is_teacher": True}),
    (
        "admin@example.org",
        "Demo admin",
        {"is_teacher": True, "is_staff": True, "is_superuser": True},
    ),
)
PASSWORD = "facts-before-forms"  # noqa: S105 - printed, and only ever made in debug


class Command(BaseCommand):
    help = "Make demo accounts for a student, a teacher and an admin; refuses outside debug."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            message = "Demo accounts have a known password: they are made only with DEBUG=1."
            raise CommandError(message)
        for email, name, extra in ACCOUNTS:
            if not User.objects.filter(email=email).exists():
                User.objects.create_user(email, PASSWORD, name=name, **extra)
            self.stdout.write(f"  {email:<22} {PASSWORD}")
