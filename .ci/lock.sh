#!/bin/sh
# Pin every package with its hashes, naming no host.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install --quiet uv
lock() {
  .venv/bin/python -m uv pip compile pyproject.toml --extra postgres "$@" --universal \
    --python-version 3.12 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet
}
lock --output-file requirements.txt
lock --group dev --output-file requirements-dev.txt
