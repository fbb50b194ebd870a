"""Broken YAML: the sentence fits, and the place is where a person has to change something."""

from __future__ import annotations

import pytest

from plsp_audit.loading.tree import read_tree
from plsp_audit.model.catalogue import known
from plsp_audit.model.problem import InputError

CASES = [
    ("site: {id: a\nfacts: [\n", "yaml_unclosed", 1, 7),
    ("a: [1, 2\nb: 3\n", "yaml_unclosed", 1, 4),
    ("a: [1, 2\n\n\n", "yaml_unclosed", 1, 4),
    ("a: [1,\n2\n---\nx", "yaml_unclosed", 1, 4),
    ("a: [1, {b: c},\n", "yaml_unclosed", 1, 4),
    ("a: [", "yaml_unclosed", 1, 4),
    ("a: 1\n: 2", "yaml_key_empty", 2, 1),
    ("a: [x}\n", "yaml_no_comma", 1, 6),
    ("a: {b: 1 c: 2}\n", "yaml_no_comma", 1, 11),
    ("a: [x]]\n", "yaml_text_after_value", 1, 7),
    ("a: ]\n", "yaml_no_value", 1, 4),
    ("{a:,b:1}", "yaml_colon_in_list", 1, 3),
    ("a: 1\n b: 2\n", "yaml_colon_here", 2, 3),
    ("a: b: c\n", "yaml_colon_here", 1, 5),
    ("foo\nbar: 1", "yaml_colon_here", 2, 4),
    ("a:\n  b: 1\n c: 2\n", "yaml_bad_indent", 3, 2),
    ("a:\n  - 1\n - 2\n", "yaml_bad_indent", 3, 2),
    ("a: 1\n- b\n", "yaml_bad_indent", 2, 1),
    ("- a\nb: 1\n", "yaml_not_in_list", 2, 1),
    ("a: - b\n", "yaml_dash_here", 1, 4),
    ("a: 1\nb\nc: 3\n", "yaml_no_colon", 2, 1),
    ("a: @x\n", "yaml_bad_start", 1, 4),
    ("a: `x`\n", "yaml_bad_start", 1, 4),
    ('a: "x\nb: 1\n', "yaml_unclosed_quote", 1, 4),
    ("a: 'x\n", "yaml_unclosed_quote", 1, 4),
    ("a: 'it's'\nb: 1", "yaml_text_after_value", 1, 8),
    ('a: "\\q"\n', "yaml_escape", 1, 5),
    ('a: "C:\\users"\n', "yaml_escape", 1, 9),
    ('a: "\\ud800"', "yaml_escape", 1, 7),
    ("a: |x\n y\n", "yaml_block_text", 1, 5),
    ("a: &\n", "yaml_anchor", 1, 5),
    ("a: !<x\n", "yaml_tag", 1, 7),
    ("%YAML 3.0\n---\na: 1", "yaml_directive", 1, 1),
    # Slips of the keyboard, blamed on the line they stand in.
    ("a:\n\tb: 1\n", "yaml_tab_indent", 2, 2),
    ("a:\n  b: 1\n\tc: 1\n", "yaml_tab_indent", 3, 2),
    ("a: 1\nb：2\nc: 3\n", "yaml_wide_colon", 2, 3),
    ("b：2\nc: 3\n", "yaml_wide_colon", 1, 3),
    ("a: 1\nb：2\n", "yaml_wide_colon", 2, 3),
    ("a: 1\nb:2\nc: 3\n", "yaml_no_space_after_colon", 2, 2),
    ("b:2\nc: 3\n", "yaml_no_space_after_colon", 1, 2),
    ("- a\n-b\n- c\n", "yaml_no_space_after_dash", 2, 1),
    ("a: x\n\u3000b: 1\n", "yaml_wide_space_indent", 2, 1),
    ("\u3000b: 1\na: 1\n", "yaml_wide_space_indent", 1, 1),
    ("a:\n  b: 1\n\xa0\xa0c: 2\n", "yaml_wide_space_indent", 3, 1),
    ("a: “x: y”\n", "yaml_chinese_quotes", 1, 4),
    ("a: ［b: 1］\n", "yaml_wide_bracket", 1, 4),
    ("plsp：site/1\nsite：甲\n", "yaml_wide_colons_all", 1, 5),
    ("plsp:site/1\n", "yaml_no_space_after_colon", 1, 5),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), CASES)
def test_each_break_is_explained_at_its_place(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(InputError) as caught:
        read_tree(text, "f.yaml")
    problem = next(p for p in caught.value.problems if (p.code, p.place.line) == (code, line))
    assert problem.place.column in (column, column - 1), "a colon may be blamed itself or what stands before it"
    assert "f.yaml" in problem.text("zh")
    assert problem.message("en")


def test_the_full_width_colon_itself_is_in_the_message() -> None:
    with pytest.raises(InputError) as caught:
        read_tree("plsp：site/1\nsite：甲\n", "f.yaml")
    assert "：" in str(caught.value)
    assert "plsp" in str(caught.value)


def test_every_code_has_its_sentence_in_both_languages() -> None:
    for _, code, _, _ in CASES:
        assert known(f"problem.{code}", "zh")
        assert known(f"problem.{code}", "en")
