from __future__ import annotations

import os
from pathlib import Path

import pytest

from plsp_audit.loading.limits import MAX_BYTES
from plsp_audit.loading.read_file import read_bytes, read_path
from plsp_audit.model.problem import InputError, Place


def code_of(path: Path, shown: str | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read_path(path, shown)
    (problem,) = caught.value.problems
    assert problem.place.file == (shown or str(path))
    assert problem.message("zh")
    assert problem.message("en")
    return problem.code


def test_a_yaml_file(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_bytes("\ufeffa: 1\r\nb: [x, 编号 #3\r\n  ]\r\n".encode())
    read = read_path(path, "site.yaml")
    assert (read.file, read.kind, read.encoding) == ("site.yaml", "yaml", "utf-8")
    assert read.tree == {"a": "1", "b": ["x", "编号"]}
    assert [warning.code for warning in read.warnings] == ["yaml_comment_swallowed"]
    assert read.place(("b", 1)) == Place("site.yaml", 2, 8)
    assert read.place(("b",), key=True) == Place("site.yaml", 2, 1)


def test_a_json_file(tmp_path: Path) -> None:
    path = tmp_path / "SITE.JSON"
    path.write_text('{"a": 01}')
    assert code_of(path) == "json_value"
    path.write_text('{"a":\n 10}')
    read = read_path(path)
    assert (read.kind, read.tree) == ("json", {"a": "10"})
    assert read.place(("a",)) == Place(str(path), 2, 2)


def test_a_yaml_file_that_begins_like_json_is_yaml(tmp_path: Path) -> None:
    path = tmp_path / "site.yml"
    path.write_text("{a: no}")
    read = read_path(path)
    assert (read.kind, read.tree) == ("yaml", {"a": "no"})


def test_gb18030_is_told() -> None:
    read = read_bytes("名称: 兴庆区公共法律服务中心\n".encode("gb18030"), "f.yaml")
    assert read.encoding == "gb18030"
    assert [warning.code for warning in read.warnings] == ["file_read_as_gb18030"]
    assert read.warnings[0].severity == "warning"


def test_the_place_is_found_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_bytes(b"a: 1\nb: 2\n", "f")
    assert read.place(("b",)).line == 2
    monkeypatch.setattr("plsp_audit.loading.read_file.Marks", None)
    assert read.place(("a",)).line == 1


def test_what_is_no_file(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.yaml", "none.yaml") == "file_missing"
    assert code_of(tmp_path) == "file_is_folder"
    assert code_of(Path("a\0b")) == "file_unreadable"
    assert code_of(tmp_path / ("x" * 5000)) == "file_unreadable"
    (tmp_path / "f").write_text("a: 1")
    assert code_of(tmp_path / "f" / "g") == "file_unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert code_of(tmp_path / "pipe.yaml") == "file_is_special"


def test_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "site.yaml"
    path.write_text("a: 1")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", denied)
    assert code_of(path) == "file_denied"


def test_size_is_checked_before_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as stream:
        stream.truncate(10 * 1024 * MAX_BYTES)
    assert code_of(path) == "file_too_large"


def test_a_file_that_grows_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "site.yaml"
    path.write_bytes(b"a: " + b"x" * (MAX_BYTES + 10))
    small = os.stat_result([0o100644, *[0] * 9])
    monkeypatch.setattr(Path, "stat", lambda *_, **__: small)
    assert code_of(path) == "file_too_large"


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    for name, target in (("loop.yaml", "loop.yaml"), ("gone.yaml", "nothing.yaml")):
        (tmp_path / name).symlink_to(target)
        assert code_of(tmp_path / name) == "file_link"
