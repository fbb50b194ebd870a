from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plsp_audit.model.bulletin_number import document_number
from plsp_audit.model.problem import InputError


@pytest.mark.parametrize("given_as", [
    "银司发〔2018〕12号", "银司发[2018]12号", "银司发(2018)12号", "银司发（２０１８）１２号", "银司发【2018】12号",
    "银司发［2018］12号", "银司发〔2018〕第12号", "银司发〔2018〕012号", "银司发〔2018〕12",
    " 银司发 〔2018〕 12 号 ", "银司发《2018》12号",
])  # fmt: skip
def test_all_brackets_become_those_of_the_standard(given_as: str) -> None:
    assert document_number(given_as) == "银司发〔2018〕12号"


@pytest.mark.parametrize("given_as", [
    "", "银司发12号", "银司发〔18〕12号", "银司发〔2018〕号", "〔2018〕12号", "银司发〔2018〕0号", "银司发〔1018〕12号",
    "银司发2018年12号", "银司发〔2018〕12号附件", "银司发〔2018〕十二号", "银司发〔2018年〕12号",
])  # fmt: skip
def test_a_number_without_organ_year_or_number_is_refused(given_as: str) -> None:
    with pytest.raises(InputError) as refused:
        document_number(given_as)
    assert "〔2018〕12号" in refused.value.problems[0].message("zh")


@given(st.text("甲乙丙司发办", min_size=1, max_size=6), st.integers(1949, 2099), st.integers(1, 9999))
def test_what_is_written_is_read_again(organ: str, year: int, number: int) -> None:
    text = document_number(f"{organ}({year}){number}")
    assert text == f"{organ}〔{year}〕{number}号"
    assert document_number(text) == text
