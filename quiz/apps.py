from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

ROOMS = (
    "accounts", "facts", "questions", "classrooms", "learning", "corrections", "reports",
    "exchange",
)  # fmt: skip


class QuizConfig(AppConfig):
    name = "quiz"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let each room put its rows into the table of who may do what."""
        for room in ROOMS:
            if find_spec(f"quiz.{room}.policies"):
                import_module(f"quiz.{room}.policies")
