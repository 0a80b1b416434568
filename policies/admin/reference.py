"""Texts and figures beside the record: published figures, data notes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from policies.admin.forms import CompactWidgets
from policies.admin.meanwhile import NoticingForm, NoticingMixin
from policies.models import DataNote, PublishedFigure


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
