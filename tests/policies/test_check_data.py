"""The command check_data: what it prints, and how it ends."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from policies.models import QualityItem
from policies.quality import queue
from tests.factories import AgreementFactory, LocalPolicyFactory, UserFactory, noon, published

pytestmark = pytest.mark.django_db


def run(*arguments):
    output = StringIO()
    call_command("check_data", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def error():
    return published(AgreementFactory, agency_name="Sheriff of Nowhere")


def test_warnings_are_printed_and_end_well():
    published(LocalPolicyFactory)
    assert "warning no-archived-copy: 1" in run()


def test_an_error_ends_with_1(error):
    output = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("check_data", stdout=output)
    assert failed.value.returncode == 1
    assert "error agency-without-county: 1" in output.getvalue()
    assert "Sheriff of Nowhere" in output.getvalue()


def test_an_error_left_for_a_reason_does_not(error):
    with pytest.raises(CommandError):
        run("--refresh")
    items = QualityItem.objects.filter(check_name="agency-without-county")
    queue.leave(items=items, by=UserFactory(), at=noon("2020-03-01"), reason="Known.")
    assert "agency-without-county: 1" in run()


def test_it_keeps_what_it_finds_only_when_asked_to(error):
    with pytest.raises(CommandError):
        run()
    assert not QualityItem.objects.exists()
    with pytest.raises(CommandError):
        run("--refresh")
    assert QualityItem.objects.exists()


def test_as_json_it_says_all_of_it():
    published(LocalPolicyFactory)
    told = json.loads(run("--json"))
    (check,) = [one for one in told["checks"] if one["name"] == "no-archived-copy"]
    assert told["errors"] == 0
    assert (check["severity"], check["count"], len(check["findings"])) == ("warning", 1, 1)
    assert check["findings"][0]["url"].startswith("/admin/policies/sourcedocument/")


def test_as_json_it_prints_nothing_else_when_it_keeps_it_too():
    published(LocalPolicyFactory)
    assert json.loads(run("--json", "--refresh"))["errors"] == 0


@pytest.mark.parametrize("months", ["0", "-3", "99999999"])
def test_no_sense_in_months_is_refused(months):
    with pytest.raises(CommandError) as failed:
        run("--months", months)
    assert failed.value.returncode == 2
