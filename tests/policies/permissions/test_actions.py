"""Every action of the admin's lists, for every role: who is offered it, and who can run it."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.addresses import difference
from tests.factories import rolled_back
from tests.policies.permissions.actions import ACTIONS
from tests.policies.permissions.people import EVERYBODY, LOGIN, STAFF, answer, undrawn, writes

pytestmark = pytest.mark.django_db
ASKED, WROTE, NOTHING = "asked", "wrote", "nothing"


def registered() -> set[str]:
    """Every action of every list, whoever is offered it."""
    return {
        f"{model._meta.app_label}_{model._meta.model_name}.{name}"
        for model, model_admin in admin.site._registry.items()
        for _function, name, _description in model_admin._get_base_actions()
    }


def test_every_action_of_the_code_has_a_row():
    problem = difference(registered(), ACTIONS, "tests/policies/permissions/actions.py")
    assert not problem, f"\n{problem}"


def lists(name: str) -> str:
    """With every row, also what the list leaves out at first."""
    return reverse(f"admin:{name.partition('.')[0]}_changelist") + "?standing=all"


def offered(client, name: str) -> bool:
    model = name.partition(".")[0]
    address = lists(name) if "quality" in model else reverse(f"admin:{model}_changelist")
    with undrawn():
        response = client.get(address)
    form = response.context_data.get("action_form") if response.status_code == 200 else None
    return bool(form) and name.partition(".")[2] in dict(form.fields["action"].choices)


@pytest.mark.parametrize("name", ACTIONS)
def test_who_is_offered_it(world, name):
    found = {who for who in STAFF if offered(world.people.client(who), name)}
    assert found == ACTIONS[name].who


def run(client, name: str, world) -> str | int:
    """What comes of posting it, whether it was offered or not; then it is as before."""
    model, _dot, act = name.partition(".")
    action = ACTIONS[name]
    marked = {"action": act, "_selected_action": world.rows[action.on].pk, "index": "0"}
    address = lists(name) if "quality" in model else reverse(f"admin:{model}_changelist")
    with rolled_back(), undrawn(), writes() as written:
        response = client.post(address, {**action.post(world), **marked})
    if written:
        return WROTE
    if response.status_code == 200:  # the list itself, where nothing is offered
        return NOTHING if "cl" in response.context_data else ASKED
    return NOTHING if answer(response) == 302 else answer(response)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("name", ACTIONS)
def test_who_can_run_it(world, name, who):
    came = run(world.people.client(who), name, world)
    if who in ACTIONS[name].who:
        assert came == (ASKED if ACTIONS[name].asks else WROTE)
    else:
        assert came == LOGIN if who not in STAFF else came in (NOTHING, 403)
