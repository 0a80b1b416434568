"""Short names for the fields of serializers, and the parts that many answers share.

The keys of every answer, in order, are described in `serializers.py` and
`record_serializers.py`: for the documentation and for the columns of the CSV. Answers are made by
`rows.py`; a test holds them against these.
"""

from __future__ import annotations

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
    document = number("Number of the document, as in `documents/`.")
    title = text()
    url = text("Where it was published.")
    archived_url = text("A public archived copy.")
    sha256 = text("Of the archived file.")
    page = text()
    quote = text("The words that carry the record.")
    note = text()
    sheet = text("For a spreadsheet.")
    row = number(null=True)
    cell = text()
    sealed = flag("A court sealed it: only its hash is left.")
