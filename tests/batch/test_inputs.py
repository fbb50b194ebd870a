"""What a batch finds to inspect."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plsp_audit.batch.inputs import Listing, error_heads, list_inputs
from tests.batch.factory_batch import batch, write


def paths(listing: Listing, root: Path) -> list[str]:
    return [Path(source.path).relative_to(root).as_posix() for source in listing.sources]


def test_folders_are_gone_through_by_name(tmp_path: Path) -> None:
    for name in ("b/2.yaml", "b/1.yml", "a.json", "c/d/3.YAML", "b.csv", "10.yaml", "9.yaml", "d.xlsx", "e.jsonl"):
        write(tmp_path / name, "x")
    listing = list_inputs([tmp_path])
    assert paths(listing, tmp_path) == ["10.yaml", "9.yaml", "a.json", "b/1.yml", "b/2.yaml", "b.csv", "c/d/3.YAML",
                                        "d.xlsx", "e.jsonl"]  # fmt: skip
    assert [Path(s.path).name for s in listing.sources if s.table] == ["b.csv", "d.xlsx", "e.jsonl"]
    assert not listing.passed


def test_what_is_named_comes_in_the_order_named_and_once(tmp_path: Path) -> None:
    one, two, three = (write(tmp_path / "f" / f"{n}.yaml", n) for n in "123")
    assert paths(list_inputs([three, tmp_path / "f", one]), tmp_path) == ["f/3.yaml", "f/1.yaml", "f/2.yaml"]
    twice = tmp_path / "f" / ".." / "f" / "2.yaml"
    assert [Path(s.path).name for s in list_inputs([two, twice]).sources] == ["2.yaml"]


def test_patterns_are_filled_in(tmp_path: Path) -> None:
    for n in "321":
        write(tmp_path / f"{n}.yaml", n)
    listing = list_inputs([tmp_path / "[12].yaml", tmp_path / "x*.yaml", tmp_path / "none.yaml"])
    assert paths(listing, tmp_path) == ["1.yaml", "2.yaml", "none.yaml"]
    assert [source.problem for source in listing.sources] == ["", "", "file_missing"]
    assert [Path(name).name for name in listing.missing] == ["x*.yaml", "none.yaml"]


def test_a_file_whose_name_looks_like_a_pattern_is_itself(tmp_path: Path) -> None:
    write(tmp_path / "[1].yaml", "a")
    assert paths(list_inputs([tmp_path / "[1].yaml"]), tmp_path) == ["[1].yaml"]


def test_outputs_of_an_earlier_run_are_no_inspections(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", "a")
    assert batch([tmp_path], tmp_path / "plsp-out", formats=["json", "xlsx"]).sites == 1
    (tmp_path / "plsp-out").rename(tmp_path / "last year")
    listing = list_inputs([tmp_path])
    assert paths(listing, tmp_path) == ["a.yaml"]
    found = {kind: sorted(Path(p).name for p in passed.first) for kind, passed in listing.passed.items()}
    assert found == {"own": ["a.xlsx", "errors.csv", "summary.xlsx"], "manifest": ["manifest.json"],
                     "result": ["a.json", "results.jsonl"], "other": ["dashboard.html"]}  # fmt: skip


def test_the_folder_of_the_outputs_is_not_looked_into(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", "a")
    write(tmp_path / "out" / "b.yaml", "b")
    assert paths(list_inputs([tmp_path], tmp_path / "out"), tmp_path) == ["a.yaml"]
    assert paths(list_inputs([tmp_path / "out"], tmp_path / "out"), tmp_path) == ["out/b.yaml"]


def test_standards_photos_and_hidden_files_are_no_inspections(tmp_path: Path, standards: Path) -> None:
    os.symlink(standards, tmp_path / "link")
    write(tmp_path / "s" / "standard.yaml", "x")
    write(tmp_path / "s" / "rules.yaml", "x")
    write(tmp_path / ".hidden" / "a.yaml", "x")
    write(tmp_path / ".b.yaml", "x")
    write(tmp_path / "~$open.xlsx", "x")
    for name, head in (("facts.yaml", "facts/1"), ("c.yaml", "cases/1"), ("r.yaml", "roster/1")):
        (tmp_path / name).write_text(f"# words\nplsp: {head}\n", encoding="utf-8")
    (tmp_path / "p.jpg").write_bytes(b"x")
    listing = list_inputs([tmp_path])
    assert listing.sources == []
    counts = {kind: passed.count for kind, passed in listing.passed.items()}
    assert counts == {"standard": 1, "facts": 1, "cases": 1, "unknown": 1, "other": 2, "link": 1}


def test_a_file_without_a_head_is_looked_at_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("场所: {编号: a}\n", encoding="gb18030")
    (tmp_path / "b.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "c.yaml").write_text("site: {name: 'plsp: result/1'}\n", encoding="utf-8")
    assert len(list_inputs([tmp_path]).sources) == 3


def test_what_is_named_is_never_passed_over(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text('{"plsp": "result/1"}', encoding="utf-8")
    assert len(list_inputs([tmp_path / "r.json"]).sources) == 1
    assert len(list_inputs([tmp_path]).sources) == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_heads_of_errors_csv_know_it_again(tmp_path: Path, lang: str) -> None:
    text = error_heads("en" if lang == "en" else "zh") + "\r\na,1,,,,b,c\r\n"
    (tmp_path / "x.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert list_inputs([tmp_path]).passed["own"].count == 1


def test_every_kind_that_is_passed_over_has_a_name(tmp_path: Path) -> None:
    from plsp_audit.model.catalogue import sentences

    assert sentences("batch", "zh")["passed"].keys() == sentences("batch", "en")["passed"].keys()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(mode=0)
    (source,) = list_inputs([tmp_path]).sources
    assert source.problem == "file_denied"
