"""Two sides gathered and paired: files, folders, results, and standards of two versions."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from plsp_audit.batch.desk import Desk
from plsp_audit.batch.recheck import Gathered, Rechecker
from plsp_audit.loading.packs import Library
from plsp_audit.reporting.json_file import json_line, render_json

ROOM, STATION = "ningxia-room-poor.yaml", "ningxia-station-medium.yaml"
Gather = Callable[..., Gathered]


class Told(list[str]):
    """What was said."""


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def gather(told: Told) -> Gather:
    def made(before: Path, after: Path, old: Desk | None = None, new: Desk | None = None) -> Gathered:
        return Rechecker(old or Desk(Library()), new or Desk(Library()), told.append).gather(before, after)

    return made


def result_of(path: Path, folder: Path) -> Path:
    result = Desk(Library()).score(path).result
    folder.mkdir(exist_ok=True)
    (folder / f"{result.site.id}.json").write_bytes(render_json(result))
    return folder / f"{result.site.id}.json"


def test_two_files(gather: Gather, examples: Path) -> None:
    [found] = gather(examples / ROOM, examples / "recheck" / ROOM).found
    assert found.change == 23
    assert found.split == "same"
    assert not found.late
    assert found.count("fixed") == 5
    assert found.count("unchecked") == 1


def test_dates_out_of_order_are_told(gather: Gather, examples: Path) -> None:
    [found] = gather(examples / "recheck" / ROOM, examples / ROOM).found
    assert found.late


def test_two_different_sites_are_refused(gather: Gather, examples: Path) -> None:
    found = gather(examples / STATION, examples / "recheck" / ROOM)
    assert found.found == []
    assert [p.code for p in found.problems] == ["recheck.problem.other_site"]
    assert "nx-yz-yunling" in found.problems[0].message()


def test_folders_are_paired_by_site_id_and_the_rest_named(gather: Gather, examples: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before / "sub", after):
        folder.mkdir(parents=True)
    shutil.copy(examples / ROOM, before / "sub" / "anything.yaml")
    shutil.copy(examples / "gansu-station-medium.yaml", before)
    shutil.copy(examples / "recheck" / ROOM, after)
    shutil.copy(examples / "recheck" / STATION, after)
    found = gather(before, after)
    assert [one.after.result.site.id for one in found.found] == ["nx-hy-xinghua"]
    assert [r.site.id for r in found.only_before] == ["gs-lx-songping"]
    assert [r.site.id for r in found.only_after] == ["nx-yz-yunling"]
    assert found.problems == []


def test_the_second_side_may_lie_within_the_first(gather: Gather, examples: Path, tmp_path: Path) -> None:
    (tmp_path / "recheck").mkdir()
    shutil.copy(examples / ROOM, tmp_path)
    shutil.copy(examples / "recheck" / ROOM, tmp_path / "recheck")
    [found] = gather(tmp_path, tmp_path / "recheck").found
    assert found.before.result.inspection.date == "2018-11-15"


def test_a_bad_file_is_told_and_the_others_go_on(gather: Gather, examples: Path, tmp_path: Path) -> None:
    shutil.copy(examples / ROOM, tmp_path)
    shutil.copy(examples / "bad" / "unknown-fact.yaml", tmp_path)
    found = gather(tmp_path, examples / "recheck" / ROOM)
    assert len(found.found) == 1
    assert all(p.place.file.endswith("unknown-fact.yaml") for p in found.problems)
    assert found.problems


def test_other_files_of_a_folder_are_passed_over(gather: Gather, examples: Path, tmp_path: Path) -> None:
    shutil.copy(examples / ROOM, tmp_path)
    shutil.copytree(examples / "standards" / "shizuishan-2018", tmp_path / "standards" / "shizuishan-2018")
    (tmp_path / "notes.json").write_text('{"plsp": "recheck/1"}', encoding="utf-8")
    found = gather(tmp_path, examples / "recheck" / ROOM)
    assert (len(found.found), [p.text() for p in found.problems]) == (1, [])


def test_results_pair_with_inspections(gather: Gather, examples: Path, tmp_path: Path) -> None:
    stored = result_of(examples / ROOM, tmp_path)
    [whole] = gather(examples / ROOM, examples / "recheck" / ROOM).found
    [found] = gather(stored, examples / "recheck" / ROOM).found
    assert [(i.id, i.outcome) for i in found.items] == [(i.id, i.outcome) for i in whole.items]
    assert found.bridge is not None
    assert whole.bridge is not None
    assert [(x.rule, x.change) for x in found.bridge.lines if x.kind == "rule"] == [
        (x.rule, x.change) for x in whole.bridge.lines
    ]
    assert sum(line.change for line in found.bridge.lines) == found.change


def test_a_batch_folder_is_a_side(gather: Gather, examples: Path, tmp_path: Path) -> None:
    lines = [json_line(Desk(Library()).score(examples / name).result) for name in (ROOM, STATION)]
    (tmp_path / "results.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = gather(tmp_path, examples / "recheck")
    assert len(found.found) == 2
    assert not any(one.before.exact for one in found.found)


def test_an_inspection_goes_before_its_own_result(gather: Gather, examples: Path, tmp_path: Path, told: Told) -> None:
    shutil.copy(examples / ROOM, tmp_path / "z.yaml")
    result_of(examples / ROOM, tmp_path)
    [found] = gather(tmp_path, examples / "recheck" / ROOM).found
    assert found.before.exact
    assert told == []


def test_of_several_inspections_the_newest_counts(gather: Gather, examples: Path, tmp_path: Path, told: Told) -> None:
    text = (examples / ROOM).read_text(encoding="utf-8")
    (tmp_path / "new.yaml").write_text(text.replace("2018-11-15", "2018-12-01"), encoding="utf-8")
    (tmp_path / "old.yaml").write_text(text, encoding="utf-8")
    [found] = gather(tmp_path, examples / "recheck" / ROOM).found
    assert found.before.result.inspection.date == "2018-12-01"
    assert "nx-hy-xinghua" in told[0]
    assert "2018-12-01" in told[0]


RAISED = """\
plsp: standard/1
id: {id}
title: 新版
extends: ningxia-2018
tailoring:
  alter: [{{rule: NX-R-11, tier: room, set: {{points: 5}}, reason: 试}}]
  remove: [{{rule: NX-R-18, tier: room, reason: 试}}]
