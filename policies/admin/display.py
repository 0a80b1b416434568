"""How the admin writes squares, scores, dates and links. Classes only: no inline style."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.assessments import Assessment
from policies.models import Citation, FactorChoices, Precision
from policies.resolution import Rule
from policies.rubric import FACTORS, Answer, Factor, Score, Status

ANSWER_WORDS = {
    Answer.YES: gettext_lazy("yes"),
    Answer.NO: gettext_lazy("no"),
    Answer.NONE_FOUND: gettext_lazy("none found"),
    Answer.UNKNOWN: gettext_lazy("unknown"),
}
RULE_WORDS = {
    Rule.AGREEMENT: gettext_lazy("agreement with ICE"),
    Rule.STATE_PROVISION: gettext_lazy("state law"),
    Rule.COUNTY_RECORD: gettext_lazy("the county’s own record"),
    Rule.STATE_RECORD: gettext_lazy("the state’s record (unified jail)"),
    Rule.ABSENT_FROM_LIST: gettext_lazy("not on ICE’s list"),
    Rule.NONE: gettext_lazy("no record"),
}
NOTHING = "–"


def factor_name(factor: Factor) -> str:
    return str(FactorChoices(factor.value).label)


def score_words(assessment: Assessment | None) -> str:
    """7; or "at least 3" of a partial county; or "unknown", which is never a zero."""
    return words_of(assessment.score) if assessment else _("unknown")


def words_of(score: Score) -> str:
    if score.status == Status.UNKNOWN:
        return _("unknown")
    if score.status == Status.COMPLETE:
        return str(score.value)
    return _("at least %(points)d") % {"points": score.at_least}


def squares(assessment: Assessment | None) -> SafeString:
    """The system's mark: seven squares in fixed order, with the score in words."""
    answers = assessment.answers if assessment else (Answer.UNKNOWN,) * len(FACTORS)
    return squares_of(answers, score_words(assessment))


def squares_of(answers: Sequence[Answer], words: str) -> SafeString:
    cells = format_html_join(
        "",
        '<i class="sq sq-{}" title="{}: {}"></i>',
        (
            (answer.value, factor_name(factor), ANSWER_WORDS[answer])
            for factor, answer in zip(FACTORS, answers, strict=True)
        ),
    )
    return format_html(
        '<span class="squares"><span class="squares-row" aria-hidden="true">{}</span> '
        '<b class="squares-score">{}</b></span>',
        cells,
        words,
    )


def written_date(day: date | None, precision: str = Precision.DAY) -> str:
    """A date as exactly as it is known, and no more."""
    if day is None:
        return NOTHING
    if precision == Precision.YEAR:
        return str(day.year)
    if precision == Precision.MONTH:
        return formats.date_format(day, "YEAR_MONTH_FORMAT")
    return day.isoformat()


def period(record: Model) -> str:
    """From when until before when a dated record is in force."""
    start = written_date(record.effective_from, record.effective_from_precision)
    if getattr(record, "in_force_by", False):
        start = _("by %(day)s") % {"day": start}
    if record.effective_until is None:
        return _("%(start)s, in force") % {"start": start}
    end = written_date(
        record.effective_until, getattr(record, "effective_until_precision", Precision.DAY)
    )
    return _("%(start)s until %(end)s") % {"start": start, "end": end}


def _address(model: type[Model] | Model, view: str, *args, **query) -> str:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)
    return f"{address}?{urlencode(query)}" if query else address


def change_url(record: Model) -> str:
    return _address(record, "change", record.pk)


def list_url(model: type[Model], **query) -> str:
    return _address(model, "changelist", **query)


def add_url(model: type[Model], **query) -> str:
    return _address(model, "add", **query)


def link(record: Model | None, text: str = "") -> str:
    """A link to the record's page in the admin."""
    if record is None:
        return NOTHING
    return format_html('<a href="{}">{}</a>', change_url(record), text or str(record))


def person(name: str, label):
    """A method of an admin: the account in the field `name`, by its name alone. Most readers may
    not see accounts, so that Django's own link would lead them to a refusal."""

    @admin.display(description=label)
    def shown(self, record: Model) -> str:
        return str(getattr(record, name) or NOTHING)

    return shown


def public_url(record: Model) -> str | None:
    """The address of the public page about it, if it has one."""
    if not hasattr(record, "get_absolute_url"):
        return None
    try:
        return record.get_absolute_url()
    except NoReverseMatch:
        return None


def reader_url(citation: Citation) -> str:
    """Where the document opens at the citation's page, its words marked."""
    query = urlencode({"cite": citation.pk})
    return f"{reverse('document', args=[citation.document_id])}?{query}#page"


def flag(text: str) -> SafeString:
    """Red: something that needs a person."""
    return format_html('<span class="needs-person">{}</span>', text)


def workbook(content: bytes, filename: str) -> HttpResponse:
    """An XLSX file to be saved, never shown."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response
