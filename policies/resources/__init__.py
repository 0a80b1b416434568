"""Records as rows of a spreadsheet, by django-import-export: what the admin exports.

Policies go out in the very columns in which partners send them, so that an export can be sent back:
nothing then changes. Coming in they take the road of `import_plans` instead of the library's
row-by-row one. No text that goes out is a formula, and none has invisible characters.
"""

from policies.resources.local_policy import (
    LONG,
    WIDE,
    LocalPolicyResource,
    LocalPolicyVersionsResource,
    LocalPolicyWideResource,
)
from policies.resources.records import (
    AgreementResource,
    PolicyWinResource,
    StateProvisionResource,
)

__all__ = [
    "LONG",
    "WIDE",
    "AgreementResource",
    "LocalPolicyResource",
    "LocalPolicyVersionsResource",
    "LocalPolicyWideResource",
    "PolicyWinResource",
    "StateProvisionResource",
]
