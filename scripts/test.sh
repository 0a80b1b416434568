#!/usr/bin/env bash
# Every test on SQLite and on a real PostgreSQL, the browser tests in a real Chromium each time.
# Arguments go to pytest: scripts/test.sh -k timeline. TEST_DATABASE=sqlite (or postgres) runs one.
set -uo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
scripts/test_tools.sh || exit 1

status=0
for database in ${TEST_DATABASE:-sqlite postgres}; do
    echo "== tests on $database"
    run=("$python" -m pytest -n "${TEST_PROCESSES:-2}" "$@")
    if [ "$database" = postgres ]; then
        run=("$python" scripts/with_postgres.py "${run[@]}")
    fi
    TEST_DATABASE=$database "${run[@]}" || {
        result=$?
        [ $result -eq 130 ] && exit 130
        status=$result
        echo "== tests on $database FAILED (pytest's exit status $result)"
    }
done
exit $status
