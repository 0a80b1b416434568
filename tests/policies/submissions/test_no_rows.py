"""A sheet of headings alone is refused, whatever its kind: it would say that nothing is so."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from policies.import_plans import KINDS
from policies.workbooks import TEMPLATES, template

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_empty_template_has_no_rows(tmp_path, name):
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(template(name))
    kind = name if name in KINDS else "policies"
    with pytest.raises(CommandError, match="has headings in row 1 and nothing under") as refused:
        call_command(
            *("import_spreadsheet", str(path), f"--kind={kind}", "--as-of=2019-09-01"),
            *("--source=A sheet", "--apply"),
        )
    assert refused.value.returncode == 2
