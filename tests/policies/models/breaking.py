"""The register of illegal rows, and those that every published record could be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime

from tests.factories import (
    AgreementFactory,
    IceListFactory,
    LocalPolicyFactory,
    ProvisionFactory,
    UserFactory,
    WinFactory,
)

THEN, LATER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC)

#: Constraint name -> functions that each insert one row the constraint forbids.
CASES: dict[str, list[Callable[[], object]]] = defaultdict(list)


def breaks(constraint: str):
    def register(case):
        CASES[constraint].append(case)
        return case

    return register


def insert_like(row, **changes):
    """Insert a copy of a row with changes, past every check but the database's."""
    copy = type(row).objects.get(pk=row.pk)
    copy.pk = None
    copy._state.adding = True
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)


def as_published(draft, **changes):
    values = {
        "status": "published",
        "published_at": THEN,
        "published_by": UserFactory(),
        "main_citation": draft.citations.get(),
    }
    insert_like(draft, **values | changes)


# --- What every published record has in common -------------------------------------------------

RECORDS = {
    "localpolicy": LocalPolicyFactory,
    "stateprovision": ProvisionFactory,
    "agreement": AgreementFactory,
    "icelist": IceListFactory,
    "policywin": WinFactory,
}
DATED = ("localpolicy", "agreement")


def register_record(name, factory):
    def published_with(constraint, **changes):
        CASES[f"{name}_{constraint}"].append(lambda: as_published(factory(), **changes))

    def draft_with(constraint, **changes):
        CASES[f"{name}_{constraint}"].append(lambda: insert_like(factory(), **changes))

    for missing in ("published_at", "published_by", "main_citation"):
        published_with("published_by_someone_and_cited", **{missing: None})
    for status in ("superseded", "withdrawn"):
        closed = {"status": status, "closed_at": LATER}
        published_with("published_by_someone_and_cited", **closed, main_citation=None)
        published_with("closed_when_over", status=status)
        backwards = {"status": status, "published_at": LATER, "closed_at": THEN}
        published_with("closed_after_published", **backwards)
    for status in ("draft", "in_review"):
        draft_with("unpublished_has_no_publisher", status=status, published_at=THEN)
    CASES[f"{name}_unpublished_has_no_publisher"].append(
        lambda: insert_like(factory(), published_by=UserFactory())
    )
    published_with("closed_when_over", closed_at=LATER)


def register_dated(name, factory):
    def draft_with(constraint, **changes):
        CASES[f"{name}_{constraint}"].append(lambda: insert_like(factory(), **changes))

    start = date(2018, 3, 1)
    ended = {"ended_as": "expired"} if name == "agreement" else {}
    for end in (date(2018, 2, 28), start):
        draft_with("ends_after_it_starts", effective_from=start, effective_until=end, **ended)
    for year in (date(1899, 12, 31), date(2100, 1, 1), date(5025, 7, 7)):
        draft_with("plausible_years", effective_from=year)
    draft_with("plausible_years", effective_until=date(2100, 1, 1), **ended)
    first_days = "month_or_year_from_its_first_day"
    draft_with(first_days, effective_from=date(2018, 3, 2), effective_from_precision="month")
    draft_with(first_days, effective_from=date(2018, 2, 1), effective_from_precision="year")
    late = {"effective_until": date(2019, 3, 2), "effective_until_precision": "month"}
    draft_with(first_days, effective_from=start, **late, **ended)


for _name, _factory in RECORDS.items():
    register_record(_name, _factory)
for _name in DATED:
    register_dated(_name, RECORDS[_name])
