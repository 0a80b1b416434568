"""Task: an outside lawyer, who has no account, reads a change-set and approves it."""

import re

from django.core import mail

from policies import roles
from policies.models import ChangeKind
from tests.factories import CountyFactory, DocumentFactory, LocalPolicyFactory, published
from tests.functional.guide.words import YES
from tests.policies.reviewing import draft_of, in_review


def test_from_the_invitation_to_the_public_log(page, log_in, picture, answer, transactional_db):
    words = "The jail shall not hold any person."
    document = DocumentFactory(title="Order 3", text=words)
    county = CountyFactory(fips="06075", short_name="San Francisco")
    old = published(LocalPolicyFactory, county=county, answer="no")
    old.citations.update(document=document)
    ana = log_in("ana", roles.EDITORS)
    change_set = in_review(ana, draft_of(old, ana, ChangeKind.CORRECTION, answer="yes"))

    log_in("ben", roles.REVIEWERS)
    page.goto(f"/admin/policies/changeset/{change_set.pk}/change/")
    page.click("summary:has-text('Invite an outside reader')")
    page.fill("#id_inviteform_name", "Ada Bar")
    page.fill("#id_inviteform_email", "ada@example.org")
    picture("outside-reader-invite", "#outside-heading", "#id_inviteform_days")
    page.click("button:has-text('Send the link')")
    page.wait_for_selector(".messagelist .success")
    (letter,) = mail.outbox
    assert letter.to == ["ada@example.org"]
    link = re.search(r"https?://\S+", letter.body).group()

    page.context.clear_cookies()
    page.goto(re.sub(r"https?://[^/]+", "", link))
    page.click("text=The whole page")
    assert page.inner_text(".page-words mark") == "shall not hold any person"
    picture("outside-reader-page", "h1", ".seen table")
    page.fill("textarea", "The order says so.")
    page.click("button:has-text('Approve and publish')")
    page.wait_for_selector("h1:has-text('your decision is with us')")
    assert answer(county, "limits_holds") == YES
    page.goto("/data/changes/")
    assert "Approved by Ada Bar (outside reader)" in page.inner_text("main")
    picture("outside-reader-log", ".change-log > li")
