"""A circular as a Word document: what the PDF says in its order, to be changed before it is issued."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from plsp_audit.model.bulletin_layout import Layout
from plsp_audit.model.bulletin_letter import Attachment, Grid, Letter, Passage
from plsp_audit.reporting.bulletin_docx_page import (
    CAPTION,
    CLOSING,
    HEADING,
    LABEL,
    LEAD,
    MARK,
    NUMBER,
    PLAIN,
    REMARK,
    TEXT,
    TITLE,
    TO,
    page,
    twentieths,
)
from plsp_audit.reporting.bulletin_measures import POINT, TABLE_SIDE, ClosingPlace, Measures, units
from plsp_audit.reporting.bulletin_parts import attached, labels
from plsp_audit.reporting.docx_page import saved
from plsp_audit.reporting.docx_parts import Cell, Line, Row, run, table, w
from plsp_audit.reporting.docx_styles import CELL, GAP, HEAD

_BY_SHARE = 0.6
"""The part of the closing's last line for who prints; the rest is for when."""

_THICK, _THIN = 8, 6
"""Eighths of a point: 0.35 mm and 0.25 mm."""


def render_bulletin_docx(letter: Letter, layout: Layout, place: ClosingPlace) -> bytes:
    """Write a circular as a Word document. The same circular gives the same bytes.

    Args:
        letter: What it says.
        layout: How it is laid out.
        place: Where the closing stands; Word itself cannot be asked to find out.
    """
    paper = LetterPaper(letter, layout)
    paper.head()
    for passage in letter.body[:-1]:
        paper.passage(passage)
    paper.signing(letter.body[-1])
    for label, attachment in zip(labels(letter), letter.attachments, strict=True):
        paper.attachment(label, attachment)
    paper.closing(place)
    return saved(paper.document, letter.whole_title, letter.date_iso, letter.lang)


