from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plsp_audit.reporting.wording import clean, priority_word

SHY = "\u00ad"
"""A sign that is always taken out: with it, every sign is looked at."""


@given(st.text(alphabet="ab 1.\n一龥鿿、。《》；：！？（）“”‘’…—·㎡％", max_size=40))
def test_ordinary_text_is_made_safe_as_any_other(text: str) -> None:
    assert clean(text) == clean(text + SHY)


def test_what_cannot_be_laid_out_is_taken_out() -> None:
    assert clean("甲\u202e乙\x00丙\x1b") == "甲乙 丙"
    assert clean("a\u0301\u0301\u0301\u0301") == "á\u0301\u0301"
    assert clean("\ue000") == "□"


@pytest.mark.parametrize(
    ("priority", "penalty", "word"),
    [
        ("required", False, "必备项"), ("required", True, "扣分项"), ("recommended", False, "建议项"),
        ("veto", False, "否决项"), ("veto", True, "否决项"), ("odd", False, "odd"),
    ],
)  # fmt: skip
def test_a_rule_that_takes_points_off_is_called_so_unless_it_is_a_veto(priority: str, penalty: bool, word: str) -> None:
    assert priority_word(priority, penalty, "zh") == word
