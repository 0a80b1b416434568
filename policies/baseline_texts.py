"""The baseline's texts and figures: options, powers, published figures, notes.

Created when missing and never overwritten, since staff edit notes and figures, and the words of
options and powers may be those of an older release, which staff built on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Model

from policies.baseline_files import day, read, read_table
from policies.models import DataNote, LocalOption, LocalPower, PublishedFigure
from policies.models.reference import CatalogueRow


def load(documents: Mapping[str, int]) -> int:
    """Load what is missing. `documents`: primary keys by key. Returns how many were new."""
    notes = read("data_notes")["note"]
    known_notes = set(DataNote.objects.values_list("key", flat=True))
    options, powers = _options(documents), _powers(documents)
    _complete(options)
    _complete(powers)
    created = (
        _create_missing(LocalOption, "key", options)
        + _create_missing(LocalPower, "key", powers)
        + _create_missing(DataNote, "key", _notes(notes, documents))
    )
    for entry in notes:
        if entry["key"] not in known_notes:
            note = DataNote.objects.get(key=entry["key"])
            note.states.set([entry["state"]] if entry.get("state") else entry.get("states", []))
            note.counties.set(entry.get("counties", []))
    return created + _load_figures(documents)


def _create_missing(model: type[Model], key: str, rows: Iterable[Model]) -> int:
    known = set(model._default_manager.values_list(key, flat=True))
    new = [row for row in rows if getattr(row, key) not in known]
    model._default_manager.bulk_create(new)
    return len(new)


def _complete(shipped: Sequence[CatalogueRow]) -> None:
    """Give rows that an older release loaded what it did not have: Spanish, where the English is
    still what ships, and the ways to adopt an option."""
    model = type(shipped[0])
    bare = {row.key: row for row in model._default_manager.filter(spanish={})}
    changed = []
    for new in shipped:
        if old := bare.get(new.key):
            same = (name for name in old.words if getattr(old, name) == getattr(new, name))
            old.spanish = {name: new.spanish[name] for name in same if name in new.spanish}
            if isinstance(old, LocalOption):
                old.routes = old.routes or new.routes
            changed.append(old)
    fields = ["spanish", "routes"] if model is LocalOption else ["spanish"]
    model._default_manager.bulk_update(changed, fields)


def _options(documents: Mapping[str, int]) -> list[LocalOption]:
    return [
        LocalOption(
            key=entry["key"],
            place=entry["place"],
            order=entry["order"],
            factor=entry["factor"],
            also_factors=entry.get("also_factors", []),
            title=entry["title"],
            explanation=entry["explanation"],
            model_wording=entry["model_wording"],
            who_can_adopt=entry["who_can_adopt"],
            routes=entry["routes"],
            spanish=entry["spanish"],
            document_id=documents[entry["citation"]["document"]],
            page=entry["citation"]["page"],
        )
        for entry in read("options")["option"]
    ]


def _powers(documents: Mapping[str, int]) -> list[LocalPower]:
    file = read("powers")
    general = [
        LocalPower(
            key=entry["key"],
            place=entry["place"],
            order=order,
            office=entry["office"],
            powers=entry["powers"],
            jurisdiction=entry["jurisdiction"],
            selection=entry["selection"],
            spanish=entry["spanish"],
            document_id=documents[entry["citation"]["document"]],
            page=entry["citation"]["page"],
        )
        for order, entry in enumerate(file["power"], start=1)
    ]
    exceptions = [
        LocalPower(
            key=entry["key"],
            place=entry["place"],
            order=order,
            office="No county government",
            powers=entry["text"],
            spanish=entry["spanish"],
            state_id=entry["state"],
            needs_verification=entry["needs_verification"],
            verification_note=entry["verification_note"],
            document_id=documents[entry["citation"]["document"]],
            page=entry["citation"]["page"],
        )
        for order, entry in enumerate(file["exception"], start=len(general) + 1)
    ]
    return general + exceptions


def _notes(entries: Iterable[Mapping], documents: Mapping[str, int]) -> list[DataNote]:
    return [
        DataNote(
            key=entry["key"],
            kind=entry["kind"],
            title=entry["title"],
            text=entry["text"],
            document_id=documents[entry["document"]] if entry.get("document") else None,
        )
        for entry in entries
    ]


def _load_figures(documents: Mapping[str, int]) -> int:
    known = set(PublishedFigure.objects.values_list("document_id", "table", "code"))
    new = [
        PublishedFigure(
            document_id=documents[row["document"]],
            as_of=day(row["as_of"]),
            as_of_precision=row["as_of_precision"],
            table=row["table"],
            code=row["code_or_score"],
            label=row["label"],
            counties=row["counties"] or None,
            percent_printed=row["percent_printed"] or None,
            note=row["note"],
        )
        for row in read_table("published_figures")
        if (documents[row["document"]], row["table"], row["code_or_score"]) not in known
    ]
    PublishedFigure.objects.bulk_create(new)
    return len(new)
