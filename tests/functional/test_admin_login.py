"""Staff log in with a real browser: forms work under the site's security headers."""

import pytest
from playwright.sync_api import expect


@pytest.mark.django_db(transaction=True)
def test_staff_log_in(page, django_user_model):
    django_user_model.objects.create_superuser("staff", password="secret words")

    page.goto("/admin/")
    page.get_by_label("Username").fill("staff")
    page.get_by_label("Password").fill("secret words")
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_role("button", name="Log out")).to_be_visible()
