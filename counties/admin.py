"""Reference data: read-only, except how far a state's law is coded and other names of counties.

A county's own page is about its policies, so it lives in `policies.admin`.
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counties.models import CountyAlias, FipsChange, State
from counties.names import name_key


class ReferenceAdmin(admin.ModelAdmin):
    """Loaded from the shipped files: nobody adds or deletes it here."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(State)
class StateAdmin(ReferenceAdmin):
    list_display = ("name", "usps", "fips", "unified_jail", "law_coded_through")
    list_filter = ("unified_jail",)
    search_fields = ("name", "=usps", "=fips")
    list_per_page = 60
    view_on_site = False
    readonly_fields = ("usps", "fips", "name", "unified_jail", "jail_authority")
    fieldsets = (
        (gettext_lazy("What staff keep"), {"fields": ("law_coded_through",)}),
        (
            gettext_lazy("Reference"),
            {"fields": ("name", ("usps", "fips"), "unified_jail", "jail_authority")},
        ),
    )


class AliasForm(forms.ModelForm):
    """The key by which a name is looked up follows from the name."""

    def clean(self):
        cleaned = super().clean()
        key = name_key(cleaned.get("name") or "")
        county = cleaned.get("county")
        if "name" in cleaned and not key:
            self.add_error("name", _("A name needs letters."))
        self.instance.key = key
        same = CountyAlias.objects.filter(county=county, key=key).exclude(pk=self.instance.pk)
        if county and county.pk and same.exists():
            raise ValidationError(_("%(county)s already has this name.") % {"county": county})
        return cleaned


@admin.register(CountyAlias)
class CountyAliasAdmin(admin.ModelAdmin):
    form = AliasForm
    list_display = ("name", "county", "note")
    list_select_related = ("county",)
    search_fields = ("name", "key", "county__name", "=county__fips", "county__state__name")
    autocomplete_fields = ("county",)
    fields = ("county", "name", "note", "key")
    readonly_fields = ("key",)


@admin.register(FipsChange)
class FipsChangeAdmin(ReferenceAdmin):
    list_display = ("old_fips", "county", "kind", "certain", "changed_on", "explanation")
    list_select_related = ("county",)
    list_filter = ("kind", "certain")
    search_fields = ("^old_fips", "county__name", "=county__fips")

    def has_change_permission(self, request, obj=None):
        return False
