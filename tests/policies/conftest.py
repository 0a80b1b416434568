"""What the tests of policies share."""

import pytest
from hypothesis import settings

from tests.factories import UserFactory

# Property tests have no deadline: on a busy machine a slow example is not a wrong one.
settings.register_profile("policies", deadline=None)
settings.load_profile("policies")


@pytest.fixture
def author(db):
    return UserFactory(username="author")


@pytest.fixture
def reader(db):
    return UserFactory(username="reader")
