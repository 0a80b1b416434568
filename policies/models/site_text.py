"""Versions of the texts that the public reads, as staff wrote them. Nothing is overwritten."""

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _


class SiteTextQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)

    def in_force(self):
        """The newest published version of each text."""
        newest = self.published().order_by().values("key").annotate(newest=Max("pk"))
        return self.filter(pk__in=newest.values("newest"))


class SiteText(models.Model):
    """One version of one text, in both languages. Both empty: back to the text that ships."""

    key = models.CharField(_("text"), max_length=120, db_index=True)
    english = models.TextField(_("English"), blank=True)
    spanish = models.TextField(_("Spanish"), blank=True)
    note = models.TextField(_("why"), blank=True, help_text=_("Kept in the history."))
    changes_method = models.BooleanField(
        _("changes what counts"),
        default=False,
        help_text=_("The words change what earns a point: the public change log says so."),
    )
    created_at = models.DateTimeField(_("written at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        on_delete=models.PROTECT,  # who wrote it stays on record
        related_name="+",
    )
    published_at = models.DateTimeField(_("published at"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        on_delete=models.PROTECT,  # who published it stays on record
        related_name="+",
    )
    override_reason = models.TextField(_("why without a second reader"), blank=True)

    objects = SiteTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of the site")
        verbose_name_plural = _("texts of the site")
        ordering = ["-pk"]
        default_permissions = ("add", "view")  # versions are never changed or deleted
        constraints = [
            models.CheckConstraint(
                name="sitetext_published_by_someone",
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
            ),
            models.CheckConstraint(
                name="sitetext_second_reader_or_reason",
                condition=Q(published_by__isnull=True)
                | ~Q(published_by=models.F("created_by"))
                | ~Q(override_reason=""),
            ),
            models.CheckConstraint(name="sitetext_of_something", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return self.key
