"""The catalogue of local options and the chart of powers: what they are about, not their words.

Words are texts of the site (`site_texts.py` beside this): each row links to its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django import forms
from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies import catalogue, site_texts
from policies.admin.forms import CompactWidgets
from policies.admin.meanwhile import NoticingForm, NoticingMixin
from policies.admin.site_texts import text_url
from policies.assessments import revision
from policies.authorities import ROUTES
from policies.models import FactorChoices, LocalOption, LocalPower


class CodesField(forms.CharField):
    """A list of codes, one a line, in the order in which they are shown."""

    def __init__(self, codes: Mapping[str, object] | Collection[str], **kwargs):
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)
        self.codes = codes

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value):
        codes = list(dict.fromkeys(super().clean(value).split()))
        if unknown := [code for code in codes if code not in self.codes]:
            raise forms.ValidationError(
                _("Unknown: %(unknown)s. Known: %(known)s.")
                % {"unknown": ", ".join(unknown)[:80], "known": ", ".join(self.codes)}
            )
        return codes

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class OptionForm(NoticingForm):
    routes = CodesField(
        ROUTES,
        label=gettext_lazy("Ways to adopt it"),
        help_text=gettext_lazy("Codes, one a line, the commonest first."),
    )
    also_factors = CodesField(
        FactorChoices.values,
        label=gettext_lazy("Other factors it touches"),
        help_text=gettext_lazy("Codes, one a line."),
    )


class CatalogueAdmin(NoticingMixin, CompactWidgets, admin.ModelAdmin):
    form = NoticingForm
    readonly_fields = ("its_words",)

    @admin.display(description=gettext_lazy("words"))
    def its_words(self, row) -> SafeString | str:
        """What the public reads, English and Spanish, each with the way to change it."""
        if not row.pk:
            return _("Save first; then write its words. It is shown once its name is published.")
        site_texts.refresh(revision())
        lines = [
            (
                text_url(catalogue.key_of(row, column)),
                row._meta.get_field(column).verbose_name,
                *(words or "–" for words in catalogue.in_both(row, column)),
            )
            for column in row.words
        ]
        head = format_html(
            '<thead><tr><td></td><th scope="col">{}</th><th scope="col">{}</th></tr></thead>',
            _("English"),
            _("Spanish"),
        )
        body = format_html_join(
            "",
            '<tr><th scope="row"><a href="{}">{}</a></th><td lang="en">{}</td>'
            '<td lang="es">{}</td></tr>',
            lines,
        )
        return format_html("<table>{}<tbody>{}</tbody></table>", head, body)


@admin.register(LocalOption)
class LocalOptionAdmin(CatalogueAdmin):
    form = OptionForm
    list_display = ("__str__", "place", "order", "factor")
    list_filter = ("place", "factor")
    search_fields = ("key", "title", "explanation", "model_wording")
    autocomplete_fields = ("document",)
    fieldsets = (
        (gettext_lazy("Which option"), {"fields": (("place", "order"), "key")}),
        (gettext_lazy("What it earns"), {"fields": ("factor", "also_factors")}),
        (gettext_lazy("Who adopts it"), {"fields": ("routes",)}),
        (gettext_lazy("In our words"), {"fields": ("its_words",)}),
        (gettext_lazy("Source"), {"fields": (("document", "page"),)}),
    )


@admin.register(LocalPower)
class LocalPowerAdmin(CatalogueAdmin):
    list_display = ("__str__", "place", "order", "state", "county")
    list_select_related = ("state", "county")
    list_filter = ("place",)
    search_fields = ("key", "office", "powers", "state__name", "county__name")
    autocomplete_fields = ("state", "county", "document")
    fieldsets = (
        (gettext_lazy("Which office"), {"fields": (("place", "order"), "key")}),
        (gettext_lazy("In our words"), {"fields": ("its_words",)}),
        (gettext_lazy("Only in one place"), {"fields": ("state", "county")}),
        (gettext_lazy("Source"), {"fields": (("document", "page"),)}),
    )
