"""How text fits into a worksheet cell: widths as East Asian readers' programs draw them, and where lines break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from plsp_audit.reporting.office import xml_text

LONGEST_CELL = 32_000
"""Characters a cell may hold; the format ends at 32,767."""

_OPENING = "（《〈“‘「『【〔［｛([{"
_CLOSING = "、，。；：！？）》〉”’」』】〕］｝…—～%％℃㎡"
_PIECE = re.compile(rf"\n|[ \t]+|[{re.escape(_OPENING)}]*(?:[!-~\u00a1-\u02ff]+|.)[{re.escape(_CLOSING)}]*")


def cell_text(text: str) -> str:
    """Give text that a worksheet can hold: line feeds only, nothing that XML refuses, not endless."""
    return xml_text(text)[:LONGEST_CELL]


@lru_cache(maxsize=16_384)
def char_width(char: str) -> int:
    """Give the columns a character takes: 2 for Chinese and for signs that Chinese fonts draw wide, 0 for marks."""
    if char.isascii():
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def text_width(text: str) -> int:
    """Give the columns that one line of text takes."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def _pieces(text: str, columns: float) -> Iterator[tuple[str, int]]:
    """Give what a program keeps together, and its width: a Latin word, or one Chinese character and stops beside it."""
    for piece in _PIECE.findall(text):
        width = text_width(piece)
        if width <= columns:
            yield piece, width
        else:
            yield from ((char, char_width(char)) for char in piece)


def lines_of(text: str, columns: float) -> list[str]:
    """Break text into the lines it takes in a cell that is `columns` wide; joined, they are the text again."""
    if "\n" not in text and text_width(text) <= columns:
        return [text]
    lines: list[str] = []
    line = ""
    used = 0
    for piece, width in _pieces(text, max(columns, 2)):
        if used and used + width > columns and not piece.isspace():
            lines.append(line)
            line, used = "", 0
        line, used = line + piece, used + width
        if piece == "\n":
            lines.append(line)
            line, used = "", 0
    return [*lines, line]
