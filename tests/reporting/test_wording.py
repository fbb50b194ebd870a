from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plsp_audit.reporting.wording import clean

SHY = "\u00ad"
"""A sign that is always taken out: with it, every sign is looked at."""


@given(st.text(alphabet="ab 1.\n一龥鿿、。《》；：！？（）“”‘’…—·㎡％", max_size=40))
def test_ordinary_text_is_made_safe_as_any_other(text: str) -> None:
    assert clean(text) == clean(text + SHY)


def test_what_cannot_be_laid_out_is_taken_out() -> None:
    assert clean("甲\u202e乙\x00丙\x1b") == "甲乙 丙"
    assert clean("a\u0301\u0301\u0301\u0301") == "á\u0301\u0301"
    assert clean("\ue000") == "□"
