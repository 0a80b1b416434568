"""What the matrix is asked of: made once for a module, and rolled back after each cell."""

from pathlib import Path

import pytest

from policies import roles
from tests.factories import rolled_back
from tests.policies.permissions import world as worlds
from tests.policies.permissions.people import everybody


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One row of everything that has an address."""
    with django_db_blocker.unblock(), rolled_back():
        yield worlds.fill()


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """An account of each role, and an author of each who is more than that. Nothing else."""
    with django_db_blocker.unblock(), rolled_back():
        made = everybody()
        made.add("author", roles.EDITORS)
        made.add("author_who_reviews", roles.REVIEWERS)
        made.add("author_who_administers", roles.ADMINISTRATORS)
        made.add("author_who_is_superuser", is_superuser=True)
        yield made


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """The matrix is about roles, which both databases hold alike: three thousand cells on one of
    them are enough. What a database refuses is tested on both (tests/policies/models)."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.sqlite_only)
