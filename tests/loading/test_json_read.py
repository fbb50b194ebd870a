from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plsp_audit.loading.json_read import read_json, read_json_strictly
from plsp_audit.model.problem import InputError

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
)
TREES = st.recursive(
    PLAIN,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=3), below, max_size=3),
    max_leaves=8,
)


def outcome(read: Any, text: str) -> object:
    try:
        return read(text, "f.json")
    except InputError as error:
        for problem in error.problems:
            assert problem.text("zh")
            assert problem.text("en")
        return [(problem.code, problem.place) for problem in error.problems]


def test_scalars_keep_their_text() -> None:
    text = '{"a": 010}'
    assert outcome(read_json, text) == outcome(read_json_strictly, text)
    text = '[1, -0, 1e400, 1.50, 12345678901234567890123, true, false, null, "null", "01", [true], {"a": false}]'
    want = [
        "1",
        "-0",
        "1e400",
        "1.50",
        "12345678901234567890123",
        "true",
        "false",
        None,
        "null",
        "01",
        ["true"],
        {"a": "false"},
    ]
    assert read_json(text, "f") == want == read_json_strictly(text, "f")
    assert read_json("true", "f") == "true"


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"a": 1,\n "a": 2}', "file_duplicate_key", 2, 2),
        ('{"a":01}', "json_value", 1, 6),
        ('{"a":+1}', "json_value", 1, 6),
        ("[1.]", "json_value", 1, 2),
        ("[NaN]", "json_value", 1, 2),
        ("[-Infinity]", "json_value", 1, 2),
        ("[True]", "json_value", 1, 2),
        ('{"a":1,}', "json_trailing_comma", 1, 8),
        ("[1,]", "json_trailing_comma", 1, 4),
        ("[1,2", "json_unclosed", 1, 1),
        ('{"a": [', "json_unclosed", 1, 7),
        ("{a: 1}", "json_key", 1, 2),
        ("{1: 1}", "json_key", 1, 2),
        ('{"a"：1}', "json_wide_mark", 1, 5),
        ('{"a": “b”}', "json_wide_mark", 1, 7),
        ('{"a" 1}', "json_no_colon", 1, 6),
        ("[1 2]", "json_no_comma", 1, 4),
        ("[1}", "json_no_comma", 1, 3),
        ("['a']", "json_single_quote", 1, 2),
        ("[1] x", "json_text_after_end", 1, 5),
        ("{} {}", "json_text_after_end", 1, 4),
        ('["a\nb"]', "json_open_string", 1, 2),
        ('["\\x"]', "json_open_string", 1, 2),
        ("// x\n{}", "json_comment", 1, 1),
        ("[\n# x\n]", "json_comment", 2, 1),
        ('["\\ud800"]', "file_escaped_control", 1, 2),
        ('["\\u4e2d\\u0007"]', "file_escaped_control", 1, 2),
        ('["\x7f"]', "file_control_character", 1, 3),
        ("  \n", "file_empty", 1, 1),
        ("[" * 51 + "]" * 51, "file_too_deep", 1, 51),
        ("[" * 200_000, "file_too_deep", 1, 51),
    ],
)
def test_what_is_refused(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(InputError) as caught:
        read_json(text, "f.json")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == (code, line, column)
    assert problem.message("zh")
    assert problem.message("en")


def test_repeated_keys_are_all_told_with_the_line_of_the_first() -> None:
    with pytest.raises(InputError) as caught:
        read_json('{"a": 1,\n"b": {"c": 1,\n"c": 2},\n"a": 3}', "f")
    found = [(problem.place.line, problem.params["key"], problem.params["first"]) for problem in caught.value.problems]
    assert found == [(3, "c", "2"), (4, "a", "1")]


def test_fifty_levels_are_fine() -> None:
    assert read_json("[" * 50 + "]" * 50, "f") == read_json_strictly("[" * 50 + "]" * 50, "f")


@settings(max_examples=200)
@given(TREES, st.booleans(), st.sampled_from([None, 1]))
def test_both_ways_agree_on_json(tree: Any, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(tree, ensure_ascii=ascii_only, indent=indent)
    assert repr(outcome(read_json, text)) == repr(outcome(read_json_strictly, text))


@settings(max_examples=200)
@given(TREES, st.integers(0, 200), st.text(alphabet='{}[]:,"\\ 0-1e.tfn\n\u007fux/', max_size=2))
def test_both_ways_agree_on_damaged_json(tree: Any, at: int, piece: str) -> None:
    text = json.dumps(tree, ensure_ascii=False)
    text = text[:at] + piece + text[at + 1 :]
    assert repr(outcome(read_json, text)) == repr(outcome(read_json_strictly, text))
