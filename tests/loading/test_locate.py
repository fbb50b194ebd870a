from __future__ import annotations

from typing import Any

import pytest

from plsp_audit.loading.locate import Kind, Marks, locate
from plsp_audit.loading.reference import read_yaml
from tests.property.yamlish import SITE

TEXT = "场所: 甲\nb: {x: [1, 2], y: }\nc:\n  - k: 1\n    k2: 2\n  - [a,\n    b]\n"
JSON = '{"a": 1,\n "b": [1, {"c": null}],\n\t"d": "\\u7532"}'


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (1, 1), (1, 1)),
        (("场所",), (1, 5), (1, 1)),
        (("b",), (2, 4), (2, 1)),
        (("b", "x"), (2, 8), (2, 5)),
        (("b", "x", 1), (2, 12), (2, 12)),
        (("b", "y"), (2, 19), (2, 16)),
        (("c",), (4, 3), (3, 1)),
        (("c", 0, "k2"), (5, 9), (5, 5)),
        (("c", 1, 1), (7, 5), (7, 5)),
        # What is not there: the nearest ancestor.
        (("b", "z"), (2, 4), (2, 4)),
        (("c", 5), (4, 3), (4, 3)),
        (("c", "k"), (4, 3), (4, 3)),
        (("场所", "x", 0), (1, 5), (1, 5)),
        (("q",), (1, 1), (1, 1)),
    ],
)
def test_yaml(path: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]) -> None:
    marks = Marks(TEXT)
    assert marks.at(path) == value == locate(TEXT, path)
    assert marks.at(path, key=True) == key == locate(TEXT, path, key=True)


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (1, 1), (1, 1)),
        (("a",), (1, 7), (1, 2)),
        (("b", 1, "c"), (2, 17), (2, 12)),
        (("d",), (3, 7), (3, 2)),
        (("b", 7), (2, 7), (2, 7)),
    ],
)
def test_json(path: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]) -> None:
    assert Marks(JSON, "json").at(path) == value
    assert Marks(JSON, "json").at(path, key=True) == key


@pytest.mark.parametrize("kind", ["yaml", "json"])
@pytest.mark.parametrize(
    "text", ["", "[", "{", "{]", "a: [1,", '{"a": [1, }', "\x00", "[" * 500, "&a *a", "? [", "\ud800"]
)
def test_broken_texts_still_give_a_place(text: str, kind: Kind) -> None:
    assert min(Marks(text, kind).at(("a", 0, "b"))) >= 1


def test_up_to_the_break_places_are_right() -> None:
    assert locate("a:\n  b: 1\nc: [1,\n", ("a", "b")) == (2, 6)
    assert locate("a:\n  b: 1\nc: [1,\n", ("c", 0)) == (3, 5)


def test_line_separators_and_windows_ends_count_as_in_an_editor() -> None:
    assert locate("a: x\u2028y\nb: 1", ("b",)) == (2, 4)
    assert locate("a: x\r\nb: 1\rc: 2", ("c",)) == (3, 4)
    assert locate("𠀀a: 甲\n𠀀: 1", ("𠀀",)) == (2, 4)


def test_of_two_equal_keys_the_first_is_found() -> None:
    assert locate("a: 1\nb: 2\na: 3\n", ("a",), key=True) == (1, 1)
    assert locate('{"a": 1, "a": 2}', ("a",), "json") == (1, 7)


def test_every_scalar_of_a_site_is_found_where_it_is_written() -> None:
    lines, marks = SITE.split("\n"), Marks(SITE)

    def check(node: Any, path: tuple[str | int, ...]) -> None:
        if isinstance(node, dict):
            for name, below in node.items():
                line, column = marks.at((*path, name), key=True)
                assert lines[line - 1].startswith(name, column - 1)
                check(below, (*path, name))
        elif isinstance(node, list):
            for number, below in enumerate(node):
                check(below, (*path, number))
        elif node:
            line, column = marks.at(path)
            assert lines[line - 1][column - 1 :].lstrip('"').startswith(node)

    check(read_yaml(SITE, "f"), ())
