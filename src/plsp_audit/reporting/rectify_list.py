"""The list of several sites on paper: its table, and the page on its side that Word and PDF share."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

from plsp_audit.analysis.rectify import ListGroup
from plsp_audit.loading.bulletin_layout import read_layout
from plsp_audit.model.bulletin_layout import Layout, LineGrid, Paper
from plsp_audit.model.bulletin_letter import Attachment, Column, Grid, Letter
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.reporting.rectify_view import (
    FindingLine,
    Sources,
    legend,
    lines_of_group,
    list_title,
    newest_day,
    numbers_sources,
    open_line,
    other_state,
    summary_line,
)
from plsp_audit.reporting.rectify_xlsx import WIDTHS, columns_of
from plsp_audit.reporting.wording import clean, number

_SIZE: Final = Fraction(8)
_ON_PAPER: Final = {"problem": 1.45, "item": 1.15, "gain": 1.15, "done": 0.85, "opinion": 0.85}
"""How much wider or narrower than in the workbook a column is on paper, where width saves pages."""
_LEFT: Final = ("site", "item", "problem", "remedy", "opinion")
_PAPER: Final = {side: Fraction(length) for side, length in (
    ("width", 297), ("height", 210), ("top", 18), ("bottom", 18), ("left", 14), ("right", 14))}  # fmt: skip
_SIDEWAYS: Final = Paper(**_PAPER)
"""Millimetres; A4 on its side."""


def list_layout(templates: Sequence[Path] = ()) -> Layout:
    """Give the page of a list: that of official documents, on its side and with narrow margins."""
    layout = read_layout(templates)
    sizes = layout.sizes.model_copy(update={"table": _SIZE, "title": Fraction(18)})
    wide, tall = ((_PAPER[a] - _PAPER[b] - _PAPER[c]) * 720 / 254 / sizes.body for a, b, c in
                  (("width", "left", "right"), ("height", "top", "bottom")))  # fmt: skip
    grid = LineGrid(characters=int(wide), lines=int(tall / Fraction(3, 2)))
    return layout.model_copy(update={"paper": _SIDEWAYS, "sizes": sizes, "grid": grid})


def list_letter(group: ListGroup, sources: Sources, lang: Lang = "zh") -> Letter:
    """Put a list into a paper of one title and its tables: the findings, and the sites that have none."""
    grids = [_findings(group, sources, lang)]
    grids += filter(None, (_unchecked(group, sources, lang), _others(group, lang)))
    notes = [summary_line(group, lang)]
    if named := legend(group, sources, lang):
        notes.append(say("rectify.note.sources", lang, sources=named))
    title = list_title(group, lang)
    return Letter(
        lang=lang, mark="", number="", approver_label="", approver="", top=(), title=(title,), to="", body=(),
        attachments=(Attachment(title, tuple(grids), tuple(notes)),), attachments_label="", signature="", date="",
        date_iso=newest_day(group).isoformat(), note="", cc_label="", cc="", printed_by="", printed_on="",
    )  # fmt: skip


def _findings(group: ListGroup, sources: Sources, lang: Lang) -> Grid:
    names = [column for column in columns_of(group) if column != "key"]
    columns = tuple(
        Column(say(f"ledger.column.{name}", lang), WIDTHS[name] * _ON_PAPER.get(name, 1),
               "left" if name in _LEFT else "center")
        for name in names
    )
    rows = []
    for no, line in enumerate(lines_of_group(group, sources, lang), start=1):
        cells = _cells(no, line, lang)
        rows.append(tuple(cells.get(name, "") for name in names))
    return Grid("", columns, tuple(rows))


def _cells(no: int, line: FindingLine, lang: Lang) -> dict[str, str]:
    due = line.due.isoformat() if line.due is not None else say("rectify.text.no_due", lang)
    return {
        "no": str(no), "county": line.county, "site": line.site, "item": line.item(lang),
        "problem": line.brief(lang), "remedy": line.remedy, "gain": number(line.gain),
        "priority": line.priority_label, "owner": line.owner, "due": due,
    }  # fmt: skip


def _unchecked(group: ListGroup, sources: Sources, lang: Lang) -> Grid | None:
    lines = [open_line(item, site, sources, lang, numbered=numbers_sources(group))
             for site in group.sites for item in site.unchecked]  # fmt: skip
    if not lines:
        return None
    heads = {"no": 8, "county": 20, "site": 55, "item": 62, "asked": 80, "clause": 28, "method": 18}
    columns = tuple(
        Column(say(f"ledger.column.{name}", lang), share, "left" if name in (*_LEFT, "asked") else "center")
        for name, share in heads.items()
    )
    rows = [(str(no), line.county, line.site, f"{line.rule} {line.title}", line.asked, line.clause, line.method)
            for no, line in enumerate(lines, start=1)]  # fmt: skip
    return Grid(say("rectify.title.unchecked", lang), columns, tuple(rows))


def _others(group: ListGroup, lang: Lang) -> Grid | None:
    others = [site for site in group.sites if not site.findings]
    if not others:
        return None
    heads = {"no": 8, "county": 24, "site": 80, "state": 24, "reason": 100}
    columns = tuple(
        Column(say(f"ledger.column.{name}", lang), share, "left" if name in (*_LEFT, "reason") else "center")
        for name, share in heads.items()
    )
    rows = [
        (str(no), clean(site.place.county, lang, 100), clean(site.site.name, lang, 200), *other_state(site, lang))
        for no, site in enumerate(others, start=1)
    ]
    return Grid(say("rectify.title.others", lang), columns, tuple(rows))
