"""Forms about received files: sending one, and answering what it leaves open."""

from __future__ import annotations

from pathlib import PurePath

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counties.models import County
from policies import import_choices, import_plans
from policies.admin.forms import DatedForm
from policies.admin.submission_findings import RENAME_WORDS
from policies.imports.file_types import EXTENSIONS
from policies.models import (
    AgencyType,
    Agreement,
    ImportChoice,
    ProvisionException,
    Submission,
    SubmissionKind,
)

Scope = ImportChoice.Scope
ACCEPTED = tuple(name for name in EXTENSIONS if name != ".tab")


class UploadForm(DatedForm):
    """A file, and what its sender says of it. What is in the file is looked at after it is kept."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (kind.value, kind.label) for kind in SubmissionKind if kind in import_plans.KINDS
        ]
        file = self.fields["file"]
        file.error_messages["empty"] = _("The file is empty. Send the one that holds the data.")
        file.widget = forms.FileInput(
            attrs={"accept": ",".join(ACCEPTED), "data-largest": settings.LARGEST_UPLOAD}
        )
        file.help_text = _("%(names)s; at most %(largest)s. It is kept exactly as you send it.") % {
            "names": ", ".join(name[1:].upper() for name in ACCEPTED),
            "largest": megabytes(settings.LARGEST_UPLOAD),
        }

    def clean_file(self):
        """Size and name only: nothing is read before the file is kept."""
        file = self.cleaned_data["file"]
        if file.size > settings.LARGEST_UPLOAD:
            raise ValidationError(
                _("The file has %(size)s; at most %(largest)s are read. Send it in parts."),
                code="too_large",
                params={
                    "size": megabytes(file.size),
                    "largest": megabytes(settings.LARGEST_UPLOAD),
                },
            )
        if PurePath(file.name).suffix.lower() not in EXTENSIONS:
            raise ValidationError(
                _("Files like “%(name)s” are not read. Save it as one of these: %(names)s."),
                code="wrong_type",
                params={"name": file.name, "names": ", ".join(ACCEPTED)},
            )
        return file


def megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB".replace(".0 MB", " MB")


class SheetForm(forms.Form):
    """Which sheet of a workbook is meant."""

    sheet = forms.CharField(required=False, max_length=100)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}), max_length=2000
    )


class ApplyForm(forms.Form):
    """Consent to what a preview showed. A superuser who applies their own file says why."""

    seen = forms.CharField(widget=forms.HiddenInput)
    skip = forms.BooleanField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        required=False,
        label=gettext_lazy("Why without a second pair of eyes?"),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        max_length=2000,
    )

    def __init__(self, *args, own: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if own:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]


class ChoiceForm(forms.Form):
    """The answer to one question of a file: buttons post it whole, the page of it in parts."""

    scope = forms.ChoiceField(choices=Scope.choices, widget=forms.HiddenInput)
    key = forms.CharField(max_length=import_choices.LONGEST, widget=forms.HiddenInput, strip=False)
    everybody = forms.TypedChoiceField(
        label=gettext_lazy("Remember it for"),
        coerce=lambda value: value == "1",
        choices=(("1", gettext_lazy("everybody’s files")), ("", gettext_lazy("this sender’s"))),
        widget=forms.RadioSelect,
        required=False,
        empty_value=False,
    )

    def __init__(self, *args, submission: Submission, scope: str, by_partner: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= _answer_fields(submission, scope)
        sender = submission.received_from
        name = sender.get_full_name() or sender.get_username()
        if by_partner:
            del self.fields["everybody"]
        else:
            self.fields["everybody"].choices = (
                ("1", _("everybody’s files")),
                ("", _("files from %(name)s only") % {"name": name}),
            )
            self.order_fields(["scope", "key", *self._answers, "everybody"])

    @property
    def _answers(self) -> list[str]:
        return [
            name for name in self.fields if name in ("field", "agency_type", "counties", "same")
        ]

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            cleaned["value"] = _value(cleaned, "leave_out" in self.data)
        return cleaned


def suggested_scope(scope: str) -> bool:
    """Whether an answer is usually right for everybody: names of places are, headings are not."""
    return scope != Scope.COLUMN


def _answer_fields(submission: Submission, scope: str) -> dict[str, forms.Field]:
    if scope == Scope.COLUMN:
        columns = sorted(column.name for column in import_plans.KINDS[submission.kind].COLUMNS)
        choices = [("", "---------"), *((name, name) for name in columns)]
        return {"field": forms.ChoiceField(choices=choices, required=False, label=_("Field"))}
    if scope == Scope.RENAME:
        return {
            "same": forms.ChoiceField(
                choices=list(RENAME_WORDS.items()),
                label=_("They are"),
                widget=forms.RadioSelect,
                required=False,
            )
        }
    if scope == Scope.COUNTY:
        return {"counties": _county_field()}
    fields = {}
    if scope == Scope.AGENCY:
        choices = [("", "---------"), *AgencyType.choices]
        fields["agency_type"] = forms.ChoiceField(
            choices=choices, label=_("Kind of agency"), required=False
        )
    return {**fields, "counties": _county_field(several=True)}


def _county_field(*, several: bool = False) -> forms.Field:
    """A search as you type, with the admin's own view behind it; never a list of all counties."""
    if several:
        return forms.ModelMultipleChoiceField(
            County.objects.all(),
            required=False,
            label=_("Counties"),
            widget=AutocompleteSelectMultiple(Agreement._meta.get_field("counties"), admin.site),
        )
    return forms.ModelChoiceField(
        County.objects.all(),
        required=False,
        label=_("County"),
        widget=AutocompleteSelect(ProvisionException._meta.get_field("county"), admin.site),
    )


def _value(cleaned: dict, leave_out: bool) -> str:
    """The answer as it is remembered (models.ImportChoice.value)."""
    if leave_out:
        return ""
    if "field" in cleaned or "same" in cleaned:
        value = cleaned.get("field") or cleaned.get("same")
    else:
        found = cleaned.get("counties") or []
        counties = [found] if isinstance(found, County) else list(found)
        value = ",".join(sorted(county.pk for county in counties))
        if kind := cleaned.get("agency_type"):
            value = f"{kind}:{value}"
    if not value:
        raise ValidationError(_("Choose something, or leave it out on purpose."))
    return value
