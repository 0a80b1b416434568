"""Every screen of the admin: with what it is asked for, or why it is none of its own.

`test_all_are_looked_at` compares this with the code: to add a screen, write it into SCREENS.
Lists and forms of a model join by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.contrib import admin
from django.urls import reverse

from policies.models import LocalPolicy
from tests.addresses import of_the_admin
from tests.functional.axe.world import World

Values = list[object]

#: By name: the values in its path.
SCREENS: dict[str, Callable[[World], list[Values]]] = {
    "index": lambda w: [[]],
    "app_list": lambda w: [["policies"]],
    "guide": lambda w: [[]],
    "password_change": lambda w: [[]],
    "counties_county_change": lambda w: [[w.county.pk], ["48453"]],
    "counties_county_history": lambda w: [[w.county.pk]],
    "counties_county_together": lambda w: [[]],
    "policies_localpolicy_change": lambda w: [[w.policy.pk], [w.draft.pk], [w.overtaken.pk]],
    "policies_localpolicy_history": lambda w: [[w.policy.pk]],
    "policies_localpolicy_delete": lambda w: [[w.draft.pk]],
    "policies_localpolicy_withdraw": lambda w: [[w.policy.pk]],
    "policies_localpolicy_overtaken": lambda w: [[w.overtaken.pk]],
    "policies_stateprovision_change": lambda w: [[w.law.pk], [w.law_draft.pk]],
    "policies_stateprovision_effect": lambda w: [[w.law_draft.pk], [w.law.pk]],
    "policies_sourcedocument_change": lambda w: [[w.order.pk], [w.held.sealed.pk]],
    "policies_sourcedocument_seal": lambda w: [[w.order.pk]],
    "policies_changeset_change": lambda w: [[one.pk] for one in w.sets.values()],
    "policies_submission_change": lambda w: [[one.pk] for one in w.files.values()],
    "policies_submission_apply": lambda w: [[w.files["good"].pk]],
    "policies_submission_reject": lambda w: [[w.files["bad"].pk]],
    "policies_submission_undo": lambda w: [[w.files["applied"].pk]],
    "policies_submission_choose": lambda w: [[w.files["questions"].pk]],
    "policies_codingtask_change": lambda w: [[one.pk] for one in w.tasks.values()],
    "policies_codingtask_read": lambda w: [[w.tasks["waits"].pk, w.order.pk]],
    "policies_codingtask_agreement": lambda w: [[]],
    "policies_changeevent_acts": lambda w: [[]],
    "policies_sitetext_text": lambda w: [["factor.limits_holds.question"], ["about"]],
    "auth_user_history": lambda w: [[w.boss.pk]],
    "auth_user_password_change": lambda w: [[w.boss.pk]],
    "auth_user_second_factor_reset": lambda w: [[w.boss.pk]],
    "auth_user_delete": lambda w: [[w.boss.pk]],
}
#: What has to be asked for besides, of an address by name.
QUERIES = {
    "policies_submission_choose": "?scope=county&key=CA%7Csanfransico",
    "counties_county_together": "?state=CA",
    "policies_localpolicy_changelist": "?_facets=True",
}
#: Screens on the way in, which `test_the_way_in` takes in their order.
ON_THE_WAY_IN = {
    *("login", "logout", "second_step"),
    *("second_factor", "second_factor_codes", "second_factor_remove"),
}
#: Every model has these; a superuser who may not open one (403) shows that nobody may.
OF_MODELS = ("changelist", "add", "change")
_BUTTON = "is posted to by a button, and shows the screen from which it was"
_RECORDS = ("agreement", "icelist", "localpolicy", "policywin", "stateprovision")
_SETS = (
    *("submit", "take_back", "abandon", "remove", "comment", "claim", "send_back", "approve"),
    *("invite", "revoke_link", "ask_county"),
)
#: Addresses that are no screens of their own, and why.
NO_SCREENS = {
    "autocomplete": "data for a field",
    "jsi18n": "words for scripts",
    "view_on_site": "sends on to the public page",
    "password_change_done": "one sentence, in the frame of every screen",
    "policies_sourcedocument_file": "a file",
    "policies_codingtask_file": "a file",
    "policies_submission_file": "a file",
    "policies_submission_sheet": "a file",
    "policies_submission_bad_rows": "a file",
    "policies_submission_template": "a file",
    "policies_sitetext_preview": "a part of the screen of a text, which is looked at with it",
    "counties_county_record": _BUTTON,
    "policies_qualityitem_refresh": _BUTTON,
    "policies_submission_compare": _BUTTON,
    "policies_sitetext_publish": _BUTTON,
    "policies_sitetext_restore": _BUTTON,
    **{f"policies_changeset_{act}": _BUTTON for act in _SETS},
    **{f"policies_codingtask_{act}": _BUTTON for act in ("code", "cancel", "queue", "comment")},
    **{f"policies_{one}_{act}": _BUTTON for one in _RECORDS for act in ("succeed", "restore")},
    **{f"policies_{one}_export": "a file" for one in _RECORDS if one != "icelist"},
    **{
        f"policies_{one}_{act}": f"the same template as of {LocalPolicy._meta.verbose_name_plural}"
        for one in _RECORDS
        for act in ("withdraw", "overtaken")
        if one != "localpolicy"
    },
}
#: Of every model, and looked at for one of each template.
STOCK = ("history", "delete")


def of_models() -> dict[str, type]:
    """The name of every list and form -> its model."""
    return {
        f"{model._meta.app_label}_{model._meta.model_name}_{page}": model
        for model in admin.site._registry
        for page in OF_MODELS
    }


def stock() -> set[str]:
    return {
        f"{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model in admin.site._registry
        for page in STOCK
    }


def expected() -> set[str]:
    """All names that this module knows."""
    of_all = {name for name in (*of_models(), *stock()) if name in of_the_admin()}
    return {*SCREENS, *ON_THE_WAY_IN, *NO_SCREENS, *of_all}


def addresses(world: World) -> Iterator[str]:
    for name, model in of_models().items():
        if name in SCREENS:
            continue
        values: Values = []
        if name.endswith("_change"):
            values = [model._default_manager.order_by("pk").last().pk]
        yield reverse(f"admin:{name}", args=values) + QUERIES.get(name, "")
    for name, asked in SCREENS.items():
        for values in asked(world):
            yield reverse(f"admin:{name}", args=values) + QUERIES.get(name, "")


def posted(world: World) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(the screen that shows a form, where it is sent, what with): refused, or a preview."""

    def of(name: str, *values) -> str:
        return reverse(f"admin:{name}", args=values)

    together = of("counties_county_together")
    county = of("counties_county_change", world.county.pk)
    upload = of("policies_submission_add")
    text = of("policies_sitetext_text", "about")
    waits = world.sets["in_review"]
    task = world.tasks["waits"]
    published = of("policies_localpolicy_change", world.policy.pk)
    for name in ("localpolicy", "stateprovision", "sourcedocument", "codingtask"):
        add = of(f"policies_{name}_add")
        yield add, add, {"_save": "1", "published_on": "yesterday", **NO_PARTS}
    yield of("auth_user_add"), of("auth_user_add"), {"username": "boss", "password1": "1"}
    yield together, together, {"counties": "99999", "_preview": "1"}
    yield together, together, _provision(world)
    record = of("counties_county_record", world.county.pk)
    yield county, record, {"limits_holds-answer": "no", "source-starts": "yesterday", "_save": "1"}
    yield upload, upload, {"as_of": "yesterday", "kind": "policies", "_send": "1"}
    yield text, text, {"english": "# A", "spanish": "", "_preview": "1"}
    approve = of("policies_changeset_approve", waits.pk)
    yield of("policies_changeset_change", waits.pk), approve, {"read": "", "reason": ""}
    code = of("policies_codingtask_code", task.pk)
    yield of("policies_codingtask_change", task.pk), code, {"submit": "1"}
    yield published, published, {"title": "Typed for an hour", "_save": "1"}


#: Of a form's inlines, for the management forms that Django insists on.
NO_PARTS = {
    f"{prefix}-{count}_FORMS": "0"
    for prefix in ("citations", "claims", "exceptions", "aliases")
    for count in ("TOTAL", "INITIAL")
}


def _provision(world: World) -> dict[str, str]:
    return {
        "counties": f"{world.county.pk} 48453",
        "factors": "limits_holds",
        "answer": "no",
        "kind": "policy_change",
        "starts": "2021-05",
        "document": str(world.order.pk),
        "quote": "shall not hold any person",
        "title": "SB 4",
        "why": "State law.",
        "_preview": "1",
    }
