"""CSV, TSV and the like: encoding and separator told by content, records as rows. Pure."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from policies.imports.grids import tidy
from policies.imports.limits import Limits
from policies.imports.tables import FileError, Sheet

_DELIMITERS = ",;\t|"
_LONE_RETURN = re.compile(r"\r(?!\n)")
_SAMPLE_LINES = 60
_SAMPLE_CHARACTERS = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_text(data: bytes, name: str, limits: Limits) -> Sheet:
    """The one sheet of a text file; its name is empty, as such files have none.

    `name` is the file's and tells tabs from commas only where the content leaves both possible.
    """
    text = decode(data)
    delimiter, text = _delimiter(text, prefers_tab=name.lower().endswith((".tsv", ".tab")))
    rows, stripped = tidy(_records(text, delimiter, limits), "", limits)
    return Sheet("", rows, stripped=tuple(stripped))


def decode(data: bytes) -> str:
    """Text from bytes: by its mark, else UTF-8, else as Western Windows writes it."""
    marked = next((pair for pair in _MARKS if data.startswith(pair[0])), None)
    mark, encoding = marked or (b"", _unmarked_utf16(data) or "utf-8")
    data = data[len(mark) :]
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise FileError(
                "corrupt",
                "The text is marked as UTF-16 but is damaged or was cut short. Save it as CSV in "
                "UTF-8 and send that.",
            ) from error
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        # Five bytes mean nothing to Windows; Latin-1 gives every byte a character.
        return data.decode("latin-1")


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 that lost its mark: a null in nearly every other byte, on one side only."""
    sample = data[:2_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * len(sample) and even < 0.05 * len(sample):
        return "utf-16-le"
    if even > 0.4 * len(sample) and odd < 0.05 * len(sample):
        return "utf-16-be"
    return ""


def _delimiter(text: str, *, prefers_tab: bool) -> tuple[str, str]:
    """(separator, text without Excel's "sep=;" line, which no program shows as a row).

    The separator that most of the first records agree on, in the number of their columns.
    """
    if text[:4].lower() == "sep=" and text[4:5] and text[5:6] in "\r\n":
        return text[4], text[5:].removeprefix("\r").removeprefix("\n")
    order = "\t,;|" if prefers_tab else _DELIMITERS
    sample = list(itertools.islice(_lines(text[:_SAMPLE_CHARACTERS]), _SAMPLE_LINES))
    return max(order, key=lambda delimiter: _agreement(sample, delimiter)), text


def _agreement(sample: list[str], delimiter: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    for record in csv.reader(sample, delimiter=delimiter):
        if len(record) > 1:
            widths[len(record)] += 1
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _lines(text: str) -> Iterable[str]:
    """Lines with their own ends, so that breaks inside quotes stay as they were."""
    if "\n" in text and not _LONE_RETURN.search(text):
        return _unix_lines(text)
    return io.StringIO(text, newline="")


def _unix_lines(text: str) -> Iterator[str]:
    """As StringIO gives them, without its copy of four bytes a character."""
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _records(text: str, delimiter: str, limits: Limits) -> Iterator[list[str]]:
    """The records, one a row of the spreadsheet program, however many lines each takes."""
    # The module's own limit (131,072) is for the whole process; a polygon is longer.
    csv.field_size_limit(max(csv.field_size_limit(), limits.file_bytes))
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    row = 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _unbalanced(row, error) from error
        yield record
        row += 1


def _unbalanced(row: int, error: csv.Error) -> FileError:
    if "quot" in str(error) or "expected after" in str(error) or "end of data" in str(error):
        message = (
            f'The quotation marks in row {row} do not pair up: a cell opens with " and is not '
            'closed, or has a single " inside. Inside a quoted cell write it twice (""), or save '
            "the table anew from a spreadsheet program."
        )
    else:
        message = f"Row {row} cannot be read ({error}). Save the table anew as XLSX or CSV."
    return FileError("corrupt", message)
