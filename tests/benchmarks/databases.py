"""Databases of their own for a benchmark, made fresh and thrown away."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

LOCAL_POSTGRES = "postgres://postgres@127.0.0.1:5432/quiz"


def url_of(vendor: str, name: str, folder: Path) -> str:
    """Name an empty database and return its URL."""
    if vendor == "sqlite":
        path = folder / f"{name}.sqlite3"
        path.unlink(missing_ok=True)
        return f"sqlite:///{path}"
    server = urlsplit(os.environ.get("DATABASE_URL") or LOCAL_POSTGRES)
    throw_away(vendor, name)
    with administrator(server.geturl()) as connection:
        connection.execute(f'CREATE DATABASE "bench_{name}"')
    return server._replace(path=f"/bench_{name}").geturl()


def throw_away(vendor: str, name: str) -> None:
    """Drop it on the server; a file goes with its folder."""
    if vendor == "postgres":
        with administrator(os.environ.get("DATABASE_URL") or LOCAL_POSTGRES) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "bench_{name}" WITH (FORCE)')


def administrator(url: str) -> psycopg.Connection:
    address = urlsplit(url)._replace(path="/postgres").geturl()
    return psycopg.connect(address, autocommit=True, connect_timeout=3)


def answers(vendor: str) -> bool:
    """Say aloud when there is no such database to measure."""
    if vendor == "sqlite":
        return True
    try:
        administrator(os.environ.get("DATABASE_URL") or LOCAL_POSTGRES).close()
    except psycopg.OperationalError as error:
        sys.stderr.write(f"SKIPPED: no PostgreSQL answers ({error})\n")
        return False
    return True
