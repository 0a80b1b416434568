"""Empty workbooks to fill in, one for each kind of file. Their headings are the importer's own."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from counties.models import State
from policies.imports.kinds import ice_287g, ilrc
from policies.imports.tables import Column
from policies.models import RecordedAnswer, SubmissionKind
from policies.rubric import AGREEMENT_FACTORS, FACTORS, Factor

TEXT = "@"  # Excel's format for text: it neither drops zeros nor guesses dates
ROWS_PREPARED = 500
BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
WIDEST = 60


@dataclass(frozen=True, slots=True)
class Explained:
    """One column of a template. `choices`: what may be picked from a list in its cells."""

    heading: str
    meaning: str | Promise
    example: str = ""
    choices: Sequence[str] = ()


# --- Templates ---------------------------------------------------------------------------------

_PLACE = (
    Explained("fips", gettext_lazy("Five digits of the county's code, as text: 06075."), "06075"),
    Explained("state", gettext_lazy("Two letters of the state."), "CA"),
    Explained(
        "county",
        gettext_lazy("Name of the county, beside or instead of its code."),
        "San Francisco County",
    ),
)
_SOURCE = (
    Explained(
        "effective_from",
        gettext_lazy(
            "First day in force: 2019-07-01, or 2019-07, or 2019 if no more is known. Empty: the "
            "day for which the file speaks."
        ),
        "2013-10-08",
    ),
    Explained(
        "effective_until", gettext_lazy("First day no longer in force. Empty: still in force.")
    ),
    Explained(
        "source_title",
        gettext_lazy("Title of the document that says so. Empty: this row is cited."),
        "Ordinance 204-13",
    ),
    Explained(
        "source_url",
        gettext_lazy("Its web address, beginning with https://."),
        "https://example.org/ordinance-204-13",
    ),
    Explained("source_date", gettext_lazy("Its date."), "2013-10-08"),
    Explained("page", gettext_lazy("The page, or the section."), "2"),
    Explained(
        "quote",
        gettext_lazy("The words that carry the answer, exactly as they stand."),
        "shall not detain an individual on the basis of a civil immigration detainer",
    ),
    Explained("notes", gettext_lazy("For staff. Not published.")),
)
#: In the wide form a bare "no" to factors 3 to 7 is read as "none found".
_ANSWERS = ("yes", "no", "none_found")
_ANSWERS_WIDE = ("yes", "none_found", "documented no")


def columns_of(template: str) -> list[Explained]:
    """The columns of a template. `template`: one of TEMPLATES."""
    if template == "policies":
        return [
            *_PLACE,
            Explained("factor", _("Which of the seven policies."), "limits_holds", FACTORS),
            Explained(
                "answer",
                _(
                    "yes: a protective policy is in force. no: documented doing the opposite. "
                    "none_found: someone looked and found none. Empty: nobody looked."
                ),
                "yes",
                RecordedAnswer.values,
            ),
            Explained("qualification", _("Exceptions and loopholes, in words.")),
            *_SOURCE,
        ]
    if template == "policies-wide":
        return [
            *_PLACE,
            *(_answer_column(factor) for factor in FACTORS),
            *_SOURCE,
        ]
    if template == SubmissionKind.ILRC:
        return [_of_the_organisation(column) for column in ilrc.COLUMNS]
    if template == SubmissionKind.ICE_287G:
        return [
            Explained("STATE", _("The state."), "ALABAMA"),
            Explained(
                "LAW ENFORCEMENT AGENCY", _("As ICE lists it."), "Etowah County Sheriff's Office"
            ),
            Explained(
                "TYPE", _("As ICE lists it; what the agency is, is told by its name."), "County"
            ),
            Explained("COUNTY", _("The county, if the list has it."), "Etowah County"),
            Explained("SUPPORT TYPE", _("The model."), "Jail Enforcement Model", ice_287g.MODELS),
            Explained("SIGNED", _("The day on which it was signed."), "2020-06-09"),
            Explained("MOA", _("The address of the agreement, or “link pending”."), "link pending"),
            Explained("ADDENDUM", _("The address of an addendum.")),
        ]
    return [
        Explained("DETLOC", _("ICE's code of the facility."), "ETOWAAL"),
        Explained("Name", _("As ICE lists it."), "ETOWAH COUNTY JAIL"),
        Explained("City", _("Its town."), "GADSDEN"),
        Explained("County", _("Its county."), "ETOWAH"),
        Explained("State", _("Two letters of the state."), "AL"),
        Explained("Zip", _("Its ZIP code, as text."), "35901"),
        Explained(
            "Type", _("IGSA, DIGSA and USMS IGA are contracts with a local government."), "USMS IGA"
        ),
        Explained("Type Detailed", _("As ICE lists it."), "USMS IGA"),
        Explained("FY17 ADP", _("Average daily population of fiscal year 2017."), "301.1"),
        Explained("Facility Operator", _("Who runs it."), "COUNTY (SHERIFF)"),
        Explained("Facility Owner", _("Who owns it."), "COUNTY"),
    ]


def _answer_column(factor: Factor) -> Explained:
    if factor in AGREEMENT_FACTORS:
        meaning = _("yes, no or none_found; empty if nobody looked.")
        return Explained(factor.value, meaning, "yes", _ANSWERS)
    meaning = _(
        "yes, none_found, or documented no: documented doing the opposite. Empty if nobody looked."
    )
    return Explained(factor.value, meaning, "yes", _ANSWERS_WIDE)


def _of_the_organisation(column: Column) -> Explained:
    heading = column.synonyms[0]
    if column.name in {factor.value for factor in FACTORS}:
        meaning = _(
            "1: a protective policy. 0: none (for the first two: it does the opposite). "
            "Empty: not known."
        )
        return Explained(heading, meaning, "1", ("1", "0"))
    examples = {"fips": "6075", "state": "CA", "county": "San Francisco", "stated_total": "7"}
    if column.big:
        return Explained(heading, _("Not read: it may be left out."))
    return Explained(heading, _("As in the sheet so far."), examples.get(column.name, ""))


#: Name of a template -> what it is called.
TEMPLATES: Mapping[str, str | Promise] = {
    "policies": gettext_lazy("policies, one answer a row"),
    "policies-wide": gettext_lazy("policies, one county a row"),
    SubmissionKind.ILRC: SubmissionKind.ILRC.label,
    SubmissionKind.ICE_287G: SubmissionKind.ICE_287G.label,
    SubmissionKind.ICE_DETENTION: SubmissionKind.ICE_DETENTION.label,
}


def template(name: str) -> bytes:
    """An empty workbook (XLSX): a sheet to fill in, and one that explains it by an example."""
    columns = columns_of(name)
    book = Workbook()
    sheet = book.active
    sheet.title = _("Fill in")[:31]
    sheet.append([column.heading for column in columns])
    sheet.freeze_panes = "A2"
    states = list(State.objects.order_by("pk").values_list("pk", flat=True))
    lists = book.create_sheet("Lists")
    lists.sheet_state = "hidden"
    for position, column in enumerate(columns, start=1):
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = min(WIDEST, max(14, len(column.heading) + 4))
        sheet[f"{letter}1"].font = BOLD
        for row in range(2, ROWS_PREPARED + 2):
            sheet[f"{letter}{row}"].number_format = TEXT
        is_state = column.heading in ("state", "State") and name != SubmissionKind.ICE_287G
        if choices := (states if is_state else [str(choice) for choice in column.choices]):
            _offer(sheet, lists, letter, position, choices)
    _explain(book.create_sheet(_("What each column means")[:31]), columns)
    return _saved(book)


def _offer(sheet, lists, letter: str, position: int, choices: Sequence[str]) -> None:
    """A list to pick from in every prepared cell of the column."""
    source = get_column_letter(position)
    for row, choice in enumerate(choices, start=1):
        lists[f"{source}{row}"] = choice
    picked = DataValidation(
        type="list",
        formula1=f"Lists!${source}$1:${source}${len(choices)}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=_("Not in the list"),
        error=_("Pick one from the list, or leave the cell empty."),
    )
    picked.add(f"{letter}2:{letter}{ROWS_PREPARED + 1}")
    sheet.add_data_validation(picked)


def _explain(sheet, columns: Iterable[Explained]) -> None:
    sheet.append([_("Column"), _("What it means"), _("Example row")])
    for cell in sheet[1]:
        cell.font = BOLD
    for column in columns:
        sheet.append([column.heading, str(column.meaning), column.example])
    for letter, width in (("A", 28), ("B", WIDEST), ("C", 40)):
        sheet.column_dimensions[letter].width = width
        for cell in sheet[letter]:
            cell.alignment = WRAPPED
            cell.number_format = TEXT


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
