"""What stands behind a slip of writing: told in the same run where it is sure, left alone where it is a guess."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plsp_audit.batch.desk import Desk
from plsp_audit.batch.validate import check
from plsp_audit.loading.mend import MAX_LENGTH, BrokenTextError, column_in
from plsp_audit.loading.packs import Library
from plsp_audit.loading.read_file import BrokenFileError, read_bytes
from plsp_audit.loading.tree import Kind, read_tree
from plsp_audit.model.problem import InputError

STANDARDS = Path(__file__).parent / "standards"
GOOD = (STANDARDS / "site.yaml").read_text(encoding="utf-8")
Place = tuple[str, int | None, int | None]


def broken(text: str, kind: Kind = "yaml") -> BrokenTextError:
    with pytest.raises(BrokenTextError) as caught:
        read_tree(text, "f", kind)
    return caught.value


def told(text: str, kind: Kind = "yaml") -> list[Place]:
    return [(p.code, p.place.line, p.place.column) for p in broken(text, kind).problems]


def checked(tmp_path: Path, text: str, name: str = "site.yaml") -> list[Place]:
    """Give what `validate` and `score` tell, which has to be the same."""
    path = tmp_path / name
    path.write_bytes(text.encode())
    desk = Desk(Library([STANDARDS]))
    found = [p for p in check(path, desk) if p.severity == "error"]
    with pytest.raises(InputError) as caught:
        desk.score(path)
    assert {(p.code, p.place) for p in caught.value.problems} == {(p.code, p.place) for p in found}
    return [(p.code, p.place.line, p.place.column) for p in found]


def test_eighteen_mistakes_in_one_inspection(tmp_path: Path) -> None:
    text = """plsp: site/1
site:
  id: a/b
\tname: 甲站
  tier：station
  provnce: 试验省
standard: trial
inspection:
  date: 2018-13-23
  kind: 验受
facts:
  试验书: 1
  试验数: 很大
  试验数: 90
\u3000试验整数: 1.5
  试验单选: 丙
  试验明细: [{栏日期: 5}]
judgements:
  R3: {points: 99}
  R99: {points: 1}
  R5: {deduct: 2, nte: x}
  RA
