"""The guide for staff: ten tasks, one page, with pictures that the tasks' own tests take.

The words are in templates/admin/guide/, a file for each task. scripts/guide_pictures.sh takes the
pictures anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib import admin
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PICTURES = Path(__file__).parent.parent / "static" / "policies" / "guide"


@dataclass(frozen=True, slots=True)
class Task:
    """`test`: which test in tests/functional/guide/ does it in a browser, as `file::function`."""

    slug: str
    title: Promise
    test: str

    @property
    def template(self) -> str:
        return f"admin/guide/{self.slug}.html"


TASKS = (
    Task(
        "new-policy",
        gettext_lazy("A county adopts a policy"),
        "test_new_policy.py::test_from_the_order_to_three_points_more",
    ),
    Task(
        "law-enjoined",
        gettext_lazy("A court stops a state’s law"),
        "test_law_enjoined.py::test_from_an_end_date_to_the_counties_own_answers",
    ),
    Task(
        "correction",
        gettext_lazy("We were wrong"),
        "test_correction.py::test_from_what_we_had_wrong_to_the_change_log",
    ),
    Task(
        "partner-file",
        gettext_lazy("Approve a partner’s file"),
        "test_partner_file.py::test_a_file_of_300_rows_is_sent_previewed_and_applied",
    ),
    Task(
        "undo",
        gettext_lazy("Undo it"),
        "test_partner_file.py::test_what_held_before_the_file_holds_again",
    ),
    Task(
        "ice-list",
        gettext_lazy("ICE published a new list"),
        "test_ice_list.py::test_from_the_list_to_no_longer_listed",
    ),
    Task(
        "many-counties",
        gettext_lazy("The same provision for many counties"),
        "test_many_counties.py::test_from_the_list_of_counties_to_one_change_set",
    ),
    Task(
        "finding",
        gettext_lazy("A finding in the queue"),
        "test_finding.py::test_one_is_taken_and_mended_the_other_left_for_a_reason",
    ),
    Task(
        "outside-reader",
        gettext_lazy("An outside lawyer reads and approves"),
        "test_outside_reader.py::test_from_the_invitation_to_the_public_log",
    ),
    Task(
        "sealed",
        gettext_lazy("A court seals a document"),
        "test_sealed.py::test_file_and_quotes_go_and_the_answers_stay",
    ),
)


@dataclass(frozen=True, slots=True)
class Picture:
    url: str
    width: int
    height: int


@cache
def pictures() -> dict[str, Picture]:
    """By the name of the file without its ending. A PNG says its size in its first bytes."""
    found = {}
    for path in sorted(PICTURES.glob("*.png")):
        with path.open("rb") as file:
            head = file.read(24)
        width, height = (int.from_bytes(head[at : at + 4], "big") for at in (16, 20))
        found[path.stem] = Picture(static(f"policies/guide/{path.name}"), width, height)
    return found


def page(request) -> TemplateResponse:
    """For everybody to whom the admin is open."""
    context = {
        **admin.site.each_context(request),
        "title": _("The guide for staff"),
        "tasks": TASKS,
        "pictures": pictures(),
    }
    return TemplateResponse(request, "admin/guide/page.html", context)
