"""The fonts of a PDF: which ones layout may choose from, and how they are cut down to the characters used."""

from __future__ import annotations

import atexit
import inspect
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

from plsp_audit.model.content import content_dir

FontChoice = Literal["bundled", "system"]
"""`bundled`: only the fonts that come with the package, so that pages break alike everywhere; `system`: those of the
machine as well, 仿宋 first."""

_DROPPED_TABLES = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")


@contextmanager
def font_setting(choice: FontChoice) -> Iterator[None]:
    """Point Fontconfig at the fonts of `choice` while a document is drawn.

    It must be entered before WeasyPrint is imported for the first time, since WeasyPrint looks for fonts on import.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = _configuration(choice, before if choice == "system" else None)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@cache
def _configuration(choice: FontChoice, before: str | None) -> str:
    """Write the Fontconfig file of `choice`, once a process, and give its path."""
    folder = Path(tempfile.mkdtemp(prefix="plsp-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    lines = [f"<dir>{escape(str(content_dir('reports') / 'fonts'))}</dir>"]
    if choice == "system":
        lines.insert(0, f'<include ignore_missing="yes">{escape(before or "fonts.conf")}</include>')
    lines.append(f"<cachedir>{escape(str(folder / 'cache'))}</cachedir>")
    body = "\n".join(lines)
    path = folder / f"{choice}.conf"
    path.write_text(f'<?xml version="1.0"?>\n<fontconfig>\n{body}\n</fontconfig>\n', encoding="utf-8")
    return str(path)


@cache
def use_harfbuzz_subsetting() -> bool:
    """Let WeasyPrint subset fonts with HarfBuzz from its Python package, several times faster than its fallback.

    Left as it is where the system's HarfBuzz library can do it, or where WeasyPrint's private class has changed.

    Returns:
        Whether fonts will be subset by HarfBuzz, by either way.
    """
    from weasyprint.pdf import fonts

    if getattr(fonts, "harfbuzz_subset", None):
        return True
    original = getattr(fonts.Font, "subset", None)
    if original is None or list(inspect.signature(original).parameters) != ["self", "to_unicode", "hinting"]:
        return False

    def subset(self: Any, to_unicode: Any, hinting: bool) -> None:
        # Variable fonts are made static afterwards by WeasyPrint itself, which wants its own subset.
        try:
            if to_unicode and "fvar" not in self.tables:
                self.file_content = _subset(self.file_content, self.index, to_unicode, hinting, bool(self.missing))
                return
        except (AttributeError, RuntimeError, TypeError, ValueError):
            pass
        original(self, to_unicode, hinting)

    fonts.Font.subset = subset
    return True


def _subset(content: bytes, index: int, glyphs: Any, hinting: bool, notdef: bool) -> bytes:
    """Keep the outlines of `glyphs` under their numbers, without the tables that a PDF does not need."""
    import uharfbuzz as hb

    flags = hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | hb.SubsetFlags.DESUBROUTINIZE
    if notdef:
        flags |= hb.SubsetFlags.NOTDEF_OUTLINE
    first = hb.SubsetInput()
    first.flags = flags | hb.SubsetFlags.RETAIN_GIDS
    first.glyph_set.update(glyphs)
    first.drop_table_tag_set.update(_tag(name) for name in _DROPPED_TABLES)
    face = hb.subset(hb.Face(content, index), first)
    last = hb.SubsetInput()
    last.flags = flags if hinting else flags | hb.SubsetFlags.NO_HINTING
    last.glyph_set.update(range(max(glyphs) + 1))
    return bytes(hb.subset(face, last).blob.data)


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")
