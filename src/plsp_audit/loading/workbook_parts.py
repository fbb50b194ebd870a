"""The parts of a workbook's archive: which sheets it has, how its numbers are shown, how long its texts are."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from functools import cached_property
from typing import IO, Any, Final
from xml.parsers import expat
from zipfile import ZipFile

MAX_UNPACKED: Final = 512 * 1024 * 1024
MAX_PARTS: Final = 20_000
PIECE: Final = 256 * 1024

#: What is quoted, escaped or in brackets in a number format is shown, and says nothing of the number.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_MONTHS = frozenset({17, 27, 36, 50, 52, 57})
"""Built-in formats that show year and month only, the Chinese ones included."""


class UnfitWorkbookError(Exception):
    """A workbook that must not be read: the problem's code."""

    def __init__(self, code: str, **params: str) -> None:
        self.code, self.params = code, params
        super().__init__(code)


def _refuse(*_: Any) -> None:
    raise UnfitWorkbookError("bad")


def xml_parser() -> Any:
    """Give a parser that refuses entities, which can grow without end."""
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _refuse
    parser.buffer_text = True
    return parser


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
        if len(self._names) < len(entries):
            raise UnfitWorkbookError("bad")
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
            parser = xml_parser()
            parser.StartElementHandler = lambda tag, given: found.append((tag.rpartition(":")[2], given))
            while piece := stream.read(PIECE):
                parser.Parse(piece, False)
                yield from found
                found.clear()

    @cached_property
    def lengths(self) -> array[int]:
        """The characters of each text that cells share."""
        lengths: array[int] = array("Q")
        stream = self.open("xl/sharedStrings.xml")
        if stream is None:
            return lengths

        def start(tag: str, _: dict[str, str]) -> None:
            if tag.rpartition(":")[2] == "si":
                lengths.append(0)

        def text(words: str) -> None:
            if lengths:
                lengths[-1] += len(words)

        with stream:
            parser = xml_parser()
            parser.StartElementHandler = start
            parser.CharacterDataHandler = text
            while piece := stream.read(PIECE):
                parser.Parse(piece, False)
        return lengths

    def _sheets(self) -> dict[str, str]:
        targets: dict[str, str] = {}
        for tag, given in self._elements("xl/_rels/workbook.xml.rels"):
            if tag == "Relationship":
                rid, target = given.get("Id", ""), given.get("Target", "").lstrip("/")
                if rid in targets:
                    raise UnfitWorkbookError("bad")
                targets[rid] = target if target.startswith("xl/") else f"xl/{target}"
        found: dict[str, str] = {}
        for tag, given in self._elements("xl/workbook.xml"):
            if tag == "sheet" and "name" in given:
                rid = next((v for k, v in given.items() if k.rpartition(":")[2] == "id"), "")
                found[given["name"]] = targets.get(rid, "")
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
