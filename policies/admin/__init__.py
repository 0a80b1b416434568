"""The staff's product, on the stock Django admin: one file per group of records.

All that changes a record's status goes through `policies.reviews` and `policies.actions`;
`records.py` and `reviews.py` say how.
"""

from policies.admin import (  # noqa: F401  (importing registers)
    account_events,
    accounts,
    agreements,
    catalogue,
    choices,
    coding,
    county,
    derived,
    documents,
    inbox,
    local_policy,
    quality,
    reference,
    reviews,
    second_factor,
    sign_in,
    site,
    site_texts,
    state_law,
    submissions,
    wins,
)
