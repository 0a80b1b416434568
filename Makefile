# make run: set up and serve on this machine. make test: every test. README.md tells the rest.
# PORT, DATABASE_URL, DATA_DIR and ADMIN_PASSWORD go through the environment, untouched by make.
.PHONY: run dev demo serve test check fix bench messages lock venv venv-dev

PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
GUNICORN := $(BIN)/gunicorn -c sanctuary/gunicorn.py
DEMO := env -u DATABASE_URL SANCTUARY_ENV=demo DATA_DIR=var/demo
PRODUCTION := env SANCTUARY_ENV=production

run: venv
	@$(MANAGE) prepare
	@HOST=127.0.0.1 exec $(GUNICORN)

# The same with DEBUG pages, restarting when a file changes.
dev: venv
	@$(MANAGE) prepare --no-static
	@DEBUG=1 exec $(MANAGE) runserver "127.0.0.1:$${PORT:-8000}"

# Invented records, in a database of their own: never the one that DATABASE_URL names.
demo: venv
	@$(DEMO) $(MANAGE) prepare --no-baseline
	@$(DEMO) $(MANAGE) load_demo
	@PORT="$${PORT:-8001}" HOST=127.0.0.1 exec $(DEMO) $(GUNICORN)

# Production, as docs/deploy.md says: settings from the environment, `manage.py prepare` done.
serve: venv
	@$(PRODUCTION) $(MANAGE) check --deploy
	@$(PRODUCTION) $(MANAGE) prepare --check
	@exec $(PRODUCTION) $(GUNICORN)

# ARGS goes to pytest, for example: make test ARGS="-k timeline"
test: venv-dev
	@scripts/test.sh $(ARGS)

check: venv-dev
	@scripts/check.sh

fix: venv-dev
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: venv-dev
	@$(BIN)/python scripts/bench.py $(ARGS)

# After changing a text: collect the strings (needs GNU gettext), write their Spanish, run it again.
messages: venv
	@$(MANAGE) makemessages --locale es --no-location --no-wrap --ignore .venv --ignore var
	@$(MANAGE) compilemessages --locale es --ignore .venv

lock: venv
	@scripts/lock.sh $(ARGS)

venv:
	@PYTHON="$(PYTHON)" scripts/venv.sh requirements.txt

venv-dev:
	@PYTHON="$(PYTHON)" scripts/venv.sh requirements-dev.txt
