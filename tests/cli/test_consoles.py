"""The real program on consoles, pipes and disks as they are: old code pages, narrow, closed, full, interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STANDARDS = ROOT / "tests" / "loading" / "standards"
SITE = STANDARDS / "site.yaml"
BROKEN = ROOT / "examples" / "bad" / "wrong-unit.yaml"
FULL = Path("/dev/full")
posix = pytest.mark.skipif(os.name != "posix", reason="signals and devices of a POSIX system")


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PLSP_", "LC_", "LANG", "COLUMNS"))}
    return {**kept, "PLSP_STANDARDS": str(STANDARDS), **more}


def run(*args: object, stdout: int = subprocess.PIPE, **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "plsp_audit", *map(str, args)]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, env=environment(**env), check=False, timeout=120
    )


def unusual(tmp_path: Path) -> Path:
    """Give an inspection with characters that no Chinese code page has."""
    path = tmp_path / "site.yaml"
    text = SITE.read_text(encoding="utf-8").replace("name: 试验镇", "name: 㙍垚𠀀😀é試験镇").replace("试验镇", "A")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["gbk", "cp437", "ascii"])
def test_code_pages_that_lack_characters(encoding: str, tmp_path: Path) -> None:
    done = run("score", unusual(tmp_path), BROKEN, "--out", tmp_path, "--format", "json", PYTHONIOENCODING=encoding)
    assert done.returncode == 3
    out, err = done.stdout.decode(encoding), done.stderr.decode(encoding)
    assert "Traceback" not in err
    assert "shiyan-01" in out + err
    if encoding == "gbk":
        assert "86亩" in err
        assert "总分" in out
    assert json.loads((tmp_path / "shiyan-01.json").read_bytes())["site"]["name"].startswith("㙍垚𠀀😀é")


def test_machine_readable_output_survives_a_code_page(tmp_path: Path) -> None:
    done = run("score", unusual(tmp_path), "--json", PYTHONIOENCODING="gbk")
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("gbk"))["status"] == "rated"


def test_a_plain_locale_gets_utf_8() -> None:
    done = run("score", SITE, "--json", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LC_ALL="C")
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["site"]["name"] == "试验镇公共法律服务工作站"


@pytest.mark.parametrize("columns", ["1", "none"])
def test_any_width(columns: str, tmp_path: Path) -> None:
    done = run("score", SITE, "--out", tmp_path, "--format", "json", COLUMNS=columns)
    assert done.returncode == 0
    assert "总分" in done.stdout.decode("utf-8")


@posix
@pytest.mark.parametrize("command", [["standards", "schema"], ["score", *[SITE] * 20, "--json"]], ids=lambda c: c[0])
def test_a_pipe_that_nobody_reads(command: list[object]) -> None:
    args = [sys.executable, "-m", "plsp_audit", *map(str, command)]
    with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read().decode("utf-8")
    assert process.returncode == 141
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "command", [["--version"], ["score", str(SITE), "--json"], ["standards", "list"]], ids=["version", "score", "list"]
)
def test_a_full_disk_behind_stdout(command: list[str]) -> None:
    with FULL.open("wb") as full:
        done = run(*command, stdout=full.fileno())
    said = [line for line in done.stderr.decode("utf-8").splitlines() if "注意" not in line]
    assert done.returncode == 6
    assert len(said) == 1
    assert "已满" in said[0]
    assert "full" in said[0]


@posix
def test_no_stdout_at_all(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m plsp_audit score "{SITE}" --out "{tmp_path}" --format json >&-'
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, env=environment(), check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "shiyan-01.json").is_file()
    command = f'"{sys.executable}" -m plsp_audit score "{BROKEN}" 2>&-'
    assert subprocess.run(["sh", "-c", command], env=environment(), check=False, timeout=60).returncode == 3


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_nobody_to_tell_problems_to() -> None:
    command = f'"{sys.executable}" -m plsp_audit score "{BROKEN}" 2>/dev/full'
    assert subprocess.run(["sh", "-c", command], env=environment(), check=False, timeout=60).returncode == 3


@posix
def test_an_interrupt_in_the_middle_leaves_one_line_and_no_half_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "plsp_audit", "score", *[str(SITE)] * 3000, "--format", "json"]
    command += ["--out", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        report = tmp_path / "shiyan-01.json"
        end = time.monotonic() + 60
        while not report.exists() and time.monotonic() < end and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        err = process.communicate()[1]
    lines = [line for line in err.decode("utf-8").splitlines() if line.strip()]
    said = [line for line in lines if "注意" not in line and "已写出" not in line]
    assert process.returncode == 130
    assert said == ["已中断。 Interrupted."]
    assert [path.name for path in tmp_path.iterdir()] == ["shiyan-01.json"]
    assert json.loads(report.read_bytes())
