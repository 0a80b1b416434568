"""Who may do what: one table of groups and their permissions, applied by `manage.py prepare`.

The groups here have exactly these permissions; the admin shows them and changes none, so that this
page is the truth about them. Other groups may be made by hand. Accounts that log in to the admin,
partners' too, are marked "staff status" there.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import Group, Permission

#: Can send files and see what became of their own; nothing else.
PARTNERS = "Partners"
#: See every file, and apply, reject or undo it.
REVIEWERS = "Reviewers"

ROLES: Mapping[str, frozenset[str]] = {
    PARTNERS: frozenset({"policies.add_submission", "policies.view_submission"}),
    REVIEWERS: frozenset(
        {
            "policies.add_submission",
            "policies.view_submission",
            "policies.review_submission",
            "policies.view_importchoice",
            "policies.delete_importchoice",
            "policies.view_changeevent",
            "policies.view_localpolicy",
            "policies.view_agreement",
            "policies.view_icelist",
            "policies.view_sourcedocument",
            "policies.view_citation",
            "policies.view_qualityitem",
            "policies.change_qualityitem",
            "policies.add_publicrecordsrequest",
            "policies.view_publicrecordsrequest",
            "policies.change_publicrecordsrequest",
            "policies.view_errorreport",
            "policies.change_errorreport",
            "counties.view_county",
            "counties.view_state",
        }
    ),
}


def make_groups() -> list[str]:
    """Make the groups with exactly their permissions. Returns the names of those changed."""
    labels = {label for permissions in ROLES.values() for label in permissions}
    found = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    if missing := labels - found.keys():
        raise LookupError(f"There are no permissions {', '.join(sorted(missing))}.")
    changed = []
    for name, permissions in ROLES.items():
        group, made = Group.objects.get_or_create(name=name)
        wanted = {found[label] for label in permissions}
        if made or set(group.permissions.values_list("pk", flat=True)) != wanted:
            group.permissions.set(wanted)
            changed.append(name)
    return changed
