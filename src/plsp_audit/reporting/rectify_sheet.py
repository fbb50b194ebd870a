"""A sheet of a ledger: title, notes, heads that stay in sight, drop-downs and dates that are checked while typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.ledger import MARK
from plsp_audit.reporting.summary_xlsx_book import Book, Page
from plsp_audit.reporting.xlsx_style import HEAD, MIDDLE, PLAIN, TITLE, Box

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_HEAD = replace(HEAD, size=9)
_FILL_IN = replace(_HEAD, fill="FFF2CC")
_NOTE = replace(PLAIN, size=9, color="444444")
_SPARE_ROWS: Final = 200
"""Rows below the last in which drop-downs work too: a clerk may add some."""

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class Table:
    """What a sheet is to hold.

    Attributes:
        name: The catalogue's name of the sheet.
        columns: Its columns, by the catalogue's names.
        to_fill: Those that are left to fill.
        marked: Whether a hidden row above the heads says which column is which.
        words: Where the catalogue has the heads of the columns.
        frozen: How many columns stay in sight.
    """

    name: str
    title: str
    notes: Sequence[str]
    columns: Sequence[str]
    widths: Sequence[float]
    to_fill: Sequence[str] = ()
    marked: bool = False
    words: str = "ledger.column"
    frozen: int = 0


class LedgerSheet:
    """Writes a table over as many sheets as it takes.

    Args:
        made: The workbook.
        table: What it is to hold.
        lang: The language of its words.
        limit: The rows that a sheet can have.
    """

    def __init__(self, made: Book, table: Table, lang: Lang, limit: int) -> None:
        self._book, self._table, self._lang, self._limit = made, table, lang, limit
        self._sheets = 0
        self.count = 0
        self.page = self._begin()

    def row(self, boxes: Sequence[Box]) -> None:
        """Write one row, into a further sheet where this one is full."""
        if self.page.row >= self._limit:
            self._end()
            self.page = self._begin()
        self.count += 1
        self.page.line(*boxes, height=24)

    def close(self, nothing: str) -> None:
        """Finish; `nothing` is said where nothing stands in it."""
        if not self.count:
            self.page.line(Box(nothing, MIDDLE, len(self._table.columns)), height=28)
        self._end()

    def _begin(self) -> Page:
        table = self._table
        self._sheets += 1
        name = say(f"rectify.sheet.{table.name}", self._lang)
        page = self._book.page(f"{name}({self._sheets})" if self._sheets > 1 else name, table.widths)
        whole = len(table.columns) - table.marked
        page.line(Box(table.title, TITLE, whole), height=34)
        for note in table.notes:
            page.line(Box(note, _NOTE, whole), height=16)
        if table.marked:
            self._mark(page)
        heads = [Box(say(f"{table.words}.{c}", self._lang), _FILL_IN if c in table.to_fill else _HEAD)
                 for c in table.columns]  # fmt: skip
        self._head = page.line(*heads, height=30)
        return page

    def _mark(self, page: Page) -> None:
        page.sheet.set_row(page.row, 6, None, {"hidden": True})
        for column, name in enumerate(self._table.columns):
            page.sheet.write_string(page.row, column, MARK + name)
        page.row += 1

    def _end(self) -> None:
        sheet, table = self.page.sheet, self._table
        last = self.page.row - 1
        if self.count:
            sheet.autofilter(self._head, 0, last, len(table.columns) - 1)
        if table.to_fill:
            self._check(sheet, last)
        footer = say("rectify.sheet.footer", self._lang)
        self.page.dress((self._head, self._head), table.frozen, table.title, footer)
        if table.marked:
            sheet.print_area(0, 0, last, len(table.columns) - 2)

    def _check(self, sheet: Worksheet, last: int) -> None:
        """Offer and check what is filled in, and show what is overdue or closed."""
        first, last = self._head + 1, min(last + _SPARE_ROWS, self._limit - 1)
        at = {column: place for place, column in enumerate(self._table.columns)}
        words = {key: self._say(f"choice.{key}").split("|") for key in ("progress", "opinion", "closed")}
        for key, choices in words.items():
            sheet.data_validation(first, at[key], last, at[key], {
                "validate": "list", "source": choices, "ignore_blank": True,
                "error_type": "information" if key == "opinion" else "stop",
                "input_title": self._say(f"column.{key}"), "input_message": self._say(f"ask.{key}"),
                "error_title": self._say(f"column.{key}"), "error_message": self._say(f"ask.{key}"),
            })  # fmt: skip
        for key in ("done", "due"):
            sheet.data_validation(first, at[key], last, at[key], {
                "validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY,
                "ignore_blank": True, "error_type": "stop" if key == "done" else "information",
                "input_title": self._say(f"column.{key}"), "input_message": self._say(f"ask.{key}"),
                "error_title": self._say(f"column.{key}"), "error_message": self._say(f"ask.{key}"),
            })  # fmt: skip
        self._colour(sheet, first, last, at, words)

    def _colour(self, sheet: Worksheet, first: int, last: int, at: dict[str, int], words: dict[str, list[str]]) -> None:
        from xlsxwriter.utility import xl_col_to_name

        cell = {key: f"${xl_col_to_name(place)}{first + 1}" for key, place in at.items()}
        yes, done = words["closed"][0], words["progress"][-1]
        grey = self._book.workbook.add_format({"font_color": "#595959", "bg_color": "#EEF3EA"})
        red = self._book.workbook.add_format({"font_color": "#9C0006", "bg_color": "#FBE3E0"})
        sheet.conditional_format(first, 0, last, at["key"], {
            "type": "formula", "criteria": f'={cell["closed"]}="{yes}"', "format": grey, "stop_if_true": True,
        })  # fmt: skip
        sheet.conditional_format(first, at["due"], last, at["due"], {
            "type": "formula", "format": red,
            "criteria": f'=AND(ISNUMBER({cell["due"]}),{cell["due"]}<TODAY(),{cell["done"]}="",'
                        f'{cell["progress"]}<>"{done}")',
        })  # fmt: skip

    def _say(self, key: str) -> str:
        return say(f"ledger.{key}", self._lang)
