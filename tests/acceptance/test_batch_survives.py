"""A batch that is killed, stopped, or runs out of room loses nothing, and ends with the bytes of one that was not."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from plsp_audit.batch.journal import FOLDER
from tests.batch.factory_batch import OUTPUTS, contents, run, started, write_many

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes by /proc")
COUNT = 260
Moment = Callable[[Path], bool]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_many(tmp_path_factory.mktemp("city") / "sites", COUNT)


@pytest.fixture(scope="module")
def whole(city: Path) -> dict[str, bytes]:
    done = run(city, "--out", city.parent / "whole", "--workers", "2")
    assert done.returncode == 5, done.stderr
    found = contents(city.parent / "whole")
    assert set(found) == set(OUTPUTS)
    return found


def size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def begun(out: Path) -> bool:
    return (out / FOLDER / "journal-0.jsonl").is_file()


def some(out: Path) -> bool:
    return size(out / FOLDER / "results-0.part") > 500_000


def most(out: Path) -> bool:
    return size(out / FOLDER / "results-0.part") > 4_000_000


def scored(out: Path) -> bool:
    return (out / "results.jsonl").is_file()


def summed_up(out: Path) -> bool:
    return (out / "summary.xlsx").is_file()


def alive(session: int) -> list[int]:
    """Give the processes of a session that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                state, *rest = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(rest[2]) == session and state != "Z":
                found.append(int(entry.name))
    return found


def gone(session: int) -> bool:
    """Wait for all processes of a session to end."""
    for _ in range(150):
        if not alive(session):
            return True
        time.sleep(0.1)
    return False


def until(process: subprocess.Popen[str], moment: Moment, out: Path) -> None:
    while not moment(out):
        assert process.poll() is None, "came to its end before the moment"
        time.sleep(0.005)


def resumed(city: Path, out: Path, whole: dict[str, bytes]) -> None:
    done = run(city, "--out", out, "--workers", "2", "--resume")
    assert done.returncode == 5, done.stderr
    assert contents(out) == whole
    assert leftovers(out) == []


def leftovers(out: Path) -> list[str]:
    return [path.name for path in out.iterdir() if path.name not in (*OUTPUTS, FOLDER)]


@pytest.mark.parametrize("moment", [begun, some, most, scored, summed_up])
def test_killed_outright(city: Path, whole: dict[str, bytes], tmp_path: Path, moment: Moment) -> None:
    out = tmp_path / "out"
    process = started(city, "--out", out, "--workers", "2", start_new_session=True)
    until(process, moment, out)
    process.kill()
    process.communicate()
    assert gone(process.pid), "workers are left behind"
    resumed(city, out, whole)


def test_killed_again_and_again(city: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    for step in range(1, 4):
        process = started(city, "--out", out, "--workers", "2", "--resume", start_new_session=True)
        until(process, lambda out, step=step: size(out / FOLDER / "results-0.part") > 1_000_000 * step, out)  # type: ignore[misc]
        process.kill()
        process.communicate()
        assert gone(process.pid)
    resumed(city, out, whole)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_stopped_by_the_user(city: Path, whole: dict[str, bytes], tmp_path: Path, workers: str) -> None:
    out = tmp_path / "out"
    process = started(city, "--out", out, "--workers", workers, start_new_session=True)
    until(process, some, out)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "--resume" in told
    done = re.search(r"评分做完 (\d+) 个", told)
    assert done is not None
    assert 0 < int(done[1]) <= COUNT
    assert "Traceback" not in told
    assert gone(process.pid), "workers are left behind"
    assert leftovers(out) == []
    resumed(city, out, whole)


def test_a_worker_is_killed(city: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = started(city, "--out", out, "--workers", "2", start_new_session=True)
    until(process, some, out)
    command = "from multiprocessing.forkserver import main"
    found = [pid for pid in alive(process.pid) if command in Path(f"/proc/{pid}/cmdline").read_text()]
    assert len(found) == 3  # the server they come from is the first
    os.kill(max(found), signal.SIGKILL)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 5, told
    assert contents(out) == whole


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of three megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_is_an_error(city: Path, whole: dict[str, bytes], small_disk: Path) -> None:
    out = small_disk / "out"
    done = run(city, "--out", out, "--workers", "2")
    assert done.returncode == 6
    assert "磁盘已满" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(out) == {}
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    resumed(city, out, whole)


def limited(limit: int) -> Callable[[], None]:
    import resource

    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def test_an_output_that_does_not_fit_is_not_there_by_half(city: Path, tmp_path: Path) -> None:
    few, out = city / "00" / "s-0000[0-6].yaml", tmp_path / "out"
    done = run(few, "--out", out, preexec_fn=limited(600_000))
    assert done.returncode == 6
    assert "dashboard.html" in done.stderr
    assert set(contents(out)) == set(OUTPUTS) - {"dashboard.html"}
    assert leftovers(out) == []
    assert load_workbook(out / "summary.xlsx").sheetnames
    assert run(few, "--out", out, "--resume").returncode == 0
    run(few, "--out", tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


def test_a_folder_that_cannot_be_made(city: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    done = run(city / "00" / "s-00001.yaml", "--out", tmp_path / "out")
    assert done.returncode == 6
    assert "Traceback" not in done.stderr
