"""Small inspections, and batches run in this process or in one of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from plsp_audit.batch.order import Ending, Order
from plsp_audit.batch.run import Batch
from plsp_audit.batch.work import Settings

OUTPUTS = ("results.jsonl", "errors.csv", "summary.xlsx", "dashboard.html", "manifest.json")
SITE = """plsp: site/1
site:
  id: {id}
  name: 银川市兴庆区{id}街道公共法律服务工作站
  tier: {tier}
  province: 宁夏回族自治区
  city: 银川市
  county: {county}
  town: {id}街道
standard: ningxia-2018
inspection: {{date: {date}, kind: {kind}}}
facts:
  场所面积: {area}
"""


def text(site: str, **values: Any) -> str:
    """Give an inspection file."""
    usual = {"tier": "station", "county": "兴庆区", "date": "2018-10-23", "kind": "acceptance", "area": 120}
    return SITE.format(id=site, **(usual | values))


def write(path: Path, site: str, **values: Any) -> Path:
    """Write an inspection file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(site, **values), encoding="utf-8")
    return path


def write_many(folder: Path, count: int) -> Path:
    """Write a folder of inspections, one in fifty of them faulty."""
    for number in range(count):
        area = "很大" if number % 50 == 7 else 40 + number % 100
        write(folder / f"{number // 100:02d}" / f"s-{number:05d}.yaml", f"s-{number:05d}", area=area,
              county=f"{'甲乙丙'[number % 3]}县")  # fmt: skip
    return folder


class Ear:
    """Hears how a batch goes on."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.warned: list[str] = []
        self.lines: list[bytes] = []
        self.stages: list[str] = []
        self.steps = 0
        self.failed = 0

    def say(self, text: str) -> None:
        self.said.append(text)

    def warn(self, text: str) -> None:
        self.warned.append(text)

    def line(self, line: bytes) -> None:
        self.lines.append(line)

    def begin(self, stage: str, total: int | None) -> None:
        self.stages.append(stage)

    def step(self, done: int, failed: int) -> None:
        self.steps += done
        self.failed += failed

    def end(self) -> None:
        pass


def batch(paths: Sequence[Path], out: Path | None = None, ear: Ear | None = None, **more: Any) -> Ending:
    """Run a batch in this process."""
    settings = more.pop("settings", Settings())
    return Batch(Order(paths=list(paths), settings=settings, out=out, **more), ear or Ear()).run()


def contents(folder: Path) -> dict[str, bytes]:
    """Give the outputs."""
    return {name: (folder / name).read_bytes() for name in OUTPUTS if (folder / name).is_file()}


def command(*args: str | Path) -> list[str]:
    """Give the command line of a batch."""
    return [sys.executable, "-m", "plsp_audit", "batch", *map(str, args)]


def started(*args: str | Path, cwd: Path | None = None, **more: Any) -> subprocess.Popen[str]:
    """Start a batch in a process, and a session, of its own."""
    return subprocess.Popen(
        command(*args), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=cwd,
        env=os.environ | {"PLSP_LANG": "zh"}, **more,
    )  # fmt: skip


def run(*args: str | Path, cwd: Path | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a batch in a process of its own."""
    return subprocess.run(
        command(*args), capture_output=True, encoding="utf-8", check=False, cwd=cwd,
        env=os.environ | {"PLSP_LANG": "zh"}, **more,
    )  # fmt: skip
