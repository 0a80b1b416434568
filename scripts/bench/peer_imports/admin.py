"""The admin of which the imports do the work (see run.py). No page of it is drawn."""

from django.contrib import admin
from import_export.admin import ImportExportModelAdmin

from bench.peer_imports.models import KeyedPolicy, Policy
from bench.peer_imports.resources import DefaultResource, TunedResource


@admin.register(Policy)
class PolicyAdmin(ImportExportModelAdmin):
    resource_classes = [DefaultResource]


@admin.register(KeyedPolicy)
class KeyedPolicyAdmin(ImportExportModelAdmin):
    resource_classes = [TunedResource]
