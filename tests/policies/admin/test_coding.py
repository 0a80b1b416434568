"""Second codings in the admin: who sees what, and that the coder sees no answer."""

import pytest
from django.urls import reverse

from policies import clock, roles, second_coding
from policies.models import CodedAnswer, CodingTask, QualityItem
from policies.rubric import FACTORS
from tests.factories import CountyFactory, DocumentFactory, LocalPolicyFactory, published
from tests.policies.test_second_coding import all_coded

pytestmark = pytest.mark.django_db


def url(task, act="change", *more) -> str:
    return reverse(f"admin:policies_codingtask_{act}", args=[task.pk, *more])


@pytest.fixture
def county(db):
    return CountyFactory(fips="06075")


@pytest.fixture
def order(db):
    return DocumentFactory(title="Order 3", text="The sheriff shall not hold any person.")


@pytest.fixture
def record(county, order):
    record = published(
        LocalPolicyFactory, county=county, answer="no", title="Memo of the sheriff", notes="Hm."
    )
    record.citations.update(document=order, quote="The sheriff", note="Note of the first coder.")
    return record


@pytest.fixture
def task(county, order, record, editor, reviewer):
    return second_coding.ask(
        county=county, documents=[order], coder=editor.user, by=reviewer.user, at=clock.now()
    )


def posted(order, **answers):
    data = {}
    for factor, one in all_coded(order, **answers).items():
        data[f"{factor.value}-answer"] = one.answer
        data[f"{factor.value}-document"] = one.document.pk if one.document else ""
        data[f"{factor.value}-page"] = one.page
        data[f"{factor.value}-quote"] = one.quote
    return data


def text(response) -> str:
    return response.content.decode()


SECRETS = ("Memo of the sheriff", "Note of the first coder", "Hm.", "/counties/ca/", "cited")


def test_the_coder_sees_questions_and_documents_and_no_answer(task, order, editor):
    for address in (url(task), url(task, "read", order.pk)):
        shown = text(editor.get(address))
        for secret in SECRETS:
            assert secret not in shown
    page = text(editor.get(url(task)))
    assert "Will the jail hold someone longer for ICE?" in page
    assert "Order 3" in page
    assert "checked" not in page
    assert f'/documents/{order.pk}/"' not in page.replace(url(task, "read", order.pk), "")
    assert "shall not hold any person" in text(editor.get(url(task, "read", order.pk)))


def test_coding_saving_and_submitting(task, order, editor, reviewer):
    data = posted(order, limits_holds="yes", no_287g="")
    assert editor.post(url(task, "code"), data).status_code == 302
    assert CodedAnswer.objects.count() == len(FACTORS) - 1
    refused = editor.post(url(task, "code"), {**data, "submit": "1"})
    assert refused.status_code == 409
    assert "there is no answer yet" in text(refused)
    assert "shall not" in text(refused)
    data["no_287g-answer"] = "unknown"
    assert editor.post(url(task, "code"), {**data, "submit": "1"}).status_code == 302
    assert CodingTask.objects.get().status == "done"
    editor.post(url(task, "code"), {**data, "limits_holds-answer": "no"})
    assert CodedAnswer.objects.get(factor="limits_holds").answer == "yes"
    compared = text(reviewer.get(url(task)))
    assert "differs" in compared
    assert "yes, a protective policy" in compared


def test_another_document_is_not_offered_nor_taken(task, order, editor):
    other = DocumentFactory(title="Somebody else's")
    assert "Somebody else" not in text(editor.get(url(task)))
    data = {**posted(order, limits_holds="yes"), "limits_holds-document": other.pk}
    assert editor.post(url(task, "code"), data).status_code == 400
    assert editor.get(url(task, "read", other.pk)).status_code == 404
    assert editor.get(url(task, "file", other.pk)).status_code == 404


def test_nothing_is_compared_before_it_is_submitted(task, order, editor, reviewer):
    editor.post(url(task, "code"), posted(order, limits_holds="yes"))
    shown = text(reviewer.get(url(task)))
    assert "Nothing of it is shown before it is submitted." in shown
    assert "yes, a protective policy" not in shown


def submit(task, order, editor):
    editor.post(url(task, "code"), {**posted(order, limits_holds="yes"), "submit": "1"})


def test_after_submitting_the_coder_sees_what_they_wrote_and_no_comparison(task, order, editor):
    submit(task, order, editor)
    shown = text(editor.get(url(task)))
    assert "What you found" in shown
    assert "differs" not in shown


def test_following_a_difference_up(task, order, editor, reviewer):
    submit(task, order, editor)
    for _ in range(2):
        reviewer.post(url(task, "queue"), {"factor": "limits_holds"})
    assert QualityItem.objects.get().about_pk == str(task.pk)
    assert "in the queue of findings" in text(reviewer.get(url(task)))


def test_the_report(task, order, editor, reviewer, django_assert_max_num_queries):
    address = reverse("admin:policies_codingtask_agreement")
    assert "nothing was coded twice yet" in text(reviewer.get(address))
    submit(task, order, editor)
    with django_assert_max_num_queries(10):
        shown = text(reviewer.get(address))
    assert "one and the same answer throughout" in shown or "0.00" in shown


ACTS = ("code", "cancel", "queue", "comment")


@pytest.mark.parametrize("who", ["anonymous", "partner", "viewer", "another", "coder", "asker"])
def test_who_may_do_what(who, task, order, editor, reviewer, as_role, client):
    people = {
        "anonymous": lambda: client,
        "partner": lambda: as_role(roles.PARTNERS, "partner"),
        "viewer": lambda: as_role(roles.VIEWERS, "viewer"),
        "another": lambda: as_role(roles.EDITORS, "another"),
        "coder": lambda: editor,
        "asker": lambda: reviewer,
    }
    one = people[who]()
    found = [one.get(url(task)).status_code]
    found.append(one.get(url(task, "read", order.pk)).status_code)
    found.append(one.get(reverse("admin:policies_codingtask_add")).status_code)
    found.append(one.get(reverse("admin:policies_codingtask_agreement")).status_code)
    found += [one.post(url(task, act), {}).status_code for act in ACTS]
    assert (
        found
        == {
            "anonymous": [302] * 8,
            "partner": [403] * 8,
            "viewer": [403] * 8,
            "another": [404, 404, 403, 403, 404, 404, 404, 404],
            "coder": [200, 200, 403, 403, 302, 403, 403, 403],
            "asker": [200, 200, 200, 200, 403, 302, 302, 302],
        }[who]
    )


def test_asking(county, order, editor, reviewer):
    address = reverse("admin:policies_codingtask_add")
    data = {"county": county.pk, "documents": [order.pk], "coder": editor.user.pk}
    refused = reviewer.post(address, {**data, "due_on": "2001-01-01"})
    assert "This day is over already." in text(refused)
    assert not CodingTask.objects.exists()
    assert reviewer.post(address, data).status_code == 302
    task = CodingTask.objects.get()
    assert (task.asked_by, task.coder) == (reviewer.user, editor.user)
    assert list(task.documents.all()) == [order]
    assert reviewer.post(address, data).status_code == 200
    assert CodingTask.objects.count() == 1


def test_a_coder_lists_their_own(task, county, order, reviewer, as_role, editor):
    address = reverse("admin:policies_codingtask_changelist")
    assert str(county) in text(editor.get(address))
    assert str(county) not in text(as_role(roles.EDITORS, "another").get(address))
    assert str(county) in text(reviewer.get(address))
