"""The site's URLs: the app, accounts and the admin."""

from django.contrib import admin
from django.urls import include, path

from project.violations import violation_create
from quiz.accounts.views import sign_in

handler429 = "quiz.accounts.middleware.too_many"  # allauth's, where its limits are reached
handler500 = "project.middleware.server_error"
urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/login/", sign_in, name="account_login"),
    path("accounts/", include("allauth.urls")),
    path("csp-report/", violation_create, name="violation-create"),
    path("", include("quiz.urls")),
]
