"""The national map's query: what is asked of it in its address, and the address of what is shown.

Every parameter is checked; one that makes no sense is refused with a 400 that names it, so that a
map is never of something else than was asked for.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counties import shapes
from policies import parameters
from policies.filters import LARGEST_INTEGER, STATE_NAMES, DayField
from policies.lens import Lens, steps
from policies.models import FactorChoices
from policies.rubric import Factor

AGREEMENTS = "agreements"
#: The whole country is one; nothing is to be seen beyond this.
LARGEST_ZOOM = 40
_NUMBER = re.compile(r"-?\d{1,4}(\.\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class View:
    """The part of the canvas that is seen: its left top corner and its width, in its pixels."""

    left: float
    top: float
    width: float

    @property
    def height(self) -> float:
        return round(self.width * shapes.HEIGHT / shapes.WIDTH, 1)

    @property
    def viewbox(self) -> str:
        return f"{self.left:g} {self.top:g} {self.width:g} {self.height:g}"

    def __str__(self) -> str:
        return f"{self.left:g},{self.top:g},{self.width:g}"


WHOLE = View(0, 0, shapes.WIDTH)


@dataclass(frozen=True, slots=True)
class Query:
    """`state`: postal abbreviation or empty. `only`: a step of the legend or empty. `view`: None
    where none was asked for, which is the whole country, or the state."""

    lens: Lens = field(default_factory=Lens)
    state: str = ""
    population_min: int | None = None
    population_max: int | None = None
    only: str = ""
    agreements: bool = False
    view: View | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether only some counties are meant, whatever their answers."""
        return (
            bool(self.state) or self.population_min is not None or self.population_max is not None
        )

    @property
    def seen(self) -> View:
        if self.view:
            return self.view
        return state_view(self.state) if self.state else WHOLE

    def items(self) -> list[tuple[str, str]]:
        """The parameters of this map, without the two dates and the palette."""
        lens = self.lens
        found: list[tuple[str, object]] = [
            ("factor", lens.factor),
            *(("in_force", factor) for factor in lens.in_force),
            *(("not_in_force", factor) for factor in lens.not_in_force),
            ("since", lens.since and lens.since.isoformat()),
            ("state", self.state),
            ("population_min", self.population_min),
            ("population_max", self.population_max),
            ("only", self.only),
            ("layer", AGREEMENTS if self.agreements else ""),
            ("view", self.view),
        ]
        return [(name, str(value)) for name, value in found if value not in (None, "")]

    def without(self, **changes: object) -> Query:
        return replace(self, **changes)


def state_view(usps: str) -> View:
    """The part of the canvas that holds a state, in the proportions of the map."""
    left, top, width, height = shapes.state_viewbox(usps)
    across = max(width, height * shapes.WIDTH / shapes.HEIGHT)
    down = across * shapes.HEIGHT / shapes.WIDTH
    x, y = left - (across - width) / 2, top - (down - height) / 2
    return View(round(x, 1), round(y, 1), round(across, 1))


class ViewField(forms.CharField):
    """`left,top,width`: three numbers with at most one decimal."""

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        parts = text.split(",")
        if len(parts) == 3 and all(_NUMBER.fullmatch(part) for part in parts):
            left, top, width = map(float, parts)
            near = min(left, top) >= -shapes.WIDTH and max(left, top) <= 2 * shapes.WIDTH
            if near and shapes.WIDTH / LARGEST_ZOOM <= math.ceil(width) <= shapes.WIDTH * 2:
                return View(left, top, width)
        raise forms.ValidationError(
            _("“%(text)s” is not a part of the map. Leave it out to see all of it.")
            % {"text": text[:40]}
        )


def _count(label):
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=LARGEST_INTEGER)


class QueryForm(forms.Form):
    """The parameters, one by one. `clean` refuses those that contradict each other."""

    factor = forms.ChoiceField(required=False, choices=FactorChoices.choices)
    in_force = forms.MultipleChoiceField(required=False, choices=FactorChoices.choices)
    not_in_force = forms.MultipleChoiceField(required=False, choices=FactorChoices.choices)
    since = DayField(required=False)
    state = forms.ChoiceField(required=False, choices=STATE_NAMES)
    population_min = _count(gettext_lazy("Population at least"))
    population_max = _count(gettext_lazy("Population at most"))
    only = forms.CharField(required=False, max_length=20)
    layer = forms.ChoiceField(required=False, choices=[(AGREEMENTS, AGREEMENTS)])
    view = ViewField(required=False)

    def __init__(self, query: QueryDict, as_of: date):
        given = query.copy()
        if given.get("state"):
            given["state"] = given["state"].upper()
        super().__init__(given)
        self.as_of = as_of

    def clean(self):
        chosen = super().clean()
        together = [*chosen.get("in_force", ()), *chosen.get("not_in_force", ())]
        if len(set(together)) < len(together):
            self.add_error("not_in_force", _("A policy cannot be in force and not in force."))
        if together and chosen.get("factor"):
            self.add_error("in_force", _("Choose one policy or several together, not both."))
        since = chosen.get("since")
        if since and together:
            self.add_error("since", _("Several policies together are shown for one day only."))
        if since and since >= self.as_of:
            self.add_error("since", _("The earlier day has to be before the other."))
        least, most = chosen.get("population_min"), chosen.get("population_max")
        if least is not None and most is not None and least > most:
            self.add_error("population_max", _("The most is less than the least."))
        return chosen


def parse(query: QueryDict, as_of: date, *also_known: str) -> Query:
    """What is asked for. `as_of`: the map's own day. Raises BadParameter."""
    parameters.refuse_all_but(
        query, *QueryForm.base_fields, *also_known, repeatable=("in_force", "not_in_force")
    )
    form = QueryForm(query, as_of)
    if not form.is_valid():
        raise parameters.BadParameter({k: " ".join(v) for k, v in form.errors.items()})
    chosen = form.cleaned_data
    lens = Lens(
        Factor(chosen["factor"]) if chosen["factor"] else None,
        tuple(Factor(code) for code in chosen["in_force"]),
        tuple(Factor(code) for code in chosen["not_in_force"]),
        chosen["since"],
    )
    only = chosen["only"]
    if only and only not in steps(lens):
        raise parameters.BadParameter({"only": ", ".join(steps(lens))})
    return Query(
        lens,
        chosen["state"],
        chosen["population_min"],
        chosen["population_max"],
        only,
        bool(chosen["layer"]),
        chosen["view"],
    )
