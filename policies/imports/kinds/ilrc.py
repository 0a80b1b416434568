"""Kind `ilrc`: the organisation's own sheet, 28 columns, one row a county. Pure.

The seven factors are 1, 0 or blank, and make the answers. The title and link of a policy go with
the `yes` answers to factors 3 to 7. What the sheet repeats of ICE's notes (dates of engagement,
acceptance of detainers, comments) is kept as evidence that decides nothing; so nothing wrong with
these columns stops a row. Totals are compared with the factors, which count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from counties.state_codes import STATES
from policies.imports import cells
from policies.imports.cell_errors import CellError
from policies.imports.context import Context
from policies.imports.factor_names import FACTOR_NAMES
from policies.imports.facts import Engagement, Place, PolicyFact, Reading, Source
from policies.imports.kinds.row_reader import TITLE_LIMIT, RowReader
from policies.imports.kinds.sources import address_behind, cut
from policies.imports.tables import Column, Row, Severity, Skip, Table, shown
from policies.rubric import AGREEMENT_FACTORS, FACTORS, MAX_SCORE, Answer, Factor

COLUMNS: tuple[Column, ...] = (
    Column("county", ("County",), required=True),
    Column("field_office", ("Field Office",)),
    Column("state", ("State",), required=True),
    Column("jurisdiction", ("Jurisdiction",)),
    Column("priority", ("Priority",)),
    Column(
        "stopped_accepting",
        ("Month and Year Jurisdiction Began Not Accepting Detainers",),
    ),
    Column(
        "first_engaged_on",
        ("Date of First Engagement between ERO and Local Government",),
    ),
    Column(
        "last_engaged_on",
        ("Date of Last Engagement between ERO and Local Government",),
    ),
    Column("met_by", ("Who Met with the Local Government?",)),
    Column("acceptance", ("Current Detainer/Notification Acceptance Status",)),
    Column("ice_comments", ("ICE Comments",)),
    Column("follow_up", ("Follow Up Meeting Scheduled",)),
    Column("next_meeting", ("Next Meeting Date",)),
    Column("hq_priority", ("HQ Priority Jurisdictions (187)", "HQ Priority Jurisdictions")),
    Column("analysis", ("ILRC Analysis",)),
    *(Column(factor.value, FACTOR_NAMES[factor], required=True) for factor in FACTORS),
    Column("stated_total", ("ILRC Total", "Total")),
    Column("path", ("Path", "Geometry", "Polygon"), big=True),
    Column("comments", ("ILRC Comments",)),
    Column("title", ("Title of Policy", "Policy Title")),
    Column("link", ("LINK", "URL")),
    Column("fips", ("GEOID - FIPS", "GEOID", "FIPS code", "county FIPS"), required=True),
)

NO_ANSWERS = Skip("no_answer", "No answer to any factor, and nothing else.")

#: Field of models.IceEngagement -> how many characters it holds; None is any number.
EVIDENCE_LIMITS: Mapping[str, int | None] = {
    "field_office": 20,
    "jurisdiction": 300,
    "priority": 300,
    "stopped_accepting": 60,
    "met_by": 200,
    "acceptance": None,
    "ice_comments": None,
    "follow_up": 100,
    "next_meeting": 60,
    "hq_priority": 20,
    "analysis": None,
    "comments": None,
    "stated_total": 20,
}
EVIDENCE_DATES = ("first_engaged_on", "last_engaged_on")


def read(table: Table, context: Context) -> Reading:
    """The answers and ICE's notes of each row, and what is wrong with the sheet."""
    reader = RowReader(table, context)
    facts: list[PolicyFact] = []
    engagements: list[Engagement] = []
    count = 0
    for row in table.rows:
        if reader.is_blank(row):
            continue
        count += 1
        place = reader.place(row)
        if row.number in reader.skipped:
            continue
        answers = _answers(reader, row)
        values = _evidence(reader, row)
        policy = _policy(reader, row, answers)
        _check_total(reader, row, answers, values)
        if place is None or reader.is_bad(row):
            continue
        facts += _facts(reader, row, place, answers, policy)
        if values:
            engagements.append(Engagement(table.sheet, row.number, place, values))
        elif not answers:
            reader.skipped[row.number] = NO_ANSWERS
    _say_missing_states(reader)
    return reader.reading(count, facts, engagements)


def _answers(reader: RowReader, row: Row) -> dict[Factor, Answer]:
    found = {}
    for factor in FACTORS:
        if answer := reader.answer(row, factor.value, factor, literal=False):
            found[factor] = answer
    return found


