"""Forms for staff. They put errors on the field and keep what was typed.

What only the database or `actions.publish` can know is checked there; here is what a person can
mend while typing.
"""

from __future__ import annotations

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import URLField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counties.fips import FipsError, clean_fips
from counties.models import County
from policies import clock
from policies.admin.meanwhile import NoticingForm
from policies.models import ChangeKind
from policies.models.base import PublishedRecord

#: The buttons that send a draft to review and that publish it without, and the field that says
#: why without.
SEND, PUBLISH, REASON = "_send", "_publish", "_reason"

FIRST_YEAR, LAST_YEAR = 1900, 2099
#: Constitutions and statutes may be older than any policy.
FIRST_YEAR_OF_LAW = 1776
#: Nobody observes, verifies or lists anything in the future.
PAST_ONLY = ("observed_on", "last_verified", "list_date", "last_listed_on", "as_of")
PERIODS = (("effective_from", "effective_until"), ("date_earliest", "date_latest"))


class DatedForm(NoticingForm):
    """Refuses implausible years and ends before starts, each on its own field."""

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        today = clock.today()
        for name, field in self.fields.items():
            day = cleaned.get(name)
            if not isinstance(field, forms.DateField) or day is None:
                continue
            first = FIRST_YEAR_OF_LAW if name in ("enacted_on", "published_on") else FIRST_YEAR
            if not first <= day.year <= LAST_YEAR:
                self.add_error(
                    name,
                    _("The year %(year)d is not plausible; use %(first)d to %(last)d.")
                    % {"year": day.year, "first": first, "last": LAST_YEAR},
                )
            elif name in PAST_ONLY and day > today:
                self.add_error(name, _("This day is still to come (today is %s).") % today)
        for start, end in PERIODS:
            begins, ends = cleaned.get(start), cleaned.get(end)
            if not begins or not ends:
                continue
            if start == "effective_from" and ends <= begins:
                self.add_error(end, _("The end must be later than the start."))
            elif ends < begins:
                self.add_error(end, _("The latest date must not be before the earliest."))
        return cleaned


class RecordForm(DatedForm):
    """A draft of a published record."""

    @property
    def publishing(self) -> bool:
        """Whether it goes on from being a draft, so that it must be whole."""
        return PUBLISH in self.data or SEND in self.data

    @property
    def predecessor(self) -> PublishedRecord | None:
        return self.instance.succeeds if self.instance.succeeds_id else None

    def clean(self):
        cleaned = super().clean()
        if self.publishing and self.predecessor:
            self._check_successor(cleaned)
        return cleaned

    def _check_successor(self, cleaned) -> None:
        kind, old = self.instance.change_kind, self.predecessor
        if kind == ChangeKind.CORRECTION and not cleaned.get("change_note", "").strip():
            self.add_error("change_note", _("Say what was wrong. The public change log shows it."))
        if kind != ChangeKind.POLICY_CHANGE or "effective_from" not in self.fields:
            return
        dates = ("effective_from", "effective_until")
        if all(cleaned.get(name) == getattr(old, name) for name in dates):
            self.add_error(
                "effective_from",
                _(
                    "Say when the policy changed: the first day of what is in force now, or, if "
                    "it only ended, the day it ended."
                ),
            )


class LocalPolicyForm(RecordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        changes = self.instance.change_kind == ChangeKind.POLICY_CHANGE
        if changes and "effective_until" in self.fields:
            self.fields["effective_until"].help_text = _(
                "Empty: the change still holds. If it was for a time, the first day after it: from "
                "then on what held before holds again, in a record that you will be asked to "
                "verify. If the old policy only ended, keep its first day and say here when."
            )

    def clean(self):
        cleaned = super().clean()
        if "county" in self.fields and not self.errors.keys() & {"county", "state"}:
            county, state = cleaned.get("county"), cleaned.get("state")
            if not county and not state:
                self.add_error("county", _("Whose policy is it? Name the county."))
            elif county and state:
                self.add_error("state", _("Name either a county or a unified-jail state."))
        return cleaned


class AgreementForm(RecordForm):
    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ended_as") and not cleaned.get("effective_until"):
            self.add_error("effective_until", _("Say when it ended, or clear “ended as”."))
        if cleaned.get("effective_until") and not cleaned.get("ended_as"):
            self.add_error("ended_as", _("Say how it ended: no longer listed, terminated ..."))
        return cleaned


class FipsListField(forms.ModelMultipleChoiceField):
    """Counties as text, one FIPS code a line: a list by ICE may name hundreds."""

    widget = forms.Textarea
    default_error_messages = {
        "unknown": gettext_lazy("Not one of our counties: %(codes)s."),
    }

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        keys = [item.pk if isinstance(item, County) else item for item in value]
        counties = County.objects.filter(pk__in=keys).order_by("pk")
        return "\n".join(f"{county.pk} {county}" for county in counties)

    def clean(self, value):
        codes, unknown = [], []
        for line in (value or "").splitlines():
            if not line.strip():
                continue
            word = line.split()[0].strip(",;")
            try:
                codes.append(clean_fips(word))
            except FipsError:
                unknown.append(word)
        found = County.objects.filter(pk__in=codes)
        unknown += sorted(set(codes) - {county.pk for county in found})
        if unknown:
            raise ValidationError(
                self.error_messages["unknown"], "unknown", {"codes": ", ".join(unknown)}
            )
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], "required")
        return found

    def has_changed(self, initial, data) -> bool:
        return (self.prepare_value(initial or []) or "") != (data or "").replace("\r", "").strip()


class IceListForm(RecordForm):
    listed_counties = FipsListField(
        queryset=County.objects.all(),
        required=False,
        label=gettext_lazy("Counties on the list"),
        help_text=gettext_lazy(
            "One FIPS code a line; what follows the code is ignored. Counties with an agency on "
            "the list that decides the county’s answer."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField fips-list"}),
    )

    def clean(self):
        cleaned = super().clean()
        same = (
            type(self.instance)
            .objects.published()
            .filter(kind=cleaned.get("kind"), list_date=cleaned.get("list_date"))
            .exclude(pk__in=[pk for pk in (self.instance.pk, self.instance.succeeds_id) if pk])
            .first()
        )
        if same:
            self.add_error(
                "list_date",
                _("Record %(number)s (%(other)s) is already published for this date. Correct it.")
                % {"number": same.pk, "other": same},
            )
        return cleaned


class CompactWidgets:
    """Mixed into admins and inlines: low text boxes, and few stops for the Tab key."""

    #: Only a document is ever added from the form of another record.
    ADDED_IN_PLACE = ("document",)
    ROWS = 3

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return field
        widget = field.widget
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_change_related = widget.can_view_related = False
            widget.can_delete_related = False
            widget.can_add_related &= db_field.name in self.ADDED_IN_PLACE
        elif isinstance(widget, forms.Textarea):
            widget.attrs["rows"] = self.ROWS
        return field
