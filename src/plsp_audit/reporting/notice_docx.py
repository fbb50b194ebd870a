"""A rectification notice as a Word document, on the page of an official document (GB/T 9704-2012)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plsp_audit.reporting.bulletin_docx import LetterPaper
from plsp_audit.reporting.bulletin_docx_page import NUMBER, REMARK, TITLE, TO, twentieths
from plsp_audit.reporting.bulletin_measures import POINT
from plsp_audit.reporting.bulletin_parts import labels
from plsp_audit.reporting.docx_page import saved
from plsp_audit.reporting.docx_parts import Cell, Line, Row, run, table, w
from plsp_audit.reporting.docx_styles import CELL, HEAD
from plsp_audit.reporting.notice_list import notice_layout
from plsp_audit.reporting.notice_view import Field, NoticeView

_LABEL_SHARE = 0.28


def render_notice_docx(view: NoticeView, templates: Sequence[Path] = ()) -> bytes:
    """Write a notice as a Word document. The same notice gives the same bytes.

    Args:
        view: What it says.
        templates: Folders in which a bureau's own layout is looked for.
    """
    letter = view.letter
    paper = LetterPaper(letter, notice_layout(templates))
    if letter.mark:
        paper.head()
    else:
        paper.put(TITLE, run("\n".join(letter.title)))
        paper.put(NUMBER, run(letter.number), jc=w("jc", val="center"))
        paper.put(TO, run(letter.to))
    for passage in letter.body[:-1]:
        paper.passage(passage)
    paper.signing(letter.body[-1])
    for label, attachment in zip(labels(letter), letter.attachments, strict=True):
        paper.attachment(label, attachment)
    _receipt(paper, view)
    title = f"{letter.whole_title} {letter.to.rstrip('：:')}"
    return saved(paper.document, title, letter.date_iso, letter.lang)


def _receipt(paper: LetterPaper, view: NoticeView) -> None:
    """Draw the receipt on a page of its own."""
    gap = twentieths(paper.measures.pitch)
    paper.put(TITLE, run(view.receipt_title), pageBreakBefore=w("pageBreakBefore"),
              spacing=w("spacing", before=gap, after=gap))  # fmt: skip
    wide = float(paper.measures.text_width * POINT)
    rows = [_row(field) for field in view.receipt]
    paper.append(table([wide * _LABEL_SHARE, wide * (1 - _LABEL_SHARE)], rows))
    paper.put(REMARK, run(view.receipt_note))


def _row(field: Field) -> Row:
    tall = field.height > 14
    value = Cell((Line(field.value, CELL, "right" if tall and field.value else ""),), middle=not tall)
    lines = (Line("", CELL), Line("", CELL), Line(field.value, CELL, "right")) if tall and field.value else value.lines
    return Row((Cell((Line(field.label, HEAD),), middle=True), Cell(lines, middle=not tall)), height=field.height)
