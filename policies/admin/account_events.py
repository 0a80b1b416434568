"""The audit trail: who signed in, who failed to, and who changed whose rights."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from policies.admin.derived import ReadOnlyAdmin
from policies.admin.display import NOTHING
from policies.models import AccountEvent

WORDS = {
    "username": _("user name"),
    "name": _("name"),
    "is_active": _("active"),
    "is_staff": _("staff"),
    "is_superuser": _("superuser"),
    "groups": _("groups"),
    "permissions": _("permissions"),
}


def in_words(value) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return ", ".join(value) or NOTHING
    return str(value) if value else NOTHING


@admin.register(AccountEvent)
class AccountEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "about", "actor", "ip_address", "change")
    list_display_links = ("at",)
    list_select_related = ("account", "actor")
    list_filter = ("kind",)
    search_fields = ("name", "=ip_address")
    search_help_text = _("Name of an account or group, or an address")
    date_hierarchy = "at"
    show_full_result_count = False
    fields = ("at", "kind", "about", "actor", "ip_address", "change")

    @admin.display(description=_("account or group"), ordering="name")
    def about(self, event):
        return event.name or _("no such account")

    @admin.display(description=_("what changed"))
    def change(self, event):
        """Before → after, a line for each thing."""
        lines = (
            (WORDS.get(name, name), in_words(event.before.get(name)), in_words(value))
            for name, value in event.after.items()
        )
        return format_html_join("", '<div class="account-change">{}: {} → {}</div>', lines) or (
            NOTHING
        )
