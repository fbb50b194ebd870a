from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plsp_audit.reporting.xlsx_text import cell_text, lines_of, text_width


def test_chinese_characters_are_two_columns_wide() -> None:
    assert text_width("面积36㎡") == 8
    assert text_width("（一）") == 6
    assert text_width("ñ") == 1
    assert text_width("e\u0301") == 1


def test_lines_break_where_a_cell_is_full() -> None:
    assert lines_of("服务场所使用面积", 8) == ["服务场所", "使用面积"]
    assert lines_of("甲\n乙", 8) == ["甲\n", "乙"]


def test_words_and_stops_stay_whole() -> None:
    assert lines_of("abc defg", 5) == ["abc ", "defg"]
    assert lines_of("甲乙，丙", 4) == ["甲", "乙，", "丙"]


def test_a_word_too_long_for_a_line_is_broken() -> None:
    assert lines_of("x" * 10, 4) == ["xxxx", "xxxx", "xx"]


@given(st.text(max_size=200), st.integers(2, 40))
def test_lines_hold_all_of_the_text(text: str, columns: int) -> None:
    assert "".join(lines_of(text, columns)) == text


def test_a_cell_takes_no_signs_that_the_format_refuses() -> None:
    assert cell_text("a\x00b\r\nc\ufffe\x1b") == "ab\nc"
    assert len(cell_text("字" * 40_000)) == 32_000
