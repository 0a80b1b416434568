"""What tells two versions of a record apart, field by field, for people to read.

Reads what the rows hold and their parts (citations, claims, counties ...); many rows take few
queries if their parts were prefetched.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Field, Model
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.models import (
    Citation,
    Precision,
    ProvisionClaim,
    ProvisionException,
    SourceDocument,
)
from policies.models.base import DatedRecord
from policies.versions import OWN_FIELDS

#: Parts with fields of their own, and what makes parts of two versions the same one.
PART_KEYS: dict[type[Model], tuple[str, ...]] = {
    ProvisionClaim: ("factor",),
    ProvisionException: ("county_id", "factor"),
}
#: Written for staff alone.
FOR_STAFF = frozenset({"notes", "verification_note", "needs_verification"})
#: What dated records have in common.
SHARED = frozenset(field.name for field in DatedRecord._meta.get_fields())
#: Not worth a line where nothing came before: "no" is how every record begins.
UNLESS_SAID = frozenset({"in_force_by", "needs_verification"})
#: More places than this are counted, and only those that came or went are named.
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """One field. `before` or `after` is empty where there was or is nothing."""

    label: str
    before: str
    after: str


def differences(old: Model | None, new: Model, *, for_outsiders: bool = False) -> list[Difference]:
    """How `new` differs from `old`, in the order of the fields; None: all that `new` says.

    `for_outsiders`: without what is written for staff, documents that are not public, and
    citations, which may name such documents.
    """
    return [
        *_fields(old, new, for_outsiders),
        *(found for name in parts_of(new) for found in _part(name, old, new, for_outsiders)),
    ]


def written_fields(record: Model) -> dict[str, str]:
    """What the fields of a row say, by their labels."""
    return {
        capfirst(str(field.verbose_name)): _written(record, field)
        for field in _told_fields(type(record))
    }


def _told_fields(model: type[Model], for_outsiders: bool = False) -> Iterator[Field]:
    """What a record says of its own first; what it shares with all records, such as its days, then;
    what is written for staff last."""
    parent = _parent_field(model)
    fields = model._meta.concrete_fields
    for field in sorted(fields, key=lambda one: (one.name in FOR_STAFF, one.name in SHARED)):
        if not field.editable or field.name in OWN_FIELDS or field.name == parent:
            continue
        if for_outsiders and (field.name in FOR_STAFF or field.related_model is SourceDocument):
            continue
        if not field.name.endswith("_precision"):  # said with its date
            yield field


def _fields(old: Model | None, new: Model, for_outsiders: bool) -> Iterator[Difference]:
    for field in _told_fields(type(new), for_outsiders):
        before, after = (_written(row, field) if row else "" for row in (old, new))
        if old is None and field.name in UNLESS_SAID and not getattr(new, field.name):
            continue
        if before != after:
            yield Difference(capfirst(str(field.verbose_name)), before, after)


def _parent_field(model: type[Model]) -> str:
    return "provision" if model in PART_KEYS else ""


def _written(row: Model, field: Field) -> str:
    value = getattr(row, field.name)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return _written_date(value, _precision(row, field.name))
    return "" if value is None else str(value)


def _precision(row: Model, name: str) -> str:
    for candidate in (f"{name}_precision", f"{name.split('_')[0]}_precision"):
        if hasattr(row, candidate):
            return getattr(row, candidate)
    return Precision.DAY


def _written_date(day: date, precision: str) -> str:
    if precision == Precision.YEAR:
        return str(day.year)
    if precision == Precision.MONTH:
        return formats.date_format(day, "YEAR_MONTH_FORMAT")
    return day.isoformat()


# --- What belongs to a row ---------------------------------------------------------------------


def parts_of(record: Model) -> tuple[str, ...]:
    return getattr(record, "copied_children", ())


def _part(name: str, old: Model | None, new: Model, for_outsiders: bool) -> Iterator[Difference]:
    model = new._meta.get_field(name).related_model
    before, after = (list(getattr(row, name).all()) if row else [] for row in (old, new))
    if model in PART_KEYS:
        yield from _pairs(model, before, after, for_outsiders)
    elif model is Citation:
        if not for_outsiders:
            yield from _citations(before, after)
    else:
        yield from _names(model, before, after)


def _citations(before: list[Citation], after: list[Citation]) -> Iterator[Difference]:
    old, new = (Counter(cited(one) for one in rows) for rows in (before, after))
    label = capfirst(str(Citation._meta.verbose_name))
    for text in (old - new).elements():
        yield Difference(label, text, "")
    for text in (new - old).elements():
        yield Difference(label, "", text)


def cited(citation: Citation) -> str:
    place = [citation.sheet, str(citation.row or ""), citation.cell]
    quote = _("“%(words)s”") % {"words": citation.quote} if citation.quote else ""
    words = [str(citation), " ".join(filter(None, place)), quote, citation.note]
    return ": ".join(filter(None, words))


def _names(model: type[Model], before: list[Model], after: list[Model]) -> Iterator[Difference]:
    old, new = (sorted(str(one) for one in rows) for rows in (before, after))
    if old == new:
        return
    label = capfirst(str(model._meta.verbose_name_plural))
    if max(len(old), len(new)) <= MOST_NAMED:
        yield Difference(label, "; ".join(old), "; ".join(new))
        return
    came, went = sorted(set(new) - set(old)), sorted(set(old) - set(new))
    yield Difference(label, _counted(old, _("gone"), went), _counted(new, _("new"), came))


def _counted(names: list[str], word: str, some: list[str]) -> str:
    if not names:
        return ""
    total = ngettext("%(count)d in all", "%(count)d in all", len(names)) % {"count": len(names)}
    if not some or len(some) == len(names):
        return total
    return f"{total}; {word}: {'; '.join(some)}"


def _pairs(
    model: type[Model], before: list[Model], after: list[Model], for_outsiders: bool
) -> Iterator[Difference]:
    """Parts of the same key are compared in order of their starts; others came or went."""
    old, new = _by_key(model, before), _by_key(model, after)
    for key in dict.fromkeys((*old, *new)):
        label = _part_label(model, (old.get(key) or new[key])[0])
        olds, news = old.get(key, []), new.get(key, [])
        for number in range(max(len(olds), len(news))):
            was = olds[number] if number < len(olds) else None
            now = news[number] if number < len(news) else None
            if now is None:
                yield Difference(label, told(was, for_outsiders=for_outsiders), "")
                continue
            for found in differences(was, now, for_outsiders=for_outsiders):
                yield Difference(f"{label}: {found.label}", found.before, found.after)


def _by_key(model: type[Model], rows: list[Model]) -> dict[tuple, list[Model]]:
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.effective_from, row.pk or 0)):
        found[tuple(getattr(row, name) for name in PART_KEYS[model])].append(row)
    return found


def _part_label(model: type[Model], row: Model) -> str:
    if isinstance(row, ProvisionClaim):
        return row.get_factor_display()
    factor = f", {row.get_factor_display()}" if row.factor else ""
    return f"{capfirst(str(model._meta.verbose_name))} {row.county}{factor}"


def told(row: Model, *, for_outsiders: bool = False) -> str:
    said = differences(None, row, for_outsiders=for_outsiders)
    return "; ".join(f"{one.label}: {one.after}" for one in said if one.label and one.after)
