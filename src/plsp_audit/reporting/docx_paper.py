"""The paper that a Word report is written on, top down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from plsp_audit.model.catalogue import say
from plsp_audit.reporting.docx_parts import WIDE, Align, Cell, Line, Row, paragraph, table
from plsp_audit.reporting.docx_styles import CELL, HEAD, HEAD_FILL, HEADING, SMALL_HEADING
from plsp_audit.reporting.view import SiteReportView
from plsp_audit.reporting.wording import ordinal

if TYPE_CHECKING:
    from docx.document import Document

Column = tuple[str, float]
"""What stands over a column, and its width in millimetres; 0 takes what the others leave."""


class Paper:
    """Writes paragraphs and tables to the end of a document, in the words of its language.

    Args:
        document: The document, with its page set up.
        view: What the report says.
    """

    def __init__(self, document: Document, view: SiteReportView) -> None:
        self.document = document
        self.view = view
        self._end: Any = document.element.body.sectPr
        self._sections = 0

    def say(self, key: str, /, **words: object) -> str:
        """Give words of the report."""
        return say(f"report.{key}", self.view.lang, **words)

    def label(self, key: str) -> str:
        """Give the label of a keyword."""
        return say(f"label.{key}", self.view.lang)

    def told(self, name: str, text: str) -> str:
        """Give `name: text`."""
        return f"{name}{self.say('text.colon')}{text}"

    def bracketed(self, text: str) -> str:
        """Give a text in brackets."""
        return f"{self.say('text.open')}{text}{self.say('text.close')}"

    def put(self, element: Any) -> None:
        """Append an element."""
        self._end.addprevious(element)

    def write(self, text: str, style: str, *, keep: bool = False) -> None:
        """Append a paragraph."""
        self.put(paragraph(Line(text, style), keep))

    def heading(self, key: str) -> None:
        """Append the heading of the next section, numbered."""
        self._sections += 1
        self.write(ordinal(self._sections, self.view.lang) + self.say(f"heading.{key}"), HEADING)

    def small_heading(self, text: str) -> None:
        """Append a heading within a section."""
        self.write(text, SMALL_HEADING)

    def grid(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Append a table whose head is repeated on every page."""
        left = WIDE - sum(width for _, width in columns)
        self.put(table([width or left for _, width in columns], [self._head([name for name, _ in columns]), *rows]))

    def _head(self, names: Sequence[str]) -> Row:
        english = self.view.lang == "en"
        shown = [name[:1].upper() + name[1:] if english else name for name in names]
        return Row(tuple(Cell((Line(name, HEAD),), fill=HEAD_FILL, middle=True) for name in shown), head=True)


def cell(*texts: tuple[str, str], align: Align = "", fill: str = "") -> Cell:
    """Give a cell of one paragraph for each text and its style; empty texts are left out."""
    return Cell(tuple(Line(text, style, align) for text, style in texts if text), fill=fill)


def plain(text: str, align: Align = "") -> Cell:
    """Give a cell with one text."""
    return cell((text, CELL), align=align)