def _facts(
    reader: RowReader,
    row: Row,
    place: Place,
    answers: Mapping[Factor, Answer],
    policy: tuple[str, Source] | None,
) -> list[PolicyFact]:
    table = reader.table
    found = []
    for factor, answer in answers.items():
        title, source = policy if policy and _is_policy(factor, answer) else ("", None)
        found.append(
            PolicyFact(
                table.sheet,
                row.number,
                f"{table.letters.get(factor.value, '')}{row.number}",
                place,
                factor,
                answer,
                title=title,
                source=source,
            )
        )
    return found


def _is_policy(factor: Factor, answer: Answer) -> bool:
    """Whether an answer is a policy that has a text; that there is no agreement needs none."""
    return answer == Answer.YES and factor not in AGREEMENT_FACTORS


def _policy(
    reader: RowReader, row: Row, answers: Mapping[Factor, Answer]
) -> tuple[str, Source] | None:
    """The title of the row's policy, and its document with the link, or the one behind a cell."""
    title = _short(reader, row, "title", TITLE_LIMIT)
    written = _short(reader, row, "link", None)
    url, words = "", ""
    for address in (written, address_behind(row, "link", "title")):
        try:
            url = url or cells.url(address)
        except CellError:
            words = words or address
    if words and not url:
        message = f"“{shown(words)}” is not the address of a page. It was kept as words only."
        reader.warn(row, "link", "not_a_url", message)
    if not (title or words or url):
        return None
    if not any(_is_policy(*answer) for answer in answers.items()):
        message = (
            "The row names a policy, but none of factors 3 to 7 is 1, so the document stays "
            "without an answer. Correct the factors if it is a protective policy."
        )
        reader.warn(row, "title" if title else "link", "policy_unused", message)
        return None
    return title, Source(title or cut(words or url, TITLE_LIMIT), url)


def _evidence(reader: RowReader, row: Row) -> dict[str, str]:
    """ICE's notes, for models.IceEngagement: text, and dates in ISO form."""
    values = {}
    for name, limit in EVIDENCE_LIMITS.items():
        if found := _short(reader, row, name, limit):
            values[name] = found
    for name in EVIDENCE_DATES:
        if found := _date(reader, row, name):
            values[name] = found
    return values


def _short(reader: RowReader, row: Row, name: str, limit: int | None) -> str:
    """Text that stops no row: an error cell is left out, too long a text cut, with a warning."""
    value = row.values.get(name)
    if value is None:
        return ""
    try:
        found = cells.text(value)
    except CellError as error:
        reader.warn(row, name, error.code, f"{error.message} It was left out.")
        return ""
    if limit is not None and len(found) > limit:
        message = f"The text has {len(found):,} characters and was cut to {limit:,}. Shorten it."
        reader.warn(row, name, "too_long", message)
    return found if limit is None else cut(found, limit)


def _date(reader: RowReader, row: Row, name: str) -> str:
    """A day in ISO form; what is no day is left out with a warning."""
    value = row.values.get(name)
    if value is None:
        return ""
    suggestions: Sequence[str] = ()
    try:
        found = cells.day(value, latest=reader.context.today)
        if found is None:
            return ""
        day, precision = found
        if precision == "day":
            return day.isoformat()
        code, message = "imprecise_date", f"Only the {precision} is given; a day is needed."
    except CellError as error:
        code, message, suggestions = error.code, error.message, error.suggestions
    message = f"{message} The date was left out; the rest of the row counts."
    reader.note(Severity.WARNING, code, message, row, name, suggestions)
    return ""


def _check_total(
    reader: RowReader, row: Row, answers: Mapping[Factor, Answer], values: Mapping[str, str]
) -> None:
    """Warn of a total that is not the sum of the row's factors."""
    try:
        total = cells.number(values.get("stated_total"))
    except CellError as error:
        reader.warn(row, "stated_total", error.code, f"{error.message} The factors count.")
        return
    points = sum(answer == Answer.YES for answer in answers.values())
    if total is None or total == points or reader.is_bad(row):
        return
    blank = len(FACTORS) - len(answers)
    known = f" (blank: {blank})" if blank else ""
    most = f"; at most {MAX_SCORE} is possible" if total > MAX_SCORE else ""
    message = (
        f"The total is {values['stated_total']}{most}. The seven factors{known} add up to "
        f"{points}, and they count. Correct whichever is wrong."
    )
    reader.warn(row, "stated_total", "total_contradicts", message)


def _say_missing_states(reader: RowReader) -> None:
    for usps, name in STATES.values():
        if usps in reader.context.gazetteer.names and usps not in reader.states:
            message = f"The sheet has no row for {name}. What is on record for it stays as it is."
            reader.findings.append(
                reader.table.finding(
                    Severity.WARNING, "state_missing", message, name="state", value=usps
                )
            )
