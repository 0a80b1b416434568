"""Settings come from the environment, unaltered, and refuse to start when something is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PRODUCTION = {
    "SANCTUARY_ENV": "production",
    "SECRET_KEY": "long and random",
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "postgres://user:password@127.0.0.1:5432/name",
}


def read_setting(name: str, environment: dict[str, str], folder: Path):
    code = f"from sanctuary import settings; print(settings.{name})"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **environment},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_names_what_is_missing(missing, tmp_path):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}

    ran = read_setting("DEBUG", environment, tmp_path)

    assert ran.returncode != 0
    assert missing in ran.stderr


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"SANCTUARY_ENV": "prod"}, "SANCTUARY_ENV"),
        ({**PRODUCTION, "DEBUG": "1"}, "DEBUG must be off"),
    ],
)
def test_a_wrong_value_is_refused(environment, message, tmp_path):
    ran = read_setting("DEBUG", environment, tmp_path)

    assert ran.returncode != 0
    assert message in ran.stderr


def test_production_starts_with_everything_set(tmp_path):
    assert read_setting("DEBUG", PRODUCTION, tmp_path).stdout == "False\n"


def test_a_dollar_sign_in_a_secret_is_a_dollar_sign(tmp_path):
    """Local keys are random and one in fifty begins with one."""
    environment = {"SECRET_KEY": "$ecret$"}
    assert read_setting("SECRET_KEY", environment, tmp_path).stdout == "$ecret$\n"

    (tmp_path / "secret_key").write_text("$random")
    assert read_setting("SECRET_KEY", {}, tmp_path).stdout == "$random\n"


def test_the_local_key_is_made_once_and_private(tmp_path):
    first, second = (read_setting("SECRET_KEY", {}, tmp_path).stdout for _ in range(2))

    assert len(first) >= 50
    assert first == second
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_files_are_kept_here_unless_a_bucket_is_named(tmp_path):
    ran = read_setting("STORAGES['default']['BACKEND']", {}, tmp_path)
    assert ran.stdout == "django.core.files.storage.FileSystemStorage\n"


def test_a_bucket_without_its_library_is_refused_readably(tmp_path):
    """boto3 is not among what tests install, nor does anything here need it."""
    ran = read_setting("DEBUG", {"FILES_S3_BUCKET": "record"}, tmp_path)
    assert ran.returncode != 0
    assert "requirements-s3.txt" in ran.stderr


def test_a_bucket_with_its_library_is_used(tmp_path):
    (tmp_path / "boto3.py").touch()
    environment = {
        "PYTHONPATH": str(tmp_path),
        "FILES_S3_BUCKET": "record",
        "FILES_S3_ENDPOINT": "https://files.example.org",
        "FILES_S3_SECRET_KEY": "$ecret",
    }
    ran = read_setting("STORAGES['default']", environment, tmp_path)
    assert "storages.backends.s3.S3Storage" in ran.stdout
    assert "'secret_key': '$ecret'" in ran.stdout
    assert "'default_acl': None" in ran.stdout


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "offered"),
        ({"SANCTUARY_ENV": "demo"}, "offered"),
        (PRODUCTION, "required"),
        ({**PRODUCTION, "STAFF_SECOND_FACTOR": "offered"}, "offered"),
        ({"STAFF_SECOND_FACTOR": "required"}, "required"),
    ],
)
def test_a_second_factor_is_required_in_production_and_elsewhere_offered(
    environment, expected, tmp_path
):
    assert read_setting("STAFF_SECOND_FACTOR", environment, tmp_path).stdout == f"{expected}\n"


def test_another_word_for_it_is_refused(tmp_path):
    ran = read_setting("DEBUG", {"STAFF_SECOND_FACTOR": "never"}, tmp_path)
    assert ran.returncode != 0
    assert "STAFF_SECOND_FACTOR is 'never'" in ran.stderr
