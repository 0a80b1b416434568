"""The guide for staff keeps to what there is: its pictures, its tests, the words on the screen."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from policies import roles
from policies.admin import guide
from tests.factories import UserFactory

ROOT = Path(settings.BASE_DIR)
PAGES = ROOT / "templates" / "admin" / "guide"
SOURCES = [
    *(path for path in (ROOT / "templates").rglob("*.html") if path.parent != PAGES),
    *(ROOT / "policies").rglob("*.py"),
]
#: From Django itself, or with a number in it; or what a term is explained by, and no button.
ELSEWHERE = {"Go", "Make 4 drafts", "bold"}


def words_of(task: guide.Task) -> str:
    return (PAGES / f"{task.slug}.html").read_text()


@pytest.mark.parametrize("task", guide.TASKS, ids=lambda task: task.slug)
def test_every_task_has_its_test(task):
    file, _, function = task.test.partition("::")
    tree = ast.parse((ROOT / "tests" / "functional" / "guide" / file).read_text())
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("task", guide.TASKS, ids=lambda task: task.slug)
def test_every_task_says_when_how_what_and_what_can_go_wrong(task):
    for heading in ("When", "Who", "Steps", "What happens", "What can go wrong"):
        assert f'{{% translate "{heading}" %}}' in words_of(task)


def test_every_picture_is_there_is_shown_and_is_small():
    named = {
        name for task in guide.TASKS for name in re.findall(r"pictures\.(\w+)", words_of(task))
    }
    assert named == set(guide.pictures())
    for name in named:
        assert (guide.PICTURES / f"{name}.png").stat().st_size < 60_000
        assert guide.pictures()[name].width == 1280


def test_every_word_in_bold_stands_on_the_screen():
    said = "\n".join(path.read_text() for path in SOURCES).casefold()
    bold = {
        word
        for path in PAGES.glob("*.html")
        for word in re.findall("<b>(.*?)</b>", path.read_text())
    }
    assert not {word for word in bold - ELSEWHERE if word.casefold() not in said}


@pytest.mark.parametrize("role", roles.ROLES)
def test_every_role_reads_it_with_few_queries(as_role, role, django_assert_max_num_queries):
    client = as_role(role, "rosa")
    with django_assert_max_num_queries(19):
        html = client.get("/admin/guide/").content.decode()
    assert html.count("<section id=") == len(guide.TASKS)
    assert '<a href="/admin/guide/">' in client.get("/admin/").content.decode()


def test_it_is_for_staff_only(db, client):
    client.force_login(UserFactory(is_staff=False))
    assert client.get("/admin/guide/").status_code == 302
