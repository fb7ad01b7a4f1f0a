"""Delete the guests who have not been seen for as long as their cookie lives."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from quiz.accounts.forgetting import empty_shells, forget, unseen_guests


class Command(BaseCommand):
    help = (
        "Delete guests who were not seen for 180 days, with all that they answered, and rows "
        "that merging left empty. In small batches: safe at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how many")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        found = (unseen_guests(now), empty_shells(now))
        if options["dry_run"]:
            guests, shells = (rows.count() for rows in found)
            self.stdout.write(f"Would forget {guests} guests and {shells} merged rows.")
            return
        guests, shells = (forget(rows) for rows in found)
        self.stdout.write(f"Forgot {guests} guests and {shells} merged rows.")