notes: {R6: 待补
"""
    assert checked(tmp_path, text) == [
        ("schema.bad_site_id", 3, 7),
        ("yaml_tab_indent", 4, 1),
        ("yaml_wide_colon", 5, 7),
        ("schema.unknown_key_near", 6, 3),
        ("schema.no_such_day", 9, 9),
        ("schema.one_of_wanted", 10, 9),
        ("input.unknown_fact_near", 12, 3),
        ("input.not_a_number", 13, 8),
        ("file_duplicate_key", 14, 3),
        ("yaml_wide_space_indent", 15, 1),
        ("input.not_whole", 15, 8),
        ("input.not_offered", 16, 9),
        ("input.unknown_field_near", 17, 11),
        ("input.points_out_of_range", 19, 7),
        ("input.unknown_rule_near", 20, 3),
        ("schema.unknown_key_near", 21, 19),
        ("yaml_no_colon", 22, 3),
        ("yaml_unclosed", 23, 8),
    ]


def test_eleven_mistakes_in_one_json_inspection(tmp_path: Path) -> None:
    body: dict[str, Any] = {
        "plsp": "site/1",
        "site": {"id": "a", "name": "甲", "teir": "station"},
        "standard": "trial",
        "inspection": {"date": "2018-02-30"},
        "facts": {"试验数": "大", "试验是否": "或许"},
        "self_scores": {"R1": 4},
    }
    text = json.dumps(body, ensure_ascii=False, indent=1)
    text = text.replace('"甲",', '"甲"，').replace('"trial",', '"trial"').replace('"或许"', "'或许'")
    text = text.replace('"R1": 4', '"R1": 4, // 自评\n  "R1": 4,')
    assert checked(tmp_path, text, "site.json") == [
        ("schema.missing_key", 3, 10),
        ("json_wide_mark", 5, 14),
        ("schema.unknown_key_near", 6, 3),
        ("json_no_comma", 9, 2),
        ("schema.no_such_day", 10, 11),
        ("input.not_a_number", 13, 10),
        ("json_single_quote", 14, 11),
        ("input.not_yes_no", 14, 11),
        ("json_comment", 17, 12),
        ("file_duplicate_key", 18, 3),
        ("json_trailing_comma", 19, 2),
    ]


@pytest.mark.parametrize(
    ("slip", "tree"),
    [
        ("a:\n\tb: 1\nc: 2\n", {"a": {"b": "1"}, "c": "2"}),
        ("a:\n\u3000\u3000b: 1\n  c: 2\n", None),
        ("a:\n  b: 1\n\u3000c: 2\n", {"a": {"b": "1", "c": "2"}}),
        ("a：1\nb: 2\n", {"a": "1", "b": "2"}),
        ("a：1\nb：2\n", {"a": "1", "b": "2"}),
        ("a: 1\nb:2\nc: 3\n", {"a": "1", "b": "2", "c": "3"}),
        ("a:\n  - 1\n  -2\n  b: 1\n", None),
        ("a: [1, 2\nb: 3\n", {"a": ["1", "2"], "b": "3"}),
        ("a: 'x\nb: 3\n", {"a": "x", "b": "3"}),
        ('a: "C:\\x"\nb: 3\n', {"a": "C:\\x", "b": "3"}),
        ("a: 1\n   b: 2\nc: 3\n", {"a": "1", "b": "2", "c": "3"}),
        ("a: @x\nb: 3\n", {"b": "3"}),
        ("a: 1\n---\nb: 2\n", {"a": "1"}),
        ("a: 1\na: 2\nb: *x\n", {"a": "1", "b": None}),
    ],
)
def test_what_can_be_read_all_the_same(slip: str, tree: Any) -> None:
    mended = broken(slip).mended
    if tree is not None:
        assert mended.tree == tree
    assert mended.text.count("\n") == slip.count("\n")


@pytest.mark.parametrize(
    ("slip", "tree"),
    [
        ('{"a": 1,}', {"a": "1"}),
        ('{"a"：1}', {"a": "1"}),
        ('{"a": “x”}', {"a": "x"}),
        ('{"a": 1 "b": 2}', {"a": "1", "b": "2"}),
        ('{"a": /* x */ 1}', {"a": "1"}),
        ('{"a": [1, {"b": 2', {"a": ["1", {"b": "2"}]}),
        ('{"a": 1, "a": 2}', {"a": "1"}),
    ],
)
def test_what_can_be_read_of_json(slip: str, tree: Any) -> None:
    found = broken(slip, "json")
    assert found.mended.tree == tree
    assert len(found.problems) == 1


def test_a_slip_is_not_blamed_on_the_lines_behind_it() -> None:
    """A guess that does not help must not make problems of good lines."""
    rows = "".join(f"  - {{id: R{n}, title: 甲, check: p.yes}}\n" for n in range(20))
    text = "rules:\n" + "\u3000\u3000-\u3000｛id：\u3000R1，\u3000title：\u3000是否｝\n" + rows
    assert {line for _, line, _ in told(text)} == {2}
    assert [code for code, *_ in told("a: b: c\nd: 1\ne: f: g\n")] == ["yaml_colon_here", "yaml_colon_here"]
    assert told("a:\n  b: 1\n c: 2\nd: 3\n") == [("yaml_bad_indent", 3, 2)]


def test_what_had_to_be_left_out_is_not_called_missing(tmp_path: Path) -> None:
    text = GOOD.replace("  id: shiyan-01\n", "  id: @shiyan\n").replace("试验数: 1,120.5平方米", "试验数: 多")
    assert [code for code, *_ in checked(tmp_path, text)] == ["yaml_bad_start", "input.not_a_number"]


def test_a_mended_file_is_never_scored(tmp_path: Path) -> None:
    assert [code for code, *_ in checked(tmp_path, GOOD.replace("  name:", "\tname:"))] == ["yaml_tab_indent"]
    assert [code for code, *_ in checked(tmp_path, GOOD + "notes: {}\n")] == ["file_duplicate_key"]


def test_places_are_those_of_the_file_as_it_was_written() -> None:
    with pytest.raises(BrokenFileError) as caught:
        read_bytes("a:\n\u3000\u3000\u3000甲: 乙\n\tc: d\ne：f\n".encode(), "f")
    document = caught.value.document
    assert document.place(("e",)).line == 4
    for line, written in enumerate(document.written.split("\n"), start=1):
        for path in (("a",), ("a", "甲"), ("a", "c"), ("e",)):
            place = document.place(path)
            assert place.line != line or (place.column or 0) <= len(written) + 1
    assert column_in("a：b", "a: b", 4) == 3
    assert column_in("\ta: b", "  a: b", 3) == 2
    assert column_in("abc", "abc", 3) == 3
    assert column_in("", "a: b", 4) == 1


def test_long_texts_and_many_slips_end() -> None:
    long = "a:\n\tb: 1\n" + "c: 1\n" * (MAX_LENGTH // 5)
    assert broken(long).mended.tree is None
    assert told(long)[0] == ("yaml_tab_indent", 2, 1)
    many = "".join(f"k{n}:x\nl{n}: 1\n" for n in range(60))
    assert len(told(many)) <= 25
