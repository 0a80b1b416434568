"""Small files as partners send them, and the road they take."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from policies import import_plans, submissions
from policies.import_plans import Plan, Received
from policies.models import Submission
from tests.factories import PUBLISHED_AT, UserFactory

AS_OF = date(2019, 9, 1)
TODAY = date(2020, 1, 1)


def csv_bytes(rows: Sequence[Mapping[str, object]]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def answer(fips="06001", factor="limits_holds", value="yes", **more) -> dict[str, object]:
    """A row in the long form."""
    return {"fips": fips, "factor": factor, "answer": value, **more}


def received(*rows, kind="policies", as_of=AS_OF, data: bytes | None = None) -> Received:
    return Received(data or csv_bytes(rows), "sheet.csv", kind, as_of)


def plan(*rows, **more) -> Plan:
    return import_plans.make(received(*rows, **more), TODAY)


def sent(*rows, by=None, **more) -> Submission:
    return submissions.receive(
        received=received(*rows, **more),
        source_title="A partner's sheet",
        by=by or UserFactory(),
        at=PUBLISHED_AT,
    )


def applied(*rows, at=PUBLISHED_AT, by=None, skip_bad_rows=False, **more) -> Submission:
    submission = sent(*rows, by=by, **more)
    submissions.apply(
        submission=submission,
        by=by or UserFactory(),
        at=at,
        today=TODAY,
        skip_bad_rows=skip_bad_rows,
    )
    return submission
