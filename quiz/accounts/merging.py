"""What a guest did joins the account that the guest signs in to."""

from datetime import datetime
from typing import Protocol

from allauth.account.models import EmailAddress
from django.db import transaction

from quiz.accounts.models import User


class MergePart(Protocol):
    """One room's part: moves what is the guest's to the user; may be called again."""

    def __call__(self, *, guest: User, user: User, now: datetime) -> None: ...


_parts: list[MergePart] = []


def register(part: MergePart) -> MergePart:
    """Add a room's part; parts run in the order of the rooms."""
    if part not in _parts:
        _parts.append(part)
    return part


def merge_guest(guest: User, user: User, now: datetime) -> bool:
    """Move everything of `guest` to `user` in one transaction; False if there was nothing to do.

    Of two requests that merge the same guest, the second waits for the first and finds it done.
    """
    if guest.pk == user.pk:
        return False
    with transaction.atomic():
        # Locked against each other in one order, and against answers still being stored.
        rows = User.objects.select_for_update().filter(pk__in=(guest.pk, user.pk)).order_by("pk")
        locked = {row.pk: row for row in rows}
        mine, theirs = locked.get(guest.pk), locked.get(user.pk)
        if mine is None or theirs is None or theirs.is_guest:
            return False
        if not mine.is_guest or mine.merged_into_id:
            return False
        for part in _parts:
            part(guest=mine, user=theirs, now=now)
        EmailAddress.objects.filter(user=mine).delete()  # of a sign-up that was left
        mine.merged_into = theirs
        mine.last_login = now
        mine.set_unusable_password()
        mine.save(update_fields=["merged_into", "last_login", "password"])
    return True
