"""Whether this machine can draw PDF: WeasyPrint needs Pango and its companions, which no Python package brings."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress

from plsp_audit.model.catalogue import Lang, say

_LIBRARIES = ("gobject-2.0", "pango-1.0", "harfbuzz", "fontconfig", "pangoft2-1.0")
_WINDOWS_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"


class PangoMissing(Exception):
    """PDF cannot be drawn on this machine; every other format still can."""


def pango_missing(lang: Lang = "zh") -> str | None:
    """Say how to get Pango where it is missing; None where PDF can be drawn."""
    with ExitStack() as folders:
        if sys.platform == "win32":
            for folder in os.getenv("WEASYPRINT_DLL_DIRECTORIES", _WINDOWS_FOLDERS).split(";"):
                with suppress(OSError):
                    folders.enter_context(os.add_dll_directory(folder))
        missing = [library for library in _LIBRARIES if not _loads(library)]
    return say("report.pdf.pango", lang) if missing else None


def _loads(library: str) -> bool:
    for name in _names(library):
        with suppress(OSError):
            ctypes.CDLL(name)
            return True
    return False


def _names(library: str) -> Iterator[str]:
    major = "1" if library == "fontconfig" else "0"
    yield f"lib{library}.so.{major}"
    yield f"lib{library}-{major}.dll"
    yield f"lib{library}.{major}.dylib"
    yield f"lib{library}.dylib"
