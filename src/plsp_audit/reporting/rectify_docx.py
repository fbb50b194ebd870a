"""The list of several sites as a Word document on its side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plsp_audit.analysis.rectify import ListGroup
from plsp_audit.model.catalogue import Lang
from plsp_audit.reporting.bulletin_docx import LetterPaper
from plsp_audit.reporting.bulletin_docx_page import CAPTION, REMARK, TITLE
from plsp_audit.reporting.docx_page import saved
from plsp_audit.reporting.docx_parts import run, w
from plsp_audit.reporting.docx_styles import GAP
from plsp_audit.reporting.rectify_list import list_layout, list_letter
from plsp_audit.reporting.rectify_view import Sources


def render_list_docx(group: ListGroup, sources: Sources, lang: Lang = "zh", templates: Sequence[Path] = ()) -> bytes:
    """Write a list as a Word document. The same list gives the same bytes.

    Args:
        group: The sites and their findings.
        sources: The titles of the standards' sources.
        lang: The language of the list's own words.
        templates: Folders in which a bureau's own layout is looked for.
    """
    letter = list_letter(group, sources, lang)
    paper = LetterPaper(letter, list_layout(templates))
    _on_its_side(paper)
    paper.put(TITLE, run("\n".join(letter.title)))
    (attachment,) = letter.attachments
    for remark in attachment.remarks:
        paper.put(REMARK, run(remark))
    for grid in attachment.grids:
        paper.put(*(CAPTION, run(grid.caption)) if grid.caption else (GAP,))
        paper.grid(grid)
    paper.put(REMARK)
    return saved(paper.document, letter.whole_title, letter.date_iso, lang)


def _on_its_side(paper: LetterPaper) -> None:
    for node in paper.document.sections[0]._sectPr:
        if node.tag.endswith("}pgSz"):
            for name, value in w("pgSz", orient="landscape").items():
                node.set(name, value)
