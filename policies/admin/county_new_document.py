"""The form of a document that is not here yet, on a county's screen."""

from __future__ import annotations

from django.db.models import URLField
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy

from policies.admin.county_fields import DayField
from policies.admin.document_forms import DocumentForm, FileInput
from policies.county_entry import NewDocument
from policies.models import SourceDocument


def _with_https(field, **kwargs):
    if isinstance(field, URLField):
        kwargs["assume_scheme"] = "https"
    return field.formfield(**kwargs)


_NewDocumentForm = modelform_factory(
    SourceDocument,
    form=DocumentForm,
    fields=("title", "kind", "publisher", "url", "file", "is_public"),
    widgets={"file": FileInput},
    formfield_callback=_with_https,
)


class NewDocumentForm(_NewDocumentForm):
    """A document that is not here yet. Nothing is asked of it unless something is typed."""

    dated = DayField(label=gettext_lazy("Date"))

    def __init__(self, data=None, files=None):
        super().__init__(
            data, files, prefix="new", empty_permitted=True, use_required_attribute=False
        )

    @property
    def wanted(self) -> bool:
        """Whether a document is to be made."""
        return self.is_bound and self.has_changed()

    def made(self) -> NewDocument:
        if dated := self.cleaned_data.get("dated"):
            self.instance.published_on, self.instance.published_on_precision = dated
        return NewDocument(self.instance, self.cleaned_data.get("file") or None, self.examined)
