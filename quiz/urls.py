"""Gathers the pages of all rooms under the namespace `quiz`."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern

ROOMS = (
    "accounts", "facts", "questions", "classrooms", "learning", "corrections", "reports",
    "exchange",
)  # fmt: skip

app_name = "quiz"
urlpatterns: list[URLPattern] = []
for room in ROOMS:
    if find_spec(f"quiz.{room}.urls"):
        urlpatterns += import_module(f"quiz.{room}.urls").urlpatterns
