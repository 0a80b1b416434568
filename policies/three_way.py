"""Two people changed one record: what it said, what it says now, and what the other wrote."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model
from django.utils.text import capfirst

from policies.differences import PART_KEYS, cited, parts_of, told, written_fields
from policies.models import Citation


@dataclass(frozen=True, slots=True)
class ThreeWay:
    """One field. `loaded`: what both began from; `theirs`: what is there now; `mine`."""

    label: str
    loaded: str
    theirs: str
    mine: str

    @property
    def is_contested(self) -> bool:
        """Both changed it, and not to the same."""
        return self.theirs not in (self.loaded, self.mine) and self.mine != self.loaded

    @property
    def only_theirs(self) -> bool:
        """Keeping `mine` would take their change back."""
        return self.mine == self.loaded != self.theirs


def three_ways(loaded: Model, theirs: Model, mine: Model) -> list[ThreeWay]:
    """What is not the same in all three versions of a record, its parts included."""
    rows = [_written(row) for row in (loaded, theirs, mine)]
    labels = dict.fromkeys(label for row in rows for label in row)
    found = [ThreeWay(label, *(row.get(label, "") for row in rows)) for label in labels]
    return [one for one in found if not one.loaded == one.theirs == one.mine]


def _written(record: Model) -> dict[str, str]:
    words = written_fields(record)
    for name in parts_of(record):
        model = record._meta.get_field(name).related_model
        rows = getattr(record, name).all()
        label = capfirst(str(model._meta.verbose_name_plural))
        words[label] = "\n".join(sorted(_part(row) for row in rows))
    return words


def _part(row: Model) -> str:
    if isinstance(row, Citation):
        return cited(row)
    return told(row) if type(row) in PART_KEYS else str(row)
