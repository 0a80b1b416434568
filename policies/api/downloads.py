"""The lists that can be had whole: what each is called, and on which dates it depends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from policies.api import counties, records, reports
from policies.api.base import LARGEST_PAGE_SIZE, ListView


@dataclass(frozen=True, slots=True)
class Download:
    """`name`: as in the address of the API. `every_day`: has all days unless one is asked for."""

    name: str
    view: type[ListView]
    title: Promise
    about: Promise
    every_day: bool = False

    @property
    def clocks(self) -> tuple[str, ...]:
        """Which of the two dates it takes."""
        filterset = self.view.filterset_class
        return filterset.clocks if filterset else self.view.clocks

    def asked(self, query: Mapping[str, str]) -> dict[str, str]:
        """Those of the parameters that it takes."""
        return {name: query[name] for name in self.clocks if query.get(name)}

    @property
    def file_name(self) -> str:
        """Without its ending."""
        return self.name.replace("/", "-")

    def address(self, query: Mapping[str, str], form: str) -> str:
        """Path and query of the whole list as "csv" or "json", with the dates that it takes."""
        extra = {"format": "csv"} if form == "csv" else {"page_size": str(LARGEST_PAGE_SIZE)}
        return f"/api/v1/{self.name}/?{urlencode(extra | self.asked(query))}"

    def count(self, query: Mapping[str, str]) -> int:
        """How many rows it has on these dates. At most one query."""
        view = self.view()
        view.request = Unsent(self.name, self.asked(query))
        return view.count_all()


class Unsent(HttpRequest):
    """A request that nobody sent: what it is answered with is what the API answers.

    `base`: scheme and host in front of addresses in the answer; without it they are paths.
    """

    def __init__(self, name: str, query: Mapping[str, str], base: str = ""):
        super().__init__()
        self.method, self.path, self.base = "GET", f"/api/v1/{name}/", base
        self.GET = QueryDict(urlencode(query))
        self.META = {"QUERY_STRING": self.GET.urlencode()}

    def build_absolute_uri(self, location: str | None = None) -> str:
        return self.base + (self.path if location is None else location)


DOWNLOADS = (
    Download(
        "counties",
        counties.CountyList,
        _("Counties"),
        _("Each county with its score, its seven answers and how much is known."),
    ),
    Download(
        "states",
        records.StateList,
        _("States"),
        _("Each state, and how many of its counties are known."),
    ),
    Download(
        "state-provisions",
        records.ProvisionList,
        _("State law"),
        _("Statutes, directives and orders, with what they claim and whom they leave out."),
        every_day=True,
    ),
    Download(
        "agreements",
        records.AgreementList,
        _("Agreements with ICE"),
        _("287(g) agreements and detention contracts, those that ended included."),
        every_day=True,
    ),
    Download(
        "wins",
        records.WinList,
        _("Policy wins"),
        _("What was won, where and when, and which factors it touches."),
    ),
    Download(
        "documents",
        records.DocumentList,
        _("Documents"),
        _("What the record rests on, each with the hash of its archived file."),
    ),
    Download(
        "options",
        records.OptionList,
        _("Local options"),
        _("Provisions that a county or city can adopt, with words to propose."),
    ),
    Download(
        "factors",
        records.FactorList,
        _("The seven factors"),
        _("Their codes, names and questions."),
    ),
    Download(
        "reports/published",
        reports.PublishedList,
        _("Published figures"),
        _("Figures that reports printed, beside ours for the same day."),
    ),
    Download(
        "change-log",
        records.ChangeLog,
        _("Change log"),
        _("Every change we made, and whether the world changed or we were wrong."),
    ),
)
