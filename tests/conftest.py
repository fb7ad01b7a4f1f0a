"""Shared fixtures and options of all tests."""

import os
import tempfile
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connections

# How long an example takes says how busy the machine is, not whether a law holds.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="only tests that use the database: for a second run on PostgreSQL",
    )


def pytest_configure(config):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    database = connections.databases["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file, as in use: connections that share a database in memory don't wait for each other.
        name = f"factquiz-test-{os.getpid()}.sqlite3"
        database["TEST"]["NAME"] = str(Path(tempfile.gettempdir()) / name)


def pytest_collection_modifyitems(config, items):
    if config.getoption("--database-only"):
        pure = [item for item in items if not uses_database(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if uses_database(item)]


def uses_database(item):
    names = {"db", "transactional_db", "client", "admin_client", "live_server"}
    return item.get_closest_marker("django_db") is not None or bool(
        names & set(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
