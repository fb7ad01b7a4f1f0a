"""A database that cannot take a request just now is said with 503, wherever it is met."""

import sqlite3
import sys

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from project import middleware
from project.checks import complaints, is_unsound

BUSY = OperationalError("database is locked")


class Blocked:
    """Every query fails with the given error."""

    def __init__(self, error):
        self.error = error

    def __call__(self, execute, sql, params, many, context):
        raise self.error


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/admin/"])
def test_a_busy_database_is_a_503_that_says_when_to_come_back(path):
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32  # so that a session is looked up, in a middleware
    with connection.execute_wrapper(Blocked(BUSY)):
        response = client.get(path)
    assert response.status_code == 503
    assert response["Retry-After"] == "2"
    assert "no-store" in response["Cache-Control"]
    assert "try again in a moment" in response.content.decode()


@pytest.mark.django_db
def test_htmx_gets_only_the_fragment_of_it():
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32
    with connection.execute_wrapper(Blocked(BUSY)):
        response = client.get("/accounts/login/", headers={"HX-Request": "true"})
    assert response.status_code == 503
    assert "<html" not in response.content.decode()
    assert 'id="problem-text"' in response.content.decode()


@pytest.mark.django_db
def test_a_mistake_of_ours_is_still_a_500():
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32
    with connection.execute_wrapper(Blocked(OperationalError("no such table: quiz_fact"))):
        response = client.get("/accounts/login/")
    assert response.status_code == 500
    assert "Something broke" in response.content.decode()


def test_what_postgresql_says_when_busy_is_known_by_its_code():
    for cause in (
        psycopg.errors.SerializationFailure(),
        psycopg.errors.DeadlockDetected(),
        psycopg.errors.LockNotAvailable(),
        psycopg.errors.AdminShutdown(),
        psycopg.errors.ConnectionFailure(),
    ):
        error = OperationalError("…")
        error.__cause__ = cause
        assert middleware.is_busy(error), cause
    error = OperationalError("…")
    error.__cause__ = psycopg.errors.UndefinedTable()
    assert not middleware.is_busy(error)
    assert middleware.is_busy(InterfaceError("connection already closed"))
    assert not middleware.is_busy(ValueError("database is locked"))


def test_an_sqlite_with_the_log_fault_is_warned_of_only_with_a_write_ahead_log():
    assert is_unsound((3, 40, 1), "PRAGMA journal_mode=WAL")
    assert not is_unsound((3, 40, 1), "PRAGMA journal_mode=DELETE")
    assert not is_unsound((3, 51, 3), "PRAGMA journal_mode=WAL")


def test_transactions_that_are_not_immediate_are_refused():
    deferred = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"init_command": ""}}
    assert [message.id for message in complaints(deferred)] == ["project.E001"]
    assert complaints({"ENGINE": "django.db.backends.postgresql"}) == []


@pytest.mark.django_db
def test_sqlite_keeps_its_promises():
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert "pysqlite3" not in sys.modules or sqlite3 is sys.modules["pysqlite3"]
    assert connection.features.max_query_params >= 32_766
