"""What is asked before something is done to a change-set."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from policies.admin.forms import FIRST_YEAR, LAST_YEAR
from policies.models import ChangeSet

#: Far more than anybody writes, and little enough to keep.
LONGEST = 10_000


def words(label, *, required: bool = True, rows: int = 3, **more) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, widget=widget, **more
    )


class PlainForm(forms.Form):
    use_required_attribute = True

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", f"id_{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)


class SendForm(PlainForm):
    """What the change is, why, and by when it should be read."""

    title = forms.CharField(
        label=_("What changes"),
        max_length=200,
        help_text=_("Shown in the public change log."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    summary = words(_("Why"), required=False, rows=2)
    due_on = forms.DateField(
        label=_("To be read by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    @classmethod
    def of(cls, change_set: ChangeSet) -> SendForm:
        return cls(initial={"title": change_set.title, "summary": change_set.summary})

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("The year is not plausible; use 1900 to 2099."))
        return day


class CommentForm(PlainForm):
    text = words(_("Your comment"))
    item = forms.CharField(required=False, widget=forms.HiddenInput)


class ReasonForm(PlainForm):
    reason = words(_("Why is it returned, and what is to be done?"))


class ApproveForm(PlainForm):
    """`read`: which sending of the set the reader had before them."""

    read = forms.CharField(widget=forms.HiddenInput)
    reason = words(_("A note, if you like"), required=False, rows=2)

    @classmethod
    def of(cls, change_set: ChangeSet) -> ApproveForm:
        return cls(initial={"read": str(change_set.submitted_at)})

    @staticmethod
    def is_what_was_read(cleaned: dict, change_set: ChangeSet) -> bool:
        return cleaned["read"] == str(change_set.submitted_at)
