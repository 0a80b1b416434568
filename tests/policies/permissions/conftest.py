"""What the matrix is asked of: made once for a module, and rolled back after each cell."""

import pytest

from tests.factories import rolled_back
from tests.policies.permissions import world as worlds


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), rolled_back():
        yield worlds.fill()
