"""Fields that staff fill in by hand where many answers are written: days, pages, words."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.imports import days
from policies.imports.cell_errors import CellError
from policies.models import Citation, Precision

LONGEST = 10_000


class DayField(forms.CharField):
    """A day, month or year as people write it. Cleaned: (date, precision), or None."""

    def __init__(self, **kwargs):
        attrs = {"size": 10, "placeholder": "YYYY-MM-DD", "autocomplete": "off"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value):
        return value if isinstance(value, str) or value is None else written(*value)

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            return days.from_text(text)
        except CellError as error:
            said = _(
                "“%(text)s” is no date that can be read in one way only. Write YYYY-MM-DD, or "
                "YYYY-MM or YYYY if no more is known."
            ) % {"text": text[:60]}
            if error.suggestions:
                said += " " + _("Did you mean %s?") % " / ".join(error.suggestions)
            raise ValidationError(said, "not_a_date") from None


def written(day: date | None, precision: str = Precision.DAY) -> str:
    """As it is typed into a DayField."""
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(precision), 10)
    return day.isoformat()[:length] if day else ""


def words_field(rows: int, **kwargs) -> forms.CharField:
    return forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": rows}), max_length=LONGEST, **kwargs
    )


def quote_field(rows: int) -> forms.CharField:
    return forms.CharField(
        required=False,
        label=gettext_lazy("Quoted words"),
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=Citation._meta.get_field("quote").validators,
    )


def page_field() -> forms.CharField:
    widget = forms.TextInput(attrs={"size": 6})
    return forms.CharField(
        required=False, max_length=120, label=gettext_lazy("Page"), widget=widget
    )
