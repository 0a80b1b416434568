#!/usr/bin/env bash
# Everything that can be said about the code without running its tests (`make check`).
# All checks run, and the last lines name those that failed.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

failed=()
check() {
    local name=$1
    shift
    echo "== $name"
    "$@" </dev/null || failed+=("$name")
}
# No check reads or touches the data of whoever runs it.
manage() {
    env -u DATABASE_URL -u DEBUG DATA_DIR="$scratch/data" SANCTUARY_ENV=local \
        $bin/python manage.py "$@"
}
production() {
    env -u DEBUG DATA_DIR="$scratch/production" SANCTUARY_ENV=production ALLOWED_HOSTS=example.org \
        SECRET_KEY="$($bin/python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
        DATABASE_URL="sqlite:///$scratch/production.sqlite3" $bin/python manage.py "$@"
}

check "lint" $bin/ruff check
check "format" $bin/ruff format --check
check "types" $bin/mypy
check "import layers" $bin/lint-imports --no-logo
check "migrations" manage makemigrations --check --dry-run
check "deployment" production check --deploy --fail-level WARNING
check "lock" $bin/python scripts/check_lock.py
check "translations" $bin/python scripts/check_translations.py
check "addresses" $bin/python scripts/check_addresses.py

if [ ${#failed[@]} -gt 0 ]; then
    echo "FAILED: $(printf '%s, ' "${failed[@]}" | sed 's/, $//')"
    exit 1
fi
echo "All checks passed."
