from __future__ import annotations

import pytest

from plsp_audit.loading.hints import scan_warnings
from plsp_audit.loading.reference import read_yaml
from tests.property.yamlish import SITE


def told(text: str) -> list[tuple[str, int | None, int | None]]:
    found = scan_warnings(text, "f.yaml")
    for problem in found:
        assert problem.severity == "warning"
        assert problem.place.file == "f.yaml"
        assert problem.message("zh")
        assert problem.message("en")
    return [(problem.code, problem.place.line, problem.place.column) for problem in found]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("编号: 编号 #3\n", "yaml_comment_swallowed", 1, 8),
        ("a: #3\n", "yaml_comment_swallowed", 1, 4),
        ("- x\n- 场所  #3号\n", "yaml_comment_swallowed", 2, 7),
        ("a: b\u2028\nc: 编号 #3\n", "yaml_comment_swallowed", 2, 7),
        ("a: “甲”\n", "yaml_quotes_kept", 1, 4),
        ("“a”: 甲\n", "yaml_quotes_kept", 1, 1),
        ("a: [甲，乙, 丙]\n", "yaml_wide_list", 1, 5),
        ("a: ［甲，乙］\n", "yaml_wide_list", 1, 4),
        ("a:\n  名称：x\n", "yaml_wide_colon_text", 2, 5),
        ("a: x\n  名称：y\n", "yaml_wide_colon_text", 2, 5),
        ("a:\n  - 服务：x\n", "yaml_wide_colon_text", 2, 7),
        ("a: 乱\ufffd\n", "file_garbled", 1, 5),
    ],
)
def test_what_is_suspicious(text: str, code: str, line: int, column: int) -> None:
    read_yaml(text, "f")
    assert told(text) == [(code, line, column)]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1 # a comment\n",
        "a: 1 #\n",
        "a: 1 ## ruler\n",
        "a: 1 #----\n",
        "#编号\na: 1\n",
        "a: '编号 #3'\n",
        'a: "编号 #3"\n',
        "a: '编号' #3\n",
        "a: 编号#3\n",
        "a: |\n  编号 #3\n  名称：x\n",
        "a: 时间：上午\n",
        "a: “放管服”和“互联网”\n",
        "a: “放管服”改革\n",
        "a: {note: 台账规范，较好}\n",
        "a: 台账规范，较好\n",
        "a: １２０\n",
        "a: （甲）\n",
        SITE,
    ],
)
def test_what_is_not(text: str) -> None:
    assert told(text) == []


def test_the_words_say_what_was_lost_and_what_was_kept() -> None:
    (problem,) = scan_warnings("编号: 凤凰 #3 号\n", "f")
    assert problem.params == {"found": "#3 号", "kept": "凤凰"}


@pytest.mark.parametrize(
    "text", ["a: 编号 #3\nb: [", "\ud800 #3", "[" * 500 + " #3", "a: *x #3", "\x00：", "a: 1\n名称：2\nb: 3"]
)
def test_broken_texts_give_no_trouble(text: str) -> None:
    scan_warnings(text, "f")


def test_there_is_an_end_to_warnings() -> None:
    assert len(told("- a #3\n" * 500)) == 20


def test_json_has_no_such_traps() -> None:
    assert scan_warnings('{"a": "编号 #3，“甲”"}', "f", "json") == []
    assert [problem.code for problem in scan_warnings('{"a": "\ufffd"}', "f", "json")] == ["file_garbled"]
