#!/bin/sh
# Everything: the fast checks, tests on SQLite, the database tests on PostgreSQL, the browser tests.
set -eu
cd "$(dirname "$0")/.."
export DEBUG=1
pytest() { .venv/bin/python -m pytest --quiet "$@"; }
step() { printf '\n== %s\n' "$*"; }

sh .ci/check.sh

step "tests on SQLite"
pytest -m "not browser" -n 2

postgres=${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}
if DATABASE_URL=$postgres .venv/bin/python .ci/database_answers.py; then
  step "database tests on PostgreSQL"
  DATABASE_URL=$postgres pytest -m "not browser" --database-only -n 2
else
  step "SKIPPED: no PostgreSQL answers; set DATABASE_URL or start one on 127.0.0.1:5432"
fi

if sh .ci/browser.sh; then
  step "tests in the browser"
  pytest -m browser
else
  step "SKIPPED: browser tests. Install Chromium (Debian: apt-get install chromium)"
fi
