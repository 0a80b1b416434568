"""The project's settings for tests: in a folder of their own, on the database TEST_DATABASE names.

`sanctuary.settings` reads the environment, so the environment is cleared of whatever the caller
had set: tests never touch `var/` or a database in use. Every process of the tests has its own
folder, deleted when it ends.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TEST_DATABASE = os.environ.get("TEST_DATABASE", "sqlite")
TEST_DATA_DIR = Path(tempfile.mkdtemp(prefix="sanctuary-tests-"))
atexit.register(shutil.rmtree, TEST_DATA_DIR, ignore_errors=True)

for name in (
    *("ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "DATABASE_URL", "CONN_MAX_AGE"),
    *("EMAIL_URL", "DEFAULT_FROM_EMAIL", "SITE_URL", "LARGEST_UPLOAD_MB"),
    *("LARGEST_DOCUMENT_MB", "PAGE_IMAGES_MB", "FILES_S3_BUCKET"),
    *("DEBUG", "LOG_LEVEL", "ADMIN_PASSWORD", "HOST", "PORT"),
    *("STAFF_SECOND_FACTOR", "PROXIES_IN_FRONT", "SESSION_IDLE_MINUTES"),
):
    os.environ.pop(name, None)
os.environ |= {
    "SANCTUARY_ENV": "local",
    "DATA_DIR": str(TEST_DATA_DIR),
    "SECRET_KEY": "for tests only",
}
if TEST_DATABASE == "postgres":
    if not os.environ.get("TEST_DATABASE_URL"):
        raise ImproperlyConfigured(
            "TEST_DATABASE=postgres needs TEST_DATABASE_URL. `make test` starts a server; for a "
            "few tests: TEST_DATABASE=postgres .venv/bin/python scripts/with_postgres.py pytest -k"
        )
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
elif TEST_DATABASE != "sqlite":
    raise ImproperlyConfigured(f"TEST_DATABASE is {TEST_DATABASE!r}, not 'sqlite' or 'postgres'.")

from sanctuary.settings import *  # noqa: E402, F403
from sanctuary.settings import DATABASES, STORAGES  # noqa: E402

if TEST_DATABASE == "sqlite":
    # A file, as in use: threads of the live server then have connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DATA_DIR / "test.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 0

# Straight from the source folders: nothing to collect.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
