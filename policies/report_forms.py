"""What a reader without an account writes when something is wrong."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from policies.error_reports import LONGEST_ADDRESS, LONGEST_PAGE, LONGEST_TEXT


class ReportForm(forms.Form):
    """`website` is seen by nobody and filled in by programs alone."""

    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_(
            "Which answer, what it should be, and what shows it: a document, a link, a date. In "
            "English or Spanish."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    reply_to = forms.EmailField(
        label=_("Your e-mail address, only if you want an answer"),
        max_length=LONGEST_ADDRESS,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    page = forms.CharField(max_length=LONGEST_PAGE, required=False, widget=forms.HiddenInput)
    token = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty, please, and send again."))
        return ""
