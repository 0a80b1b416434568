"""The admin's front page: models in working order, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.contrib.auth.models import Group, User
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from counties.models import County, CountyAlias, FipsChange, State
from policies import models as records
from policies.admin.display import list_url
from policies.models import RecordStatus

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
        _("Evidence"),
        (records.SourceDocument, records.IceList, records.Submission, records.IceEngagement),
    ),
    (_("Parts of state law"), (records.ProvisionClaim, records.ProvisionException)),
    (
        _("Texts and figures"),
        (records.LocalOption, records.LocalPower, records.DataNote, records.PublishedFigure),
    ),
    (_("What was done"), (records.ChangeEvent, records.ScorePeriod)),
    (_("Names and codes"), (CountyAlias, FipsChange, records.ImportChoice)),
    (_("Accounts"), (User, Group, records.AccountEvent)),
)
REVIEW = "policies.review_changeset"
LIFE_RECORDS = (
    records.LocalPolicy,
    records.StateProvision,
    records.Agreement,
    records.PolicyWin,
    records.IceList,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of record of which some wait for a person."""

    name: str
    drafts: int = 0
    drafts_url: str = ""
    to_verify: int = 0
    to_verify_url: str = ""
    to_review: int = 0
    to_review_url: str = ""
    unread: int = 0
    unread_url: str = ""


def waiting(request) -> list[Waiting]:
    """Files to review, drafts, and published records to verify. One query a kind."""
    found = _submissions() if request.user.has_perm("policies.review_submission") else []
    found += _change_sets(request.user) if request.user.has_perm(REVIEW) else []
    for model in LIFE_RECORDS:
        if not admin.site.get_model_admin(model).has_view_permission(request):
            continue
        published = Q(status=RecordStatus.PUBLISHED, needs_verification=True)
        counts = model.objects.aggregate(
            drafts=Count("pk", filter=Q(status=RecordStatus.DRAFT)),
            to_verify=Count("pk", filter=published),
        )
        if any(counts.values()):
            verify = {"status__exact": "published", "needs_verification__exact": 1}
            found.append(
                Waiting(
                    name=model._meta.verbose_name_plural,
                    drafts_url=list_url(model, status__exact="draft"),
                    to_verify_url=list_url(model, **verify),
                    **counts,
                )
            )
    return found


def _change_sets(user) -> list[Waiting]:
    """Change-sets that nobody reads yet, or that this person reads."""
    in_review = records.ChangeSet.objects.filter(status=records.ChangeSet.Status.IN_REVIEW)
    count = in_review.filter(Q(claimed_by=None) | Q(claimed_by=user)).count()
    address = list_url(records.ChangeSet, status__exact="in_review")
    name = records.ChangeSet._meta.verbose_name_plural
    return [Waiting(name=name, to_review=count, to_review_url=address)] if count else []


def _submissions() -> list[Waiting]:
    """Files that nobody decided about yet: those to review, and those that could not be read."""
    model = records.Submission
    to_review = model.Status.PLANNED
    counts = model.objects.aggregate(
        to_review=Count("pk", filter=Q(status=to_review)),
        unread=Count("pk", filter=Q(status=model.Status.RECEIVED)),
    )
    if not any(counts.values()):
        return []
    return [
        Waiting(
            name=model._meta.verbose_name_plural,
            to_review_url=list_url(model, status__exact=to_review),
            unread_url=list_url(model, status__exact=model.Status.RECEIVED),
            **counts,
        )
    ]


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
    """The front page, with what waits; for a partner, who decides nothing, with what became of
    the files they sent."""
    context = {"waiting": waiting(request), **(extra_context or {})}
    submissions = admin.site.get_model_admin(records.Submission)
    if submissions.has_add_permission(request) and not submissions.is_reviewer(request):
        context["send_url"] = reverse("admin:policies_submission_add")
        context["sent"] = submissions.last_sent(request)
    return AdminSite.index(site, request, context)


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
