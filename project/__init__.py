"""The site: settings, URLs, middleware."""

from project import sqlite as _sqlite

_sqlite.use_bundled()
