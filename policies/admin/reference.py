"""Texts and figures beside the record: options, powers, published figures, data notes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from policies.admin.forms import CompactWidgets
from policies.admin.meanwhile import NoticingForm, NoticingMixin
from policies.models import DataNote, LocalOption, LocalPower, PublishedFigure


@admin.register(LocalOption)
class LocalOptionAdmin(NoticingMixin, CompactWidgets, admin.ModelAdmin):
    form = NoticingForm
    list_display = ("title", "place", "order", "factor")
    list_filter = ("place", "factor")
    search_fields = ("title", "explanation", "model_wording")
    autocomplete_fields = ("document",)
    prepopulated_fields = {"key": ("title",)}
    fieldsets = (
        (_("Which option"), {"fields": (("place", "order"), "title", "key", "factor")}),
        (_("In our words"), {"fields": ("explanation", "model_wording", "who_can_adopt")}),
        (_("Source"), {"fields": (("document", "page"),)}),
    )


@admin.register(LocalPower)
class LocalPowerAdmin(NoticingMixin, CompactWidgets, admin.ModelAdmin):
    form = NoticingForm
    list_display = ("office", "place", "order", "state", "county")
    list_select_related = ("state", "county")
    list_filter = ("place",)
    search_fields = ("office", "powers", "state__name", "county__name")
    autocomplete_fields = ("state", "county", "document")
    prepopulated_fields = {"key": ("place", "office")}
    fieldsets = (
        (_("Which office"), {"fields": (("place", "order"), "office", "key")}),
        (_("What it can do"), {"fields": ("powers", "jurisdiction", "selection")}),
        (_("Only in one place"), {"fields": ("state", "county")}),
        (_("Source"), {"fields": (("document", "page"),)}),
    )


@admin.register(PublishedFigure)
class PublishedFigureAdmin(NoticingMixin, CompactWidgets, admin.ModelAdmin):
    form = NoticingForm
    list_display = ("label", "as_of", "table", "code", "counties", "percent_printed")
    list_filter = ("table", "as_of")
    search_fields = ("label", "code", "note", "document__title")
    autocomplete_fields = ("document",)
    fieldsets = (
        (_("Where it was printed"), {"fields": ("document", ("as_of", "table", "code"))}),
        (_("What it says"), {"fields": ("label", ("counties", "percent_printed"), "note")}),
    )


@admin.register(DataNote)
class DataNoteAdmin(NoticingMixin, CompactWidgets, admin.ModelAdmin):
    form = NoticingForm
    list_display = ("title", "kind", "document")
    list_select_related = ("document",)
    list_filter = ("kind", "states")
    search_fields = ("title", "text", "states__name", "counties__name")
    autocomplete_fields = ("document", "states", "counties")
    prepopulated_fields = {"key": ("title",)}
    fieldsets = (
        (_("What a reader must know"), {"fields": ("kind", "title", "key", "text")}),
        (_("About what"), {"fields": ("states", "counties", "document")}),
    )
