"""What lists would do to the agreements that are published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policies.imports.agreement_plan import (
    StoredAgreement,
    derive,
    entry_key,
    plan,
    rename_key,
    row_outcomes,
)
from policies.imports.planned_policies import Act, Outcome
from tests.policies.imports.ice_rows import DAYS, entry, ice_list

OTHER = entry("Bexar County Sheriff's Office", "2019-05-06", row=9, fips=("48029",))


def stored(pk=1, row=None, **changes):
    """As the list of February left it."""
    row = row or entry()
    return replace(
        StoredAgreement(
            pk=pk,
            list_key=entry_key("287g", row),
            state=row.usps,
            agency_name=row.agency,
            agency_type=row.agency_type,
            fips=row.fips,
            model=row.model,
            signed_on=row.signed_on,
            effective_from=date(2020, 1, 10),
            in_force_by=False,
            effective_until=None,
            ended_as="",
            last_listed_on=DAYS["feb"],
        ),
        **changes,
    )


def planned(published, *lists, arrived="jul", choices=None):
    derived = derive(lists, choices).agreements
    return plan(derived, published, lists, arrived)


FEB = ice_list("feb", entry(row=4))


def test_what_is_not_published_is_new_with_all_rows_that_carry_it():
    (one,) = planned([], FEB, ice_list("jul", entry()))
    assert (one.outcome, one.act, one.succeeds) == (Outcome.NEW, Act.NEW, None)
    assert [row.list_id for row in one.cites] == ["feb", "jul"]


def test_still_listed_is_confirmed():
    (one,) = planned([stored()], FEB, ice_list("jul", entry()))
    assert (one.outcome, one.act, one.succeeds) == (Outcome.CONFIRMED, Act.CONFIRMED, 1)
    assert one.changes == (("last_listed_on", DAYS["feb"], DAYS["jul"]),)
    assert [row.list_id for row in one.cites] == ["jul"]


def test_the_same_list_again_changes_nothing():
    (one,) = planned([stored()], FEB, arrived="feb")
    assert (one.outcome, one.act, one.succeeds, one.changes) == (Outcome.UNCHANGED, None, None, ())


def test_no_longer_listed_ends_it_by_a_change_of_policy():
    found = planned([stored()], FEB, ice_list("jul", OTHER))
    one = next(one for one in found if one.before)
    assert (one.outcome, one.act) == (Outcome.REMOVED, Act.POLICY_CHANGE)
    assert (one.agreement.effective_until, one.agreement.ended_as) == (DAYS["jul"], "not_listed")
    assert (one.ended_by, one.cites) == ("jul", ())


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (entry(signed="2020-01-09"), "signed_on"),
        (entry(agency_type="county_jail"), "agency_type"),
        (entry(fips=("48029", "48265")), "fips"),
    ],
)
def test_what_the_newest_list_has_otherwise_is_a_correction(row, field):
    (one,) = planned([stored()], FEB, ice_list("jul", row))
    assert (one.outcome, one.act) == (Outcome.CHANGED, Act.CORRECTION)
    assert field in {name for name, _, _ in one.changes}


def test_a_name_written_otherwise_is_no_change():
    (one,) = planned([stored()], FEB, ice_list("jul", entry("KERR COUNTY SHERIFFS DEPT.")))
    assert one.outcome == Outcome.CONFIRMED


def test_a_date_that_becomes_known_corrects_the_start():
    before = stored(signed_on=None, effective_from=DAYS["feb"], in_force_by=True)
    lists = ice_list("feb", entry(signed=None)), ice_list("jul", entry())
    (one,) = planned([before], *lists)
    assert one.act == Act.CORRECTION
    assert (one.agreement.effective_from, one.agreement.in_force_by) == (date(2020, 1, 10), False)


def test_back_on_a_list_is_a_new_agreement_beside_the_ended_one():
    ended = stored(effective_until=DAYS["jul"], ended_as="not_listed")
    lists = FEB, ice_list("jul"), ice_list("may", entry(signed="2025-10-01"))
    first, second = planned([ended], *lists, arrived="may")
    assert (first.outcome, second.outcome) == (Outcome.UNCHANGED, Outcome.NEW)
    assert second.agreement.effective_from == date(2025, 10, 1)


def test_a_list_in_between_that_lacks_it_cuts_the_agreement_in_two():
    lists = FEB, ice_list("jul"), ice_list("may", entry())
    first, second = planned([stored(last_listed_on=DAYS["may"])], *lists)
    assert (first.outcome, first.agreement.effective_until) == (Outcome.REMOVED, DAYS["jul"])
    assert (second.outcome, second.agreement.in_force_by) == (Outcome.NEW, True)


def test_an_older_list_dates_an_ending_back():
    ended = stored(effective_until=DAYS["may"], ended_as="not_listed")
    found = planned([ended], FEB, ice_list("jul", OTHER), ice_list("may", OTHER))
    one = next(one for one in found if one.before)
    assert (one.outcome, one.act) == (Outcome.CHANGED, Act.CORRECTION)
    assert one.agreement.effective_until == DAYS["jul"]


class TestEditedByHand:
    """Staff's own content stays; lists only confirm or end."""

    edited = stored(
        edited=True, agency_type="county_jail", fips=("48029",), effective_from=date(2019, 1, 1)
    )

    def test_content_stays(self):
        (one,) = planned([self.edited], FEB, ice_list("jul", entry(signed="2020-01-09")))
        assert one.outcome == Outcome.CONFIRMED
        assert (one.agreement.agency_type, one.agreement.fips) == ("county_jail", ("48029",))
        assert one.agreement.effective_from == date(2019, 1, 1)

    def test_a_list_that_lacks_it_ends_it(self):
        found = planned([self.edited], FEB, ice_list("jul", OTHER))
        one = next(one for one in found if one.before)
        assert (one.outcome, one.act) == (Outcome.REMOVED, Act.POLICY_CHANGE)
        assert one.agreement.effective_until == DAYS["jul"]

    def test_what_staff_reopened_is_not_ended_again_by_the_same_list(self):
        lists = FEB, ice_list("jul", OTHER), ice_list("may", OTHER)
        found = planned([self.edited], *lists, arrived="may")
        one = next(one for one in found if one.before)
        assert one.agreement.effective_until is None

    def test_an_ending_that_staff_wrote_stays(self):
        over = replace(self.edited, effective_until=date(2025, 3, 1), ended_as="terminated")
        found = planned([over], FEB, ice_list("jul", OTHER))
        one = next(one for one in found if one.before)
        assert (one.agreement.effective_until, one.agreement.ended_as) == (
            date(2025, 3, 1),
            "terminated",
        )


