"""What a sheet's XML tells that its reader leaves out: how much there is, and which cells are not what they seem.

The reader gives nothing for an error such as `#N/A` and for a formula that was never computed, and 0.98 for a cell in
which people see 98%. Both would quietly change a score. And it ends the whole program when a sheet asks for more
memory than there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Final, NamedTuple

from plsp_audit.loading.rows import MAX_COLUMNS
from plsp_audit.loading.workbook_parts import PIECE, Parts, UnfitWorkbookError, xml_parser

MAX_CELLS: Final = 12_000_000
"""The rows times the columns of a workbook's sheets, which their reader holds."""

MAX_SHARED: Final = 200 * 1024 * 1024
"""The characters of a workbook's texts, each counted as often as it is used: their reader copies them."""


class Odd(NamedTuple):
    """A cell that is not what its reader says: `%`, `month`, `zeros`, `error` or `empty`, and the text to it."""

    kind: str
    text: str = ""


class Size(NamedTuple):
    """How much a sheet has: rows, columns, cells with shared texts, and whether there can be odd cells."""

    rows: int
    columns: int
    odd: bool
    shared: int


class _Cells:
    """Goes through a sheet's XML and takes down its odd cells, row by row."""

    def __init__(self, styles: Mapping[str, str], lengths: Sequence[int] = ()) -> None:
        self.styles = styles
        self.shared = self.characters = 0
        self._lengths = lengths
        self.done: list[tuple[int, dict[int, Odd]]] = []
        self.rows = self.columns = 0
        self._row = 0
        self._odd: dict[int, Odd] = {}
        self._column = -1
        self._cell: dict[str, str] = {}
        self._formula = self._filled = False
        self._at = 0
        self._text: list[str] = []
        self.parser = xml_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell = given
            self._column, self._at = cell_number(given["r"]) if "r" in given else (self._column + 1, self._row)
            self._filled = False
            self._formula = False
            self._text = []
        elif name == "row":
            above, self._row = self._row, int(given["r"]) if given.get("r", "").isdecimal() else self._row + 1
            if self._row <= above:
                raise UnfitWorkbookError("bad")
            self._column = -1
        elif name == "f":
            self._formula = self._filled = True
        elif name in ("v", "t"):
            self._filled = True
            self.parser.CharacterDataHandler = self._text.append

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("v", "t"):
            self.parser.CharacterDataHandler = None
        elif name == "c":
            self._close("".join(self._text))
        elif name == "row" and self._odd:
            self.done.append((self._row, self._odd))
            self._odd = {}

    def _close(self, text: str) -> None:
        kind = self._cell.get("t", "n")
        if self._filled:
            self.rows = max(self.rows, self._at)
            self.columns = max(self.columns, self._column + 1)
        if kind == "s" and text.isdecimal():
            self.shared += 1
            number = int(text[:18])
            self.characters += self._lengths[number] if number < len(self._lengths) else 0
        elif kind == "e":
            self._odd[self._column] = Odd("error", text)
        elif self._formula and not text and kind != "str":
            self._odd[self._column] = Odd("empty")
        elif text and kind == "n" and (shown := self.styles.get(self._cell.get("s", ""))):
            self._odd[self._column] = Odd(shown, text)


def column_number(letters: str) -> int:
    """Give the column of its letters, from 0: `AB` is 27."""
    number = 0
    for char in letters.upper():
        number = number * 26 + ord(char) - 64
    return number - 1


def cell_number(cell: str) -> tuple[int, int]:
    """Give the column, from 0, and the row, from 1, of a cell's name."""
    letters = cell.rstrip("0123456789")
    number = cell[len(letters) :]
    if not letters.isalpha() or not letters.isascii() or not number:
        raise UnfitWorkbookError("bad")
    return column_number(letters[:9]), int(number[:18])


def odd_cells(stream: IO[bytes], styles: Mapping[str, str]) -> Iterator[tuple[int, dict[int, Odd]]]:
    """Give the rows that have odd cells, from the top, each with them by column.

    Raises:
        ExpatError: It is no XML.
        BadZipFile: The part is damaged.
    """
    cells = _Cells(styles)
    while piece := stream.read(PIECE):
        cells.parser.Parse(piece, False)
        yield from cells.done
        cells.done.clear()
    cells.parser.Parse(b"", True)
    yield from cells.done


