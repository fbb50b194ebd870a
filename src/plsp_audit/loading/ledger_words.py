"""What people write into a ledger's columns: progress, review, yes and no, and dates in every form."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from plsp_audit.model.ledger import Opinion, Progress
from plsp_audit.model.text import squeezed
from plsp_audit.model.values import ValueFault, read_date

_NONE = ("未整改", "未开始", "未启动", "尚未整改", "没有整改", "未落实", "未完成", "否", "notstarted", "no", "notdone")
_STARTED = ("整改中", "正在整改", "进行中", "推进中", "部分整改", "部分完成", "正在推进", "延期", "申请延期",
            "inprogress", "started", "partly", "partlydone")  # fmt: skip
_ALL_DONE = ("已整改", "整改完成", "完成整改", "已完成", "完成", "已落实", "整改到位", "已整改到位", "已整改完成",
             "已完成整改", "已整改完毕", "整改完毕", "已改", "已改正", "已整改好", "已办结", "是", "√", "✓",
             "✔", "100%", "done", "rectified", "completed", "yes", "y", "ok")  # fmt: skip
_PROGRESS: Final[dict[str, Progress]] = {
    **dict.fromkeys(_NONE, "none"),
    **dict.fromkeys(_STARTED, "started"),
    **dict.fromkeys(_ALL_DONE, "done"),
}
_DONE = re.compile("已(?:经)?(?:整改|完成|落实|解决)|整改(?:完成|到位|完毕)|完成整改|rectified|completed")
_NOT_DONE = re.compile("未|没有|尚|正在|部分|基本|预计|计划|拟|待|不|not|partly|will")

_FAILED = re.compile(
    "不通过|未通过|没通过|不合格|不同意|不达标|未达标|不属实|不到位|未到位|未整改|未完成|没有整改|退回|继续整改|仍需|仍未|重新整改|不符合|不予|"
    "fail|notpass|rejected|notaccepted|stillopen"
)
_PASSED = re.compile("通过|合格|同意|属实|到位|达标|符合|销号|完成|pass|accepted|confirmed")

_YES = frozenset(
    ("是", "已销号", "销号", "已销", "同意销号", "可以销号", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "closed")
)
_NO = frozenset(
    ("否", "未销号", "不销号", "未销", "不同意销号", "×", "✗", "x", "n", "no", "false", "0", "☐", "notclosed")
)

_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NO_YEAR = re.compile(r"(\d{1,2})(?:月|[/-])(\d{1,2})[日号]?")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(36526, 73051)  # 2000 to 2099


def progress_of(text: str) -> Progress | None:
    """Read 整改情况; None where it does not tell whether the repair is done."""
    plain = squeezed(text).rstrip("。.！!")
    found = _PROGRESS.get(plain)
    if found is not None:
        return found
    return "done" if _DONE.search(plain) and not _NOT_DONE.search(_DONE.sub("", plain)) else None


def opinion_of(text: str) -> Opinion | None:
    """Read 复核意见; None where it tells neither that the repair passed nor that it did not."""
    plain = squeezed(text)
    if _FAILED.search(plain):
        return "failed"
    return "passed" if _PASSED.search(plain) and not _doubtful(plain) else None


def _doubtful(plain: str) -> bool:
    return re.search("未|没有|尚|部分|基本|待|不|not", plain) is not None


def closed_of(text: str) -> bool | None:
    """Read 销号; None where it is neither yes nor no."""
    plain = squeezed(text)
    return True if plain in _YES else False if plain in _NO else None


def date_of(said: str | None, after: date | None = None) -> date | None:
    """Read a date in any usual form, or as the number that a program keeps for it.

    A day without its year is the first such day from `after` on.

    Raises:
        ValueFault: It is none.
    """
    text = _TIME.sub("", said or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) == 5 and int(text) in _SERIALS:
        return _EPOCH + timedelta(days=int(text))
    if digits := _DIGITS.fullmatch(text):
        text = "-".join(digits.groups())
    if (match := _NO_YEAR.fullmatch(squeezed(text))) and after is not None:
        return _first_after(int(match[1]), int(match[2]), after, text)
    found = read_date(text)
    if found.first != found.last:
        raise ValueFault("not_a_date", value=text[:40])
    return date.fromordinal(found.first)


def _first_after(month: int, day: int, after: date, text: str) -> date:
    for year in range(after.year, after.year + 5):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= after:
            return found
    raise ValueFault("no_such_day", value=text[:40])
