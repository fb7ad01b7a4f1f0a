"""Users in the admin: roles can be given, passwords and hashes are neither shown nor set."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from quiz.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ("__str__", "email", "is_teacher", "is_staff", "is_active", "last_login")
    list_filter = ("is_guest", "is_teacher", "is_staff", "is_active")
    search_fields = ("email", "name")
    ordering = ("-date_joined",)
    fields = (
        "email",
        "name",
        ("is_teacher", "is_active"),
        ("is_staff", "is_superuser"),
        "groups",
        ("time_zone", "day_start", "date_order"),
        ("date_joined", "last_login", "is_guest"),
    )
    readonly_fields = ("email", "date_joined", "last_login", "is_guest")
    filter_horizontal = ("groups",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        # People sign up themselves, so that no admin knows their password.
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        roles = () if request.user.is_superuser else ("is_staff", "is_superuser", "groups")
        return (*self.readonly_fields, *roles)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).filter(merged_into=None)


admin.site.unregister(Authenticator)  # allauth's own page shows the keys


@admin.register(Authenticator)
class AuthenticatorAdmin(admin.ModelAdmin[Authenticator]):
    """Who lost the app and the recovery codes asks an admin to take the second factor away."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    search_fields = ("user__email", "user__name")
    list_select_related = ("user",)
    fields = list_display

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


# One way in, with one limit on guesses and the second factor behind it: the admin's own sign-in
# page would be another.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
