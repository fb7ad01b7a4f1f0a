"""What `make run` does before it serves, on a database that is not there yet."""

import sqlite3
from contextlib import closing

import pytest

from tests.test_house import manage


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    environment = {"DEBUG": "1", "DATABASE_URL": f"sqlite:///{path}"}
    return path, environment, manage("run_demo", "--prepare-only", **environment)


def count(path, table):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_everything_is_there_after_the_first_run(prepared):
    path, _, done = prepared
    assert done.returncode == 0, done.stderr
    assert count(path, "quiz_fact") > 1000
    assert count(path, "quiz_questionversion WHERE state = 'served'") > 5000
    assert count(path, "quiz_user") == 3


def test_the_second_run_changes_nothing(prepared):
    path, environment, _ = prepared
    before = count(path, "quiz_questionversion"), count(path, "quiz_factrevision")
    done = manage("run_demo", "--prepare-only", **environment)
    assert done.returncode == 0, done.stderr
    assert "unchanged" in done.stdout
    assert (count(path, "quiz_questionversion"), count(path, "quiz_factrevision")) == before


@pytest.mark.parametrize("port", ["0", "70000", "-1"])
def test_a_port_that_does_not_exist_is_said(port):
    done = manage("run_demo", "--port", port, DEBUG="1", DATABASE_URL="sqlite://:memory:")
    assert done.returncode == 1
    assert (
        done.stderr.strip() == f"CommandError: There is no port {port}: ports go from 1 to 65535."
    )


def test_production_is_refused_before_anything_is_written(tmp_path):
    path = tmp_path / "production.sqlite3"
    secret = {"SECRET_KEY": "x" * 50, "DATABASE_URL": f"sqlite:///{path}"}
    done = manage("run_demo", "--prepare-only", **secret)
    assert done.returncode == 1
    assert "DEBUG=1" in done.stderr
    assert not path.exists()
