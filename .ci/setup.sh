#!/bin/sh
# Make the environment in .venv; nothing to do when the pinned requirements have not changed.
set -eu
cd "$(dirname "$0")/.."

wanted=$(cat requirements-dev.txt .python-version | cksum)
stamp=.venv/.requirements
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
  exit 0
fi

new_enough='import sys; sys.exit(sys.version_info < (3, 12))'
python=
for candidate in python3.13 python3.14 python3.12 python3 python; do
  if "$candidate" -c "$new_enough" 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  found=$(python3 --version 2>/dev/null || echo "no Python at all")
  echo "This needs Python 3.12 or later; this machine has $found." >&2
  echo "Install it (on Debian: apt-get install python3.13 python3.13-venv) and try again." >&2
  exit 1
fi

echo "Setting up the environment in .venv with $("$python" --version) (about half a minute) …"
if ! "$python" -m venv --clear .venv; then
  echo "This Python cannot make environments: install its venv package and try again." >&2
  exit 1
fi
log=.venv/install.log
.venv/bin/python -m pip install --disable-pip-version-check --require-hashes \
  --only-binary :all: --progress-bar off -r requirements-dev.txt > "$log" 2>&1 &
install=$!
trap 'kill "$install" 2>/dev/null; exit 130' INT TERM
while kill -0 "$install" 2>/dev/null; do
  if grep -q '^Installing collected packages' "$log"; then
    set -- .venv/lib/python*/site-packages/*.dist-info
    printf '\r  %s packages installed  ' "$#"
  else
    printf '\r  %s packages fetched' "$(grep -c '^Collecting' "$log" || true)"
  fi
  sleep 1
done
printf '\n'
if ! wait "$install"; then
  tail -n 15 "$log" >&2
  echo "The packages could not be installed; all of it is in $log" >&2
  exit 1
fi
echo "$wanted" > "$stamp"
