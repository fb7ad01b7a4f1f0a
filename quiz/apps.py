from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import AppConfig
from django.core.checks import register

from project.checks import check_sqlite

ROOMS = (
    "accounts", "facts", "questions", "classrooms", "learning", "corrections", "reports",
    "exchange",
)  # fmt: skip


def import_from_rooms(name: str) -> list[ModuleType]:
    """Import the module `name` of every room that has one, in the order of the rooms."""
    found = (f"quiz.{room}.{name}" for room in ROOMS)
    return [import_module(module) for module in found if find_spec(module)]


class QuizConfig(AppConfig):
    name = "quiz"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let each room say who may do what, what becomes of a guest, what follows."""
        register(check_sqlite)
        import_from_rooms("policies")
        import_from_rooms("merging")
        import_from_rooms("forgetting")
        import_from_rooms("following")
