#!/bin/sh
# The fast part of the tests: lint, format, types, import contracts, pending migrations.
set -eu
cd "$(dirname "$0")/.."
export DEBUG=1
step() { printf '\n== %s\n' "$*"; }

step "lint";     .venv/bin/ruff check .
step "format";   .venv/bin/ruff format --check .
step "types";    .venv/bin/mypy
step "imports";  .venv/bin/lint-imports
step "system";   .venv/bin/python manage.py check
step "migrations"; .venv/bin/python manage.py makemigrations --check --dry-run
