"""The staff's product, on the stock Django admin: one file per group of records.

All that changes a record's status goes through `policies.actions`; `records.py` says how.
"""

from policies.admin import (  # noqa: F401  (importing registers)
    accounts,
    agreements,
    choices,
    county,
    derived,
    documents,
    inbox,
    local_policy,
    quality,
    reference,
    site,
    state_law,
    submissions,
    wins,
)
