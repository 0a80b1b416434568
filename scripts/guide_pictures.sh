#!/usr/bin/env bash
# Takes the pictures of the guide for staff anew: its tests take them on their way.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/test_tools.sh
folder=$PWD/policies/static/policies/guide
mkdir -p "$folder"
rm -f "$folder"/*.png
TEST_DATABASE=sqlite GUIDE_PICTURES=$folder .venv/bin/python -m pytest -q tests/functional/guide \
    --ignore tests/functional/guide/test_page.py "$@"
