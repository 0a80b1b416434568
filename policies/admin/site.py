"""The admin's front page: the dashboard, and below it the models in working order."""

from __future__ import annotations

from functools import partial

from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from counties.models import County, CountyAlias, FipsChange, State
from policies import clock
from policies import models as records
from policies.admin.dashboard import dashboard

#: Groups and models in the order in which work is done. A model not named here is listed last.
WORKING_ORDER = (
    (_("Places"), (County, State)),
    (
        _("Policies"),
        (
            *(records.LocalPolicy, records.StateProvision, records.Agreement, records.PolicyWin),
            records.ChangeSet,
        ),
    ),
    (
        _("To do"),
        (
            *(records.QualityItem, records.PublicRecordsRequest, records.ErrorReport),
            records.CodingTask,
        ),
    ),
    (
        _("Evidence"),
        (records.SourceDocument, records.IceList, records.Submission, records.IceEngagement),
    ),
    (_("Parts of state law"), (records.ProvisionClaim, records.ProvisionException)),
    (
        _("Texts and figures"),
        (
            records.SiteText,
            records.LocalOption,
            records.LocalPower,
            records.DataNote,
            records.PublishedFigure,
        ),
    ),
    (_("What was done"), (records.ChangeEvent, records.ScorePeriod)),
    (_("Names and codes"), (CountyAlias, FipsChange, records.ImportChoice)),
    (_("Accounts"), (User, Group, records.AccountEvent)),
)


def in_working_order(site, request, app_label=None) -> list[dict]:
    """`AdminSite.get_app_list`, grouped by what is done rather than by Django app."""
    if app_label:
        return AdminSite.get_app_list(site, request, app_label)
    listed = {
        model["model"]: model
        for app in AdminSite.get_app_list(site, request)
        for model in app["models"]
    }
    groups = [
        (name, [listed.pop(model) for model in models if model in listed])
        for name, models in WORKING_ORDER
    ]
    if listed:
        groups.append((_("Other"), list(listed.values())))
    return [
        {
            "name": name,
            "app_label": f"group-{number}",
            "app_url": reverse("admin:index"),
            "has_module_perms": True,
            "models": models,
        }
        for number, (name, models) in enumerate(groups, start=1)
        if models
    ]


def index(site, request, extra_context=None):
    """The front page: the dashboard."""
    parts = dashboard(request, today=clock.today())
    return AdminSite.index(site, request, {**parts, **(extra_context or {})})


def configure(site) -> None:
    site.site_header = _("The record, for staff")
    site.site_title = _("The record")
    site.index_title = _("What there is to do")
    # Set on the one site rather than in a subclass, which would need its own app configuration.
    site.get_app_list = partial(in_working_order, site)
    site.index = partial(index, site)
    # Records are taken back one by one, with a reason; nothing is deleted in bulk.
    site.disable_action("delete_selected")


configure(admin.sites.site)
