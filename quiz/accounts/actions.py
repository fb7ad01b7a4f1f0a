"""Changes to accounts: a guest's row becomes a user's; an account is deleted."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from quiz.accounts.models import User


def make_user_of_guest(*, guest: User, email: str) -> bool:
    """Turn the guest's row into a user with this confirmed address; False if it is taken.

    Everything that the guest did hangs on the row and stays. From here on the row is no guest,
    so that a session which only knows it as a guest has lost it.
    """
    email = email.strip().lower()
    try:
        with transaction.atomic():
            row = User.objects.select_for_update().get(pk=guest.pk)
            if not row.is_guest or row.merged_into_id:
                return False
            row.email, row.is_guest = email, False
            row.save(update_fields=["email", "is_guest"])
            EmailAddress.objects.filter(email=email, verified=False).exclude(user=row).delete()
    except IntegrityError:
        return False
    guest.email, guest.is_guest = email, False
    return True


def delete_account(*, user: User) -> None:
    """Delete the row and, by cascade, everything that is this person's alone.

    A deleted teacher's classrooms and sets go too; what students answered there goes with the
    sets only if nobody's attempt stands on them: then the database refuses (ProtectedError).
    """
    with transaction.atomic():
        User.objects.filter(merged_into=user).delete()
        user.delete()
