"""The history of a record, in place of the stock admin's: every version, and what people did to it.
From a past version a draft can be made that says it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counties.models import County
from policies import chains, restoring
from policies.admin.display import change_url, factor_name, list_url
from policies.chains import Version
from policies.models import AgreementKind, ChangeKind, LocalPolicy
from policies.models.base import PublishedRecord
from policies.rubric import FACTORS, Factor

#: How many acts of people on one record are listed.
ACTS_SHOWN = 200
#: The factor of which an agreement speaks.
FACTOR_OF = {
    AgreementKind.PROGRAM_287G: Factor.NO_287G,
    AgreementKind.DETENTION: Factor.NO_DETENTION_CONTRACT,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A version with its addresses. `restore_url` is empty where nothing can be restored."""

    version: Version
    anchor: str
    url: str
    before_url: str
    restore_url: str


def shown(version: Version, may_restore: bool) -> Shown:
    record = version.record
    name = record._meta.model_name
    restorable = may_restore and version.is_past
    return Shown(
        version,
        anchor=f"{name}-{record.pk}",
        url=change_url(record),
        before_url=change_url(version.before) if version.before else "",
        restore_url=reverse(f"admin:policies_{name}_restore", args=[record.pk])
        if restorable
        else "",
    )


class HistoryMixin:
    """Mixed into the admins of records."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        return [path("<int:pk>/restore/", view, name=name), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied  # before a guessed number is looked up
        record = self.get_object(request, object_id)
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        versions = chains.versions_of(record)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(record),
            "opts": self.opts,
            "record": record,
            "record_url": change_url(record),
            "versions": [shown(one, self.may_change_model(request)) for one in versions],
            "acts": acts_on(version.record for version in versions),
        }
        return TemplateResponse(request, "admin/policies/history.html", context)

    @transaction.atomic
    def restore_view(self, request, pk):
        """Make the draft that says again what a past version said, and open it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.may_change_model(request):
            raise PermissionDenied
        record = self.get_object(request, str(pk))
        if record is None:
            raise Http404
        try:
            draft = restoring.restore(record=record, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(history_url(record))
        self.log_addition(
            request, draft, _("Draft restored from record %(pk)s.") % {"pk": record.pk}
        )
        messages.success(request, _restored(draft))
        for document in restoring.sealed_documents(draft):
            words = _("A court sealed “%(document)s”: the words quoted from it do not come back.")
            messages.warning(request, words % {"document": document})
        return HttpResponseRedirect(change_url(draft))


def _restored(draft: PublishedRecord) -> str:
    if draft.succeeds_id is None:
        return _(
            "The record was withdrawn, so this is a new draft with what it said. Nothing is "
            "published yet; send it to review."
        )
    if draft.change_kind == ChangeKind.POLICY_CHANGE:
        return _(
            "The change was withdrawn, so this draft records it anew. Nothing is published yet; "
            "send it to review."
        )
    return _(
        "This draft corrects record %(number)s with what was said before. Nothing is published "
        "yet; send it to review."
    ) % {"number": draft.succeeds_id}


def history_url(record) -> str:
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_history"
    return reverse(name, args=[record.pk])


def acts_on(records: Iterable[PublishedRecord]) -> list[LogEntry]:
    """What people did to these rows in the admin, newest first. One query, and one a kind."""
    numbers: dict[type, list[str]] = defaultdict(list)
    for record in records:
        numbers[type(record)].append(str(record.pk))
    found: list[LogEntry] = []
    for model, pks in numbers.items():
        kind = ContentType.objects.get_for_model(model)
        acts = LogEntry.objects.filter(content_type=kind, object_id__in=pks)
        found += acts.select_related("user").order_by("-action_time", "-pk")[:ACTS_SHOWN]
    found.sort(key=lambda act: (act.action_time, act.pk), reverse=True)
    return found[:ACTS_SHOWN]


# --- A county ----------------------------------------------------------------------------------


def county_history(
    request, model_admin, county: County, may_restore: Callable[[PublishedRecord], bool]
) -> TemplateResponse:
    """One page with the history of all its records, by factor."""
    versions = chains.versions_of_county(county)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("History"),
        "subtitle": str(county),
        "opts": model_admin.opts,
        "record": county,
        "record_url": change_url(county),
        "county": county,
        "groups": [
            (code, name, [shown(one, may_restore(one.record)) for one in of_subject])
            for code, name, of_subject in _by_subject(versions)
        ],
        "how_many": ngettext("%(count)d version", "%(count)d versions", len(versions))
        % {"count": len(versions)},
        "acts": acts_on(version.record for version in versions),
        "log_url": f"{reverse('change-log')}?county={county.pk}",
        "records_url": list_url(LocalPolicy, county__exact=county.pk),
    }
    return TemplateResponse(request, "admin/policies/county_history.html", context)


def _by_subject(versions: Sequence[Version]) -> list[tuple[str, str, list[Version]]]:
    """(address on the page, name, versions): the seven factors in order, then wins."""
    found: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        found[_subject(version.record)].append(version)
    names = {factor.value: factor_name(factor) for factor in FACTORS}
    rest = {code: capfirst(str(found[code][0].record._meta.verbose_name_plural)) for code in found}
    return [(code, (rest | names)[code], found.get(code, [])) for code in {**names, **rest}]


def _subject(record: PublishedRecord) -> str:
    if isinstance(record, LocalPolicy):
        return record.factor
    factor = FACTOR_OF.get(getattr(record, "kind", ""))
    return factor.value if factor else record._meta.model_name
