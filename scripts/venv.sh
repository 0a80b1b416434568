#!/usr/bin/env bash
# Make .venv hold what a lock names: scripts/venv.sh requirements.txt (or requirements-dev.txt).
# Installs only when the lock changed since last time. PYTHON names another Python to use.
set -euo pipefail
cd "$(dirname "$0")/.."
lock=$1
stamp=.venv/installed-$lock # a copy of the lock, made when everything in it was installed
python=${PYTHON:-python3}

if ! .venv/bin/python -c '' 2>/dev/null; then
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "This needs Python 3.11 or newer, and '$python' is:" \
            "$("$python" --version 2>&1 || true)" >&2
        echo "Name another one:  PYTHON=/path/to/python3.11 make ..." >&2
        exit 1
    fi
    echo "Making .venv with $("$python" --version) ..."
    if ! "$python" -m venv --clear .venv; then
        rm -rf .venv
        echo "'$python -m venv' failed. On Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    fi
fi
if cmp -s "$lock" "$stamp"; then exit 0; fi

echo "Installing what $lock pins ..."
.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --require-hashes --requirement "$lock"
cp "$lock" "$stamp"
