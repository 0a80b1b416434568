"""Which kind of spreadsheet a file is, told by its content and held against its name. Pure.

The two must agree: a name that says something else than the content is as often the wrong file as
the wrong name, and spreadsheet programs refuse it too. The message says what the file really is.
"""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum
from pathlib import PurePath

from policies.imports.tables import FileError


class FileType(StrEnum):
    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


NAMES = {
    FileType.TEXT: "a text file",
    FileType.XLSX: "an Excel workbook (XLSX)",
    FileType.XLS: "an old Excel workbook (XLS)",
    FileType.ODS: "an OpenDocument spreadsheet (ODS)",
}
EXTENSIONS = {
    ".csv": FileType.TEXT,
    ".tsv": FileType.TEXT,
    ".tab": FileType.TEXT,
    ".txt": FileType.TEXT,
    ".xlsx": FileType.XLSX,
    ".xlsm": FileType.XLSX,
    ".xls": FileType.XLS,
    ".ods": FileType.ODS,
}
#: The admin's form, which refuses an empty file itself, says the same.
EMPTY = "The file is empty. Send the one that holds the data."
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ACCEPTED = "Accepted are CSV, TSV, XLSX, XLSM, XLS and ODS."
#: What binary files that are no spreadsheet begin with.
_OTHERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\0": "a picture",
    b"\x1f\x8b": "a packed file (gzip)",
    b"7z\xbc\xaf": "a packed file (7z)",
    b"Rar!": "a packed file (RAR)",
    b"{\\rtf": "a text document (RTF)",
    b"SQLite format 3": "a database",
}
_SNIFFED = 4_096


def detect(data: bytes, filename: str) -> FileType:
    """The type of a file, or FileError (`wrong_type`, `password`, `corrupt`, `empty`)."""
    extension = PurePath(filename).suffix.lower()
    found = _by_content(data)
    expected = EXTENSIONS.get(extension)
    if extension and expected is None:
        raise FileError(
            "wrong_type",
            f"Files that end in {extension} are not read. {_ACCEPTED} Open it in a spreadsheet "
            "program and save it as one of these.",
        )
    if expected and expected != found:
        suggestions = [e for e, kind in EXTENSIONS.items() if kind == found and e != ".tab"]
        raise FileError(
            "wrong_type",
            f"The name ends in {extension}, but the file is {NAMES[found]}. If it is the right "
            f"file, let its name end in {' or '.join(suggestions)} and send it again.",
            suggestions,
        )
    return found


def _by_content(data: bytes) -> FileType:
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise FileError("empty", EMPTY)
    if data.startswith(_ZIP):
        return _of_archive(data)
    if data.startswith(_OLE):
        return _of_compound_file(data)
    for start, name in _OTHERS.items():
        if data.startswith(start):
            raise _not_a_spreadsheet(name)
    _refuse_markup(data)
    return FileType.TEXT


def _of_archive(data: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/") for name in archive.namelist()}
            mimetype = archive.getinfo("mimetype") if "mimetype" in names else None
            is_ods = bool(
                mimetype
                and mimetype.file_size < 200
                and not mimetype.flag_bits & 1
                and b"opendocument.spreadsheet" in archive.read(mimetype)
            )
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise FileError(
            "corrupt",
            "The workbook is damaged or was cut short on its way. Open it in a spreadsheet "
            "program, save it anew and send that.",
        ) from error
    if is_ods:
        return FileType.ODS
    if "xl/workbook.bin" in names:
        raise _not_a_spreadsheet("a binary Excel workbook (XLSB)")
    if any(name.startswith(("xl/workbook", "xl/worksheets/")) for name in names):
        return FileType.XLSX
    if any(name.startswith("word/") for name in names):
        raise _not_a_spreadsheet("a text document (Word)")
    raise FileError(
        "wrong_type",
        f"The file is a zip archive, but not a workbook. {_ACCEPTED} Unpack it and send the "
        "spreadsheet that is in it.",
    )


def _of_compound_file(data: bytes) -> FileType:
    """What an OLE file holds, by the names in its directory, which are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise password_protected()
    # "Book" is the stream of Excel 5.
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "WORKBOOK", "Book\0")):
        return FileType.XLS
    if "WordDocument".encode("utf-16-le") in data:
        raise _not_a_spreadsheet("a text document (Word)")
    raise FileError(
        "corrupt",
        "The file begins like an old Office file, but no workbook can be found in it. Open it in "
        "a spreadsheet program, save it as XLSX and send that.",
    )


def _refuse_markup(data: bytes) -> None:
    """Web pages and XML under a spreadsheet's name, as some systems export them."""
    start = data[:_SNIFFED].lstrip(b"\xef\xbb\xbf\t\r\n ").lower()
    if not start.startswith((b"<", b"{", b"[{")):
        if b"\0" in start and not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_binary(data):
            raise _not_a_spreadsheet("of an unknown kind (not text)")
        return
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style")):
        raise _not_a_spreadsheet("a web page (HTML)")
    if start.startswith((b"<?xml", b"<workbook", b"<kml", b"<!--", b"<!doctype")):
        raise _not_a_spreadsheet("a web page (HTML)" if b"<html" in start else "an XML document")
    if start.startswith((b"{", b"[{")) and b'":' in start.replace(b'" :', b'":'):
        raise _not_a_spreadsheet("a JSON document")


def _is_binary(data: bytes) -> bool:
    """Not even text with stray control characters: many bytes that no text has."""
    sample = data[:_SNIFFED]
    text_bytes = sum(byte >= 32 or byte in b"\t\r\n" for byte in sample)
    nulls = sample.count(0)
    # Text as UTF-16 without a mark has a null in every other byte, all on one side.
    one_sided = max(sample[::2].count(0), sample[1::2].count(0)) >= 0.95 * nulls
    return text_bytes < 0.8 * len(sample) and not (one_sided and nulls > 0.3 * len(sample))


def password_protected() -> FileError:
    return FileError(
        "password",
        "The workbook is protected by a password. Open it, take the password away (File, Info, "
        "Protect Workbook, Encrypt with Password: leave it empty), save it and send that.",
    )


def _not_a_spreadsheet(what: str) -> FileError:
    return FileError(
        "wrong_type",
        f"The file is {what}. {_ACCEPTED} Open it in a spreadsheet program and save it as XLSX, "
        "or ask for the data as a spreadsheet.",
    )
