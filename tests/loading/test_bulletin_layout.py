from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from plsp_audit.loading.bulletin_layout import read_layout
from plsp_audit.model.problem import InputError


def own(folder: Path, text: str) -> list[Path]:
    (folder / "bulletin").mkdir()
    (folder / "bulletin" / "layout.yaml").write_text(text, encoding="utf-8")
    return [folder]


def test_the_shipped_layout_is_the_standards() -> None:
    layout = read_layout()
    paper, sizes = layout.paper, layout.sizes
    assert list(map(int, (paper.width, paper.height))) == [210, 297]
    assert list(map(int, (paper.top, paper.bottom, paper.left, paper.right))) == [37, 35, 28, 26]
    assert (layout.grid.lines, layout.grid.characters) == (22, 28)
    assert list(map(int, (sizes.title, sizes.body, sizes.page_number))) == [22, 16, 14]
    assert layout.fonts.title.name == "方正小标宋简体"


def test_a_bureau_restates_only_what_it_does_otherwise(tmp_path: Path) -> None:
    layout = read_layout(own(tmp_path, "paper: {top: 35, left: 27}\ngrid:\n  lines: 20\nhead: {suffix: ''}\n"))
    assert list(map(int, (layout.paper.top, layout.paper.left, layout.paper.right))) == [35, 27, 26]
    assert (layout.grid.lines, layout.grid.characters) == (20, 28)
    assert layout.head.suffix == ""
    assert layout.sizes.table == Fraction("10.5")


@pytest.mark.parametrize(("text", "place"), [
    ("paper: {topp: 35}\n", ":1:"),
    ("grid:\n  lines: viele\n", ":2:"),
    ("head:\n  colour: red\n", ":2:"),
    ("page_numbers: {place: left}\n", ":1:"),
    ("- 1\n", ":1:"),
    ("grid: {lines: 2}\n", ":1:"),
])  # fmt: skip
def test_faults_are_named_with_their_line(text: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_layout(own(tmp_path, text))
    assert all(f"layout.yaml{place}" in problem.text() for problem in refused.value.problems), refused.value


@pytest.mark.parametrize("text", ["grid: {lines: 45}\n", "grid: {characters: 40}\n", "paper: {left: 150}\n"])
def test_what_does_not_fit_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_layout(own(tmp_path, text))
    assert "版心" in refused.value.problems[0].message("zh")
