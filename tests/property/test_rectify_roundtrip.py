"""A ledger goes out, clerks work in it, it comes back: nothing that they wrote is lost, and no row is dropped."""

from __future__ import annotations

import io
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from plsp_audit.analysis.rectify import grouped
from plsp_audit.analysis.rectify_status import status
from plsp_audit.loading.ledger import Ledgers, read_ledgers
from plsp_audit.reporting.rectify_xlsx import write_ledger
from tests.analysis.factory_rectify import SOURCES, site
from tests.loading.ledgers import places, without_marks

Row = dict[str, Any]
COUNTIES = ("兴庆区", "西夏区", "金凤区")
PROGRESS = {"未整改": "none", "整改中": "started", "已整改": "done", None: None}
OPINION = {"通过": "passed", "不通过，继续整改": "failed", None: None}
CLOSED = {"是": True, "否": False, None: None}
NAMES = st.sampled_from(["王某", "李某某", "=1+1", "-", "@张", None])
DATES = st.dates(date(2018, 10, 23), date(2019, 12, 31))
WRITTEN = {
    "real": lambda day: day,
    "iso": lambda day: day.isoformat(),
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "digits": lambda day: f"{day:%Y%m%d}",
    "number": lambda day: (day - date(1899, 12, 30)).days,
}


@dataclass(frozen=True)
class Fill:
    progress: str | None
    done: date | None
    form: str
    reviewer: str | None
    opinion: str | None
    closed: str | None


FILLS = st.builds(
    Fill, st.sampled_from(list(PROGRESS)), st.one_of(st.none(), DATES), st.sampled_from(list(WRITTEN)), NAMES,
    st.sampled_from(list(OPINION)), st.sampled_from(list(CLOSED)),
)  # fmt: skip


@dataclass(frozen=True)
class Work:
    """What is done to a ledger: how it is sorted, what is inserted, moved, hidden and merged, by chance."""

    seed: int
    sites: tuple[int, ...]
    marks: bool
    move: bool
    insert: int
    extra: int
    merge: bool
    hide: bool


WORKS = st.builds(
    Work, st.integers(0, 2**32), st.lists(st.integers(0, 4), max_size=3).map(lambda more: (2, *more)), st.booleans(),
    st.booleans(), st.integers(0, 3), st.integers(0, 2), st.booleans(), st.booleans(),
)  # fmt: skip


def ledger_bytes(work: Work) -> bytes:
    sites = [site(n, rules, COUNTIES[n % 3]) for n, rules in enumerate(work.sites, start=1)]
    [group] = grouped(sites, "all")
    raw = io.BytesIO()
    write_ledger(raw, group, SOURCES)
    return raw.getvalue()


def worked(raw: bytes, work: Work, fills: dict[str, Fill]) -> tuple[bytes, list[str]]:
    """Do a clerk's work; give the workbook, and the identities that were in it."""
    chance = random.Random(work.seed)
    book = load_workbook(io.BytesIO(raw))
    sheet = book["整改清单"]
    head, at = places(sheet)
    table = [[cell.value for cell in cells] for cells in sheet.iter_rows(min_row=head - 1)]
    marks, heads, rows = table[0], table[1], [row for row in table[2:] if row[at["key"] - 1]]
    for row in rows:
        said = fills[str(row[at["key"] - 1])]
        given: Row = {"progress": said.progress, "reviewer": said.reviewer, "opinion": said.opinion,
                      "closed": said.closed}  # fmt: skip
        given["done"] = WRITTEN[said.form](said.done) if said.done is not None else None
        for column, value in given.items():
            row[at[column] - 1] = value
    keys = [str(row[at["key"] - 1]) for row in rows]
    chance.shuffle(rows)
    for _ in range(work.insert):
        blank: list[Any] = [None] * len(heads)
        blank[0] = chance.choice([None, "一、兴庆区", "小计"])
        rows.insert(chance.randrange(len(rows) + 1), blank)
    order = list(range(len(heads)))
    if work.move:
        chance.shuffle(order)
    for number in range(work.extra):
        place = chance.randrange(len(order) + 1)
        order.insert(place, -1 - number)
    names = ["备注", "现场照片编号"]
    write(sheet, head - 1, [
        [marks[n] if n >= 0 and work.marks else None for n in order],
        [heads[n] if n >= 0 else names[-1 - n] for n in order],
        *([row[n] if n >= 0 else chance.choice([None, "见附件"]) for n in order] for row in rows),
    ])  # fmt: skip
    finish(sheet, head, order.index(at["county"] - 1) + 1, len(rows), work, chance)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), keys


