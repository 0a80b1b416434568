from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from policies.models import ScorePeriod
from tests.factories import LocalPolicyFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return published(LocalPolicyFactory)


def run(*arguments):
    output = StringIO()
    call_command("rebuild_scores", *arguments, stdout=output)
    return output.getvalue()


def test_it_writes_what_is_missing(record):
    ScorePeriod.objects.all().delete()
    assert "1 score period" in run()
    assert ScorePeriod.objects.get().county == record.county


def test_the_check_passes_where_stored_is_computed(record):
    assert "Every stored score" in run("--check")


@pytest.mark.parametrize("how", ["wrong", "missing", "surplus"])
def test_the_check_exits_with_1_and_prints_what_differs(record, how, capsys):
    if how == "wrong":
        ScorePeriod.objects.update(limits_holds="no")
    elif how == "missing":
        ScorePeriod.objects.all().delete()
    else:
        type(record).objects.filter(pk=record.pk).update(effective_from="2018-01-01")
    output = StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("rebuild_scores", "--check", stdout=output)
    assert failed.value.returncode == 1
    assert record.county_id in output.getvalue()


def test_the_check_changes_nothing(record):
    ScorePeriod.objects.update(limits_holds="no")
    with pytest.raises(CommandError):
        run("--check")
    assert ScorePeriod.objects.get().limits_holds == "no"


def test_after_a_rebuild_the_check_passes(record):
    ScorePeriod.objects.update(limits_holds="no")
    run()
    assert run("--check")