_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=\"([A-Za-z]{1,4}[0-9]{1,9})\"")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_DIGITS = b"0123456789"
_LETTERS = bytes(range(65, 91)) + bytes(range(97, 123))
_MARKS = (b't="e"', b"t='e'", b"<f", b":f>", b":f ")


def looked_over(stream: IO[bytes], styles: Mapping[str, str]) -> Size:
    """Give how much a sheet has, quickly, and at times too much.

    Raises:
        BadZipFile: The part is damaged.
    """
    style = re.compile(rb"\ss=[\"'](?:" + b"|".join(s.encode() for s in styles) + rb")[\"']") if styles else None
    rows, letters, odd, shared, carry = set[bytes](), set[bytes](), False, 0, b""
    while piece := stream.read(PIECE * 4):
        text = carry + piece
        cut = text.rfind(b"<")
        text, carry = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
        found = _CELL.findall(text)
        if len(found) != len(_ANY_CELL.findall(text)) or len(carry) > PIECE * 40:
            return _DOUBT
        cells = b" ".join(found)
        letters.update(cells.translate(None, _DIGITS).split())
        rows.update(cells.translate(None, _LETTERS).split())
        shared += text.count(b't="s"') + text.count(b"t='s'")
        odd = odd or any(mark in text for mark in _MARKS) or style is not None and style.search(text) is not None
    columns = max((column_number(one.decode()) + 1 for one in letters), default=0)
    return Size(max(map(int, rows), default=0), columns, odd, shared)


_DOUBT = Size(1 << 20, 1 << 14, True, 1 << 34)
"""As much as a sheet can hold, so that somebody looks closely."""


def looked_into(stream: IO[bytes], lengths: Sequence[int]) -> tuple[Size, int]:
    """Give how much a sheet has, exactly, and the characters of the shared texts in it.

    Raises:
        ExpatError: It is no XML.
        BadZipFile: The part is damaged.
    """
    cells = _Cells({}, lengths)
    while piece := stream.read(PIECE):
        cells.parser.Parse(piece, False)
        cells.done.clear()
    cells.parser.Parse(b"", True)
    return Size(cells.rows, cells.columns, True, cells.shared), cells.characters


def fit_sheets(parts: Parts) -> dict[str, bool]:
    """Give by sheet whether there can be odd cells in it.

    A sheet is held as the square around all that is in it, and each cell has its own copy of a text that it shares.

    Raises:
        UnfitWorkbookError: The sheets would fill the memory.
    """
    sizes: dict[str, Size] = {}
    for name, part in parts.sheets.items():
        stream = parts.open(part)
        if stream is not None:
            with stream:
                sizes[name] = looked_over(stream, parts.styles)
    longest = max(parts.lengths, default=0) if any(size.shared for size in sizes.values()) else 0
    characters = sum(size.shared for size in sizes.values()) * longest
    if _cells(sizes) > MAX_CELLS or characters > MAX_SHARED or _widest(sizes) > MAX_COLUMNS:
        characters = 0
        for name in sizes:
            stream = parts.open(parts.sheets[name])
            assert stream is not None
            with stream:
                sizes[name], more = looked_into(stream, parts.lengths)
            characters += more
        if _widest(sizes) > MAX_COLUMNS:
            raise UnfitWorkbookError("too_many_columns", limit=str(MAX_COLUMNS))
        if _cells(sizes) > MAX_CELLS or characters > MAX_SHARED:
            raise UnfitWorkbookError("too_many_cells", limit=str(MAX_CELLS))
    return {name: size.odd for name, size in sizes.items()}


def _cells(sizes: Mapping[str, Size]) -> int:
    return sum(size.rows * size.columns for size in sizes.values())


def _widest(sizes: Mapping[str, Size]) -> int:
    return max((size.columns for size in sizes.values()), default=0)
