#!/usr/bin/env bash
# The parts of `make test` that pip cannot install: Chromium and a PostgreSQL server.
# What is missing is installed; what cannot be installed is a failure, never a skipped test.
set -euo pipefail

missing=()
if [ -z "${CHROMIUM:-}" ] && ! command -v chromium chromium-browser google-chrome \
    google-chrome-stable >/dev/null; then
    missing+=(chromium)
fi
if [ -z "${TEST_DATABASE_URL:-}" ] && ! command -v initdb >/dev/null &&
    ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
    missing+=(postgresql)
fi
[ ${#missing[@]} -gt 0 ] || exit 0

echo "The tests need: ${missing[*]}" >&2
if ! command -v apt-get >/dev/null; then
    echo "Install them (with your system's package manager) and call this again." >&2
    exit 1
fi
install=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "Run:  sudo apt-get update && sudo apt-get install ${missing[*]}" >&2
        exit 1
    fi
    install=(sudo -n "${install[@]}")
fi
"${install[@]}" apt-get update -qq </dev/null
"${install[@]}" apt-get install -qq --yes --no-install-recommends "${missing[@]}" </dev/null
