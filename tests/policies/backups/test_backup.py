"""`backup` and `restore`: what was there is there again, to the byte, or nothing is touched."""

from __future__ import annotations

import json
import stat
import zipfile
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from policies.backups import making, tables
from policies.models import (
    AccountEvent,
    Citation,
    DocumentPage,
    LocalPolicy,
    ScorePeriod,
    SourceDocument,
)
from policies.models.base import RecordStatus
from policies.rubric import FACTORS
from tests.factories import (
    AgreementFactory,
    CountyFactory,
    IceListFactory,
    LocalPolicyFactory,
    SubmissionFactory,
    UserFactory,
    WinFactory,
    change,
    correct,
    published,
    published_provision,
)
from tests.policies.documents.files import archived, pdf

pytestmark = pytest.mark.django_db

ADDRESSES = (
    *("counties/?page_size=5000", "counties/?known_on=2020-06-01", "counties/?format=csv"),
    *("counties/06001/", "counties/06001/history/", "map/", "reports/summary/", "states/"),
    *("agreements/", "documents/", "wins/", "state-provisions/", "options/"),
)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def record():
    """Records of every kind, of today and of the past, a draft, and an archived file."""
    county = CountyFactory(fips="06001", short_name="Alameda", slug="alameda")
    document = archived(pdf("No detainers, ever."))
    for factor in FACTORS:
        one = published(LocalPolicyFactory, county=county, factor=factor.value)
    correct(one, on="2021-01-01", answer="no")
    published(IceListFactory)
    agreement = published(AgreementFactory, counties=[county], state=county.state)
    change(agreement, on="2021-02-01", effective_from=date(2020, 7, 1), model="Task force")
    published(WinFactory, counties=[county], state=county.state)
    published_provision(
        state=county.state, claims=[{}], exceptions=[{"county": CountyFactory(fips="06003")}]
    )
    LocalPolicyFactory(county=county, qualification="=a draft, \x01 with ünusual\nwords")
    SubmissionFactory(lines=b"\x00\x01\xff")
    AccountEvent.objects.create(kind="signed_in", at=document.created_at, before={"a": ["é", None]})
    return county


@pytest.fixture
def path(tmp_path):
    return tmp_path / "record.zip"


def run(name, *arguments) -> str:
    printed = StringIO()
    call_command(name, *map(str, arguments), stdout=printed, stderr=printed)
    return printed.getvalue()


def told(client) -> dict[str, bytes]:
    return {address: read(client, f"/api/v1/{address}") for address in ADDRESSES}


def read(client, address) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content) if response.streaming else response.content


def stored() -> dict[str, list]:
    return {label: list(tables.rows(model)) for label, model in tables.models_kept().items()}


def destroy() -> None:
    with transaction.atomic():
        tables.empty()
    for name in default_storage.listdir("documents")[0]:
        folder = default_storage.path(f"documents/{name}")
        for file in default_storage.listdir(folder)[1]:
            default_storage.delete(f"documents/{name}/{file}")


def refused(path, *options) -> str:
    """The words of the refusal. Nothing may have changed."""
    before = stored()
    with pytest.raises(CommandError) as failed:
        run("restore", path, *options)
    assert stored() == before
    assert failed.value.returncode == 1
    return str(failed.value)


def rewritten(path, change) -> None:
    """The ZIP with other members. `change`: from a dictionary of them to another one."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in change(members).items():
            archive.writestr(name, content)


# --- There and back ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_what_was_destroyed_is_answered_as_before_to_the_byte(client, record, path):
    answers, rows = told(client), stored()
    document = SourceDocument.objects.exclude(file="").get()
    content = document.file.read()
    document.file.close()
    assert "1 files" in run("backup", path)
    destroy()
    assert not default_storage.exists(document.file.name)
    assert "Every stored score is what the records say." in run("restore", path)
    assert told(client) == answers
    assert stored() == rows
    with default_storage.open(document.file.name) as file:
        assert file.read() == content


def test_a_second_backup_holds_the_same(record, path, tmp_path):
    run("backup", path)
    destroy()
    run("restore", path)
    again = tmp_path / "again.zip"
    run("backup", again)

    def parts(file):
        manifest = json.loads(zipfile.ZipFile(file).read("manifest.json"))
        return manifest["tables"], manifest["files"]

    assert parts(path) == parts(again)


def test_documents_are_found_by_their_words_again(client, record, path):
    run("backup", path)
    destroy()
    run("restore", path)
    page = DocumentPage.objects.get()
    shown = client.get("/documents/", {"q": "detainers"}).content.decode()
    assert f"/documents/{page.document_id}/" in shown


def test_new_rows_are_numbered_after_the_old_ones(record, path):
    last = LocalPolicy.objects.order_by("-pk").values_list("pk", flat=True)[0]
    run("backup", path)
    destroy()
    run("restore", path)
    assert LocalPolicyFactory(county=record).pk > last


def test_everybody_is_signed_out(client, record, path):
    run("backup", path)
    client.force_login(UserFactory())
    assert Session.objects.exists()
    run("restore", path, "--replace")
    assert not Session.objects.exists()


def test_constraints_hold_afterwards(record, path):
    run("backup", path)
    destroy()
    run("restore", path)
    live = LocalPolicy.objects.filter(status=RecordStatus.PUBLISHED, closed_at=None).first()
    twin = LocalPolicy(**{f.attname: getattr(live, f.attname) for f in live._meta.concrete_fields})
    twin.pk = None
    with pytest.raises(Exception, match="overlap"), transaction.atomic():
        twin.save(force_insert=True)


# --- What is there already ------------------------------------------------------------------------


def test_a_database_in_use_is_left_alone(record, path):
    run("backup", path)
    assert "not empty" in refused(path)


def test_replacing_brings_the_old_state_back(client, record, path):
    answers = told(client)
    run("backup", path)
    published(LocalPolicyFactory, county=CountyFactory(fips="06005"))
    User.objects.create_user("new")
    run("restore", path, "--replace")
    assert told(client) == answers
    assert not User.objects.filter(username="new").exists()


def test_a_file_that_was_altered_is_put_right(record, path):
    run("backup", path)
    name = SourceDocument.objects.exclude(file="").get().file.name
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"something else"))
    run("restore", path, "--replace")
    with default_storage.open(name) as file:
        assert file.read().startswith(b"%PDF")


# --- Bad files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [0, 0.5, 0.999])
def test_a_truncated_file_is_refused(record, path, part):
    run("backup", path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    assert refused(path, "--replace").startswith("Nothing was restored.")


def test_a_changed_byte_is_noticed_wherever_it_is(record, path):
    run("backup", path)
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        middles = [_middle(one, whole) for one in archive.infolist()]
    for at in middles[::9]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        refused(path, "--replace")


def _middle(member: zipfile.ZipInfo, whole: bytes) -> int:
    """Where half of the member's packed bytes are behind."""
    head = whole[member.header_offset : member.header_offset + 30]
    names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    return member.header_offset + 30 + names + member.compress_size // 2


