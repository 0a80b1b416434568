import pytest


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Files and pictures of pages in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.PAGE_IMAGES = tmp_path / "page-images"
