"""Pages of accounts: settings, deletion, help, and refusals that htmx can show."""

from typing import Any, cast, override

from allauth.account.stages import EmailVerificationStage, LoginStage
from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods

from quiz.accounts.actions import delete_account
from quiz.accounts.adapter import WAITING_FOR_CODE
from quiz.accounts.forms import DeleteAccountForm, SettingsForm
from quiz.accounts.middleware import GUEST_KEY
from quiz.accounts.models import User
from quiz.accounts.policies import LearnerRequest, learner_view

SETS_IN_USE = (
    "Others have answered your question sets. Please ask an admin to hand them over first."
)

__all__ = ["about", "account_delete", "help_keys", "privacy", "settings", "sign_in"]


class SignInView(LoginView):  # type: ignore[misc]
    """Open also while the code of a sign-up is waited for: to an address that has an account no
    code ever comes.
    """

    @override
    def get_initial(self) -> dict[str, Any]:
        waiting = self.request.session.get(WAITING_FOR_CODE, {})
        return {**super().get_initial(), "login": waiting.get("email", "")}

    @override
    def _redirect_to_pending_stage(
        self, request: HttpRequest, stage: LoginStage
    ) -> HttpResponse | None:
        if stage.key == EmailVerificationStage.key:
            return None
        redirected: HttpResponse | None = super()._redirect_to_pending_stage(request, stage)
        return redirected


sign_in = SignInView.as_view()


@require_http_methods(["GET", "POST"])
@learner_view("account.edit")
def settings(request: LearnerRequest) -> HttpResponse:
    learner = request.learner
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=learner)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("quiz:settings")
    status = 422 if form.errors else 200
    return TemplateResponse(request, "accounts/settings.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@learner_view("account.delete")
def account_delete(request: LearnerRequest) -> HttpResponse:
    learner = cast("User", request.learner)
    form = DeleteAccountForm(request.POST if request.method == "POST" else None, user=learner)
    if request.method == "POST" and form.is_valid():
        try:
            delete_account(user=learner)
        except ProtectedError:
            form.add_error(None, SETS_IN_USE)
        else:
            request.session.pop(GUEST_KEY, None)
            logout(request)
            messages.success(request, "Everything of yours is deleted.")
            return redirect("quiz:home")
    status = 422 if form.errors else 200
    return TemplateResponse(request, "accounts/account_delete.html", {"form": form}, status=status)


@require_GET
@login_not_required
def help_keys(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "accounts/help_keys.html")


@require_GET
@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "accounts/about.html")


@require_GET
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "accounts/privacy.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what to do when a form is too old; to htmx as a fragment, nothing typed is lost."""
    context = {"no_cookie": reason == REASON_NO_CSRF_COOKIE}
    return render(request, "403_csrf.html", context, status=403)
