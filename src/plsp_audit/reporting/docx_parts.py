"""What a Word report is made of: lines in a style, cells, rows and tables of fixed widths, as WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from plsp_audit.reporting.docx_styles import CELL, LINES, SIZES, SUB
from plsp_audit.reporting.office import xml_text
from plsp_audit.reporting.xlsx_text import lines_of

WIDE = 170.0
"""Millimetres between the margins."""

_TALLEST_WHOLE = 110.0
"""Millimetres; a taller row may be broken by a page's end, else half a page would stay empty."""

_PADDING = (0.8, 1.4)
"""Millimetres above and below, and beside."""

_CHINESE = re.compile("[\u2e80-\U0003ffff]")
_MM = 0.3528
"""Millimetres to a point."""

Align = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph.

    Attributes:
        mark: A sign before the text, which begins at the indent.
        tail: Printed small behind the text.
        picture: An element drawn in place of text.
        indent: An indent of its own, as an element.
    """

    text: str
    style: str = CELL
    align: Align = ""
    mark: str = ""
    tail: str = ""
    color: str = ""
    picture: Any = None
    indent: Any = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `edges` are borders of its own: side to colour and width in eighths of a point."""

    lines: tuple[Line, ...] = ()
    span: int = 1
    fill: str = ""
    middle: bool = False
    edges: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, never torn by a page's end.

    Attributes:
        head: Repeated at the top of every page.
        keep: Kept on the same page as the row that follows.
        height: The least height in millimetres; `exact` makes it the only one.
    """

    cells: tuple[Cell, ...]
    head: bool = False
    keep: bool = False
    height: float = 0
    exact: bool = False


def w(tag: str, *children: Any, **values: object) -> Any:
    """Give an element of WordprocessingML with its children (None is left out) and attributes."""
    node = _maker()(f"w:{tag}")
    for name, value in values.items():
        node.set(_name(name), str(value))
    node.extend(child for child in children if child is not None)
    return node


@cache
def _maker() -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement


@cache
def _name(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")


def twips(millimetres: float) -> int:
    """Give a length as the format counts it, in twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def run(text: str, *looks: Any) -> Any:
    """Give a run of text; `looks` are its own properties, in the order of the schema.

    Curly quotes, dashes and the like belong to both scripts: the hint has them drawn by the Chinese font in its texts.
    """
    hint = w("rFonts", hint="eastAsia") if _CHINESE.search(text) else None
    node = w("r", w("rPr", hint, *looks) if looks or hint is not None else None)
    for at, piece in enumerate(xml_text(text).replace("\t", " ").split("\n")):
        if at:
            node.append(w("br"))
        if piece:
            words = w("t")
            words.text = piece
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            node.append(words)
    return node


def paragraph(line: Line, keep: bool = False) -> Any:
    """Give a paragraph; `keep` keeps it on the page of what follows."""
    node = w("p", w("pPr", w("pStyle", val=line.style), w("keepNext") if keep else None, line.indent,
                    w("jc", val=line.align) if line.align else None))  # fmt: skip
    if line.picture is not None:
        node.append(w("r", w("drawing", line.picture)))
    if line.mark:
        node.extend((run(line.mark), w("r", w("tab"))))
    if line.text:
        node.append(run(line.text, *([w("color", val=line.color)] if line.color else ())))
    if line.tail:
        size = round(2 * SIZES[SUB])
        node.append(run(line.tail, w("sz", val=size), w("szCs", val=size)))
    return node


def table(
    widths: Sequence[float], rows: Sequence[Row], *,
    borders: bool = True, padding: bool = True, beside: float = _PADDING[1],
) -> Any:  # fmt: skip
    """Give a table as wide as its columns.

    Args:
        widths: The columns' widths in millimetres.
        rows: Its rows; the spans of each fill the columns.
        borders: Whether lines are drawn around all cells.
        padding: Whether text keeps its distance from the cells' edges.
        beside: How far it keeps from those at its sides, in millimetres.
    """
    sides = ("top", "left", "bottom", "right")
    lines = [w(side, val="single", sz=4, space=0, color=LINES) for side in (*sides, "insideH", "insideV")]
    room = dict(zip(sides, (_PADDING[0], beside) * 2, strict=True)) if padding else dict.fromkeys(sides, 0.0)
    node = w(
        "tbl",
        w(
            "tblPr",
            w("tblW", w=sum(map(twips, widths)), type="dxa"),
            w("tblBorders", *lines) if borders else None,
            w("tblLayout", type="fixed"),
            w("tblCellMar", *(w(side, w=twips(space), type="dxa") for side, space in room.items())),
            w("tblLook", val="0020" if any(row.head for row in rows) else "0000"),
        ),
        w("tblGrid", *(w("gridCol", w=twips(width)) for width in widths)),
    )
    node.extend(_row(row, widths) for row in rows)
    return node


def _row(row: Row, widths: Sequence[float]) -> Any:
    placed = list(_placed(row, widths))
    height = None
    if row.height:
        height = w("trHeight", val=twips(row.height), hRule="exact" if row.exact else "atLeast")
    whole = row.head or max((_height(cell, width) for cell, width in placed), default=0) < _TALLEST_WHOLE
    node = w("tr", w("trPr", w("cantSplit") if whole else None, height, w("tblHeader") if row.head else None))
    node.extend(_cell(cell, width, row.keep or row.head) for cell, width in placed)
    return node


def _placed(row: Row, widths: Sequence[float]) -> Iterator[tuple[Cell, float]]:
    at = 0
    for cell in row.cells:
        yield cell, sum(widths[at : at + cell.span])
        at += cell.span


def _cell(cell: Cell, width: float, keep: bool) -> Any:
    edges = [w(side, val="single" if size else "nil", sz=size, space=0, color=color)
             for side, color, size in cell.edges]  # fmt: skip
    node = w(
        "tc",
        w(
            "tcPr",
            w("tcW", w=twips(width), type="dxa"),
            w("gridSpan", val=cell.span) if cell.span > 1 else None,
            w("tcBorders", *edges) if edges else None,
            w("shd", val="clear", color="auto", fill=cell.fill) if cell.fill else None,
            w("vAlign", val="center") if cell.middle else None,
        ),
    )
    node.extend(paragraph(line, keep) for line in cell.lines or (Line(""),))
    return node


def _height(cell: Cell, width: float) -> float:
    """Estimate a cell's height in millimetres."""
    tall = 0.0
    for line in cell.lines:
        size = SIZES.get(line.style, SIZES[CELL])
        columns = max(width - 2 * _PADDING[1], 4) / (size * _MM / 2)
        tall += len(lines_of(line.text + line.tail, columns)) * size * _MM * 1.45
    return tall
