"""Gathers the admin pages of all rooms."""

from quiz.apps import import_from_rooms

import_from_rooms("admin")
