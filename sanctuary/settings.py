"""All settings, from the environment, failing loudly.

`DATA_DIR` (default `var/`) holds what must survive a restart: the SQLite database, uploads and,
on a local machine, the generated secret key. Production sets `SECRET_KEY`, `ALLOWED_HOSTS` and
`DATABASE_URL`; `manage.py check --deploy` runs with those in `make check`.
"""

import os
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# "local" is `make run` on one's own machine; "demo" holds invented records; "production" is the
# public site and refuses to start with anything missing.
ENVIRONMENT = env.str("SANCTUARY_ENV", default="local")
if ENVIRONMENT not in {"local", "demo", "production"}:
    raise ImproperlyConfigured(
        f"SANCTUARY_ENV is {ENVIRONMENT!r}; use 'local', 'demo' or 'production'."
    )
PRODUCTION = ENVIRONMENT == "production"
DEMO = ENVIRONMENT == "demo"
DEBUG = env.bool("DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG must be off in production.")

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """From the environment, else (never in production) a random key beside the local database.

    Read without `env`, which takes a value that begins with "$" for the name of another variable.
    """
    from django.core.management.utils import get_random_secret_key

    if key := os.environ.get("SECRET_KEY"):
        return key
    if PRODUCTION:
        raise ImproperlyConfigured("Set the SECRET_KEY environment variable.")
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = (
    env.list("ALLOWED_HOSTS")
    if PRODUCTION
    else env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

DATABASES = {
    "default": env.db("DATABASE_URL")
    if PRODUCTION
    else env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'sanctuary.sqlite3'}")
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Write-ahead logging lets readers go on while staff save; IMMEDIATE avoids lock upgrades.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
# Opening a connection costs more than most queries.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "import_export",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "counties",
    "policies",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "sanctuary.compression.BrotliMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sanctuary.uploads.refuse_large",  # before the next one, which reads what is posted
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "policies.sessions.end_old",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sanctuary.urls"
WSGI_APPLICATION = "sanctuary.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "policies.context.site",
            ],
        },
    },
]

# Signing in: docs/deploy.md. "required": staff can do nothing until they set a second factor up.
AUTHENTICATION_BACKENDS = ["policies.lockout.Gate", "django.contrib.auth.backends.ModelBackend"]
STAFF_SECOND_FACTOR = env.str(
    "STAFF_SECOND_FACTOR", default="required" if PRODUCTION else "offered"
)
if STAFF_SECOND_FACTOR not in {"required", "offered"}:
    raise ImproperlyConfigured(
        f"STAFF_SECOND_FACTOR is {STAFF_SECOND_FACTOR!r}; use 'required' or 'offered'."
    )
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
# Proxies between the visitor and this process, each of which adds to X-Forwarded-For.
PROXIES_IN_FRONT = env.int("PROXIES_IN_FRONT", default=1 if PRODUCTION else 0)
# Name and address together: an attacker locks out neither an office behind one address nor, from
# elsewhere, the person whose name they try.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_HANDLER = "policies.lockout.Handler"
AXES_CLIENT_IP_CALLABLE = "policies.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "policies.lockout.refuse"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "otp_token"]
# The account log (policies.models.AccountEvent) is the one that is kept and shown.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
# Days of the record are days in New York (a legal deadline there is a day there).
TIME_ZONE = "America/New_York"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "uploads"
# Bytes of a spreadsheet that is looked at; a larger one is refused before it is read.
LARGEST_UPLOAD = env.int("LARGEST_UPLOAD_MB", default=50) * 1_000_000
# Bytes of a document; a larger one is refused before it is read.
LARGEST_DOCUMENT = env.int("LARGEST_DOCUMENT_MB", default=50) * 1_000_000
# Pictures of documents' pages, which can be drawn again; the oldest go when there are too many.
PAGE_IMAGES = DATA_DIR / "page-images"
LARGEST_PAGE_IMAGES = env.int("PAGE_IMAGES_MB", default=2000) * 1_000_000
# Where the site is seen from outside, for the links in letters; empty: letters have no links.
SITE_URL = env.str("SITE_URL", default="").rstrip("/")
# What the app on a phone calls the codes for this site.
OTP_TOTP_ISSUER = urlsplit(SITE_URL).hostname or "The record"
# Letters to those who send files: EMAIL_URL=smtp+tls://user:password@host:587. Without it they are
# printed, and in production, where what is printed is kept in logs, dropped.
globals().update(
    env.email_url_config(
        env.str("EMAIL_URL", default="") or ("dummymail://" if PRODUCTION else "consolemail://")
    )
)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL


def _file_storage() -> dict:
    """This machine's `MEDIA_ROOT`, or the S3-compatible store that FILES_S3_BUCKET names."""
    bucket = env.str("FILES_S3_BUCKET", default="")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if find_spec("boto3") is None:
        raise ImproperlyConfigured(
            "FILES_S3_BUCKET is set, but boto3 is not installed: install requirements-s3.txt."
        )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("FILES_S3_ENDPOINT", default="") or None,
            "region_name": env.str("FILES_S3_REGION", default="") or None,
            "access_key": os.environ.get("FILES_S3_ACCESS_KEY"),
            "secret_key": os.environ.get("FILES_S3_SECRET_KEY"),
            # Read through the application alone, which knows who may see what.
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }


STORAGES = {
    "default": _file_storage(),
    "staticfiles": {"BACKEND": "sanctuary.static_files.ManifestStorage"},
}

# Security. The stock admin works under this policy; no page loads anything from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
# However busy it is; and when nothing was done for a while.
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_IDLE_AGE = 60 * env.int("SESSION_IDLE_MINUTES", default=120)
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "National record of local entanglement with ICE",
    "DESCRIPTION": "Read-only. Unknown or invalid query parameters are refused with a 400.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    # Choices stay where they are used; as components of their own their names would collide.
    "POSTPROCESSING_HOOKS": [],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    # Paths that were asked for and refused say what somebody looked up: they are not logged.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "axes": {"level": "ERROR"},  # failures are in the account log
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