"""


def pack(folder: Path, name: str) -> Library:
    (folder / name).mkdir(parents=True)
    (folder / name / "standard.yaml").write_text(RAISED.format(id=name), encoding="utf-8")
    return Library([folder])


def test_a_new_standard_is_told_from_the_site(gather: Gather, examples: Path, tmp_path: Path) -> None:
    new = Desk(pack(tmp_path, "ningxia-2019"), "ningxia-2019")
    [found] = gather(examples / ROOM, examples / "recheck" / ROOM, new=new).found
    assert found.split == "separated"
    assert found.standard is not None
    assert found.standard.bridge is not None
    assert found.standard.middle is not None
    assert found.bridge is not None
    direct = new.score(examples / ROOM).result
    assert found.standard.middle.score == direct.score
    assert found.standard.bridge.change + found.bridge.change == found.change
    assert sum(line.change for line in found.standard.bridge.lines) == found.standard.bridge.change
    assert sum(line.change for line in found.bridge.lines) == found.bridge.change
    assert {(r.rule, r.kind) for r in found.standard.rules} == {("NX-R-11", "changed"), ("NX-R-18", "removed")}
    assert found.standard.aside == ("NX-R-18",)
    assert next(i for i in found.items if i.id == "NX-R-18").outcome == "removed"


def test_an_older_version_under_the_same_id(gather: Gather, examples: Path, tmp_path: Path) -> None:
    """The old pack is found first for BEFORE; what its file says of a removed rule is set aside, not a fault."""
    shutil.copytree(Library().shipped / "ningxia-2018", tmp_path / "new" / "ningxia-2018")
    room = tmp_path / "new" / "ningxia-2018" / "room.yaml"
    text = room.read_text(encoding="utf-8")
    start = text.index("  - id: NX-R-18")
    end = text.index("  - id: NX-R-19")
    room.write_text(text[:start] + text[end:], encoding="utf-8")
    after = tmp_path / "after.yaml"
    site = (examples / "recheck" / ROOM).read_text(encoding="utf-8")
    after.write_text(site.replace("NX-R-18: {", "# NX-R-18: {"), encoding="utf-8")
    found = gather(examples / ROOM, after, new=Desk(Library([tmp_path / "new"])))
    assert [p.text() for p in found.problems] == []
    [one] = found.found
    assert one.before.result.standard.id == one.after.result.standard.id
    assert one.split == "separated"
    assert one.standard is not None
    assert one.standard.aside == ("NX-R-18",)


def test_results_of_another_standard_cannot_be_separated(gather: Gather, examples: Path, tmp_path: Path) -> None:
    stored = result_of(examples / ROOM, tmp_path / "results")
    new = Desk(pack(tmp_path / "packs", "ningxia-2019"), "ningxia-2019")
    [found] = gather(stored, examples / "recheck" / ROOM, new=new).found
    assert found.split == "mixed"
    assert found.standard is not None
    assert found.standard.why == "results_only"
    assert found.bridge is not None
    assert sum(line.change for line in found.bridge.lines) == found.change


def test_a_result_whose_standard_changed_since_has_one_line(gather: Gather, examples: Path, tmp_path: Path) -> None:
    stored = result_of(examples / ROOM, tmp_path)
    document = json.loads(stored.read_text(encoding="utf-8"))
    document["standard"]["digest"] = "0" * 64
    stored.write_text(json.dumps(document), encoding="utf-8")
    [found] = gather(stored, examples / "recheck" / ROOM).found
    assert found.split == "mixed"
    assert found.bridge is not None
    assert [line.kind for line in found.bridge.lines] == ["whole"]
    assert found.bridge.change == Fraction("61") + Fraction(13, 30) - Fraction("38.4333")


def test_an_inspection_that_does_not_fit_the_new_standard(gather: Gather, examples: Path, tmp_path: Path) -> None:
    """NX-R-18 is judged no more: a deduction for it cannot be taken over."""
    folder = tmp_path / "packs" / "ningxia-2019"
    folder.mkdir(parents=True)
    alter = "{rule: NX-R-18, tier: room, set: {award: null, check: ledgers.kept}, reason: 试}"
    text = RAISED.format(id="ningxia-2019").split("  alter")[0] + f"  alter: [{alter}]\n"
    (folder / "standard.yaml").write_text(text, encoding="utf-8")
    after = tmp_path / "after.yaml"
    site = (examples / "recheck" / ROOM).read_text(encoding="utf-8")
    after.write_text(site.replace("NX-R-18: {", "# NX-R-18: {"), encoding="utf-8")
    found = gather(examples / ROOM, after, new=Desk(Library([tmp_path / "packs"]), "ningxia-2019"))
    assert [p.text() for p in found.problems] == []
    [one] = found.found
    assert one.split == "mixed"
    assert one.standard is not None
    assert one.standard.why == "unfit"
    assert "NX-R-18" in one.standard.detail


def test_not_rated_has_no_bridge(gather: Gather, examples: Path, tmp_path: Path) -> None:
    text = (examples / "recheck" / ROOM).read_text(encoding="utf-8")
    after = tmp_path / "after.yaml"
    after.write_text(text.replace("facts:", "not_rated: 正在装修\nfacts:"), encoding="utf-8")
    [found] = gather(examples / ROOM, after).found
    assert (found.bridge, found.change, found.grade_move) == (None, None, None)
    assert found.count("unchecked") == 21
    assert {item.outcome for item in found.items} == {"unchecked", "not_checked", "extra"}
