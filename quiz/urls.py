"""Gathers the pages of all rooms under the namespace `quiz`."""

from django.urls import URLPattern

from quiz.apps import import_from_rooms

app_name = "quiz"
urlpatterns: list[URLPattern] = [
    pattern for module in import_from_rooms("urls") for pattern in module.urlpatterns
]
