"""System checks of the site's own: is the database one that keeps what it was given?"""

import sqlite3
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name for it

# Until 3.51.3 a reset of the write-ahead log could damage the file under several processes.
SOUND_SQLITE = (3, 51, 3)


def check_sqlite(**_kwargs: Any) -> list[CheckMessage]:
    """Warn of an SQLite with the WAL-reset fault, and of transactions that fail under load."""
    return complaints(settings.DATABASES["default"])


def complaints(database: dict[str, Any]) -> list[CheckMessage]:
    if not database["ENGINE"].endswith("sqlite3"):
        return []
    options = database.get("OPTIONS", {})
    found: list[CheckMessage] = []
    if is_unsound(sqlite3.sqlite_version_info, options.get("init_command", "")):
        found.append(
            Warning(
                f"SQLite {sqlite3.sqlite_version} can damage the database file in WAL mode when "
                "several processes write.",
                hint="Install pysqlite3 (it brings a sound one), or serve with one process only.",
                id="project.W001",
            )
        )
    if options.get("transaction_mode") != "IMMEDIATE":
        found.append(
            Error(
                "Transactions on SQLite are not IMMEDIATE: half of a class would get errors.",
                hint='Set OPTIONS["transaction_mode"] to "IMMEDIATE".',
                id="project.E001",
            )
        )
    return found


def is_unsound(version: tuple[int, ...], init_command: str) -> bool:
    return version < SOUND_SQLITE and "wal" in init_command.lower()
