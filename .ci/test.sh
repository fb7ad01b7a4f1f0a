#!/bin/sh
# Everything: the fast checks, tests on SQLite, the database tests on PostgreSQL, the browser tests.
set -eu
cd "$(dirname "$0")/.."
export DEBUG=1
pytest() { .venv/bin/python -m pytest --quiet "$@"; }
step() { printf '\n== %s\n' "$*"; }

sh .ci/check.sh

# What is skipped is said before the tests, so that their summary stands at the end.
postgres=${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/quiz}
if ! DATABASE_URL=$postgres .venv/bin/python .ci/database_answers.py; then
  postgres=
  step "SKIPPED: no PostgreSQL answers; set DATABASE_URL or start one on 127.0.0.1:5432"
fi
browser=yes
if ! sh .ci/browser.sh; then
  browser=
  step "SKIPPED: browser tests. Install Chromium (Debian: apt-get install chromium)"
fi

step "tests on SQLite"
(unset DATABASE_URL; pytest -m "not browser" -n 2)
if [ -n "$postgres" ]; then
  step "database tests on PostgreSQL"
  DATABASE_URL=$postgres pytest -m "not browser" --database-only -n 2
fi
if [ -n "$browser" ]; then
  step "tests in the browser"
  (unset DATABASE_URL; pytest -m browser)
fi
