from __future__ import annotations

from typing import Any

import pytest

from plsp_audit.loading.fast import GAVE_UP, read_fast
from plsp_audit.loading.reference import read_yaml


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a: 1", {"a": "1"}),
        ("a: 1   # c\n\n# d\nb:\n", {"a": "1", "b": None}),
        ("---\n# c\na: ~\n", {"a": None}),
        ("a:\n- b\n- c\nd: e", {"a": ["b", "c"], "d": "e"}),
        (
            "a:\n  - b: 1\n    c:\n      d: 2\n  - e: 3\nf: 4",
            {"a": [{"b": "1", "c": {"d": "2"}}, {"e": "3"}], "f": "4"},
        ),
        ("- a: b\n  c:\n  - d\n- e", [{"a": "b", "c": ["d"]}, "e"]),
        ("a: {b: 1, c: '2',\n    d: \"x: y\"}", {"a": {"b": "1", "c": "2", "d": "x: y"}}),
        ("a: [x, y z , {b: [~, 9:00]}]", {"a": ["x", "y z", {"b": [None, "9:00"]}]}),
        ("a: []\nb: {}", {"a": [], "b": {}}),
        ("a: b#c:d", {"a": "b#c:d"}),
        ("场所: 兴庆区，一楼：“厅”", {"场所": "兴庆区，一楼：“厅”"}),
    ],
)
def test_the_plain_shape_is_read(text: str, tree: Any) -> None:
    assert read_fast(text) == tree == read_yaml(text, "f")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "# c",
            "x",
            "a",
            "a:b",
            "a：b",
            "a: 1\na: 2",
            "a: {b: 1, b: 2}",
            "~: 1",
            "null: 1",
            "<<: 1",
            "? a",
            ": a",
            "'a': 1",
        ),
        *(
            "a: &b c",
            "a: *b",
            "a: !b c",
            "a: |\n  b",
            "a: >\n  b",
            "a: b\n  c",
            "a: 'b\n  c'",
            'a: "\\n"',
            "a: 'b''c'",
            "a: b: c",
        ),
        *(
            "a:\n\tb: 1",
            "a: b\tc",
            "a: 1\n b: 2",
            "a:\n    b: 1\n  c: 2",
            " a: 1",
            "- a\nb: 1",
            "a: 1\n- b",
            "-\n  a: 1",
            "- - a",
        ),
        *(
            "a: [b",
            "a: [b]]",
            "a: [b,]",
            "a: [b, , c]",
            "a: [b c: d]",
            "a: {b}",
            "a: {b: }",
            "a: {'b': 1}",
            "a: [b] c",
            "a: [b #c]",
        ),
        *(
            "a: 1\n---\nb: 2",
            "a: 1\n...",
            "%YAML 1.1\n---\na: 1",
            "a: \u2028",
            "a: \ufeff",
            "a: \x00",
            "a: \ud800",
            "a: 1\r\nb: 2",
        ),
        *(
            "\u3000a: 1",
            "a: %b",
            "a: @b",
            "a: `b",
            "a: -",
            "a: - b",
            "a: ?",
            "a: #b\n  c",
            "a: 'b' c",
            "a: [{}]{}",
            "a: [}",
            "a: {]",
        ),
        "\n".join("  " * level + "a:" for level in range(60)),
        "a: " + "[" * 30 + "]" * 30,
        "a: " + "x" * 300_000,
        "k" * 200 + ": 1",
    ],
)
def test_everything_else_is_left_alone(text: str) -> None:
    assert read_fast(text) is GAVE_UP
