"""How accounts are named to the public: by the person's own name if they gave one, never by what
they log in with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

#: The account in whose name commands and the first load of the record write.
SYSTEM = "system"


def public_names(keys: Iterable[int | None]) -> Mapping[int, str]:
    """Names of accounts by primary key. One query."""
    wanted = {key for key in keys if key is not None}
    fields = ("pk", "username", "first_name", "last_name")
    rows = get_user_model().objects.filter(pk__in=wanted).values_list(*fields)
    return {
        pk: system_words()
        if username == SYSTEM
        else f"{first} {last}".strip() or _("a member of staff")
        for pk, username, first, last in rows
    }


def system_words() -> str:
    """How the account of commands is named: nobody, so that it checked nothing either."""
    return _("the system, by command")