def _other_row(members):
    name = "tables/policies.LocalPolicy.jsonl"
    return members | {name: members[name].replace(b'"yes"', b'"no"')}


def _other_manifest(members):
    return members | {"manifest.json": members["manifest.json"].replace(b"revision", b"Revision")}


def _one_more(members):
    return members | {"files/../../etc/passwd": b"x"}


def _one_less(members):
    return {name: text for name, text in members.items() if "Citation" not in name}


def _no_manifest(members):
    return {name: text for name, text in members.items() if name != "manifest.json"}


@pytest.mark.parametrize("how", [_other_row, _other_manifest, _one_more, _one_less, _no_manifest])
def test_a_tampered_file_is_refused(record, path, how):
    run("backup", path)
    rewritten(path, how)
    refused(path, "--replace")


def test_other_files_are_refused(record, path, tmp_path):
    path.write_text("fips,name\n")
    assert "no backup" in refused(path, "--replace")
    assert "There is no file" in refused(tmp_path / "nothing.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "no backup of this system" in refused(path, "--replace")


@pytest.mark.parametrize("change", [lambda m: m[:-1], lambda m: [*m, "policies.9999_later"]])
def test_a_backup_of_another_version_is_refused(record, path, monkeypatch, change):
    here = making.migrations_applied()
    monkeypatch.setattr(making, "migrations_applied", lambda: change(here))
    run("backup", path)
    assert "version" in refused(path, "--replace")


def test_rows_that_the_database_refuses_leave_all_as_it_was(record, path, monkeypatch):
    """A whole backup, whose rows contradict each other."""
    kept = tables.rows
    monkeypatch.setattr(tables, "rows", lambda model: [] if model is Citation else kept(model))
    run("backup", path)
    monkeypatch.undo()
    name = SourceDocument.objects.exclude(file="").get().file.name
    refused(path, "--replace")
    assert default_storage.exists(name)


def test_files_are_taken_back_if_one_cannot_be_kept(record, path, monkeypatch):
    run("backup", path)
    name = SourceDocument.objects.exclude(file="").get().file.name
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"as it was"))
    save = FileSystemStorage.save

    def fail_once(*args, **options):
        monkeypatch.setattr(FileSystemStorage, "save", save)
        raise OSError("The disk is full.")

    monkeypatch.setattr(FileSystemStorage, "save", fail_once)
    assert "The disk is full." in refused(path, "--replace")
    with default_storage.open(name) as file:
        assert file.read() == b"as it was"


def test_scores_that_are_not_what_the_records_say_are_told(record, path):
    ScorePeriod.objects.update(limits_holds="no")
    run("backup", path)
    with pytest.raises(CommandError, match="score periods differ"):
        run("restore", path, "--replace")


# --- Making one -----------------------------------------------------------------------------------


def test_only_its_owner_may_read_it(record, path):
    run("backup", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_not_written_over(record, path):
    path.write_text("last month's")
    with pytest.raises(CommandError, match="--replace") as failed:
        run("backup", path)
    assert failed.value.returncode == 2
    assert path.read_text() == "last month's"
    run("backup", path, "--replace")
    assert zipfile.is_zipfile(path)


def test_a_backup_that_fails_leaves_nothing_behind(record, path, monkeypatch):
    monkeypatch.setattr(tables, "rows", lambda model: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("backup", path)
    assert not [one for one in path.parent.iterdir() if one.is_file()]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="no file in a folder"):
        run("backup", tmp_path / "nowhere" / "record.zip")


def test_a_file_missing_from_the_store_is_told(record, path):
    name = SourceDocument.objects.exclude(file="").get().file.name
    default_storage.delete(name)
    assert name in run("backup", path)
    assert name in run("restore", path, "--replace")


def test_each_table_is_read_once(record, path):
    with CaptureQueriesContext(connection) as queries:
        run("backup", path)
    for label, model in tables.models_kept().items():
        start = f'FROM "{model._meta.db_table}" ORDER BY'
        assert sum(start in query["sql"] for query in queries) == 1, label
