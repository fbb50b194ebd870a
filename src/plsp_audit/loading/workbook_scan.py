"""What a workbook's XML tells that its reader leaves out: how much there is, and which cells are not what they seem.

The reader gives nothing for an error such as `#N/A` and for a formula that was never computed, and 0.98 for a cell in
which people see 98%. Both would quietly change a score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final, NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

MAX_UNPACKED: Final = 1024 * 1024 * 1024
MAX_PARTS: Final = 20_000
MAX_CELLS: Final = 12_000_000
"""The rows times the columns of a sheet, which its reader holds."""

_PIECE: Final = 256 * 1024
#: What is quoted, escaped or in brackets in a number format is shown, and says nothing of the number.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_MONTHS = frozenset({17, 27, 36, 50, 52, 57})
"""Built-in formats that show year and month only, the Chinese ones included."""


class UnfitWorkbookError(Exception):
    """A workbook that must not be read: the problem's code."""

    def __init__(self, code: str, **params: str) -> None:
        self.code, self.params = code, params
        super().__init__(code)


class Odd(NamedTuple):
    """A cell that is not what its reader says: `%`, `month`, `zeros`, `error` or `empty`, and the text to it."""

    kind: str
    text: str = ""


class Parts:
    """The parts of a workbook that matter.

    Attributes:
        sheets: By name of a sheet: its part.
        styles: By number of a cell's style: how the number in it is shown, where that matters.

    Raises:
        UnfitWorkbookError: It unpacks to too much.
        BadZipFile: It is none.
    """

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        entries = archive.infolist()
        if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise UnfitWorkbookError("unpacks_to_too_much", limit=str(MAX_UNPACKED // (1024 * 1024)))
        self._names = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
        self.sheets = self._sheets()
        self.styles = self._styles()

    def open(self, name: str) -> IO[bytes] | None:
        """Open a part, None where there is none."""
        entry = self._names.get(name.lower())
        return self._archive.open(entry) if entry is not None else None

    def _elements(self, name: str) -> Iterator[tuple[str, dict[str, str]]]:
        stream = self.open(name)
        if stream is None:
            return
        with stream:
            found: list[tuple[str, dict[str, str]]] = []
            parser = _parser()
            parser.StartElementHandler = lambda tag, given: found.append((tag.rpartition(":")[2], given))
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
                yield from found
                found.clear()

    def _sheets(self) -> dict[str, str]:
        targets = {
            given.get("Id", ""): given.get("Target", "")
            for tag, given in self._elements("xl/_rels/workbook.xml.rels")
            if tag == "Relationship"
        }
        found = {}
        for tag, given in self._elements("xl/workbook.xml"):
            if tag == "sheet" and "name" in given:
                rid = next((v for k, v in given.items() if k.rpartition(":")[2] == "id"), "")
                target = targets.get(rid, "")
                found[given["name"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return found

    def _styles(self) -> dict[str, str]:
        codes: dict[str, str] = {}
        found: dict[str, str] = {}
        number = 0
        inside = False
        for tag, given in self._elements("xl/styles.xml"):
            if tag == "numFmt":
                codes[given.get("numFmtId", "")] = given.get("formatCode", "")
            elif tag in ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs"):
                inside = tag == "cellXfs"
            elif tag == "xf" and inside:
                fmt = given.get("numFmtId", "0")
                kind = _kind(codes.get(fmt), int(fmt) if fmt.isdecimal() else 0)
                if kind:
                    found[str(number)] = kind
                number += 1
        return found


def _kind(code: str | None, number: int) -> str:
    if code is None:
        return "%" if number in (9, 10) else "month" if number in _MONTHS else ""
    shown = _LITERAL.sub("", code).split(";")[0]
    if "%" in shown:
        return "%"
    letters = {char for char in shown.lower() if char.isalpha()}
    if letters and letters <= {"y", "m"} and len(letters) == 2:
        return "month"
    return f"zeros{len(shown)}" if len(shown) > 1 and not shown.strip("0") else ""


def _refuse(*_: Any) -> None:
    raise UnfitWorkbookError("bad")


def _parser() -> Any:
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _refuse
    parser.buffer_text = True
    return parser


class _Cells:
    """Goes through a sheet's XML and takes down its odd cells, row by row."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        self.styles = styles
        self.done: list[tuple[int, dict[int, Odd]]] = []
        self.rows = self.columns = 0
        self._row = 0
        self._odd: dict[int, Odd] = {}
        self._column = -1
        self._cell: dict[str, str] = {}
        self._formula = self._wants = False
        self._text: list[str] = []
        self.parser = _parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell = given
            self._column = column_number(given["r"]) if "r" in given else self._column + 1
            self._formula = False
            self._text = []
        elif name == "row":
            above, self._row = self._row, int(given["r"]) if given.get("r", "").isdecimal() else self._row + 1
            if self._row <= above:
                raise UnfitWorkbookError("bad")
            self._column = -1
        elif name == "f":
            self._formula = True
        elif name in ("v", "t"):
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
        if text:
            self.rows = max(self.rows, self._row)
            self.columns = max(self.columns, self._column + 1)
        if kind == "e":
            self._odd[self._column] = Odd("error", text)
        elif self._formula and not text and kind != "str":
            self._odd[self._column] = Odd("empty")
        elif text and kind == "n" and (shown := self.styles.get(self._cell.get("s", ""))):
            self._odd[self._column] = Odd(shown, text)


def column_number(cell: str) -> int:
    """Give the column of a cell's name, from 0: `AB17` is 27."""
    number = 0
    for char in cell.upper():
        if not "A" <= char <= "Z":
            break
        number = number * 26 + ord(char) - 64
    return number - 1


def odd_cells(stream: IO[bytes], styles: Mapping[str, str]) -> Iterator[tuple[int, dict[int, Odd]]]:
    """Give the rows that have odd cells, from the top, each with them by column.

    Raises:
        ExpatError: It is no XML.
        BadZipFile: The part is damaged.
    """
    cells = _Cells(styles)
    while piece := stream.read(_PIECE):
        cells.parser.Parse(piece, False)
        yield from cells.done
        cells.done.clear()
    cells.parser.Parse(b"", True)
    yield from cells.done


_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\br=\"([0-9]{1,9})\"")
_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=\"([A-Za-z]{1,4})[0-9]")
_PLAIN_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")


def looked_over(stream: IO[bytes], styles: Mapping[str, str]) -> tuple[int, int, bool]:
    """Give how many rows and columns a sheet has, and whether it can have odd cells; quickly, and at times too much.

    Raises:
        BadZipFile: The part is damaged.
    """
    marks = [b't="e"', b"t='e'", b"<f", b":f>", b":f "]
    style = re.compile(rb"\ss=[\"'](?:" + b"|".join(s.encode() for s in styles) + rb")[\"']") if styles else None
    rows, letters, odd, carry = 0, set[bytes](), False, b""
    while piece := stream.read(_PIECE * 4):
        text = carry + piece
        cut = text.rfind(b"<")
        text, carry = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
        numbers = _ROW.findall(text)
        rows = max([rows, *map(int, numbers)])
        found = _CELL.findall(text)
        letters.update(found)
        odd = odd or any(mark in text for mark in marks) or style is not None and style.search(text) is not None
        if len(found) < len(_PLAIN_CELL.findall(text)) or len(carry) > _PIECE * 40:
            return 1 << 20, 1 << 14, True
    return rows, max((column_number(one.decode()) + 1 for one in letters), default=0), odd


def extent(stream: IO[bytes]) -> tuple[int, int]:
    """Give the last row and column in which anything stands, exactly.

    Raises:
        ExpatError: It is no XML.
        BadZipFile: The part is damaged.
    """
    cells = _Cells({})
    while piece := stream.read(_PIECE):
        cells.parser.Parse(piece, False)
        cells.done.clear()
    cells.parser.Parse(b"", True)
    return cells.rows, cells.columns
