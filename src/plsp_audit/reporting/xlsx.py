"""A site's workbook: score sheet, summary and rectification list, ready to print and to send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from plsp_audit.model.result import Result
from plsp_audit.reporting.view import SiteReportView, site_view
from plsp_audit.reporting.xlsx_file import dress, new_workbook, workbook_bytes
from plsp_audit.reporting.xlsx_rectify import draw_rectification
from plsp_audit.reporting.xlsx_score import ScoreData, draw_score
from plsp_audit.reporting.xlsx_summary import draw_summary
from plsp_audit.standards.wording import scoring_text

if TYPE_CHECKING:
    from plsp_audit.model.catalogue import Lang
    from plsp_audit.model.standard import ResolvedStandard


def render_xlsx(
    result: Result,
    standard: ResolvedStandard | None = None,
    *,
    lang: Lang = "zh",
    view: SiteReportView | None = None,
    criteria: Mapping[str, str] | None = None,
) -> bytes:
    """Write a site's workbook. The same result and standard give the same bytes.

    Args:
        result: What scoring found.
        standard: The resolved standard it was scored under; without it the workbook has no grade colours, and
            says that the standard's assumptions are not at hand.
        lang: The language of the workbook's own words.
        view: The report in words where it is already made, in the same language.
        criteria: By rule id, how its points are given, in words; left out, what the standard says.
    """
    view = view or site_view(result, standard, lang)
    if criteria is None and standard is not None:
        rules = standard.rules.get(result.site.tier, ())
        criteria = {rule.id: scoring_text(rule, standard, result.site.tier, view.lang) for rule in rules}
    data = ScoreData(view, result, standard, criteria or {})
    workbook = new_workbook()
    sheets = {"score": draw_score, "summary": draw_summary, "rectification": draw_rectification}
    for index, (name, draw) in enumerate(sheets.items()):
        sheet = workbook.worksheets[0] if index == 0 else workbook.create_sheet()
        sheet.title = data.say(f"sheet.{name}")
        pen, head = draw(sheet, data)
        dress(pen, head, "A" if name == "summary" else "C", view.site_name, data.say("page.footer"))
    return workbook_bytes(workbook, view.title, result.inspection.date)
