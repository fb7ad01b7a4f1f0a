"""Exit 0 if the database of DATABASE_URL is a PostgreSQL that answers."""

import os
import sys
from urllib.parse import urlsplit

import psycopg

url = os.environ["DATABASE_URL"]
if not urlsplit(url).scheme.startswith("postgres"):
    sys.exit(1)
try:
    psycopg.connect(url, connect_timeout=3).close()
except psycopg.OperationalError as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(1)
