"""The ledger (整改台账) as a workbook to be filled, sorted, filtered and sent back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from plsp_audit.analysis.rectify import ListGroup, SiteList
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.ledger import COLUMNS, REGISTER, REGISTER_FIELDS, REGISTER_MARK, TO_FILL, Entry
from plsp_audit.reporting.rectify_sheet import LedgerSheet, Table
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
from plsp_audit.reporting.summary_xlsx_book import ROW_LIMIT, Book, book
from plsp_audit.reporting.wording import clean, day
from plsp_audit.reporting.xlsx_style import MIDDLE, TEXT, Box, Look

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

WIDTHS: Final = {
    "no": 5, "county": 9, "site": 15, "item": 19, "problem": 31, "remedy": 20, "gain": 6.5, "priority": 7.5,
    "owner": 9, "due": 11, "progress": 9.5, "done": 11, "reviewer": 8.5, "opinion": 11.5, "closed": 6.5, "key": 13,
}  # fmt: skip
_ENGLISH = {"priority": 12, "gain": 7.5, "progress": 12, "reviewer": 10, "closed": 8, "due": 11.5, "done": 11.5}
_SMALL = replace(TEXT, size=9)
_CENTRE = replace(MIDDLE, size=9)
_VETO = replace(_CENTRE, bold=True, color="B00020")
_KEY = replace(TEXT, size=7, color="7F7F7F")
_LISTS = ("unchecked", "others")


def write_ledger(
    target: Path | BinaryIO, group: ListGroup, sources: Sources, lang: Lang = "zh", *, limit: int = ROW_LIMIT
) -> None:
    """Write the ledger of a list of sites; the same list gives the same bytes.

    Args:
        target: Where to; a path is replaced only by a workbook that is whole.
        group: The sites and their findings.
        sources: The titles of the standards' sources.
        lang: The language of the workbook's own words.
        limit: The rows that a sheet can have; what is over goes on in a further one.

    Raises:
        OSError: It cannot be written; what stood there before still does.
    """
    title = list_title(group, lang)
    with book(target, title, newest_day(group).isoformat()) as made:
        _draw_findings(made, group, sources, lang, title, limit)
        _draw_unchecked(made, group, sources, lang, limit)
        _draw_others(made, group, lang, limit)
        _draw_register(made, group, lang, limit)


def columns_of(group: ListGroup) -> tuple[str, ...]:
    """Give the columns of a list: a site's own has no column for the site, a county's none for the county."""
    dropped = {"site": {"county", "site"}, "county": {"county"}, "all": set()}[group.by]
    return tuple(column for column in COLUMNS if column not in dropped)


def _notes(group: ListGroup, sources: Sources, lang: Lang) -> list[str]:
    notes = [summary_line(group, lang)]
    if group.by == "site":
        notes.insert(0, site_note(group.sites[0], lang))
    if named := legend(group, sources, lang):
        notes.append(say("rectify.note.sources", lang, sources=named))
    return [*notes, say("rectify.note.fill", lang)]


def site_note(site: SiteList, lang: Lang) -> str:
    """Say when and how a site was inspected, and by which standard."""
    kind = say(f"label.kind.{site.inspection.kind}", lang)
    params = {"date": day(site.inspection.date, lang), "kind": kind, "id": clean(site.site.id, lang, 100)}
    return say("rectify.note.site", lang, standard=clean(site.standard_title, lang, 200), **params)


def _draw_findings(made: Book, group: ListGroup, sources: Sources, lang: Lang, title: str, limit: int) -> None:
    columns = columns_of(group)
    widths = WIDTHS | (_ENGLISH if lang == "en" else {})
    dated = replace(_CENTRE, format=say("rectify.sheet.date_format", lang))
    notes = _notes(group, sources, lang)
    frozen = sum(column in ("no", "county", "site", "item") for column in columns)
    table = Table("ledger", title, notes, columns, [widths[c] for c in columns], TO_FILL, marked=True, frozen=frozen)
    sheet = LedgerSheet(made, table, lang, limit)
    for number, line in enumerate(lines_of_group(group, sources, lang), start=1):
        boxes = _boxes(number, line, dated, lang)
        sheet.row([boxes[column] for column in columns])
    sheet.close(say("rectify.none.ledger", lang))


def _boxes(number: int, line: FindingLine, dated: Look, lang: Lang) -> dict[str, Box]:
    due = line.due if line.due is not None else say("rectify.text.no_due", lang)
    return {
        "no": Box(number, _CENTRE),
        "county": Box(line.county, _CENTRE),
        "site": Box(line.site, _SMALL),
        "item": Box(line.item(lang), _SMALL),
        "problem": Box(line.problem(lang), _SMALL),
        "remedy": Box(line.remedy, _SMALL),
        "gain": Box(line.gain, _CENTRE),
        "priority": Box(line.priority_label, _VETO if line.priority == "veto" else _CENTRE),
        "owner": Box(line.owner, _CENTRE),
        "due": Box(due, dated),
        "progress": Box(None, _CENTRE),
        "done": Box(None, dated),
        "reviewer": Box(None, _CENTRE),
        "opinion": Box(None, _SMALL),
        "closed": Box(None, _CENTRE),
        "key": Box(line.key, _KEY),
    }


def _draw_unchecked(made: Book, group: ListGroup, sources: Sources, lang: Lang, limit: int) -> None:
    if not any(site.unchecked for site in group.sites):
        return
    columns = {"no": 6, "county": 11, "site": 28, "item": 36, "asked": 50, "clause": 30, "method": 14}
    names = [c for c in columns if c in columns_of(group) or c not in COLUMNS]
    table = Table("unchecked", say("rectify.title.unchecked", lang), [say("rectify.note.unchecked_sheet", lang)], names,
                  [columns[name] for name in names])  # fmt: skip
    sheet = LedgerSheet(made, table, lang, limit)
    number = 0
    for site in group.sites:
        for item in site.unchecked:
            line = open_line(item, site, sources, lang, numbered=numbers_sources(group))
            number += 1
            boxes = {
                "no": Box(number, _CENTRE), "county": Box(line.county, _CENTRE), "site": Box(line.site, _SMALL),
                "item": Box(f"{line.rule} {line.title}", _SMALL), "asked": Box(line.asked, _SMALL),
                "clause": Box(line.clause, _SMALL), "method": Box(line.method, _CENTRE),
            }  # fmt: skip
            sheet.row([boxes[name] for name in names])
    sheet.close("")


def _draw_others(made: Book, group: ListGroup, lang: Lang, limit: int) -> None:
    others = [site for site in group.sites if not site.findings]
    if not others or group.by == "site" and others[0].status == "rated":
        return
    columns = {"no": 6, "county": 14, "site": 44, "state": 14, "reason": 70, "date": 13}
    dated = replace(_CENTRE, format=say("rectify.sheet.date_format", lang))
    notes = [say("rectify.note.others", lang)]
    table = Table("others", say("rectify.title.others", lang), notes, list(columns), list(columns.values()))
    sheet = LedgerSheet(made, table, lang, limit)
    for number, site in enumerate(others, start=1):
        state, reason = other_state(site, lang)
        sheet.row([
            Box(number, _CENTRE), Box(clean(site.place.county, lang, 100), _CENTRE),
            Box(clean(site.site.name, lang, 200), _SMALL), Box(state, _CENTRE), Box(reason, _SMALL),
            Box(site.inspected, dated),
        ])  # fmt: skip
    sheet.close("")


def _draw_register(made: Book, group: ListGroup, lang: Lang, limit: int) -> None:
    """Keep, hidden, what the ledger was made of."""
    sheet, at, count = _register_sheet(made, lang, 0), 2, 1
    for site in group.sites:
        for finding in site.findings:
            if at >= limit:
                sheet, at, count = _register_sheet(made, lang, count), 2, count + 1
            for column, text in enumerate(_kept(finding.entry)):
                if text:
                    sheet.write_string(at, column, text)
            at += 1


def _register_sheet(made: Book, lang: Lang, number: int) -> Worksheet:
    sheet: Worksheet = made.workbook.add_worksheet(REGISTER if not number else f"{REGISTER}{number + 1}")
    sheet.hide()
    for column, text in enumerate((REGISTER, REGISTER_MARK, say("rectify.note.register", lang))):
        sheet.write_string(0, column, text)
    for column, text in enumerate(REGISTER_FIELDS):
        sheet.write_string(1, column, text)
    return sheet


def _kept(entry: Entry) -> Sequence[str]:
    return [_text(getattr(entry, name)) for name in REGISTER_FIELDS]


def _text(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""
