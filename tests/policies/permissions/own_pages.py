"""What each address of the admin answers to whom: those that are not Django's own, by name.

The page of a row is in `Page`. Whoever is not named is refused.
"""

from __future__ import annotations

from datetime import timedelta

from policies import clock
from tests.policies.admin.reviewing import approval
from tests.policies.permissions.pages import MODELS, Page, Values, content_type, nothing
from tests.policies.permissions.people import (
    ADMINISTRATORS,
    ALL_STAFF,
    BOSS,
    EDITORS,
    NOBODY,
    READERS,
    REVIEWERS,
    SENDERS,
    WRITERS,
)
from tests.policies.permissions.world import RECORDS

# --- Pages of a record ---------------------------------------------------------------------------


def _of_record(name: str) -> dict[str, Page]:
    row = f"policies_{name}"
    return {
        f"{row}_succeed": Page(
            act=WRITERS, at=f"published_{name}", how={"how": "change"}, only_post=True
        ),
        f"{row}_withdraw": Page(
            see=REVIEWERS, act=REVIEWERS, at=f"published_{name}", post=lambda w: {"reason": "Why."}
        ),
        f"{row}_restore": Page(act=WRITERS, at=f"withdrawn_{name}", only_post=True),
        f"{row}_overtaken": Page(
            see=WRITERS,
            act=WRITERS,
            at=f"overtaken_{name}",
            post=lambda w: {"live": w.rows[f"live_{name}"].pk},
        ),
        **({} if name == "icelist" else {f"{row}_export": Page(see=READERS)}),
    }


RECORD_PAGES = {name: page for one in RECORDS for name, page in _of_record(one).items()} | {
    "policies_stateprovision_effect": Page(
        see=READERS, at="draft_stateprovision", refused=404, tries=True
    ),
    "counties_county_together": Page(see=WRITERS),
    "counties_county_record": Page(
        act=WRITERS, at="county", only_post=True, post=lambda w: w.county_form
    ),
    "policies_changeevent_acts": Page(see=READERS),
    "policies_sourcedocument_seal": Page(
        see=ADMINISTRATORS, act=ADMINISTRATORS, at="document", post=lambda w: {"reason": "Court."}
    ),
    "policies_sourcedocument_file": Page(see=READERS, at="private", refused=404),
}


# --- Reviews -------------------------------------------------------------------------------------


def _act(who: frozenset[str], at: str = "sent_set", post: Values = nothing) -> Page:
    return Page(act=who, at=at, post=post, only_post=True)


