"""What an earlier run has done is taken over where it still holds, and nothing else."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plsp_audit.batch import work
from plsp_audit.batch.journal import FOLDER
from plsp_audit.batch.store import Store
from plsp_audit.batch.work import Settings
from tests.batch.factory_batch import Ear, batch, contents, write, write_many

COUNT = 60
FAILED = 2


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    return write_many(tmp_path / "sites", COUNT)


def stopped_after(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Let the next run lose its power after `count` sites: what is in buffers is lost."""
    put = Store.put
    left = [count]

    def counted(store: Store, *given: object) -> None:
        if not left[0]:
            store.flush()
            for name in ("_results", "_journal"):
                file = getattr(store, name)
                if file is not None:
                    os.dup2(os.open(os.devnull, os.O_WRONLY), file.fileno())
            raise KeyboardInterrupt
        left[0] -= 1
        put(store, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "put", counted)


def resumed(sites: Path, out: Path, kept: int, ear: Ear | None = None, **more: Any) -> None:
    """Go on, and hold the outputs against those of one run."""
    ending = batch([sites], out, ear, resume=True, **more)
    assert ending.kept == kept
    fresh = out.with_name("fresh")
    batch([sites], fresh, **more)
    assert contents(out) == contents(fresh)


@pytest.mark.parametrize("count", [0, 1, 25, 26, 59])
def test_what_was_done_is_taken_over(
    sites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        stopped_after(patch, count)
        with pytest.raises(KeyboardInterrupt):
            batch([sites], out)
    assert contents(out) == {}
    resumed(sites, out, sum(n % 50 != 7 for n in range(count)))


@pytest.mark.parametrize("cut", [1, 300, 5000, 60_000])
@pytest.mark.parametrize("which", ["journal-0.jsonl", "results-0.part"])
def test_what_is_cut_off_is_done_again(
    sites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: int, which: str
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        stopped_after(patch, 40)
        with pytest.raises(KeyboardInterrupt):
            batch([sites], out)
    path = out / FOLDER / which
    size = path.stat().st_size
    os.truncate(path, max(size - cut, 0))
    ending = batch([sites], out, resume=True)
    assert ending.kept < 39
    assert (ending.kept == 0) == (size < cut)
    batch([sites], tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


def test_a_finished_run_is_kept_as_it_is(sites: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch([sites], out)
    before = (out / "results.jsonl").stat().st_ino
    resumed(sites, out, COUNT - FAILED)
    assert (out / "results.jsonl").stat().st_ino == before
    assert sorted(p.name for p in (out / FOLDER).iterdir()) == ["journal-0.jsonl", "lock"]


def change(sites: Path) -> None:
    write(sites / "00" / "s-00020.yaml", "s-00020", area=999)


def remove(sites: Path) -> None:
    (sites / "00" / "s-00020.yaml").unlink()


def add(sites: Path) -> None:
    write(sites / "00" / "s-00020a.yaml", "s-00020a", area=999)


def append(sites: Path) -> None:
    write(sites / "z.yaml", "z", area=999)


def mend(sites: Path) -> None:
    write(sites / "00" / "s-00007.yaml", "s-00007")


def double(sites: Path) -> None:
    write(sites / "00" / "s-00000a.yaml", "s-00020")


@pytest.mark.parametrize(("what", "kept"), [(change, 57), (remove, 57), (add, 58), (append, 58), (mend, 58),
                                            (double, 58)])  # fmt: skip
def test_what_changed_is_done_again(sites: Path, tmp_path: Path, what: Callable[[Path], None], kept: int) -> None:
    out = tmp_path / "out"
    batch([sites], out)
    what(sites)
    resumed(sites, out, kept - (what is double))


@pytest.mark.parametrize("at", [5, 30, 50])
def test_a_run_that_goes_on_can_be_stopped_too(
    sites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    out = tmp_path / "out"
    batch([sites], out)
    change(sites)
    with monkeypatch.context() as patch:
        stopped_after(patch, at)
        with pytest.raises(KeyboardInterrupt):
            batch([sites], out, resume=True)
    resumed(sites, out, 58 if at > 20 else 57)


def test_results_that_were_tampered_with_are_made_again(sites: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch([sites], out)
    results = out / "results.jsonl"
    results.write_bytes(results.read_bytes().replace(b"s-00020", b"s-99999", 1))
    resumed(sites, out, 57)


def test_evidence_that_changed_is_seen(sites: Path, tmp_path: Path) -> None:
    path = sites / "00" / "s-00003.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "evidence: {场所面积: [a.jpg, b.jpg]}\n", encoding="utf-8")
    (sites / "00" / "a.jpg").write_bytes(b"one")
    out, ear = tmp_path / "out", Ear()
    batch([sites], out, ear)
    assert any("b.jpg" in said for said in ear.warned)
    ear = Ear()
    resumed(sites, out, 58, ear)
    assert any("b.jpg" in said for said in ear.warned)
    (sites / "00" / "a.jpg").write_bytes(b"two")
    resumed(sites, out, 57)
    (sites / "00" / "b.jpg").write_bytes(b"here now")
    resumed(sites, out, 57)


def test_a_standard_that_changed_is_seen(sites: Path, tmp_path: Path, standards: Path) -> None:
    import shutil

    own = tmp_path / "own"
    shutil.copytree(standards / "ningxia-2018", own / "ningxia-2018")
    shutil.copytree(standards / "gansu-2018", own / "gansu-2018")
    gansu = (sites / "00" / "s-00001.yaml").read_text(encoding="utf-8").replace("ningxia-2018", "gansu-2018")
    (sites / "00" / "s-00001.yaml").write_text(gansu, encoding="utf-8")
    settings, out = Settings(folders=(str(own),)), tmp_path / "out"
    batch([sites], out, settings=settings)
    pack = own / "gansu-2018" / "standard.yaml"
    pack.write_text(pack.read_text(encoding="utf-8").replace("from: 86", "from: 87"), encoding="utf-8")
    work.desk_for.cache_clear()
    resumed(sites, out, 57, settings=settings)


@pytest.mark.parametrize(("settings", "word"), [(Settings(lang="en"), "language"), (Settings("gansu-2018"), "标准")])
def test_other_options_begin_again_and_say_so(sites: Path, tmp_path: Path, settings: Settings, word: str) -> None:
    out, ear = tmp_path / "out", Ear()
    batch([sites], out)
    resumed(sites, out, 0, ear, settings=settings)
    assert any(word in said for said in ear.said)


def test_without_resume_everything_is_done_again_and_that_is_said(sites: Path, tmp_path: Path) -> None:
    first, ear = Ear(), Ear()
    batch([sites], tmp_path / "out", first)
    assert batch([sites], tmp_path / "out", ear).kept == 0
    assert not any("代替" in said for said in first.said)
    assert any("代替" in said for said in ear.said)


def test_a_table_is_taken_over_while_it_is_the_same(tmp_path: Path) -> None:
    site = {"plsp": "site/1", "site": {"id": "j0", "name": "某站", "tier": "station"}, "standard": "ningxia-2018",
            "inspection": {"date": "2018-10-23"}, "facts": {}}  # fmt: skip
    lines = [json.dumps(site | {"site": site["site"] | {"id": f"j{n}"}}) for n in range(5)]  # type: ignore[operator]
    path = tmp_path / "t" / "sites.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(lines), encoding="utf-8")
    batch([path.parent], tmp_path / "out")
    resumed(path.parent, tmp_path / "out", 5)
    path.write_text("\n".join(lines[1:]), encoding="utf-8")
    resumed(path.parent, tmp_path / "out", 0)


def test_what_a_killed_run_left_behind_is_swept_away(sites: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / ".plsp-abc" / "inner").mkdir(parents=True)
    (tmp_path / "out" / ".plsp-x.html").touch()
    (tmp_path / "out" / ".others").touch()
    batch([sites], tmp_path / "out")
    hidden = sorted(path.name for path in (tmp_path / "out").iterdir() if path.name.startswith("."))
    assert hidden == [".others", FOLDER]


@pytest.mark.parametrize("content", [b"", b"x", b"{}\n", b'{"plsp": "batch-journal/1", "options": {}}\n', b"\xff\n"])
def test_a_journal_that_is_none_is_passed_over(sites: Path, tmp_path: Path, content: bytes) -> None:
    out = tmp_path / "out"
    batch([sites], out)
    (out / FOLDER / "journal-0.jsonl").write_bytes(content)
    resumed(sites, out, 0)


def test_a_site_is_noted_only_when_it_is_written(sites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        stopped_after(patch, 30)
        with pytest.raises(KeyboardInterrupt):
            batch([sites], out)
    entries = (out / FOLDER / "journal-0.jsonl").read_text(encoding="ascii").splitlines()[1:]
    lengths = [[*json.loads(line), 0][3] for line in entries]
    assert sum(lengths) <= (out / FOLDER / "results-0.part").stat().st_size
