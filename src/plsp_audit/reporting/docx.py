"""The site's report as a Word document: what the PDF says in its order, to be changed before it is printed."""

from __future__ import annotations

from collections.abc import Mapping

from plsp_audit.reporting.docx_evidence import draw_evidence
from plsp_audit.reporting.docx_lists import (
    draw_assumptions,
    draw_lists,
    draw_origin,
    draw_rectification,
    draw_signatures,
)
from plsp_audit.reporting.docx_outcome import draw_dimensions, draw_open, draw_outcome, draw_site
from plsp_audit.reporting.docx_page import blank, finished
from plsp_audit.reporting.docx_paper import Paper
from plsp_audit.reporting.docx_rules import draw_rules
from plsp_audit.reporting.docx_styles import SUBTITLE, TITLE
from plsp_audit.reporting.photos import Photo
from plsp_audit.reporting.view import SiteReportView


def render_docx(view: SiteReportView, photos: Mapping[str, Photo] | None = None) -> bytes:
    """Draw the report as a Word document. The same report gives the same bytes.

    Args:
        view: What the report says.
        photos: The photos by `EvidenceRow.key`, as `load_photos` gives them; without them files are only listed.
    """
    paper = Paper(blank(view), view)
    scored = view.headline is not None and bool(view.headline.value)
    paper.write(view.title, TITLE)
    paper.write(view.site_name, SUBTITLE)
    draw_site(paper)
    draw_outcome(paper)
    if scored and view.dimensions:
        draw_dimensions(paper)
    if scored and view.open_items:
        draw_open(paper)
    draw_rules(paper)
    if scored:
        draw_lists(paper)
        draw_assumptions(paper)
    if scored or view.rectification:
        draw_rectification(paper)
    if view.evidence or view.evidence_missing:
        draw_evidence(paper, photos or {})
    draw_origin(paper)
    draw_signatures(paper)
    return finished(paper.document, view)
