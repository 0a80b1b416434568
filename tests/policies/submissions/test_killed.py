"""A process killed in the middle of applying leaves the database exactly as before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.factories import CountyFactory, LocalPolicyFactory, UserFactory, published
from tests.policies.submissions.sheets import answer, sent

#: Applies a submission, and kills itself where `place` is called for the n-th time.
CHILD = """
import importlib, os, signal, sys
import django
django.setup()
from datetime import date
from django.contrib.auth import get_user_model
from policies import clock, submissions
from policies.models import Submission
module, name = sys.argv[2].split(":")
module = importlib.import_module(module)
owner, _, name = name.rpartition(".")
target = getattr(module, owner) if owner else module
setattr(target, name, lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL))
submissions.apply(
    submission=Submission.objects.get(pk=sys.argv[1]),
    by=get_user_model().objects.first(),
    at=clock.now(),
    today=date(2020, 1, 1),
)
"""


def database_url() -> str:
    """The database of this test, as a process of its own reaches it."""
    where = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{where['NAME']}"
    password = f":{where['PASSWORD']}" if where["PASSWORD"] else ""
    return f"postgres://{where['USER']}{password}@{where['HOST']}:{where['PORT']}/{where['NAME']}"


def rows() -> dict[str, list]:
    """Every row of every table of ours."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            if table.startswith("policies_"):
                quoted = connection.ops.quote_name(table)
                cursor.execute(f"SELECT * FROM {quoted}")  # noqa: S608  a name of ours
                found[table] = sorted(cursor.fetchall(), key=repr)
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "place",
    [
        "policies.policy_writer:insert",  # what is succeeded is closed, nothing takes its place yet
        "policies.submission_writer:_log",  # the answers are written
        "policies.score_periods:rebuild",  # the change log is written
        "policies.models:Submission.save",  # the scores are written
    ],
)
def test_nothing_is_half_applied(place):
    UserFactory()
    for fips, name in (("06001", "Alameda"), ("06003", "Alpine")):
        CountyFactory(fips=fips, short_name=name)
    published(LocalPolicyFactory, county_id="06001", county=None)
    submission = sent(answer(value="none_found"), answer("06003"))
    before = rows()
    connections.close_all()

    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(submission.pk), place],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sanctuary.settings",
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(settings.DATA_DIR),
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        timeout=120,
        check=False,
    )

    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    assert rows() == before
