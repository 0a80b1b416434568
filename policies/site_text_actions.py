"""Writing and publishing texts of the site: named actions, each in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from policies import actions, site_texts
from policies.models import ChangeEvent, ChangeKind, SiteText


@transaction.atomic
def write(
    *,
    key: str,
    english: str,
    spanish: str,
    by,
    at: datetime,
    seen: int | None,
    note: str = "",
    changes_method: bool = False,
) -> SiteText:
    """A new version, as a draft. Raises ValidationError if it cannot be published as it is, or if
    somebody wrote another since `seen` (the newest version that the writer had before them)."""
    actions.lock()
    entry = site_texts.registry().get(key)
    if entry is None:
        raise ValidationError(_("There is no such text."))
    newest = newest_version(key)
    if newest != seen:
        raise ValidationError(
            _("Somebody wrote another version meanwhile. Compare, then save again."),
            code="changed_meanwhile",
        )
    english, spanish = _tidy(english), _tidy(spanish)
    if found := site_texts.problems(entry, english, spanish):
        raise ValidationError(found)
    return SiteText.objects.create(
        key=key,
        english=english,
        spanish=spanish,
        note=note.strip(),
        changes_method=changes_method,
        created_by=by,
        created_at=at,
    )


@transaction.atomic
def publish(*, version: SiteText, by, at: datetime, reason: str = "") -> SiteText:
    """Put a version in force. Never by its author, unless a superuser says why."""
    actions.lock()
    version = SiteText.objects.get(pk=version.pk)
    if version.published_at:
        raise ValidationError(_("This version was published already."), code="already_done")
    if SiteText.objects.published().filter(key=version.key, pk__gt=version.pk).exists():
        raise ValidationError(_("A newer version is in force; write this one anew on top of it."))
    own = version.created_by_id == by.pk
    if own and not (by.is_superuser and reason.strip()):
        raise ValidationError(_("A second reader publishes it, never the one who wrote it."))
    version.published_at, version.published_by = at, by
    version.override_reason = reason.strip() if own else ""
    version.save(update_fields=["published_at", "published_by", "override_reason"])
    kind = ChangeKind.METHOD if version.changes_method else ChangeKind.WORDING
    entry = site_texts.registry()[version.key]
    summary = f"{entry.page}: {entry.label}. {version.note}".strip()
    if version.override_reason:
        summary += f" (Published without a second reader: {version.override_reason})"
    ChangeEvent.objects.create(at=at, kind=kind, summary=summary, actor=by)
    return version


def newest_version(key: str) -> int | None:
    """Number of the newest version of a text, published or not."""
    return SiteText.objects.filter(key=key).values_list("pk", flat=True).order_by("-pk").first()


def _tidy(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()
