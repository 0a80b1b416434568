"""Memory that a large file took, given back to the system."""

from __future__ import annotations

import ctypes

_TRIM = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, others need it less


def give_back() -> None:
    """Give the system what was freed. The C library keeps it for itself else: of a large workbook
    twenty megabytes, which Python, whose memory comes from elsewhere, cannot use."""
    if _TRIM is not None:
        _TRIM(0)
