"""The user model: a learner, teacher or admin, or a guest who may become one."""

import secrets
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone


def new_public_id() -> str:
    """Return 16 random URL-safe characters (96 bits): the only id a browser ever sees."""
    return secrets.token_urlsafe(12)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        # An account made by hand counts as confirmed: sign-in asks it for no code.
        apps.get_model("account", "EmailAddress").objects.create(
            user=user, email=user.email, primary=True, verified=True
        )
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def create_guest(self, **extra: Any) -> "User":
        guest = self.model(email=None, is_guest=True, **extra)
        guest.set_unusable_password()
        guest.save(using=self._db)
        return guest

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    class DateOrder(models.TextChoices):
        DAY_FIRST = "dmy", "day first: 3/4 is 3 April"
        MONTH_FIRST = "mdy", "month first: 3/4 is March 4"

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    is_guest = models.BooleanField(default=False)
    is_teacher = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    # Hour at which the learner's day begins: an answer at 1 a.m. belongs to the evening before.
    day_start = models.PositiveSmallIntegerField(default=4)
    date_order = models.CharField(
        max_length=3, choices=DateOrder.choices, default=DateOrder.DAY_FIRST
    )
    four_ratings = models.BooleanField(default=False)
    ask_sureness = models.BooleanField(default=False)
    leave_out_grave = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(email__isnull=True) | Q(email=Lower("email")),
                name="user_email_is_lower_case",
            ),
            models.CheckConstraint(
                condition=Q(is_guest=True) | Q(email__isnull=False),
                name="user_without_email_is_a_guest",
            ),
            models.CheckConstraint(
                condition=Q(day_start__lte=23), name="user_day_start_is_an_hour"
            ),
        )

    def __str__(self) -> str:
        return self.name or self.email or "guest"

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower() if self.email else None
