"""Swap in the bundled SQLite before Django loads: the system's may have the WAL-reset fault."""

import sys


def use_bundled() -> None:
    """Put pysqlite3 in the place of sqlite3 where it is installed and nothing loaded it yet."""
    try:
        import pysqlite3  # noqa: PLC0415 - only on Linux x86-64
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
