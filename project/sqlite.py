"""Swap in the bundled SQLite before Django loads: the system's may have the WAL-reset fault."""

import sys
from typing import Any

COLUMN, COLUMNS = 2, 2_000  # SQLITE_LIMIT_COLUMN and its default; asked when queries are logged
VARIABLE_NUMBER = 9  # SQLITE_LIMIT_VARIABLE_NUMBER in SQLite's own header
VARIABLES_OF_OLD = 32_766  # the limit of an SQLite that does not say


def use_bundled() -> None:
    """Put pysqlite3 in the place of sqlite3 where it is installed."""
    try:
        import pysqlite3  # noqa: PLC0415 - only on Linux x86-64
    except ImportError:
        return
    if not hasattr(pysqlite3.Connection, "getlimit"):
        complete(pysqlite3)
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def complete(module: Any) -> None:
    """Add what Django asks of a connection and pysqlite3 has not: how many values fit a query."""

    class Connection(module.Connection):  # type: ignore[misc]
        def getlimit(self, category: int) -> int:
            if category == COLUMN:
                return COLUMNS
            if category != VARIABLE_NUMBER:
                raise NotImplementedError(category)
            return variables

    def connect(*args: Any, **kwargs: Any) -> Any:
        return original(*args, **{"factory": Connection} | kwargs)

    original = module.dbapi2.connect
    variables = most_variables(original)
    module.connect = module.dbapi2.connect = connect
    for name in (module, module.dbapi2):
        name.SQLITE_LIMIT_VARIABLE_NUMBER = VARIABLE_NUMBER
        name.SQLITE_LIMIT_COLUMN = COLUMN


def most_variables(connect: Any) -> int:
    connection = connect(":memory:")
    try:
        options = dict(
            option.partition("=")[::2] for (option,) in connection.execute("PRAGMA compile_options")
        )
    finally:
        connection.close()
    return int(options.get("MAX_VARIABLE_NUMBER") or VARIABLES_OF_OLD)
