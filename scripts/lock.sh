#!/usr/bin/env bash
# Write requirements.txt, requirements-s3.txt and requirements-dev.txt afresh from pyproject.toml (`make lock`).
# The lock serves every Python from 3.11 on and every platform; it pins hashes and no address.
# Arguments go to uv, for example: scripts/lock.sh --upgrade-package django
set -euo pipefail
cd "$(dirname "$0")/.."

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
    uv=.venv/bin/uv
fi
lock=("$uv" pip compile --quiet --universal --python-version 3.11
    --generate-hashes --no-emit-index-url --no-header)
"${lock[@]}" "$@" pyproject.toml --output-file requirements.txt
"${lock[@]}" "$@" --constraints requirements.txt --extra s3 pyproject.toml \
    --output-file requirements-s3.txt
"${lock[@]}" "$@" --constraints requirements.txt --group dev pyproject.toml \
    --output-file requirements-dev.txt
