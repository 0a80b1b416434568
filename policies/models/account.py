"""What happened to accounts and groups: the audit trail of signing in and of rights."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountEvent(models.Model):
    """One sign-in, failure, lock-out, or change of a password, a second factor or rights.

    Written by `policies.account_log`, never changed. `account` is whom it is about, `actor` who
    did it, if anybody is known to have; `name` keeps the name of the account or group as it was.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in with the password only")
        SIGNED_IN_CODE = "signed_in_code", _("signed in with a code")
        SIGNED_IN_RECOVERY = "signed_in_recovery", _("signed in with a recovery code")
        SIGNED_OUT = "signed_out", _("signed out")
        FAILED = "failed", _("wrong name or password")
        WRONG_CODE = "wrong_code", _("wrong code")
        LOCKED_OUT = "locked_out", _("locked out")
        FACTOR_SET_UP = "factor_set_up", _("second factor set up")
        FACTOR_REMOVED = "factor_removed", _("second factor removed")
        FACTOR_RESET = "factor_reset", _("second factor reset by an administrator")
        CODES_RENEWED = "codes_renewed", _("new recovery codes")
        PASSWORD_CHANGED = "password_changed", _("password changed")
        ACCOUNT_MADE = "account_made", _("account made")
        RIGHTS_CHANGED = "rights_changed", _("rights of an account changed")
        GROUP_CHANGED = "group_changed", _("group changed")

    at = models.DateTimeField(_("when"), db_index=True)
    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("account"),
    )
    name = models.CharField(_("account or group"), max_length=150, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    ip_address = models.GenericIPAddressField(_("from"), null=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    class Meta:
        verbose_name = _("account event")
        verbose_name_plural = _("account events")
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name or '?'}"
