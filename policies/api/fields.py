"""Short names for the fields of serializers, and the parts that many answers share.

The keys of every answer, in order, are described in `serializers.py` and
`record_serializers.py`: for the documentation, the codebook (in both languages, so that
help texts of lists go through gettext) and the columns of the CSV. Answers are made by
`rows.py`; a test holds them against these.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


def text(help_text: str = "") -> serializers.CharField:
    return serializers.CharField(help_text=help_text, allow_blank=True)


def number(help_text: str = "", *, null: bool = False) -> serializers.IntegerField:
    return serializers.IntegerField(help_text=help_text, allow_null=null)


def flag(help_text: str = "") -> serializers.BooleanField:
    return serializers.BooleanField(help_text=help_text)


def day(help_text: str = "", *, null: bool = True) -> serializers.DateField:
    return serializers.DateField(help_text=help_text, allow_null=null)


def choice(choices, help_text: str = "", *, null: bool = False, blank: bool = False):
    return serializers.ChoiceField(
        choices=choices, help_text=help_text, allow_null=null, allow_blank=blank
    )


def texts(help_text: str = "") -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), help_text=help_text)


class ErrorsSerializer(serializers.Serializer):
    errors = serializers.DictField(
        child=serializers.CharField(), help_text="What is wrong, by name of the parameter."
    )


class CitationSerializer(serializers.Serializer):
    document = number(_("Number of the document, as in `documents/`."))
    title = text(_("Title of the document."))
    url = text(_("Where it was published."))
    archived_url = text(_("A public archived copy."))
    sha256 = text(_("SHA-256 of the archived file."))
    page = text(_("Page as printed; without pages, the section."))
    quote = text(_("The words that carry the record."))
    note = text(_("What has to be said about this citation."))
    sheet = text(_("For a spreadsheet: the sheet."))
    row = number(_("For a spreadsheet: the row."), null=True)
    cell = text(_("For a spreadsheet: the cell."))
    sealed = flag(_("A court sealed it: only its hash is left."))
