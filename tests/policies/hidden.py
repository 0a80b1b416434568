"""A record full of what the public must not see, every word of it marked.

Each word of staff has SECRET in it. What was once published has FORMER: visible where history is
shown, and nowhere else. Published words have SHOWN, which proves that a page reads them at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.core.files.base import ContentFile
from django.db import models

from counties.models import County
from policies import actions
from policies.documents import archive
from policies.models import (
    AccountEvent,
    ChangeKind,
    DataNote,
    DocumentPage,
    IceEngagement,
    LocalOption,
    LocalPower,
    PublishedFigure,
    SiteText,
    SourceDocument,
    StateProvision,
    WinFactor,
)
from tests.factories import (
    PUBLISHED_AT,
    AgreementFactory,
    CitationFactory,
    ClaimFactory,
    CountyFactory,
    ExceptionFactory,
    IceListFactory,
    ImportChoiceFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    SubmissionFactory,
    UserFactory,
    WinFactory,
    noon,
    withdraw,
)
from tests.factories_coding import CodedAnswerFactory, CodingTaskFactory
from tests.factories_queue import ErrorReportFactory, QualityItemFactory, RecordsRequestFactory
from tests.factories_review import (
    ChangeItemFactory,
    ChangeSetFactory,
    ReviewLinkFactory,
    ReviewNoteFactory,
)
from tests.policies.documents.files import archived, pdf

SECRET, FORMER, SHOWN = "quetzal", "thylacine", "sparrow"
#: Stands beside SECRET in everything hidden: a search for it must find nothing.
WORD = "xylophone"
FIPS = "06001"
#: When what is FORMER was known: from January until June 2020.
THEN, BEFORE, SINCE = "2020-03-01", "2019-12-01", "2021-06-01"

#: Text fields that hold codes, or what only another status may have.
NOT_WORDS = {
    *("key", "sha256", "origin", "language", "list_key", "check_name", "about_model", "about_pk"),
    *("cell", "page", "sheet", "text_state", "sealed_reason", "override_reason"),
}

#: Models that hold nothing of which a part is for staff alone: places, and what is computed from
#: published records or says who did what; and models whose rows are made here with their record.
WITHOUT_SECRETS = {
    *("State", "County", "CountyAlias", "FipsChange", "ScorePeriod", "ChangeEvent"),
    *("LocalOption", "LocalPower", "PublishedFigure", "DataNote", "ImportChoice"),
}


@dataclass
class Held:
    """What the addresses of the public pages are made with."""

    county: County
    shown: SourceDocument
    private: SourceDocument
    sealed: SourceDocument
    hidden_citations: list[int] = field(default_factory=list)
    hidden_rows: list[models.Model] = field(default_factory=list)


def mark(row: models.Model, word: str = SECRET) -> models.Model:
    """Write `word` into every text of a row that people fill in."""
    values = {}
    for f in row._meta.concrete_fields:
        about = f"{word} {WORD if word == SECRET else ''} {row._meta.model_name} {f.name}"
        if isinstance(f, models.URLField):
            values[f.name] = f"https://example.org/{word}/{f.name}"
        elif isinstance(f, models.EmailField):
            values[f.name] = f"{word}@example.org"
        elif isinstance(f, models.JSONField) and f.name in ("report", "values", "undo_report"):
            values[f.name] = {"title": about}
        elif isinstance(f, models.CharField | models.TextField) and _is_written(f):
            values[f.name] = about[: f.max_length]
    type(row).objects.filter(pk=row.pk).update(**values)
    row.refresh_from_db()
    return row


def _is_written(f) -> bool:
    return not (
        f.choices
        or f.primary_key
        or isinstance(f, models.SlugField | models.FileField)
        or f.name in NOT_WORDS
        or (f.max_length or 99) < 20
    )


def records(county: County, day: date, **values) -> list[models.Model]:
    """One draft of each kind of record, with its parts and citations."""
    state = county.state
    policy = LocalPolicyFactory(county=county, effective_from=day, **values)
    agreement = AgreementFactory(counties=[county], state=state, effective_from=day)
    win = WinFactory(counties=[county], state=state)
    ice_list = IceListFactory(list_date=day, listed_counties=[county])
    provision = ProvisionFactory(state=state)
    claim = ClaimFactory(provision=provision, factor="no_status_inquiry", effective_from=day)
    exception = ExceptionFactory(provision=provision, county=county, effective_from=day)
    CitationFactory(exception=exception)
    factor = WinFactor.objects.create(win=win, factor="limits_holds")
    return [policy, agreement, win, ice_list, provision, claim, exception, factor]


def decided(rows) -> list[models.Model]:
    return [row for row in rows if hasattr(row, "status")]


def citations_of(rows) -> list[models.Model]:
    return [c for row in rows if hasattr(row, "citations") for c in row.citations.all()]


def _publish(rows, word: str) -> None:
    for row in (*rows, *citations_of(rows)):
        mark(row, word)
    for row in decided(rows):
        actions.publish(record=row, by=UserFactory(), at=PUBLISHED_AT)


def fill() -> Held:
    """Everything, in the database. Returns what a test needs to ask for it."""
    county = CountyFactory(fips=FIPS, short_name="Alameda")
    held = Held(county, _document("shown", SHOWN), _document("private", SECRET), _sealed(county))
    _published(held)
    _formerly(county)
    _unpublished(held)
    _private_document(held)
    _of_staff(held)
    return held


def _document(name: str, word: str, **values) -> SourceDocument:
    """A document with a file, on whose page the word stands."""
    made = archived(pdf(f"{word} {WORD if word == SECRET else ''} {name}"), **values)
    assert DocumentPage.objects.filter(document=made, text__contains=word).exists()
    return mark(made, word)


def _published(held: Held) -> None:
    rows = records(held.county, date(2018, 1, 1))
    _publish(rows, SHOWN)
    draft = actions.draft_successor(record=rows[0], kind=ChangeKind.POLICY_CHANGE, by=UserFactory())
    draft.effective_from, draft.answer = date(2018, 6, 1), "no"
    draft.save()
    held.hidden_rows.append(mark(draft))
    held.hidden_citations += [mark(row).pk for row in draft.citations.all()]
    # Of a published answer, staff's notes are still theirs alone.
    notes = {"notes": SECRET, "verification_note": SECRET}
    type(rows[0]).objects.filter(pk=rows[0].pk).update(**notes)
    CitationFactory(local_policy=draft, document=held.shown, quote=f"{SECRET} {WORD}")


def _formerly(county: County) -> None:
    """Superseded by a correction that says nothing of it; and withdrawn."""
    wrong = records(county, date(2017, 1, 1), factor="limits_notifications")
    _publish(wrong, FORMER)
    for row in decided(wrong):
        draft = actions.draft_successor(record=row, kind=ChangeKind.CORRECTION, by=UserFactory())
        for part in (draft, *_parts(draft)):
            _put_right(part)
        actions.publish(record=draft, by=UserFactory(), at=noon("2020-06-01"))
    gone = records(county, date(2016, 1, 1), factor="limits_interrogations")
    _publish(gone, FORMER)
    for row in decided(gone):
        withdraw(row, reason="It never existed.")


def _parts(record: models.Model) -> list[models.Model]:
    """Claims and exceptions of a provision, and the citations of all."""
    parts = [record]
    if isinstance(record, StateProvision):
        parts += [*record.claims.all(), *record.exceptions.all()]
    return [*parts[1:], *citations_of(parts)]


def _put_right(row: models.Model) -> None:
    texts = [f.name for f in row._meta.concrete_fields if FORMER in str(f.value_from_object(row))]
    type(row).objects.filter(pk=row.pk).update(**dict.fromkeys(texts, "put right"))
    row.refresh_from_db()


def _unpublished(held: Held) -> None:
    for status in ("draft", "in_review"):
        rows = records(held.county, date(2019, 1, 1))
        for row in (*rows, *citations_of(rows)):
            mark(row)
        for row in decided(rows):
            type(row).objects.filter(pk=row.pk).update(status=status)
            row.refresh_from_db()
        held.hidden_citations += [row.pk for row in citations_of(rows)]
        held.hidden_rows += rows


def _private_document(held: Held) -> None:
    """Cited by what is published, and by every text beside the record; made private afterwards."""
    private, state = held.private, held.county.state
    rows = records(held.county, date(2015, 1, 1), factor="no_general_assistance")
    for row in citations_of(rows):
        type(row).objects.filter(pk=row.pk).update(document=private)
        held.hidden_citations.append(mark(row).pk)
    rows[3].document = private
    rows[3].kind = "detention"
    rows[3].save()
    for row in decided(rows):
        actions.publish(record=row, by=UserFactory(), at=PUBLISHED_AT)
    words = {"document": private}
    LocalOption.objects.create(
        key="o", place="county_jail", order=1, title="t", explanation=SHOWN, factor="limits_holds",
        **words,
    )  # fmt: skip
    LocalOption.objects.create(key="unwritten", place="city", order=1, explanation=SECRET, **words)
    LocalPower.objects.create(
        key="p", place="county", order=1, office="o", powers=SHOWN, state=state, **words
    )
    PublishedFigure.objects.create(
        as_of=date(2019, 9, 1),
        table="factor",
        code="limits_holds",
        label=SHOWN,
        counties=1,
        **words,
    )
    note = DataNote.objects.create(key="n", kind="context", title="t", text=SHOWN, **words)
    note.states.set([state])
    SourceDocument.objects.filter(pk=private.pk).update(is_public=False)
    private.refresh_from_db()
    held.hidden_rows.append(private)


def _sealed(county: County) -> SourceDocument:
    """A document that a court ordered sealed: its answer stays, its words are gone."""
    document = _document("sealed", SECRET)
    SourceDocument.objects.filter(pk=document.pk).update(title="Settlement", publisher="Court")
    policy = LocalPolicyFactory(county=county, factor="no_287g")
    policy.citations.all().delete()
    mark(CitationFactory(local_policy=policy, document=document))
    actions.publish(record=policy, by=UserFactory(), at=PUBLISHED_AT)
    archive.seal(
        document=document, by=UserFactory(), at=datetime(2020, 2, 1, tzinfo=UTC), reason="Order"
    )
    document.refresh_from_db()
    return document


def _of_staff(held: Held) -> None:
    """Reviews, received files, queues, and accounts."""
    person = mark(UserFactory(username="author"))
    type(person).objects.filter(pk=person.pk).update(username="author", password="!")
    county, state = held.county, held.county.state
    handled = {"handled_by": person, "handled_at": datetime(2020, 1, 2, tzinfo=UTC)}
    made = ChangeSetFactory(created_by=person)
    about = ChangeItemFactory(change_set=made, local_policy=held.hidden_rows[0])
    sent = SubmissionFactory(received_from=person, lines=SECRET.encode(), acts=SECRET.encode())
    sent.file.save("sheet.csv", ContentFile(SECRET.encode()))
    rows = [
        made,
        ReviewNoteFactory(change_set=made, author=person),
        ReviewNoteFactory(change_set=made, item=about, author=person),
        sent,
        ImportChoiceFactory(chosen_by=person),
        ErrorReportFactory(county=county, status="mended", **handled),
        QualityItemFactory(county=county, state=state, owner=person),
        RecordsRequestFactory(county=county, state=state, sent_by=person),
        IceEngagement.objects.create(submission=sent, row=2, county=county),
        ReviewLinkFactory(change_set=made, created_by=person),
        task := CodingTaskFactory(county=county, asked_by=person),
        CodedAnswerFactory(task=task),
        SiteText.objects.create(key="about", created_at=PUBLISHED_AT, created_by=person),
        AccountEvent.objects.create(at=datetime(2020, 1, 1, tzinfo=UTC), kind="signed_in"),
    ]
    held.hidden_rows += [about, person, *(mark(row) for row in rows)]
