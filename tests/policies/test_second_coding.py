"""A county is coded blind, frozen, compared; what differs can be followed up."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from policies import reviews, roles, second_coding
from policies.agreement_stats import Undefined
from policies.models import CodedAnswer, CodingTask, LocalPolicy, QualityItem
from policies.quality import queue
from policies.rubric import FACTORS, Answer, Factor
from policies.second_coding import Coded
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    DocumentFactory,
    LocalPolicyFactory,
    UserFactory,
    correct,
    published,
    published_provision,
)
from tests.policies.reviewing import AT, LATER, TODAY, in_review, set_of

pytestmark = pytest.mark.django_db
HOLDS = Factor.LIMITS_HOLDS


def account(role, **values):
    roles.make_groups()
    user = UserFactory(**values)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def asker(db):
    return account(roles.REVIEWERS, username="asker")


@pytest.fixture
def coder(db):
    return account(roles.EDITORS, username="coder")


@pytest.fixture
def county(db):
    return CountyFactory(fips="06075")


@pytest.fixture
def order(db):
    return DocumentFactory(title="Order 3")


@pytest.fixture
def task(county, order, coder, asker):
    return second_coding.ask(county=county, documents=[order], coder=coder, by=asker, at=AT)


def all_coded(order, **answers):
    """Every factor `none_found`, but those that are named."""
    coded = {factor: Coded(answers.get(factor.value, "none_found")) for factor in FACTORS}
    return {
        factor: Coded(one.answer, order, "3", "shall not") if one.answer in ("yes", "no") else one
        for factor, one in coded.items()
    }


def submitted(task, order, at=LATER, **answers):
    who = {"task": task, "by": task.coder, "at": at}
    second_coding.save(answers=all_coded(order, **answers), **who)
    return second_coding.submit(**who)


def coded(task, factor=HOLDS) -> CodedAnswer:
    return task.answers.get(factor=factor.value)


# --- Asking ------------------------------------------------------------------------------------


def ask(county, order, coder, asker, **values):
    values = {"documents": [order], **values}
    return second_coding.ask(county=county, coder=coder, by=asker, at=AT, **values)


def test_nobody_asks_themselves(county, order, asker):
    with pytest.raises(ValidationError, match="somebody else"):
        ask(county, order, asker, asker)


def test_who_wrote_about_the_county_is_not_asked(county, order, coder, asker):
    LocalPolicyFactory(county=county, created_by=coder)
    with pytest.raises(ValidationError, match="wrote answers"):
        ask(county, order, coder, asker)


def test_who_may_not_code_is_not_asked(county, order, asker):
    with pytest.raises(ValidationError, match="may not code"):
        ask(county, order, account(roles.PARTNERS), asker)


def test_something_to_read_and_a_day_to_come(county, order, coder, asker):
    with pytest.raises(ValidationError, match="is to read"):
        ask(county, order, coder, asker, documents=[])
    with pytest.raises(ValidationError, match="over already"):
        ask(county, order, coder, asker, due_on=date(2020, 1, 31))
    assert ask(county, order, coder, asker, due_on=TODAY).is_open


def test_one_open_task_a_coder_and_county(task, county, order, coder, asker):
    with pytest.raises(ValidationError, match="already"):
        ask(county, order, coder, asker)
    second_coding.cancel(task=task, by=asker, at=AT)
    assert ask(county, order, coder, asker).is_open


# --- Coding ------------------------------------------------------------------------------------


def test_saved_and_changed_and_emptied(task, order, coder):
    for answer in ("yes", "no"):
        second_coding.save(task=task, by=coder, at=AT, answers={HOLDS: Coded(answer)})
        assert coded(task).answer == answer
    second_coding.save(task=task, by=coder, at=AT, answers={HOLDS: Coded("")})
    assert not task.answers.exists()


def test_only_the_coder_codes(task, order, asker):
    with pytest.raises(ValidationError, match="Somebody else"):
        second_coding.save(task=task, by=asker, at=AT, answers={})


def test_another_document_is_refused(task, coder):
    answers = {HOLDS: Coded("yes", DocumentFactory())}
    with pytest.raises(ValidationError, match="not one of those"):
        second_coding.save(task=task, by=coder, at=AT, answers=answers)


def test_submitting_names_what_is_missing(task, order, coder):
    answers = all_coded(order, no_287g="")
    answers[HOLDS] = Coded("yes", order)
    second_coding.save(task=task, by=coder, at=AT, answers=answers)
    with pytest.raises(ValidationError) as refused:
        second_coding.submit(task=task, by=coder, at=AT)
    assert refused.value.messages == [
        "1 No 287(g) agreement: there is no answer yet.",
        "3 Limits holds: say which document carries it, and quote the words.",
    ]
    assert CodingTask.objects.get().is_open


def test_what_is_submitted_is_frozen(task, order, coder, asker):
    submitted(task, order, limits_holds="yes")
    for again in (
        lambda: second_coding.save(task=task, by=coder, at=LATER, answers={HOLDS: Coded("no")}),
        lambda: second_coding.submit(task=task, by=coder, at=LATER),
        lambda: second_coding.cancel(task=task, by=asker, at=LATER),
    ):
        with pytest.raises(reviews.AlreadyDoneError):
            again()
    assert coded(task).answer == "yes"


# --- Comparing ---------------------------------------------------------------------------------


def test_it_is_compared_with_the_record_of_that_moment(task, county, order):
    old = published(LocalPolicyFactory, county=county, answer="no")
    LocalPolicyFactory(county=county, factor="no_status_inquiry")  # a draft counts for nothing
    submitted(task, order, limits_holds="yes")
    correct(old, on="2020-06-01", answer="yes")
    assert (coded(task).recorded, coded(task).agrees) == ("no", False)
    assert coded(task, Factor.NO_STATUS_INQUIRY).recorded == "unknown"


def test_the_countys_own_answer_counts_not_what_state_law_makes_of_it(task, county, order):
    published(LocalPolicyFactory, county=county, answer="yes")
    published_provision(claims=[{"effect": "mandates"}], state=county.state)
    submitted(task, order, limits_holds="yes")
    assert coded(task).agrees


def test_an_agreement_counts(county):
    published(AgreementFactory, counties=[county], state=county.state)
    found = second_coding.recorded_answers(county.pk, TODAY)
    assert found[Factor.NO_287G] == Answer.NO


def test_agreement_by_factor(task, county, order, asker):
    published(LocalPolicyFactory, county=county, answer="yes")
    submitted(task, order, limits_holds="yes")
    second = second_coding.ask(
        county=CountyFactory(), documents=[order], coder=task.coder, by=asker, at=AT
    )
    submitted(second, order, limits_holds="yes")
    found = second_coding.agreement_by_factor()
    assert (found[HOLDS].cases, found[HOLDS].same, found[HOLDS].kappa) == (2, 1, 0)


def test_what_is_not_submitted_counts_for_nothing(task, order, coder):
    second_coding.save(task=task, by=coder, at=AT, answers=all_coded(order))
    assert second_coding.agreement_by_factor()[HOLDS].undefined == Undefined.NO_CASES


# --- Following up ------------------------------------------------------------------------------


@pytest.fixture
def difference(task, county, order):
    published(LocalPolicyFactory, county=county, answer="no")
    submitted(task, order, limits_holds="yes")
    return coded(task)


def test_a_difference_goes_into_the_queue_once(difference, asker):
    second_coding.put_into_queue(answer=difference, by=asker, at=LATER)
    item = QualityItem.objects.get()
    assert (item.check_name, item.status, item.county_id) == ("second-coder", "open", "06075")
    with pytest.raises(reviews.AlreadyDoneError):
        second_coding.put_into_queue(answer=difference, by=asker, at=LATER)


def refresh():
    queue.refresh(found=queue.look(today=date(2020, 6, 1)), at=LATER)
    return QualityItem.objects.get(check_name="second-coder")


def test_it_is_found_until_the_record_says_the_same(difference, county, asker):
    second_coding.put_into_queue(answer=difference, by=asker, at=LATER)
    assert refresh().gone_at is None
    correct(LocalPolicy.objects.published().get(county=county), answer="yes")
    assert refresh().gone_at == LATER


def test_what_was_not_raised_is_no_finding(difference):
    queue.refresh(found=queue.look(today=TODAY), at=LATER)
    assert not QualityItem.objects.filter(check_name="second-coder").exists()


def test_what_agrees_is_not_raised(difference, task, asker):
    answer = coded(task, Factor.NO_STATUS_INQUIRY)
    CodedAnswer.objects.filter(pk=answer.pk).update(recorded="none_found")
    with pytest.raises(ValidationError, match="no difference"):
        second_coding.put_into_queue(answer=answer, by=asker, at=LATER)


def test_a_difference_becomes_a_comment(difference, asker, author):
    change_set = set_of(author, LocalPolicyFactory(created_by=author))
    note = second_coding.comment(
        answer=difference, change_set=change_set, by=asker, at=LATER, text="See page 3."
    )
    assert "A second coder differs on “3 Limits holds”: yes, a protective policy" in note.text
    assert "“shall not” (Order 3, 3)" in note.text
    assert note.text.endswith("See page 3.")


def test_not_on_a_change_set_that_is_decided(difference, asker, author):
    change_set = in_review(author, LocalPolicyFactory(created_by=author))
    reviews.approve(change_set=change_set, by=asker, at=LATER)
    change_set.refresh_from_db()
    with pytest.raises(ValidationError, match="decided already"):
        second_coding.comment(answer=difference, change_set=change_set, by=asker, at=LATER)
