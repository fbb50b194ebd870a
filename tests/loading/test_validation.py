"""What a model refuses, told in the words of the file: the right place, the right name, and what would be right."""

from __future__ import annotations

from typing import Any

import pytest

from plsp_audit.loading import validation
from plsp_audit.loading.keys import SITE
from plsp_audit.loading.read_file import read_bytes
from plsp_audit.loading.validation import glued, raw_path, validated
from plsp_audit.model.problem import InputError, Problem
from plsp_audit.model.rules import Rule
from plsp_audit.model.standard import StandardFile

RULE = "id: A\ntitle: 甲\ndimension: d\npoints: 5\nclause: {source: s, at: 一}\n"


def problems(text: str, model: Any = Rule) -> list[Problem]:
    document = read_bytes(text.encode(), "f")
    with pytest.raises(InputError) as caught:
        validated(model, document.tree, document)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("check: p.yes\ndais: 3\n", "unknown_key_near", 7, "days"),
        ("check: p.yes\ndays: x\n", "whole_number_wanted", 7, "days"),
        ("check: p.yes\nlevel: must\n", "one_of_wanted", 7, "recommended"),
        ("check: p.yes\nlocked: maybe\n", "not_yes_no", 7, "locked"),
        ("check: p.yes\ndocuments: {a: b}\n", "list_wanted", 7, "documents"),
        ("check: {fact: p.num, at_leest: 3}\n", "unknown_key_near", 6, "at_least"),
        ("check: {al: [a]}\n", "bad_check_near", 6, "all"),
        ("check: {fact: p.num, at_least: 3, above: 4}\n", "two_forms", 6, "above"),
        ("award: {dedukt: [{judged: [1, 3]}]}\n", "bad_award_near", 6, "deduct"),
        ("award: {deduct: [{judgt: [1, 3]}]}\n", "bad_branch_near", 6, "judged"),
        ("title2: x\n", "unknown_key_near", 6, "title"),
        ('check: {fact: p.text, named: "' + "[a]" * 13 + '"}\n', "too_many_pieces", 6, "12"),
    ],
)
def test_faults_of_a_rule(text: str, code: str, line: int, words: str) -> None:
    found = [p for p in problems(RULE + text) if p.code == f"schema.{code}"]
    assert [p.place.line for p in found] == [line]
    for lang in ("zh", "en"):
        assert words in found[0].message(lang)


def test_all_of_them_together() -> None:
    found = problems(RULE + "check: {fakt: a}\nlevel: x\ndays: -1\neffort: y\nunheard: 1\n")
    assert [p.place.line for p in sorted(found, key=lambda p: p.place.line or 0)] == [6, 7, 8, 9, 10]


def test_more_faults_than_anybody_reads_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "MAX_FAULTS", 5)
    found = problems("plsp: standard/1\nid: a\ntitle: b\n" + "".join(f"x{n}: 1\n" for n in range(20)), StandardFile)
    assert [p.code for p in found][-1] == "schema.more_faults"
    assert len(found) == 6


def test_paths_as_the_file_writes_them() -> None:
    tree: Any = {"场所": {"编号": "a"}, "facts": [{"x": "1"}], "~one": {"a": "b"}}
    assert raw_path(tree, ("site", "id"), SITE) == ("场所", "编号")
    assert raw_path(tree, ("site", "tier"), SITE) == ("场所",)
    assert raw_path(tree, ("facts", 0, "~many", "x"), SITE) == ("facts", 0, "x")
    assert raw_path(tree, ("facts", 3, "x"), SITE) == ("facts",)
    assert raw_path(tree, ("~one", "a")) == ("~one", "a")


@pytest.mark.parametrize(
    ("text", "meant"),
    [("date:2018", "date: 2018"), ("日期：2018", "日期: 2018"), ("two words:x", ""), ("plain", ""), ("a: b", "")],
)
def test_colons_that_glue(text: str, meant: str) -> None:
    assert glued(text) == meant
