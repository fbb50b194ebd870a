"""A list of holidays and of the weekends that are worked to make up for them, as text or CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from plsp_audit.loading.decode import decode
from plsp_audit.loading.read_file import read_limited
from plsp_audit.loading.table import read_tables
from plsp_audit.model.problem import InputError, Place, Problem
from plsp_audit.model.text import nfkc, squeezed
from plsp_audit.model.values import ValueFault, read_date, shown

_OFF: Final = frozenset(
    ("休", "放假", "休息", "假", "假日", "节假日", "法定节假日", "公休", "放假调休", "调休放假", "休假",
     "off", "holiday", "rest")
)  # fmt: skip
_ON: Final = frozenset(
    ("班", "上班", "补班", "工作", "工作日", "调休上班", "补上班", "上班日",
     "on", "work", "workday", "makeup", "make-up")
)  # fmt: skip
_DATE = r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*[日号]?"
_LINE = re.compile(rf"(?P<from>{_DATE})(?:\s*(?:至|到|~|—|–|-|to|[,;\t])\s*(?P<to>{_DATE}))?(?P<rest>.*)")
_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?")
_SPLIT = re.compile(r"[\s,，;；:：、\t]+")
_LONGEST = 60
DATE_HEADS: Final = ("日期", "date", "开始日期", "起")
KIND_HEADS: Final = ("类型", "性质", "安排", "type", "kind")


def read_holidays(path: Path, shown_as: str | None = None) -> list[tuple[date, bool]]:
    """Read a list of holidays: a day or a span of days a line, and whether it is off (休) or worked (班).

    `2018-10-01 休`, `2018-10-01 至 2018-10-07 放假`, `2018-09-29,班`. A day alone is off. What follows, such as the
    holiday's name, is passed over; so are lines that begin with `#`, a row of heads, and blank lines.

    Args:
        path: A text or CSV file, or a workbook with the columns 日期 and 类型.
        shown_as: The name under which problems are reported.

    Returns:
        Each day with whether it is worked.

    Raises:
        InputError: Every line that cannot be read, or a day that is said to be both.
    """
    file = shown_as or str(path)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        lines = [(place, text) for place, text in _rows(path, file)]
    else:
        text = decode(read_limited(path, file), file).text
        lines = [(Place(file, number), line) for number, line in enumerate(text.split("\n"), start=1)]
    problems: list[Problem] = []
    found: dict[date, tuple[bool, Place]] = {}
    for place, line in lines:
        try:
            for day, worked in _days(line):
                before = found.setdefault(day, (worked, place))
                if before[0] != worked:
                    raise ValueFault("both", day=day.isoformat(), first=before[1].text())
        except ValueFault as fault:
            problems.append(Problem(f"ledger.holiday_{fault.fault.code}", fault.fault.params, place))
    if not found and not problems:
        problems.append(Problem("ledger.holiday_none", {}, Place(file)))
    if problems:
        raise InputError(problems)
    return [(day, worked) for day, (worked, _) in sorted(found.items())]


def _rows(path: Path, file: str) -> Iterator[tuple[Place, str]]:
    for table in read_tables(path, [*DATE_HEADS, *KIND_HEADS], file):
        day, kind = table.column(DATE_HEADS), table.column(KIND_HEADS)
        for number, cells in table.rows:
            said = [cells[at] or "" for at in (day, kind) if at is not None and at < len(cells)]
            yield table.place(number, day or 0), " ".join(said)


def _days(line: str) -> Iterator[tuple[date, bool]]:
    plain = nfkc(line).strip(" \t\"'")
    if not plain or plain.startswith("#"):
        return
    match = _LINE.match(plain.replace('"', ""))
    if match is None:
        if not re.search(r"\d{4}", plain):
            return  # a row of heads, or a title
        raise ValueFault("line", line=shown(line.strip()))
    worked = _kind(match["rest"])
    first = _day(match["from"])
    last = _day(match["to"]) if match["to"] else first
    if not 0 <= (last - first).days < _LONGEST:
        raise ValueFault("span", line=shown(line.strip()))
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number), worked


def _day(text: str) -> date:
    try:
        return date.fromordinal(read_date(re.sub(r"\s+", "", text)).first)
    except ValueFault as fault:
        raise ValueFault("line", **fault.fault.params, line=shown(text)) from None


def _kind(rest: str) -> bool:
    """Tell whether the days of a line are worked.

    Raises:
        ValueFault: `kind`: the words do not tell; 调休 alone is said of both.
    """
    words = [word for word in (squeezed(w) for w in _SPLIT.split(_WEEKDAY.sub(" ", rest))) if word]
    for word in words:
        if word in _ON:
            return True
        if word in _OFF:
            return False
    if any("调休" in word for word in words):
        raise ValueFault("kind", line=shown(rest.strip()))
    return False
