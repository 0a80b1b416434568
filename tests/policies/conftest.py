"""Property tests have no deadline: on a busy machine a slow example is not a wrong one."""

from hypothesis import settings

settings.register_profile("policies", deadline=None)
settings.load_profile("policies")


@pytest.fixture
def author():
    return UserFactory(username="author")


@pytest.fixture
def reader():
    return UserFactory(username="reader")
