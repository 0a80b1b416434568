"""`manage.py prepare`: what `make run` does before it serves."""

import re
from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_password_given(monkeypatch):
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)


def prepare(**options) -> str:
    printed = StringIO()
    options = {"no_baseline": True, "no_static": True, **options}
    call_command("prepare", stdout=printed, **options)
    return printed.getvalue()


def test_the_random_password_is_printed_once_and_works():
    first, second = prepare(), prepare()

    password = re.search(r"User name: admin   Password: (\S+)", first)[1]
    assert authenticate(username="admin", password=password).is_superuser
    assert password not in second
    assert "assword" not in second


def test_the_password_is_taken_from_the_environment_and_never_printed(monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", 'b$d "pass" `word`')

    printed = prepare()

    assert authenticate(username="admin", password='b$d "pass" `word`')
    assert "b$d" not in printed


def test_a_later_run_leaves_accounts_alone(monkeypatch):
    get_user_model().objects.create_superuser("somebody", password="theirs")
    monkeypatch.setenv("ADMIN_PASSWORD", "another")

    prepare()

    assert not get_user_model().objects.filter(username="admin").exists()
    assert authenticate(username="somebody", password="theirs")


def test_nobody_can_log_in_as_the_system_account():
    prepare()
    prepare()

    system = get_user_model().objects.get(username="system")
    assert not system.is_active
    assert not system.has_usable_password()


def test_production_prints_no_password_and_refuses_a_weak_one(settings, monkeypatch):
    settings.PRODUCTION = True
    assert "createsuperuser" in prepare()
    assert not get_user_model().objects.filter(username="admin").exists()

    monkeypatch.setenv("ADMIN_PASSWORD", "password")
    with pytest.raises(CommandError, match="too weak"):
        prepare()


def test_a_database_that_does_not_answer_is_named(monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    with pytest.raises(CommandError, match=r"Cannot reach the database .*connection refused"):
        prepare()


def test_check_changes_nothing_and_says_what_is_missing(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    with pytest.raises(CommandError, match="No static files"):
        prepare(check=True)
    assert not get_user_model().objects.exists()

    (tmp_path / ".sources").write_text("")
    prepare(check=True)


def test_static_files_are_collected_again_only_when_a_source_changed(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]

    assert "Collecting" in prepare(no_static=False)
    assert "Collecting" not in prepare(no_static=False)

    (source / "b.css").write_text("b")
    assert "Collecting" in prepare(no_static=False)
    assert (tmp_path / "static" / "b.css").exists()

    (source / "a.css").unlink()
    assert "Collecting" in prepare(no_static=False)
    assert not (tmp_path / "static" / "a.css").exists()