def write(sheet: Worksheet, first: int, rows: list[list[Any]]) -> None:
    for offset, row in enumerate(rows):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(first + offset, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"


def finish(sheet: Worksheet, head: int, county: int, count: int, work: Work, chance: random.Random) -> None:
    """Merge what is the same in the column of counties, as far as it stands together, and hide rows."""
    row = head + 1
    while work.merge and row <= head + count:
        last = row
        while last < head + count and sheet.cell(last + 1, county).value == sheet.cell(row, county).value is not None:
            last += 1
        if last > row:
            sheet.merge_cells(start_row=row, end_row=last, start_column=county, end_column=county)
        row = last + 1
    for row in range(head + 1, head + 1 + count) if work.hide else ():
        sheet.row_dimensions[row].hidden = chance.random() < 0.5


def read(raw: bytes, folder: Path) -> Ledgers:
    path = folder / "back.xlsx"
    path.write_bytes(raw)
    return read_ledgers([path])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ledgers")


@given(WORKS, st.lists(FILLS, min_size=1, max_size=16))
@settings(max_examples=60)
def test_nothing_is_lost_on_the_way(folder: Path, work: Work, given_fills: list[Fill]) -> None:
    raw = ledger_bytes(work)
    known = sorted(read(raw, folder).entries)
    fills = {key: given_fills[n % len(given_fills)] for n, key in enumerate(known)}
    back, keys = worked(raw, work, fills)
    found = read(back, folder)
    assert sorted(row.entry.key for row in found.rows) == sorted(keys) == known
    assert found.strays == ()
    for row in found.rows:
        fill = fills[row.entry.key]
        assert row.progress == PROGRESS[fill.progress]
        assert row.done == fill.done
        assert row.reviewer == fill.reviewer
        assert row.opinion == OPINION[fill.opinion]
        assert row.closed is CLOSED[fill.closed]
        assert row.due == row.entry.due
    told = [problem for problem in found.remarks if problem.code != "ledger.renamed"]
    assert told == []
    whole = status(found.entries, found.rows, found.strays, date(2018, 12, 1))
    assert whole.total.total == len(known)
    assert whole.total.missing == 0


@given(WORKS, st.data())
@settings(max_examples=40)
def test_no_row_is_dropped_whatever_becomes_of_identities(folder: Path, work: Work, data: st.DataObject) -> None:
    raw = ledger_bytes(work)
    book = load_workbook(io.BytesIO(raw))
    sheet = book["整改清单"]
    head, at = places(sheet)
    if not work.marks:
        without_marks(sheet, head, at)
    rows = [row for row in range(head + 1, sheet.max_row + 1) if sheet.cell(row, at["key"]).value]
    damages = st.sampled_from(["", "?", "cut", "swap", "typo", "keep"])
    done = {}
    for row in rows:
        done[row] = damage = data.draw(damages)
        cell = sheet.cell(row, at["key"])
        text = str(cell.value)
        if damage == "typo":
            place = data.draw(st.integers(0, len(text) - 1))
            text = text[:place] + ("~" if text[place] != "~" else "!") + text[place + 1 :]
        elif damage == "cut":
            text = text[: data.draw(st.integers(1, len(text) - 1))]
        cell.value = {"": None, "?": "?", "swap": str(sheet.cell(rows[0], at["key"]).value)}.get(damage, text)
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue(), folder)
    assert len(found.rows) + len(found.strays) == len(rows)
    places_of = {f"{s.place.cell}" for s in found.strays} | {f"{r.place.cell}" for r in found.rows}
    assert len(places_of) == len(rows)
    named = {int("".join(c for c in str(s.place.cell) if c.isdigit())) for s in found.strays}
    assert {row for row, damage in done.items() if damage in ("", "?", "cut", "typo")} <= named
    assert not {row for row, damage in done.items() if damage == "keep"} & named
    counts = Counter(row.entry.key for row in found.rows)
    whole = status(found.entries, found.rows, found.strays, date(2018, 12, 1))
    assert whole.total.missing == len(set(found.entries) - set(counts))
