"""As little of Django as the peer needs, with our own settings of the database."""

import environ

env = environ.Env()

SECRET_KEY = "unused-and-thrown-away"  # noqa: S105  no request is ever served
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Those of a site with the admin, which is where its users import.
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "import_export",
    "bench.peer_imports",
]
DATABASES = {"default": env.db("DATABASE_URL")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
