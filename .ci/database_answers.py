"""Exit 0 if the PostgreSQL server of DATABASE_URL answers; the tests make their own database."""

import os
import sys
from urllib.parse import urlsplit

import psycopg

url = urlsplit(os.environ["DATABASE_URL"])
if not url.scheme.startswith("postgres"):
    sys.exit(1)
try:
    psycopg.connect(url._replace(path="/postgres").geturl(), connect_timeout=3).close()
except psycopg.OperationalError as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(1)
