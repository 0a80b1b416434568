"""Workbooks are zip archives: their parts, taken out only after the bomb checks. Pure.

What the reader of workbooks gets is packed anew from the parts that were checked, so that no
second reading of the same archive can find something else in it.
"""

from __future__ import annotations

import io
import shutil
import zipfile
import zlib
from collections.abc import Mapping

from policies.imports.file_types import password_protected
from policies.imports.limits import MEGABYTE, Limits
from policies.imports.tables import FileError

_ENCRYPTED = 0x1
_PIECE = MEGABYTE
_NESTED = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz")
_TEXTS = (".xml", ".rels")
_DECLARATION = "<!ENTITY"
_ENCODED_DECLARATIONS = tuple(
    _DECLARATION.encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


def checked_parts(data: bytes, limits: Limits) -> dict[str, bytes]:
    """The XML parts of a workbook by name. Pictures, macros and the like stay packed.

    Raises FileError: `bomb`, `password`, `corrupt`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_bomb(members, limits)
            parts = {
                # Some programs write the separator of Windows.
                member.filename.replace("\\", "/"): _read(archive, member)
                for member in members
                if member.filename.lower().endswith(_TEXTS) or member.filename == "mimetype"
            }
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        # A part that unpacks to more than the directory says fails its checksum, and ends here.
        raise FileError(
            "corrupt",
            "A part of the workbook is damaged. Open it in a spreadsheet program, save it anew "
            "and send that.",
        ) from error
    _refuse_entities(parts)
    return parts


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Piece by piece: all at once, a sheet is for a moment twice in memory."""
    content = io.BytesIO()
    with archive.open(member) as part:
        shutil.copyfileobj(part, content, _PIECE)
    return content.getvalue()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts and nothing else, compressed lightly: that takes less time than a
    sheet's tenfold size takes memory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _refuse_bomb(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        raise _bomb(f"it has {len(members):,} parts, more than {limits.members:,}")
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes:
        raise _bomb(
            f"it unpacks to {unpacked / MEGABYTE:,.0f} MB, more than "
            f"{limits.unpacked_bytes / MEGABYTE:,.0f}"
        )
    names = {member.filename for member in members}
    if len(names) < len(members):
        raise _bomb("two of its parts have the same name")
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise password_protected()
        if member.filename.lower().endswith(_NESTED):
            raise _bomb(f"there is another archive in it ({member.filename})")
        ratio = member.file_size / max(member.compress_size, 1)
        if member.file_size > limits.member_ratio_from and ratio > limits.member_ratio:
            raise _bomb(f"{member.filename} unpacks to {ratio:,.0f} times its size")


def _refuse_entities(parts: Mapping[str, bytes]) -> None:
    for name, content in parts.items():
        if any(declaration in content for declaration in _ENCODED_DECLARATIONS):
            raise _bomb(f"{name} declares entities, which no spreadsheet program writes")


def _bomb(reason: str) -> FileError:
    return FileError(
        "bomb",
        f"The workbook was not opened, because it is built like one that is meant to do harm: "
        f"{reason}. Copy the table into a new workbook and send that.",
    )
