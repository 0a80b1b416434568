"""Text on its way out and in again: nothing that a spreadsheet program would run. Pure.

Every file that leaves has an apostrophe before text that a program might take for a formula; every
file that arrives loses it again. The mark can be undone without loss: what begins with it in the
record itself gets another one.
"""

from __future__ import annotations

import re

from policies.imports.cell_errors import ERROR_CELLS

MARK = "'"
#: Signs that begin a formula, as typed on any keyboard; also behind spaces and quotation marks,
#: which some programs take away first.
_FORMULA = re.compile(r"""[\s'"`‘’“”\u200b\ufeff]*(?:[=+\-@＝＋－＠−]|[\t\r\n])""")
_QUOTED = re.compile(r"""^[\s'"]+""")


def is_formula(text: str) -> bool:
    """Whether some spreadsheet program may run the text instead of showing it.

    >>> is_formula("=1+1"), is_formula(' "@SUM(A1)'), is_formula("1-2")
    (True, True, False)
    """
    return _FORMULA.match(text) is not None


def neutral(text: str) -> str:
    """Text that no spreadsheet program runs; `original` gives it back.

    >>> neutral("=1+1"), neutral("'=1+1"), neutral("Ordinance 12")
    ("'=1+1", "''=1+1", 'Ordinance 12')
    """
    return MARK + text if _needs_mark(text) else text


def original(text: str) -> str:
    """What `neutral` was given.

    >>> original("'=1+1"), original("''=1+1"), original("'tis so")
    ('=1+1', "'=1+1", "'tis so")
    """
    return text[1:] if text.startswith(MARK) and _needs_mark(text[1:]) else text


def _needs_mark(text: str) -> bool:
    """A formula; or words that would be read as a failed one, such as "#REF!".

    Quotation marks before it make no difference, so that a mark can be told from what it marks.
    """
    if not text:
        return False
    return is_formula(text) or _QUOTED.sub("", text).rstrip().upper() in ERROR_CELLS
