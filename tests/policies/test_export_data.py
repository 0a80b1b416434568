"""`export_data`: what the API answers, as files, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from policies import exports
from policies.api.codebook import ALL
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    LocalPolicyFactory,
    WinFactory,
    correct,
    published,
    published_provision,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    county = CountyFactory(fips="06001")
    policy = published(LocalPolicyFactory, county=county)
    published(AgreementFactory, counties=[county], state=county.state)
    published(WinFactory, counties=[county], state=county.state, title="=1+1")
    published_provision(state=county.state, claims=[{}])
    return policy


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "out"


def run(folder, *options) -> dict:
    call_command("export_data", str(folder), *options, stdout=StringIO())
    return json.loads((folder / "manifest.json").read_text())


def refused(folder, *options) -> CommandError:
    with pytest.raises(CommandError) as failed:
        run(folder, *options)
    return failed.value


def rows_of(path) -> list[dict]:
    with path.open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_list_is_there_twice_with_its_hash_and_rows(record, folder):
    manifest = run(folder)
    names = {f"{one.file_name}.{form}" for one in ALL for form in ("csv", "json")}
    assert set(manifest["files"]) == names
    assert {path.name for path in folder.iterdir()} == {*names, "manifest.json"}
    for name, about in manifest["files"].items():
        content = (folder / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == about["sha256"]
        assert len(content) == about["bytes"]
        rows = rows_of(folder / name) if name.endswith("csv") else json.loads(content)["results"]
        assert len(rows) == about["rows"], name


@pytest.mark.parametrize("name", ["counties", "agreements", "wins", "change-log", "codebook"])
def test_files_are_what_the_api_answers(client, record, folder, settings, name):
    settings.SITE_URL = "http://testserver"
    run(folder)
    answer = client.get(f"/api/v1/{name}/", {"format": "csv"})
    assert (folder / f"{name}.csv").read_bytes() == b"".join(answer.streaming_content)
    results = client.get(f"/api/v1/{name}/", {"page_size": "5000"}).json()["results"]
    assert json.loads((folder / f"{name}.json").read_text())["results"] == results


def test_formulas_are_neutralised_in_the_csv_alone(record, folder):
    run(folder)
    assert rows_of(folder / "wins.csv")[0]["title"] == "'=1+1"
    assert json.loads((folder / "wins.json").read_text())["results"][0]["title"] == "=1+1"


def test_a_day_and_what_was_known(folder, tmp_path):
    policy = published(LocalPolicyFactory, county=CountyFactory(fips="06001"))
    correct(policy, on="2021-01-01", answer="no")
    manifest = run(folder, "--as-of", "2020-06-01", "--known-on", "2020-06-01")
    assert (manifest["as_of"], manifest["known_on"]) == ("2020-06-01", "2020-06-01")
    about = manifest["files"]
    assert about["agreements.csv"]["as_of"] == "2020-06-01"
    assert "as_of" not in about["factors.csv"]
    assert rows_of(folder / "counties.csv")[0][policy.factor] == "yes"
    run(tmp_path / "now")
    assert rows_of(tmp_path / "now" / "counties.csv")[0][policy.factor] == "no"


def test_law_and_agreements_have_all_days_unless_one_is_asked_for(record, folder):
    about = run(folder)["files"]
    assert about["agreements.csv"]["as_of"] is None
    assert about["counties.csv"]["as_of"] == run_day(folder)


def run_day(folder) -> str:
    return json.loads((folder / "manifest.json").read_text())["as_of"]


def test_lists_of_several_pages_are_whole(record, folder, monkeypatch):
    CountyFactory.create_batch(6)
    monkeypatch.setattr(exports, "LARGEST_PAGE_SIZE", 2)
    assert run(folder)["files"]["counties.json"]["rows"] == 7
    assert len(json.loads((folder / "counties.json").read_text())["results"]) == 7


def test_an_empty_folder_is_filled(record, folder):
    folder.mkdir()
    assert run(folder)["files"]


def test_a_folder_with_something_in_it_is_refused(record, folder):
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    error = refused(folder)
    assert (error.returncode, "is not empty" in str(error)) == (2, True)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_a_file_in_its_place_is_refused(record, folder):
    folder.write_text("mine")
    assert "is no folder" in str(refused(folder))


def test_what_fails_leaves_nothing_behind(record, folder, monkeypatch):
    def fail(*args):
        raise OSError("The disk is full.")

    monkeypatch.setattr(exports, "_pretty", fail)
    assert "The disk is full." in str(refused(folder))
    assert list(folder.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("option", "value"), [("--as-of", "1999"), ("--known-on", "2199-01-01"), ("--as-of", "x")]
)
def test_a_bad_date_is_named(record, folder, option, value):
    error = refused(folder, option, value)
    assert error.returncode == 2
    assert str(error).startswith(option)
    assert not folder.exists()
