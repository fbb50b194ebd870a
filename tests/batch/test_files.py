"""A site's files: what each shows, and that each is written whole, at its place, or not at all."""

from __future__ import annotations

import errno
import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docx
import pytest

from plsp_audit.batch.desk import Desk, Scored
from plsp_audit.batch.files import Writer, why, write_whole
from plsp_audit.cli.app import run
from plsp_audit.loading.packs import Library
from plsp_audit.model.problem import InputError
from plsp_audit.reporting import photos
from plsp_audit.reporting.pango import pango_missing
from plsp_audit.reporting.photos import PRINT_PIXELS, SCREEN_PIXELS

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "gansu-county-center-good.yaml"


@pytest.fixture(scope="module")
def scored() -> Scored:
    return Desk(Library()).score(EXAMPLE)


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give the list that each reading of the photos adds its size to."""
    asked: list[int] = []
    load = photos.load_photos

    def spy(folder: Path, paths: Any, pixels: int = PRINT_PIXELS) -> Any:
        asked.append(pixels)
        return load(folder, paths, pixels)

    monkeypatch.setattr(photos, "load_photos", spy)
    return asked


def test_a_document_shows_the_photos_of_the_inspection(scored: Scored, tmp_path: Path) -> None:
    assert Writer(tmp_path, ["docx"], "zh").write(scored, EXAMPLE, lambda text: None)
    content = (tmp_path / "gs-lx-center.docx").read_bytes()
    assert len(docx.Document(io.BytesIO(content)).inline_shapes) == 4


@pytest.mark.skipif(pango_missing() is not None, reason="this machine lacks Pango")
def test_each_size_is_read_once(scored: Scored, tmp_path: Path, sizes: list[int]) -> None:
    formats = ["pdf", "docx", "html", "json", "xlsx"]
    assert Writer(tmp_path, formats, "zh").write(scored, EXAMPLE, lambda text: None)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".html", ".json", ".pdf", ".xlsx"]
    assert sizes == [PRINT_PIXELS, SCREEN_PIXELS]


def test_no_photo_is_read_for_files_that_show_none(scored: Scored, tmp_path: Path, sizes: list[int]) -> None:
    assert Writer(tmp_path, ["json", "xlsx"], "zh").write(scored, EXAMPLE, lambda text: None)
    assert sizes == []


STANDARDS = Path(__file__).resolve().parents[1] / "loading" / "standards"
TEXT = (STANDARDS / "site.yaml").read_text(encoding="utf-8")


def site(tmp_path: Path, sid: str = "shiyan-01", name: str = "site.yaml") -> Path:
    path = tmp_path / name
    path.write_text(TEXT.replace("id: shiyan-01", f"id: {json.dumps(sid, ensure_ascii=False)}"), encoding="utf-8")
    return path


def score(path: Path, out: Path, formats: str = "json") -> int:
    return run(["score", str(path), "--out", str(out), "--format", formats, "--standards", str(STANDARDS)])


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let the disk be full after some bytes of a file."""
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.skipif(os.name != "posix", reason="limits of a POSIX system")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_leaves_the_report_that_was_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert score(site(tmp_path), out, "json,xlsx") == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    site(tmp_path).write_text(TEXT.replace("p.rate: 95%", "p.rate: 5%"), encoding="utf-8")
    with files_of_at_most(1000):
        assert score(tmp_path / "site.yaml", out, "json,xlsx") == 6
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    said = capsys.readouterr().err
    assert said.count("不能写出") == 2
    assert said.count("换一个磁盘") == 2
    assert "Traceback" not in said
    assert score(tmp_path / "site.yaml", out, "json,xlsx") == 0
    assert (out / "shiyan-01.json").read_bytes() != before["shiyan-01.json"]


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_what_fails_at_the_last_moment_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    target = tmp_path / "a.json"
    write_whole(target, b"old")

    def refused(*_: object) -> None:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(OSError, match=r"\w") as caught:
        write_whole(target, b"new")
    assert why(caught.value, "zh")
    assert why(caught.value, "en")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert target.read_bytes() == b"old"


def test_a_file_has_the_rights_that_the_user_gives_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.json", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    assert score(site(tmp_path), out) == 6
    assert "没有写入权限" in capsys.readouterr().err


def test_what_stands_in_the_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = site(tmp_path)
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        assert score(path, out) == 6
        assert "那里已有一个同名的文件" in capsys.readouterr().err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"
    (tmp_path / "out" / "shiyan-01.json").mkdir(parents=True)
    assert score(path, tmp_path / "out") == 6
    assert "同名的文件夹" in capsys.readouterr().err
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["shiyan-01.json"]
    assert score(path, tmp_path / ("长" * 100)) == 6
    assert "太长" in capsys.readouterr().err


@pytest.mark.parametrize(
    "sid",
    ["../x", "..", ".", "a/b", "a\\b", "/etc/x", "C:x", "CON", "con.txt", "LPT1", "COM\u00b9", "a.", ".a", "a*",
     "a\u202eb", "a\u200bb", "a\x07b", "a\nb", "x" * 300, "\u957f" * 70, "", "   "],
)  # fmt: skip
def test_ids_that_are_no_file_names_are_refused(tmp_path: Path, sid: str) -> None:
    out = tmp_path / "deep" / "out"
    assert score(site(tmp_path, sid), out) == 3
    assert not out.exists()


@pytest.mark.parametrize(
    "sid",
    ["\U0001f600", "\uff0e\uff0e\uff0fx", "-rf", "~", "%PATH%", "$HOME", "a b", " a ", "\u5174\u5e86-01", "a.b",
     "x" * 100, "\u957f" * 66, "\u05d0\u05d1", "=1+1"],
)  # fmt: skip
def test_odd_ids_stay_one_file_in_the_folder(tmp_path: Path, sid: str) -> None:
    out = tmp_path / "out"
    assert score(site(tmp_path, sid), out) == 0
    assert [path.name for path in out.rglob("*")] == [f"{sid.strip()}.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "site.yaml"]


@pytest.mark.parametrize(
    ("one", "other"), [("a-1", "A-1"), ("\u00e9", "e\u0301"), ("stra\u00dfe", "STRASSE"), ("a", "a")]
)
def test_ids_that_some_systems_take_for_one_never_overwrite(
    tmp_path: Path, one: str, other: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, out = site(tmp_path, one, "1.yaml"), site(tmp_path, other, "2.yaml"), tmp_path / "out"
    args = ["score", str(first), str(second), "--out", str(out), "--format", "json", "--standards", str(STANDARDS)]
    assert run(args) == 6
    assert [path.name for path in out.iterdir()] == [f"{one}.json"]
    assert "后一个未写出" in capsys.readouterr().err


def test_an_id_that_is_refused_is_never_scored(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Desk(Library([STANDARDS])).score(site(tmp_path, "a/b"))
