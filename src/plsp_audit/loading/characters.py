"""Which characters a text file may hold, and where in it an offset stands."""

from __future__ import annotations

import re

from plsp_audit.model.problem import Place, Problem

#: Control characters, byte order marks inside the text, half surrogates and code points that are no characters.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
#: The same for characters that an escape (as in JSON) stands for; a mark does no harm there.
ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def unix_lines(text: str) -> str:
    """Give `text` with every CRLF and lone CR as a line feed, so that all readers count lines alike."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def line_column(text: str, offset: int) -> tuple[int, int]:
    """Give the line and column of `offset`, counted from 1; only line feeds end a line, as in an editor."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def place_of(text: str, offset: int, file: str) -> Place:
    """Give the place of `offset` in `file`."""
    return Place(file, *line_column(text, offset))


def printable(text: str) -> bool:
    """Tell quickly that a text holds nothing odd. False tells nothing: a full-width blank is not printable either."""
    return text.replace("\n", "").isprintable()


def unreadable(text: str, file: str) -> Problem | None:
    """Give the problem with the first character that no text file should hold, if there is one."""
    found = None if printable(text) else UNREADABLE.search(text)
    if found is None:
        return None
    code = f"U+{ord(found[0]):04X}"
    return Problem("file_control_character", {"char": code}, place_of(text, found.start(), file))
