"""Pages about the account, help and the few words the site says about itself."""

from django.urls import path

from quiz.accounts import views

urlpatterns = [
    path("me/", views.settings, name="settings"),
    path("me/delete/", views.account_delete, name="account-delete"),
    path("help/keys/", views.help_keys, name="help-keys"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
]