def test_an_open_question_waits():
    (one,) = planned([], ice_list("jul", entry(unresolved=True, fips=())))
    assert (one.outcome, one.act) == (Outcome.ERROR, None)
    assert one.problem[0] == "unresolved"


def test_an_open_question_keeps_what_is_published():
    lists = FEB, ice_list("jul", entry(unresolved=True, fips=("48001",), agency_type=""))
    (one,) = planned([stored()], *lists)
    assert (one.outcome, one.agreement.fips) == (Outcome.CONFIRMED, ("48265",))
    assert row_outcomes([one], "jul") == {("Sheet1", 2): Outcome.ERROR}


def test_two_names_that_are_found_to_be_one_leave_one_record():
    old, new = entry("Lampass County Sheriff"), entry("Lampasas County Sheriff")
    lists = ice_list("feb", old), ice_list("jul", new)
    published = [
        stored(1, old, effective_until=DAYS["jul"], ended_as="not_listed"),
        stored(2, new, last_listed_on=DAYS["jul"]),
    ]
    (one,) = planned(published, *lists, choices={("rename", rename_key(old, new)): "same"})
    assert (one.succeeds, one.withdraws) == (1, (2,))
    assert (one.agreement.effective_until, one.agreement.agency_name) == (None, new.agency)


def test_every_row_of_the_arrived_list_has_an_outcome():
    lists = FEB, ice_list("jul", entry(row=2), OTHER, entry(row=3, model="Jail Enforcement Model"))
    assert row_outcomes(planned([stored()], *lists), "jul") == {
        ("Sheet1", 2): Outcome.CONFIRMED,
        ("Sheet1", 9): Outcome.NEW,
        ("Sheet1", 3): Outcome.NEW,
    }
