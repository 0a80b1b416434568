"""Every named act of the code, and the addresses by which people come to it.

So that a new act is either reached by a page of the matrix, or by nobody.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import policies
from tests.addresses import difference, public
from tests.policies.permissions.actions import ACTIONS
from tests.policies.permissions.own_pages import SIGN_IN, every_page

#: What an act is about, and who does it. Acts take everything by name.
ABOUT = {"by", "owner", "link", "items", "user", "submission"}
NOT_ACTS = ("admin", "api", "management", "migrations", "presenters", "views", "models")
#: Within other acts alone, or from the command line.
NOBODY: tuple[str, ...] = ()

RECORD = ("policies_localpolicy_change", "policies_stateprovision_change")
SET, CODING, FILE = "policies_changeset_", "policies_codingtask_", "policies_submission_"
ACTS: dict[str, tuple[str, ...]] = {
    "actions.draft_successor": ("policies_localpolicy_succeed",),
    "actions.publish": NOBODY,
    "actions.publish_many": NOBODY,
    "actions.withdraw": ("policies_localpolicy_withdraw",),
    "baseline_lists.load_choices": NOBODY,
    "baseline_loader.load": NOBODY,
    "county_bulk.make_drafts": ("counties_county_together",),
    "county_entry.record": ("counties_county_record",),
    "county_replies.ask": (f"{SET}ask_county",),
    "county_replies.reply": ("county-reply",),
    "demo.load": NOBODY,
    "documents.archive.seal": ("policies_sourcedocument_seal",),
    "error_reports.handle": ("policies_errorreport_change",),
    "import_choices.remember": (f"{FILE}choose",),
    "outside_readers.approve": ("outside-review",),
    "outside_readers.comment": ("outside-review",),
    "outside_readers.invite": (f"{SET}invite",),
    "outside_readers.revoke": (f"{SET}revoke_link",),
    "outside_readers.send_back": ("outside-review",),
    "quality.queue.give": ("policies_qualityitem.take", "policies_qualityitem.give"),
    "quality.queue.leave": ("policies_qualityitem.leave",),
    "quality.queue.reopen": ("policies_qualityitem.reopen",),
    "quality.queue.resolve": ("policies_qualityitem.resolve",),
    "restoring.restore": ("policies_localpolicy_restore",),
    "restoring.set_free": ("policies_localpolicy_overtaken",),
    "restoring.set_upon": ("policies_localpolicy_overtaken",),
    "reviews.abandon": (f"{SET}abandon",),
    "reviews.add": RECORD,
    "reviews.approve": (f"{SET}approve",),
    "reviews.claim": (f"{SET}claim",),
    "reviews.comment": (f"{SET}comment",),
    "reviews.describe": (f"{SET}submit",),
    "reviews.open_set": (f"{SET}add", "policies_localpolicy.send_together"),
    "reviews.publish_alone": RECORD,
    "reviews.remove": (f"{SET}remove",),
    "reviews.send": RECORD,
    "reviews.send_back": (f"{SET}send_back",),
    "reviews.submit": (f"{SET}submit",),
    "reviews.take_back": (f"{SET}take_back",),
    "second_coding.ask": (f"{CODING}add",),
    "second_coding.cancel": (f"{CODING}cancel",),
    "second_coding.comment": (f"{CODING}comment",),
    "second_coding.put_into_queue": (f"{CODING}queue",),
    "second_coding.save": (f"{CODING}code",),
    "second_coding.submit": (f"{CODING}code",),
    "second_factor.remove": ("second_factor_remove", "auth_user_second_factor_reset"),
    "second_factor.renew_codes": ("second_factor_codes",),
    "second_factor.set_up": ("second_factor",),
    "second_factor.verify": ("second_step",),
    "site_text_actions.publish": ("policies_sitetext_publish",),
    "site_text_actions.write": ("policies_sitetext_text", "policies_sitetext_restore"),
    "submissions.apply": (f"{FILE}apply",),
    "submissions.compare": (f"{FILE}compare", f"{FILE}sheet"),
    "submissions.receive": (f"{FILE}add",),
    "submissions.reject": (f"{FILE}reject",),
    "submissions.undo": (f"{FILE}undo",),
}


def acts() -> set[str]:
    """Public functions that take all by name, among it who does it or what it is done with."""
    found = set()
    for module in pkgutil.walk_packages(policies.__path__, "policies."):
        parts = module.name.split(".")
        if parts[1] in NOT_ACTS or "worker" in parts:
            continue
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            given = inspect.signature(function).parameters
            by_name = all(one.kind == one.KEYWORD_ONLY for one in given.values())
            own = function.__module__ == module.name and not name.startswith("_")
            if own and by_name and ABOUT & set(given):
                found.add(".".join((*parts[1:], name)))
    return found


def test_every_act_of_the_code_has_a_row():
    problem = difference(acts(), ACTS, "ACTS in tests/policies/permissions/test_acts.py")
    assert not problem, f"\n{problem}"


def test_every_address_of_an_act_is_in_the_matrix():
    known = {*every_page(), *SIGN_IN, *ACTIONS, *public()}
    assert not {address for where in ACTS.values() for address in where} - known
