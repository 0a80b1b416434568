"""Who may do what: one table of groups and their permissions, applied by `manage.py prepare`.

The groups here have exactly these permissions; the admin shows them and changes none, so that this
page is the truth about them. Other groups may be made by hand. Accounts that log in to the admin,
partners' too, are marked "staff status" there.

Nobody publishes what they wrote or sent, whatever their role: `policies.reviews` sees to that.
Only a superuser may, for a reason that the change log shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from django.contrib.auth.models import Group, Permission

#: Read everything of the record, drafts and reviews too; change nothing.
VIEWERS = "Viewers"
#: Can send files and see what became of their own; nothing else.
PARTNERS = "Partners"
#: Write drafts and documents, and send them to review.
EDITORS = "Editors"
#: What editors may, and: decide about drafts and received files of others, and withdraw.
REVIEWERS = "Reviewers"
#: Everything of the record, and the accounts.
ADMINISTRATORS = "Administrators"

RECORDS = ("localpolicy", "stateprovision", "agreement", "policywin", "icelist")
PARTS = ("provisionclaim", "provisionexception", "winfactor", "citation")

_SEEN = frozenset(
    {f"policies.view_{model}" for model in (*RECORDS, *PARTS)}
    | {
        "policies.view_changeset",
        "policies.view_iceengagement",
        "policies.view_sourcedocument",
        "policies.view_changeevent",
        "policies.view_scoreperiod",
        "policies.view_sitetext",
        "policies.view_qualityitem",
        "policies.view_publicrecordsrequest",
        "counties.view_county",
        "counties.view_countyalias",
        "counties.view_state",
    }
)
_WRITTEN = frozenset(
    {f"policies.{act}_{model}" for act in ("add", "change", "delete") for model in RECORDS + PARTS}
    | {
        "policies.add_sourcedocument",
        "policies.change_sourcedocument",
        "policies.delete_sourcedocument",
        "policies.add_changeset",
        "policies.add_sitetext",
        "policies.change_qualityitem",
        "policies.add_publicrecordsrequest",
        "policies.change_publicrecordsrequest",
        # What readers report may have their address in it: for those who answer.
        "policies.view_errorreport",
        "policies.change_errorreport",
        # As second coders, of what they are asked for and of nothing else.
        "policies.code_codingtask",
    }
)
_SENT = frozenset({"policies.add_submission", "policies.view_submission"})
_DECIDED = frozenset(
    {
        "policies.review_changeset",
        "policies.review_submission",
        # Ask second coders, and compare.
        "policies.add_codingtask",
        "policies.view_codingtask",
        "policies.view_importchoice",
        "policies.delete_importchoice",
    }
)

#: By group. `*` stands for any words.
ROLES: Mapping[str, frozenset[str]] = {
    VIEWERS: _SEEN,
    PARTNERS: _SENT,
    EDITORS: _SEEN | _WRITTEN | _SENT,
    REVIEWERS: _SEEN | _WRITTEN | _SENT | _DECIDED,
    ADMINISTRATORS: frozenset({"policies.*", "counties.*", "auth.*_user", "auth.*_group"}),
}


def permissions_of(role: str, known: Iterable[str]) -> set[str]:
    """The permissions of a role among the `known` ones. LookupError for one that is not there."""
    known, found = set(known), set()
    for wanted in ROLES[role]:
        matching = {label for label in known if fnmatchcase(label, wanted)}
        if not matching:
            raise LookupError(f"There is no permission {wanted}.")
        found |= matching
    return found


def make_groups() -> list[str]:
    """Make the groups with exactly their permissions. Returns the names of those changed."""
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    changed = []
    for name in ROLES:
        group, made = Group.objects.get_or_create(name=name)
        wanted = {known[label] for label in permissions_of(name, known)}
        if made or set(group.permissions.values_list("pk", flat=True)) != wanted:
            group.permissions.set(wanted)
            changed.append(name)
    return changed
