"""What people without an account write on the pages that a link opens to them."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.county_replies import LONGEST_REPLY
from policies.documents import intake

ACTS = ("comment", "approve", "return")


def _words(label, rows: int, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_REPLY, required=required, widget=widget)


class DecisionForm(forms.Form):
    """A comment, an approval or a refusal with its reason: one field, three buttons."""

    text = _words(gettext_lazy("Your words"), 5)
    act = forms.ChoiceField(choices=[(act, act) for act in ACTS], widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") in ("comment", "return") and not cleaned.get("text", "").strip():
            missing = {
                "comment": _("Write what you want to say."),
                "return": _("Say what is not right, so that it can be mended."),
            }
            self.add_error("text", missing[cleaned["act"]])
        return cleaned


class ReplyForm(forms.Form):
    """`examined`: what the file is; None if there is none."""

    examined: intake.Examined | None = None

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=100)
    role = forms.CharField(
        label=gettext_lazy("Your office"),
        max_length=60,
        help_text=gettext_lazy("Such as county attorney, or sheriff’s counsel."),
    )
    text = _words(gettext_lazy("Your reply"), 8, required=True)
    file = forms.FileField(label=gettext_lazy("A document, if you like"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "PDF, picture, Word (DOCX), HTML or plain text, at most %(most).0f MB. Only our staff "
            "sees it."
        ) % {"most": settings.LARGEST_DOCUMENT / 1e6}

    def clean_file(self):
        upload = self.cleaned_data.get("file")
        if not upload:
            return None
        try:
            self.examined = intake.examine(upload)
        except ValidationError as error:
            if getattr(error, "code", "") == "sealed":  # its title is nobody's business here
                raise ValidationError(_("This file cannot be kept.")) from None
            raise
        return upload
