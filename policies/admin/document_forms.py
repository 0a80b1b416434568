"""The form of a source document: its file is examined, and nothing is kept twice unawares."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.admin.display import change_url
from policies.admin.forms import DatedForm
from policies.documents import intake
from policies.models import Citation, RecordStatus, SourceDocument

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.tif,.tiff,.gif,.webp,.docx,.html,.htm,.txt"


class FileInput(forms.FileInput):
    """Refuses what is too large before it is sent, with a script."""

    class Media:
        js = (Script("policies/large_file.js", type="module"),)

    def __init__(self, attrs=None):
        super().__init__({"accept": ACCEPTED, **(attrs or {})})

    def build_attrs(self, base_attrs, extra_attrs=None):
        words = _("“{file}” is too large: a document may have at most %(most)d MB.")
        limit = {
            "data-largest": settings.LARGEST_DOCUMENT,
            "data-too-large": words % {"most": settings.LARGEST_DOCUMENT / 1e6},
        }
        return super().build_attrs({**base_attrs, **limit}, extra_attrs)


class DocumentForm(DatedForm):
    """`examined`: what the uploaded file is; None if none was uploaded, or it was refused."""

    examined: intake.Examined | None = None

    second_document = forms.BooleanField(
        required=False,
        widget=forms.HiddenInput,
        label=gettext_lazy("keep it all the same"),
        help_text=gettext_lazy("A second document with the same file. The file is kept once."),
    )

    class Meta:
        help_texts = {
            "file": gettext_lazy(
                "PDF, picture, Word (DOCX), HTML or plain text. Without one the address alone is "
                "kept, as a note."
            )
        }

    def clean_file(self):
        upload = self.cleaned_data.get("file")
        if not upload or "file" not in self.changed_data:
            return upload
        if self.instance.file and _published_citations(self.instance):
            raise ValidationError(
                _(
                    "Published records cite the file that is here. Add the new one as a document "
                    "of its own, and cite that."
                )
            )
        self.examined = intake.examine(upload)
        return upload

    def clean(self):
        cleaned = super().clean()
        if self.examined:
            self.instance.sha256 = self.examined.sha256
            self._notice_same_file(cleaned)
        hidden = "is_public" in self.changed_data and not cleaned.get("is_public")
        if hidden and self.instance.pk and _published_citations(self.instance):
            self.add_error(
                "is_public",
                _("Published records cite this document. Correct or withdraw them first."),
            )
        return cleaned

    def _notice_same_file(self, cleaned) -> None:
        same = intake.same_file(self.examined.sha256, besides=self.instance.pk)
        if same is None or cleaned.get("second_document"):
            return
        self.fields["second_document"].widget = forms.CheckboxInput()
        self.add_error(
            "file",
            format_html(
                _(
                    'This very file is kept already: <a href="{}">{}</a>. Cite that one. To keep '
                    "it as a second document, choose the file again and say so below."
                ),
                change_url(same),
                same,
            ),
        )


def _published_citations(document: SourceDocument) -> bool:
    cited = Citation.objects.filter(document=document)
    return any(
        cited.filter(**{f"{path}__status": RecordStatus.PUBLISHED}).exists()
        for path in (
            *("local_policy", "provision", "claim__provision", "exception__provision"),
            *("agreement", "ice_list", "win"),
        )
    )
