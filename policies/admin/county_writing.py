"""What the form on a county's screen does when it is posted: drafts, and never anything public."""

from __future__ import annotations

import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies import clock, county_entry, reviews
from policies.admin.county_fields import written
from policies.admin.county_forms import CountyForm
from policies.admin.display import ANSWER_WORDS, change_url, link
from policies.admin.forms import SEND
from policies.admin.publishing import explained
from policies.admin.sending import ALONE, CHOICE, NEW, may_send, open_sets_of
from policies.county_entry import ChangedMeanwhileError, Entry, Recorded
from policies.county_standing import Standing, standings
from policies.models import Citation
from policies.quotes_check import checkable, unfound_quotes
from policies.rubric import Answer

WRITING = ("policies.add_localpolicy", "policies.change_localpolicy")


def may_write(user) -> bool:
    return user.has_perms(WRITING)


class CountyWritingMixin:
    """Mixed into the admin of counties."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.record_view)
        name = "counties_county_record"
        return [path("<str:pk>/record/", view, name=name), *super().get_urls()]

    def record_view(self, request, pk):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        county = self.get_object(request, pk)
        if county is None:
            raise Http404
        sending = SEND in request.POST
        if not (self.has_view_permission(request, county) and may_write(request.user)):
            raise PermissionDenied
        if sending and not may_send(request.user):
            raise PermissionDenied
        stored = standings(county, clock.today())
        form = county_form(request, stored, request.POST, request.FILES)
        try:
            if not form.is_valid(sending=sending):
                if form.only_the_file_is_known and county_entry.is_written(
                    stored, form.entries(), form.document(), request.user
                ):
                    raise reviews.AlreadyDoneError(_("This was saved already."))
                return self.show_again(request, county, form, 400)
            done = self._record(request, county, form, sending)
        except reviews.AlreadyDoneError as error:
            messages.info(request, " ".join(error.messages))
            return HttpResponseRedirect(change_url(county))
        except ChangedMeanwhileError as error:
            tell_differences(form, error.now)
            return self.show_again(request, county, form, 409)
        except ValidationError as error:
            form.problems += _sentences(error)
            return self.show_again(request, county, form, 400)
        return HttpResponseRedirect(self._told(request, county, done))

    def _record(self, request, county, form: CountyForm, sending: bool) -> Recorded:
        with transaction.atomic():
            done = county_entry.record(
                county=county,
                entries=form.entries(),
                document=form.document(),
                by=request.user,
                at=clock.now(),
                today=clock.today(),
                send=_target(request) if sending else county_entry.KEEP,
            )
            for draft in done.drafts:
                self.log_change(request, draft, _("Written on the county’s screen."))
        return done

    def _told(self, request, county, done: Recorded) -> str:
        """Say what was done; where to go next."""
        count = len(done.drafts)
        cited = Citation.objects.filter(local_policy__in=done.drafts)
        for unfound in unfound_quotes(checkable().filter(pk__in=cited)):
            messages.warning(request, str(unfound))
        if done.problems:
            messages.warning(request, _("Saved as a draft, but not sent to review:"))
            for sentence in _sentences(ValidationError(list(done.problems))):
                messages.error(request, sentence)
        elif done.sent:
            said = ngettext("%d answer sent to review:", "%d answers sent to review:", count)
            messages.success(request, format_html("{} {}", said % count, link(done.change_set)))
        elif done.change_set:
            said = ngettext("%d answer put into", "%d answers put into", count) % count
            more = _("Send it to review when it is whole.")
            words = format_html("{} {}. {}", said, link(done.change_set), more)
            messages.success(request, words)
        else:
            said = ngettext(
                "%d answer saved as a draft. The public sees nothing of it yet.",
                "%d answers saved as drafts. The public sees nothing of them yet.",
                count,
            )
            messages.success(request, said % count)
        return change_url(county)

    def show_again(self, request, county, form: CountyForm, status: int):
        """The page as it is read, with the form as it was typed."""
        shown = copy.copy(request)
        shown.method, shown.POST = "GET", QueryDict()
        shown.county_form, shown.chosen_set = form, request.POST.get(CHOICE, ALONE)
        shown.lost_file = ", ".join(file.name for file in request.FILES.values())
        response = self.change_view(shown, county.pk)
        response.status_code = status
        return response


def county_form(request, stored, data=None, files=None) -> CountyForm:
    may_add = request.user.has_perm("policies.add_sourcedocument")
    return CountyForm(stored, data, files, may_add=may_add)


def sets_to_join(user) -> list:
    return list(open_sets_of(user)[:20])


def _target(request):
    choice = request.POST.get(CHOICE, ALONE)
    if choice in (ALONE, NEW):
        return county_entry.ALONE if choice == ALONE else county_entry.COLLECT
    chosen = open_sets_of(request.user).filter(pk=int(choice)) if choice.isdigit() else ()
    for change_set in chosen:
        return change_set
    raise ValidationError(_("Choose one of your open change-sets."))


def _sentences(error: ValidationError) -> list:
    if hasattr(error, "error_dict"):
        return [" ".join(messages) for messages in error.message_dict.values()]
    found = []
    for one in error.error_list:
        record = (one.params or {}).get("record")
        found += explained(ValidationError([one]), record) if record else one.messages
    return found


def tell_differences(form: CountyForm, now: dict[str, Standing]) -> None:
    """On each factor that changed meanwhile: what is there now, beside what was typed. Saving
    again then replaces it."""
    typed = {entry.factor: entry for entry in form.entries()}
    for factor, standing in now.items():
        part = form.factors[factor]
        part.add_error(None, _meanwhile(standing, typed[factor]))
        part.seen_now = standing.key


def _meanwhile(standing: Standing, typed: Entry):
    row = next(iter((*standing.in_review, *standing.drafts)), standing.live)
    if row is None:
        return _("Somebody removed the draft meanwhile. Saving again makes a new one.")
    citation = next(iter(row.citations.all()), None)
    pairs = (
        (_("answer"), ANSWER_WORDS[Answer(row.answer)], ANSWER_WORDS[Answer(typed.answer)]),
        (_("in force from"), *_days(row, typed, "effective_from")),
        (_("until"), *_days(row, typed, "effective_until")),
        (_("qualification"), row.qualification, typed.qualification),
        (_("quoted words"), citation.quote if citation else "", typed.quote),
    )
    told = format_html_join(
        "",
        "<li>{}: <del>{}</del> → <ins>{}</ins></li>",
        ((name, old or "–", new or "–") for name, old, new in pairs if str(old) != str(new)),
    )
    said = _("%(who)s wrote this meanwhile (%(status)s). Theirs → yours; saving again takes yours:")
    who = row.created_by or _("Somebody")
    sentence = said % {"who": who, "status": row.get_status_display()}
    return format_html('{} {} <ul class="plain">{}</ul>', sentence, link(row, str(row.pk)), told)


def _days(row, typed: Entry, name: str) -> tuple[str, str]:
    return tuple(
        written(getattr(one, name), getattr(one, f"{name}_precision")) for one in (row, typed)
    )
