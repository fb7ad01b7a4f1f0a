"""The site's URLs: the app, accounts and the admin."""

from django.contrib import admin
from django.urls import include, path

handler429 = "quiz.accounts.middleware.too_many"  # allauth's, where its limits are reached
handler500 = "project.middleware.server_error"
urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("quiz.urls")),
]
