"""What is done from a change-set's page with people who have no account: invite, revoke, ask.

Each act is one call of `policies.outside_readers` or `policies.county_replies`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counties.models import County
from policies import clock, county_replies, outside_readers, review_links, reviews
from policies.admin.review_forms import PlainForm
from policies.models import ChangeSet, ReviewLink

#: How long a county is given, unless the form says otherwise.
USUAL = timedelta(days=21)


class _LetterForm(PlainForm):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=outside_readers.LONGEST_NAME,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), widget=forms.EmailInput(attrs={"class": "vTextField"})
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"), choices=settings.LANGUAGES
    )


class InviteForm(_LetterForm):
    """Whom to invite, and for how long."""

    days = forms.IntegerField(
        label=gettext_lazy("Days until the link expires"),
        min_value=1,
        max_value=outside_readers.MOST_DAYS,
        initial=14,
    )


class AskForm(_LetterForm):
    """Which county to ask, at which address, and by when."""

    county = forms.ModelChoiceField(
        County.objects.select_related("state"), label=gettext_lazy("County")
    )
    due_on = forms.DateField(
        label=gettext_lazy("Reply due"), widget=forms.DateInput(attrs={"type": "date"})
    )
    field_order = ("county", "name", "email", "language", "due_on")

    def limit_to(self, counties: list[County]) -> AskForm:
        """Offer these counties only. What was chosen is checked by the act."""
        self.fields["county"].choices = [(one.pk, str(one)) for one in counties]
        return self


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A link as staff see it. `address`: for whoever made it, in case the letter is lost."""

    link: ReviewLink
    state: str
    address: str
    may_revoke: bool
    may_ask_again: bool


STATES = {
    "used": gettext_lazy("answered"),
    "revoked": gettext_lazy("revoked"),
    "expired": gettext_lazy("expired"),
    "changed": gettext_lazy("of no use: the set was changed or decided since"),
    "": gettext_lazy("waits for an answer"),
}


def links_of(change_set: ChangeSet, user, at: datetime, site: str, may) -> list[LinkShown]:
    """The links of a set. `may`: what the user may do, by act. One query."""
    rows = change_set.links.select_related("county", "created_by")
    return [_shown(link, change_set, user, at, site, may) for link in rows]


def _shown(link, change_set, user, at, site, may) -> LinkShown:
    for_county = link.purpose == ReviewLink.Purpose.COUNTY_REPLY
    state = review_links.state_of(link, at)
    as_sent = change_set.is_in_review and change_set.submitted_at == link.read_at
    if not state and not for_county and not as_sent:
        state = "changed"
    good = state in ("", "changed")
    mine = link.created_by_id == user.pk
    return LinkShown(
        link=link,
        state=str(STATES[state]),
        address=review_links.address_of(link, site) if not state and mine else "",
        may_revoke=good and may["revoke_link"],
        may_ask_again=for_county
        and state in ("", "expired")
        and change_set.is_in_review
        and may["ask_county"],
    )


class OutsideActs:
    """Mixed into the admin of change-sets, which has `_act` and `show`."""

    def invite_view(self, request, pk):
        def invite(change_set, by, at, cleaned):
            link = outside_readers.invite(
                change_set=change_set, by=by, at=at, site=site_of(request), **cleaned
            )
            return _("A letter with the link goes to %(email)s.") % {"email": link.email}

        return self._act(request, pk, "invite", invite, InviteForm, "invite_form")

    def revoke_link_view(self, request, pk):
        def revoke(change_set, by, at, cleaned):
            number = request.POST.get("link", "")
            link = change_set.links.filter(pk=number).first() if number.isdigit() else None
            if link is None:
                raise reviews.AlreadyDoneError(_("There is no such link here."))
            outside_readers.revoke(link=link, by=by, at=at)
            return _("Revoked: the link opens nothing more.")

        return self._act(request, pk, "revoke_link", revoke)

    def ask_county_view(self, request, pk):
        def ask(change_set, by, at, cleaned):
            link = county_replies.ask(
                change_set=change_set, by=by, at=at, site=site_of(request), **cleaned
            )
            words = {"county": link.county, "email": link.email}
            return _("A letter about %(county)s goes to %(email)s.") % words

        return self._act(request, pk, "ask_county", ask, AskForm, "ask_form")

    def outside_context(self, request, change_set: ChangeSet, page: dict, may, typed) -> dict:
        """What the page says of people outside. `page`: what it shows already."""
        counties = []
        if change_set.is_in_review and may["ask_county"]:
            counties = county_replies.counties_of(one.item.record for one in page["items"])
        ask_form = typed.get("ask_form") or AskForm(initial={"due_on": clock.today() + USUAL})
        return {
            "links": links_of(change_set, request.user, clock.now(), site_of(request), may),
            "may_invite": change_set.is_in_review and may["invite"] and not page["own"],
            "invite_form": InviteForm(),
            "may_ask_county": bool(counties),
            "ask_form": ask_form.limit_to(counties),
            "usual_day": (clock.today() + USUAL).isoformat(),
        }


def site_of(request) -> str:
    """Scheme and host for links in letters."""
    return settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")
