"""Task: a court seals a document. A tombstone stays, and so do the answers."""

from playwright.sync_api import expect

from policies import roles
from tests.factories import CountyFactory, LocalPolicyFactory, published
from tests.functional.guide.words import YES
from tests.policies.documents import files

WORDS = "shall not hold any person"
ORDER = "Superior Court, order of March 3, 2020, No. 20-117"


def test_file_and_quotes_go_and_the_answers_stay(page, log_in, picture, answer, transactional_db):
    document = files.archived(files.pdf(f"The jail {WORDS}"), title="Jail memorandum")
    county = CountyFactory(fips="06003", short_name="Alpine")
    published(LocalPolicyFactory, county=county, cited__document=document, cited__quote=WORDS)
    address = f"/documents/{document.pk}/"
    page.goto(address)
    file = page.get_by_role("link", name="Download the file").get_attribute("href")
    assert page.request.get(file).ok

    log_in("rosa", roles.ADMINISTRATORS)
    page.goto(f"/admin/policies/sourcedocument/{document.pk}/change/")
    page.click("text=Seal by court order")
    assert "1 quote will read" in page.inner_text(".one-question")
    page.fill("#id_reason", ORDER)
    picture("sealed-question", "#content h1", ".one-question")
    page.click("button:has-text('Seal it')")
    page.wait_for_selector(".messagelist .success")

    page.context.clear_cookies()
    page.goto(address)
    expect(page.locator("main")).to_contain_text(ORDER)
    expect(page.locator("main")).to_contain_text(document.sha256)
    assert WORDS not in page.content()
    picture("sealed-tombstone", "h1", "dl.facts")
    assert page.request.get(file).status == 404
    assert answer(county, "limits_holds") == YES
    assert WORDS not in page.content()
    expect(page.locator("#limits_holds .evidence")).to_contain_text("Sealed by court order")
