from __future__ import annotations

import pytest

from plsp_audit.model.facts import Fact
from plsp_audit.scoring.observed import MAX_ROWS, value_text

PLACES = Fact.model_validate(
    {
        "label": "三级平台", "type": "records",
        "fields": {
            "name": {"label": "名称", "type": "text"},
            "tier": {"label": "层级", "type": "choice", "options": {"s": "工作站", "r": "工作室"}},
        },
    }
)  # fmt: skip
NOTES = Fact.model_validate({"label": "记录", "type": "records", "fields": {"text": {"label": "内容", "type": "text"}}})


def test_few_rows_are_written_out() -> None:
    rows = [{"name": "丙镇", "tier": "s"}, {"name": "丁村", "tier": None}]
    assert value_text(PLACES, rows) == "（1）丙镇、工作站（2）丁村"
    assert value_text(PLACES, rows, "en") == "(1) 丙镇, 工作站 (2) 丁村"
    assert value_text(PLACES, []) == "无"


@pytest.mark.parametrize(("lang", "words"), [("zh", "共9条（工作站1、工作室7、未查1）"), ("en", "9 in all")])
def test_many_rows_are_counted_by_their_first_choice(lang: str, words: str) -> None:
    kinds = ["s", *["r"] * (MAX_ROWS - 1), None]
    assert value_text(PLACES, [{"name": "丁村", "tier": kind} for kind in kinds], lang).startswith(words)  # type: ignore[arg-type]


def test_many_rows_without_a_choice_are_counted() -> None:
    assert value_text(NOTES, [{"text": "一"}] * (MAX_ROWS + 1)) == f"共{MAX_ROWS + 1}条"
