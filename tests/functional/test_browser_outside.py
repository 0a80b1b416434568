"""Somebody without an account approves a change by a link: in a real browser."""

from datetime import timedelta

import pytest

from policies import clock, review_links
from policies.models import ChangeKind, LocalPolicy, ReviewLink
from tests.factories import CountyFactory, DocumentFactory, LocalPolicyFactory, published
from tests.policies.outside import a_reviewer, asked, invited
from tests.policies.reviewing import draft_of, in_review

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def old():
    document = DocumentFactory(title="Order 3", text="The jail shall not hold any person.")
    old = published(LocalPolicyFactory, county=CountyFactory(fips="06075"), answer="no")
    old.citations.update(document=document)
    return old


def test_a_lawyer_reads_and_approves(page, old):
    draft = draft_of(old, a_reviewer(), ChangeKind.CORRECTION, answer="yes")
    link = invited(draft.created_by, a_reviewer(), draft, at=clock.now())
    page.goto(review_links.address_of(link, ""))
    assert page.inner_text("h1") == "Ordinance 12"
    assert "no" in page.inner_text(".diff del >> nth=0")
    page.click("text=The whole page")
    assert page.inner_text(".page-words mark") == "shall not hold any person"
    page.click("button:has-text('Only comment')")
    assert "Write what you want to say." in page.inner_text(".errorlist")
    page.fill("textarea", "Which page?")
    page.click("button:has-text('Only comment')")
    page.wait_for_selector(".said:has-text('Which page?')")
    page.click("button:has-text('Approve and publish')")
    page.wait_for_selector("h1:has-text('your decision is with us')")
    assert not page.context.cookies()
    assert LocalPolicy.objects.published().get().answer == "yes"
    page.goto("/data/changes/")
    assert "Approved by Ada Bar (outside reader)" in page.inner_text("main")


def test_a_county_replies_in_spanish_with_a_document(page, old, tmp_path):
    draft = draft_of(old, a_reviewer(), ChangeKind.CORRECTION, answer="yes")
    change_set = in_review(draft.created_by, draft)
    due = clock.today() + timedelta(days=9)
    link = asked(change_set, old.county, a_reviewer(), at=clock.now(), due_on=due, language="es")
    page.goto(review_links.address_of(link, ""))
    assert page.get_attribute("html", "lang") == "es"
    file = tmp_path / "order.txt"
    file.write_text("Order 3 is repealed.")
    page.fill("#id_name", "Lee Law")
    page.fill("#id_role", "Abogada del condado")
    page.fill("#id_text", "La orden 3 fue derogada.")
    page.set_input_files("#id_file", file)
    page.click("main form button")
    page.wait_for_selector("h1:has-text('hemos recibido su respuesta')")
    assert change_set.notes.get().document.is_public is False
    assert ReviewLink.objects.get().used_at
