"""The staff's product, on the stock Django admin: one file per group of records.

All that changes a record's status goes through `policies.actions`; `records.py` says how.
"""

from policies.admin import (  # noqa: F401  (importing registers)
    account_events,
    accounts,
    agreements,
    choices,
    county,
    derived,
    documents,
    local_policy,
    reference,
    second_factor,
    sign_in,
    site,
    state_law,
    submissions,
    wins,
)
