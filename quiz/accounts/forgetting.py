"""Guests who never came back are forgotten, with everything that they answered."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, ManyToOneRel, OuterRef, Q, QuerySet

from quiz.accounts.middleware import GUEST_SECONDS
from quiz.accounts.models import User

BATCH = 200  # a batch is one transaction: short, so that those who learn need not wait

# Says of each user (the outer query) whether a room still has a use for the row.
type Use = Callable[[datetime], Exists]
_uses: list[Use] = []


def register(use: Use) -> Use:
    """Add a room's reason to keep a guest who was not seen since a moment."""
    if use not in _uses:
        _uses.append(use)
    return use


def unseen_guests(now: datetime) -> QuerySet[User]:
    """Guests whose cookie has ended: nobody can come back to what they did."""
    since = now - timedelta(seconds=GUEST_SECONDS)
    guests = _unseen(since).filter(merged_into=None)
    for use in _uses:
        guests = guests.filter(~use(since))
    return guests


def empty_shells(now: datetime) -> QuerySet[User]:
    """Guests' rows that were merged into an account long ago and that nothing points at."""
    shells = _unseen(now - timedelta(seconds=GUEST_SECONDS)).exclude(merged_into=None)
    for relation in User._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            rows = relation.related_model._default_manager
            shells = shells.filter(~Exists(rows.filter(**{relation.field.name: OuterRef("pk")})))
    return shells


def forget(guests: QuerySet[User]) -> int:
    """Delete the guests and all that is theirs, in batches; return how many they were.

    Each batch is chosen again inside its transaction: who came back meanwhile stays.
    """
    forgotten, last = 0, 0
    while True:
        with transaction.atomic():
            batch = guests.filter(pk__gt=last).order_by("pk").select_for_update(of=("self",))
            chosen = list(batch.values_list("pk", flat=True)[:BATCH])
            User.objects.filter(pk__in=chosen).delete()
        if not chosen:
            return forgotten
        forgotten, last = forgotten + len(chosen), chosen[-1]


def _unseen(since: datetime) -> QuerySet[User]:
    began = Q(date_joined__gte=since) | Q(last_login__gte=since)
    return User.objects.filter(is_guest=True).exclude(began)