class LetterPaper:
    """Writes a circular's paragraphs to the end of its document."""

    def __init__(self, letter: Letter, layout: Layout) -> None:
        self.letter, self.layout = letter, layout
        self.measures = Measures(layout)
        self.document = page(letter, layout)
        self._end: Any = self.document.element.body.sectPr

    def put(self, style: str, *runs: Any, **more: Any) -> Any:
        """Append a paragraph; `more` are its own properties by their names."""
        order = ("keepNext", "pageBreakBefore", "framePr", "pBdr", "tabs", "spacing", "ind", "jc")
        own = [more[name] for name in order if name in more]
        node = w("p", w("pPr", w("pStyle", val=style), *own))
        node.extend(runs)
        self.append(node)
        return node

    def append(self, node: Any) -> None:
        """Append an element of any kind."""
        self._end.addprevious(node)

    def head(self) -> None:
        """Write the head of the first page: what stands in its corner, the organ's mark, the number, the red line."""
        letter, head, pitch = self.letter, self.layout.head, self.measures.pitch
        for number, line in enumerate(letter.top):
            self.put(PLAIN if number == 0 else LABEL, run(line))
        above = max(head.mark_top / POINT - len(letter.top) * pitch, Fraction(0))
        size = self.measures.mark(letter)
        looks = (w("sz", val=round(2 * size)), w("szCs", val=round(2 * size)))
        spacing = w("spacing", before=twentieths(above), line=twentieths(size * Fraction(6, 5)), lineRule="exact")
        self.put(MARK, run("\n".join(self.measures.mark_lines(letter)), *looks), spacing=spacing)
        gap = round(head.rule_gap / POINT)
        border = w("bottom", val="single", sz=round(head.rule_width * 8), space=min(gap, 31), color=head.colour[1:])
        more: dict[str, Any] = {"pBdr": w("pBdr", border)}
        runs = [run(letter.number)]
        if letter.approver:
            one = twentieths(self.measures.character)
            right = twentieths(self.measures.text_width) - one
            more |= {"tabs": w("tabs", w("tab", val="right", pos=right)), "jc": w("jc", val="left")}
            runs = [run("　" + letter.number), w("r", w("tab")), run(letter.approver_label), _lead(letter.approver)]
        self.put(NUMBER, *runs, **more)
        above = head.title_lines * pitch
        lines = "\n".join(letter.title)
        self.put(TITLE, run(lines), spacing=w("spacing", before=twentieths(above)))
        self.put(TO, run(letter.to))

    def passage(self, passage: Passage, **more: Any) -> None:
        """Write a heading or a paragraph."""
        if passage.heading:
            self.put(HEADING, run(passage.text), **more)
            return
        lead = [_lead(passage.lead)] if passage.lead else []
        self.put(TEXT, *lead, run(passage.text), **more)

    def signing(self, last: Passage) -> None:
        """Write the closing words, the note of attachments, signature and date: on one page."""
        letter, one = self.letter, self.measures.character
        self.passage(last, keepNext=w("keepNext"))
        for number, line in enumerate(attached(letter)):
            hanging = units(line.no) + (units(letter.attachments_label) if number == 0 else 0)
            left = 2 + units(line.no) + units(letter.attachments_label)
            indent = w("ind", left=twentieths(left * one), hanging=twentieths(hanging * one))
            more = {"spacing": w("spacing", before=twentieths(self.measures.pitch))} if number == 0 else {}
            text = (letter.attachments_label if number == 0 else "") + line.no + line.title
            self.put(PLAIN, run(text), ind=indent, keepNext=w("keepNext"), **more)
        above = w("spacing", before=twentieths(self.layout.ending.seal_lines * self.measures.pitch))
        self.put(PLAIN, run(letter.signature), keepNext=w("keepNext"), spacing=above,
                 **_right(self.measures.signature_right(letter)))  # fmt: skip
        note = {"keepNext": w("keepNext")} if letter.note else {}
        self.put(PLAIN, run(letter.date), **_right(self.measures.date_right()), **note)
        if letter.note:
            self.put(PLAIN, run(letter.note), ind=w("ind", left=twentieths(2 * one)))

    def attachment(self, label: str, attachment: Attachment) -> None:
        """Write an attachment on a page of its own."""
        pitch = twentieths(self.measures.pitch)
        self.put(LABEL, run(label), pageBreakBefore=w("pageBreakBefore"))
        self.put(TITLE, run(attachment.title), spacing=w("spacing", before=pitch, after=pitch))
        for note in attachment.notes:
            self.put(REMARK, run(note))
        if attachment.notes:
            self.put(GAP)
        for grid in attachment.grids:
            if grid.caption:
                self.put(CAPTION, run(grid.caption))
            self.grid(grid)
        for remark in attachment.remarks:
            self.put(REMARK, run(remark))
        if not attachment.remarks:
            self.put(GAP)

    def grid(self, grid: Grid) -> None:
        """Append a table of an attachment."""
        widths = [float(width * POINT) for width in self.measures.widths(grid)]
        rows = [Row(tuple(Cell((Line(column.head, HEAD),), middle=True) for column in grid.columns), head=True)]
        for number, texts in enumerate(grid.rows):
            style = HEAD if number in grid.whole else CELL
            cells = (Cell((Line(text, style, column.align),), middle=True)
                     for text, column in zip(texts, grid.columns, strict=True))  # fmt: skip
            rows.append(Row(tuple(cells)))
        self.append(table(widths, rows, beside=float(TABLE_SIDE)))

    def closing(self, place: ClosingPlace) -> None:
        """Write who gets copies, who prints and when, at the foot of its page."""
        if place == "after_blank":
            self._unnumbered()
        if place in ("next", "after_blank"):
            self.put(GAP, pageBreakBefore=w("pageBreakBefore"))
        wide = float(self.measures.text_width * POINT)
        widths = [wide * _BY_SHARE, wide * (1 - _BY_SHARE)]
        node = table(widths, list(self._closing_rows()), borders=False, padding=False)
        left = round(self.layout.paper.left * 1440 * 10 / 254)
        # Anchored to the margins: the table stands at the foot of its page, whatever stands above it.
        node.tblPr.insert(0, w("tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="page",
                               tblpX=left, tblpYSpec="bottom"))  # fmt: skip
        self._end.addprevious(node)
        self.put(GAP)

    def _unnumbered(self) -> None:
        """Go on with a page that, like those after it, has no number."""
        section = copy.deepcopy(self._end)
        self._end.addprevious(w("p", w("pPr", w("pStyle", val=GAP), section)))
        for child in list(self._end):
            if child.tag.endswith("}footerReference"):
                self._end.remove(child)
        last = self.document.sections[-1]
        for footer in (last.footer, last.even_page_footer):
            footer.is_linked_to_previous = False
        self.put(GAP)

    def _closing_rows(self) -> Iterator[Row]:
        letter, one = self.letter, twentieths(self.layout.sizes.closing)
        thick, thin = (("auto", _THICK), ("auto", _THIN))
        if letter.cc:
            label = twentieths(units(letter.cc_label) * self.layout.sizes.closing)
            indent = w("ind", left=one + label, right=one, hanging=label)
            yield Row((Cell((Line(letter.cc_label + letter.cc, CLOSING, indent=indent),), span=2,
                            edges=(("top", *thick), ("bottom", *thin))),))  # fmt: skip
        edges = (("top", *(thin if letter.cc else thick)), ("bottom", *thick))
        by = Line(letter.printed_by, CLOSING, indent=w("ind", left=one))
        on = Line(letter.printed_on, CLOSING, "right", indent=w("ind", right=one))
        yield Row((Cell((by,), edges=edges), Cell((on,), edges=edges)))


def _right(room: Fraction) -> dict[str, Any]:
    """Give what sets a line flush right, `room` points from the margin."""
    return {"ind": w("ind", right=twentieths(room)), "jc": w("jc", val="right")}


def _lead(text: str) -> Any:
    """Give words in the style of a second-level heading."""
    node = run(text)
    node.get_or_add_rPr().insert(0, w("rStyle", val=LEAD))
    return node
