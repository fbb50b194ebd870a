"""The evidence of a Word report: photos two to a row with captions and hashes, and the files that stay files."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from plsp_audit.reporting.docx_paper import Paper, cell, plain
from plsp_audit.reporting.docx_parts import WIDE, Cell, Line, Row, table
from plsp_audit.reporting.docx_styles import CELL, HASH, INK, SUB
from plsp_audit.reporting.office import xml_text
from plsp_audit.reporting.photos import Photo, photo_problem
from plsp_audit.reporting.rows import EvidenceRow

_LARGEST = 80.0
"""Millimetres of a photo's longest side."""

_PIXEL = 25.4 / 96


def draw_evidence(paper: Paper, photos: Mapping[str, Photo]) -> None:
    """Draw the items whose evidence is missing, the photos, and the list of what is not shown."""
    view = paper.view
    paper.heading("evidence")
    if view.evidence_missing:
        paper.small_heading(paper.say("heading.evidence_missing"))
        rows = [Row((cell((row.id, SUB)), plain(row.title))) for row in view.evidence_missing]
        paper.grid([(paper.label("rule.id"), 17), (paper.label("rule.title"), 0)], rows)
    drawn = [row for row in view.evidence if row.photo and row.key in photos and photos[row.key].jpeg]
    if drawn:
        paper.small_heading(paper.say("evidence.photos"))
        pairs = [drawn[at : at + 2] for at in range(0, len(drawn), 2)]
        rows = [Row(tuple(_figure(paper, row, photos) for row in pair) + (Cell(),) * (2 - len(pair))) for pair in pairs]
        paper.put(table([WIDE / 2] * 2, rows, borders=False))
    shown = {row.key for row in drawn}
    files = [row for row in view.evidence if row.key not in shown]
    if files:
        paper.small_heading(paper.say("evidence.documents"))
        columns = [(paper.label("result.no"), 17), (paper.say("evidence.file"), 0), (paper.say("evidence.used_by"), 36)]
        paper.grid(columns, [_file(paper, row, photos) for row in files])


def _problem(paper: Paper, row: EvidenceRow, photos: Mapping[str, Photo]) -> str:
    problem = photo_problem(photos[row.key], row.sha256) if row.photo and row.key in photos else ""
    return paper.say(f"evidence.photo_{problem}") if problem else ""


def _figure(paper: Paper, row: EvidenceRow, photos: Mapping[str, Photo]) -> Cell:
    caption = f"{paper.say('evidence.figure', no=row.no)} {row.caption}"
    lines = [
        Line("", CELL, picture=_picture(paper, row, photos[row.key])),
        Line(caption + paper.bracketed(row.rules)),
        Line(row.sha256 or paper.say("evidence.absent"), HASH),
    ]
    problem = _problem(paper, row, photos)
    return Cell((*lines, Line(problem, INK)) if problem else tuple(lines))


def _picture(paper: Paper, row: EvidenceRow, photo: Photo) -> Any:
    from docx.shared import Mm

    scale = min(_PIXEL, _LARGEST / max(photo.width, photo.height, 1))
    inline: Any = paper.document.part.new_pic_inline(
        io.BytesIO(photo.jpeg), Mm(photo.width * scale), Mm(photo.height * scale)
    )
    inline.docPr.id = row.no
    inline.docPr.name = paper.say("evidence.figure", no=row.no)
    for side in "TBLR":
        inline.set(f"dist{side}", "0")
    inline.docPr.set("descr", xml_text(row.caption).replace("\n", " "))
    return inline


def _file(paper: Paper, row: EvidenceRow, photos: Mapping[str, Photo]) -> Row:
    number = paper.say("evidence.figure" if row.photo else "evidence.document", no=row.no)
    digest = row.sha256 or paper.say("evidence.absent")
    about = cell((row.path, CELL), (digest, HASH), (_problem(paper, row, photos), INK))
    return Row((plain(number, "center"), about, plain(row.rules)))
