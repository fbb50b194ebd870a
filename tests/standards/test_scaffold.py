from __future__ import annotations

from pathlib import Path

import pytest

from plsp_audit.batch.desk import Desk
from plsp_audit.batch.validate import check
from plsp_audit.loading.packs import Library
from plsp_audit.model.problem import InputError
from plsp_audit.standards.lint import lint
from plsp_audit.standards.resolve import resolve
from plsp_audit.standards.scaffold import new_pack, write_pack

SHIPPED = [None, *(pack.id for pack in Library().names())]


@pytest.mark.parametrize("parent", SHIPPED)
def test_a_new_pack_has_no_defect_and_its_cases_are_read(tmp_path: Path, parent: str | None) -> None:
    standard = resolve(Library(), parent).standard if parent is not None else None
    written = write_pack(tmp_path / "my-city", new_pack("my-city", standard))
    library = Library([tmp_path])
    assert lint(resolve(library, "my-city")) == []
    assert check(tmp_path / "my-city", Desk(library)) == []
    assert {path.parent for path in written} == {tmp_path / "my-city", tmp_path / "my-city" / "cases"}
    assert all("__" not in path.read_text(encoding="utf-8") for path in written)
    assert "←" in (tmp_path / "my-city" / "standard.yaml").read_text(encoding="utf-8")


def test_the_changes_offered_by_a_child_can_be_switched_on(tmp_path: Path) -> None:
    files = new_pack("my-city", resolve(Library(), "gansu-2018").standard)
    write_pack(tmp_path / "my-city", files)
    path = tmp_path / "my-city" / "standard.yaml"
    lines = files["standard.yaml"].splitlines()
    start = lines.index("# tailoring:")
    end = lines.index("sources:")
    lines[start:end] = [line.removeprefix("# ") for line in lines[start:end]]
    text = "\n".join(lines).replace("value: 100, reason", "value: 120, reason")
    # One rule can be removed or altered, not both.
    path.write_text(
        text.replace("    - {rule: GS-C-02, tier: county_center, set", "    - {rule: GS-C-03, set"), encoding="utf-8"
    )
    standard = resolve(Library([tmp_path]), "my-city").standard
    assert {c.kind for c in standard.changes} == {"parameter", "remove", "alter"}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "my-city").mkdir()
    with pytest.raises(InputError) as error:
        write_pack(tmp_path / "my-city", new_pack("my-city"))
    assert error.value.problems[0].code == "standards_cli.folder_there"
    assert list((tmp_path / "my-city").iterdir()) == []


@pytest.mark.parametrize("name", ["", "市局", "a b", "../x", ".x"])
def test_an_id_that_is_none(name: str) -> None:
    with pytest.raises(InputError):
        new_pack(name)