def _due(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


_LETTER = {"name": "Lee Law", "email": "lee@county.example", "language": "en"}
#: What is for the authors of a set alone, a superuser may too; nobody else here wrote it.
REVIEW_PAGES = {
    "policies_changeset_submit": _act(BOSS, "open_set", lambda w: {"title": "Order 3"}),
    "policies_changeset_abandon": _act(BOSS, "open_set"),
    "policies_changeset_remove": _act(
        BOSS, "open_set", lambda w: {"item": w.open_set.items.get().pk}
    ),
    "policies_changeset_take_back": _act(BOSS),
    "policies_changeset_comment": _act(WRITERS, post=lambda w: {"text": "Page 3?"}),
    "policies_changeset_claim": _act(REVIEWERS),
    "policies_changeset_send_back": _act(REVIEWERS, post=lambda w: {"reason": "Page 3."}),
    "policies_changeset_approve": _act(REVIEWERS, post=lambda w: approval(w.sent_set)),
    "policies_changeset_invite": _act(REVIEWERS, post=lambda w: {**_LETTER, "days": "14"}),
    "policies_changeset_revoke_link": _act(REVIEWERS, post=lambda w: {"link": w.link.pk}),
    "policies_changeset_ask_county": _act(
        REVIEWERS,
        post=lambda w: {
            **_LETTER,
            "county": w.sent_set.items.get().local_policy.county_id,
            "due_on": _due(20),
        },
    ),
}


# --- Received files ------------------------------------------------------------------------------


def _file(act: bool = True, at: str = "planned", **more) -> Page:
    """Of another partner's file; what editors send they see, and nobody else's."""
    return Page(act=REVIEWERS if act else NOBODY, at=at, refused=404, **more)


FILE_PAGES = {
    # Everybody who sends lists their own.
    "policies_submission_changelist": Page(see=SENDERS),
    "policies_submission_apply": _file(
        see=REVIEWERS,
        post=lambda w: {"seen": w.seen, "skip": "1"},
    ),
    "policies_submission_reject": _file(see=REVIEWERS, post=lambda w: {"reason": "Unreadable."}),
    "policies_submission_undo": _file(at="applied", see=REVIEWERS, tries=True),
    "policies_submission_compare": _file(only_post=True),
    "policies_submission_sheet": _file(only_post=True, post=lambda w: {"sheet": ""}),
    "policies_submission_choose": _file(
        see=REVIEWERS,
        got=302,
        post=lambda w: {"scope": "county", "key": "CA|sanfransico", "value": "06075"},
    ),
    "policies_submission_bad_rows": _file(act=False, see=REVIEWERS),
    "policies_submission_file": _file(act=False, see=REVIEWERS),
    "policies_submission_template": Page(see=SENDERS, how={"name": "policies"}),
}


# --- Queues, second coders, texts ----------------------------------------------------------------

#: Editors code, and see only what they are asked for.
_CODED = {"only_post": True, "nowhere": EDITORS}
_READ = {"at": "coding", "how": {"number": lambda w: w.document.pk}, "nowhere": EDITORS}
WORK_PAGES = {
    "policies_qualityitem_refresh": Page(see=WRITERS, act=WRITERS, got=405),
    "policies_codingtask_changelist": Page(see=WRITERS),
    "policies_codingtask_change": Page(see=REVIEWERS, at="coding", nowhere=EDITORS),
    "policies_codingtask_history": Page(see=REVIEWERS, at="coding", refused=302),
    "policies_codingtask_agreement": Page(see=REVIEWERS),
    "policies_codingtask_read": Page(see=REVIEWERS, **_READ),
    "policies_codingtask_file": Page(see=REVIEWERS, **_READ),
    # For its coder alone, who is nobody here.
    "policies_codingtask_code": Page(at="coding", **_CODED),
    "policies_codingtask_cancel": Page(act=REVIEWERS, at="coding", **_CODED),
    "policies_codingtask_queue": Page(
        act=REVIEWERS, at="coded", post=lambda w: {"factor": "limits_holds"}, **_CODED
    ),
    "policies_codingtask_comment": Page(
        act=REVIEWERS,
        at="coded",
        post=lambda w: {"factor": "limits_holds", "change_set": w.sent_set.pk},
        **_CODED,
    ),
    "policies_sitetext_changelist": Page(see=READERS),
    "policies_sitetext_add": Page(see=READERS),
    "policies_sitetext_preview": Page(only_post=True),
    "policies_sitetext_text": Page(
        see=READERS,
        act=WRITERS,
        how={"key": "about"},
        post=lambda w: {"english": "Us.", "spanish": "Nos.", "seen": w.text.pk},
    ),
    "policies_sitetext_change": Page(see=READERS, at="text", got=302),
    "policies_sitetext_publish": Page(act=REVIEWERS, at="text", only_post=True),
    "policies_sitetext_restore": Page(act=WRITERS, at="text", only_post=True),
}


# --- Accounts, and what is everybody's -----------------------------------------------------------

ACCOUNT_PAGES = {
    "auth_user_second_factor_reset": Page(
        see=ADMINISTRATORS, act=ADMINISTRATORS, how={"object_id": lambda w: w.account.pk}
    ),
    "auth_user_password_change": Page(
        see=ADMINISTRATORS,
        act=ADMINISTRATORS,
        how={"id": lambda w: w.account.pk},
        post=lambda w: {
            "usable_password": "true",
            **dict.fromkeys(("password1", "password2"), "seven quiet rivers"),
        },
    ),
    "index": Page(see=ALL_STAFF),
    "guide": Page(see=ALL_STAFF),
    "app_list": Page(see=ALL_STAFF, how={"app_label": "policies"}),
    "second_factor": Page(see=ALL_STAFF),
    "second_factor_codes": Page(see=ALL_STAFF, got=302),
    "second_factor_remove": Page(see=ALL_STAFF, got=302),
    "password_change": Page(see=ALL_STAFF),
    "password_change_done": Page(see=ALL_STAFF),
    "jsi18n": Page(see=ALL_STAFF),
    "autocomplete": Page(),
    "view_on_site": Page(
        see=ALL_STAFF,
        got=302,
        how={"content_type_id": lambda w: content_type(w.county), "object_id": "06001"},
    ),
}
#: For those who are about to sign in, or do not want to be any more: open to everybody.
SIGN_IN = {"login", "second_step", "logout"}
#: Addresses without a name: a short form of a change page, and all that is no address.
WITHOUT_NAME = {
    "admin/(?P<url>.*)$",
    *(f"admin/{name.replace('_', '/', 1)}/<path:object_id>/" for name in MODELS),
}


def every_page() -> dict[str, Page]:
    stock = {f"{name}_{act}": page for name, model in MODELS.items() for act, page in model.pages()}
    return {
        **stock,
        **RECORD_PAGES,
        **REVIEW_PAGES,
        **FILE_PAGES,
        **WORK_PAGES,
        **ACCOUNT_PAGES,
    }
