"""What clerks write into the columns of a ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plsp_audit.loading.ledger_words import closed_of, date_of, opinion_of, progress_of
from plsp_audit.model.catalogue import say
from plsp_audit.model.values import ValueFault


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("未整改", "none"),
        ("整改中", "started"),
        ("已整改", "done"),
        ("已整改。", "done"),
        ("已 整改", "done"),
        ("已整改到位", "done"),
        ("已改", "done"),
        ("OK", "done"),
        ("已购置传真机，整改完成", "done"),
        ("已完成整改，附照片", "done"),
        ("√", "done"),
        ("部分整改", "started"),
        ("未完成", "none"),
        ("基本完成整改", None),
        ("预计年底整改完成", None),
        ("尚未整改完成", None),
        ("已整改，未验收", None),
        ("已联系厂家", None),
        ("", None),
        ("Done", "done"),
        ("not done", "none"),
        ("not yet completed", None),
        ("will be completed soon", None),
    ],
)
def test_progress(text: str, found: str | None) -> None:
    assert progress_of(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("通过", "passed"),
        ("同意销号", "passed"),
        ("合格", "passed"),
        ("经现场查看，已整改到位", "passed"),
        ("不通过", "failed"),
        ("未通过", "failed"),
        ("不合格", "failed"),
        ("整改不到位，继续整改", "failed"),
        ("不同意销号", "failed"),
        ("退回", "failed"),
        ("基本合格", None),
        ("待现场复核", None),
        ("已阅", None),
        ("", None),
        ("passed", "passed"),
        ("not passed", "failed"),
        ("Failed: no sign", "failed"),
        ("部分通过", None),
    ],
)
def test_opinion(text: str, found: str | None) -> None:
    assert opinion_of(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("是", True),
        ("否", False),
        ("√", True),
        ("×", False),
        ("已销号", True),
        ("未销号", False),
        ("YES", True),
        ("", None),
        ("可能", None),
        ("１", True),
    ],
)
def test_closed(text: str, found: bool | None) -> None:
    assert closed_of(text) is found


def test_every_choice_that_is_offered_is_understood() -> None:
    for lang in ("zh", "en"):
        given = {key: say(f"ledger.choice.{key}", lang).split("|") for key in ("progress", "opinion", "closed")}
        assert [progress_of(word) for word in given["progress"]] == ["none", "started", "done"]
        assert [opinion_of(word) for word in given["opinion"]] == ["passed", "failed"]
        assert [closed_of(word) for word in given["closed"]] == [True, False]


@pytest.mark.parametrize(
    "value",
    [
        "2018-12-05",
        "2018-12-5",
        "2018/12/5",
        "2018.12.5",
        "2018年12月5日",
        "20181205",
        "43439",
        "2018-12-05 00:00:00",
        "２０１８－１２－０５",
        "12月5日",
        "12-5",
        " 2018-12-05 ",
    ],
)
def test_dates_in_every_form(value: Any) -> None:
    assert date_of(value, date(2018, 10, 23)) == date(2018, 12, 5)


def test_a_day_without_its_year_is_the_next_one() -> None:
    assert date_of("1月5日", date(2018, 10, 23)) == date(2019, 1, 5)
    assert date_of("10月23日", date(2018, 10, 23)) == date(2018, 10, 23)


@pytest.mark.parametrize("value", ["下周", "2018-12", "2018-13-01", "2018-02-30", "5", "1.5", "99999", "是", "2月30日"])
def test_what_is_no_day_is_refused(value: Any) -> None:
    with pytest.raises(ValueFault):
        date_of(value, date(2018, 10, 23))


@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_blank_is_no_date(value: Any) -> None:
    assert date_of(value) is None
