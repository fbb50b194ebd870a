"""What `batch` costs: a site, many sites, two workers, memory, PDFs; and the same work done the obvious way.

Many sites are measured with short inspections under a short standard, so that a hundred thousand of them take minutes
and not an hour: what could grow with their number is the same. What a site costs is measured with whole ones.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FILES = 120
ROUNDS = 5
MANY = (1_000, 10_000, 100_000)
PARENT_MB, WORKER_MB = 250, 150
PDFS = 8

STANDARD = """plsp: standard/1
id: short
title: 测算用的短标准
points_basis: assigned
sources: [{id: doc, title: 测算, outline: [{at: 一, about: 全部}]}]
dimensions: [{id: premises, title: 建设标准化}, {id: service, title: 服务专业化}]
grades: [{id: good, title: 好, from: 86}, {id: medium, title: 中, from: 60}, {id: poor, title: 差, from: 0}]
tiers: [{id: station, title: 乡镇(街道)公共法律服务工作站, rules: station.yaml}]
"""
RULES = """rules:
  - {id: A-1, title: 名称规范, dimension: premises, points: 10, clause: 一, remedy: 换牌,
     check: {fact: plate.text, named: "[{county}]{town}公共法律服务工作站"}}
  - {id: A-2, title: 面积不少于40㎡, dimension: premises, points: 20, clause: 一, remedy: 扩建,
     check: {fact: premises.area, at_least: 40}}
  - {id: A-3, title: 开放式服务大厅, dimension: premises, points: 20, clause: 一, remedy: 改建, check: premises.hall}
  - {id: B-1, title: 服务渠道, dimension: service, points: 30, clause: 一, remedy: 开通,
     check: {fact: service.channels, includes: [wechat, phone, window]}, award: share}
  - {id: B-2, title: 业务培训, dimension: service, points: 20, clause: 一, remedy: 培训,
     award: {over: staff.trainings, steps: [[2, 20], [1, 10]]}}
"""
SITE = """plsp: site/1
site: {{id: s-{n:06}, name: 第{c}县第{n}镇公共法律服务工作站, tier: station,
       city: 第{m}市, county: 第{c}县, town: 第{n}镇}}
standard: short
inspection: {{date: 2018-10-{day:02}, kind: acceptance, team: 第一组, methods: [实地查看]}}
facts:
  标牌文字: 第{n}镇公共法律服务工作站
  场所面积: {area}㎡
  开放式服务大厅: {hall}
  服务渠道: [{channels}]
  年度培训次数: {trainings}
"""


class Run(NamedTuple):
    """A run of the command.

    Attributes:
        wall: Seconds on the wall.
        busy: Seconds of processor time of all its processes; those on the wall where the system does not tell.
        parent: The most memory that the process itself took, in MB.
        workers: The most that any process below it took.
    """

    wall: float
    busy: float
    parent: float
    workers: float


class Seen(NamedTuple):
    """What the system says of a process: processor time in seconds, and peak memory in MB."""

    busy: float
    most: float


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _in_turn(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give the median over the rounds of our processor time ÷ theirs, the two measured in turn."""
    ours(), theirs()
    return statistics.median(_seconds(ours) / _seconds(theirs) for _ in range(rounds))


def _site() -> Iterator[tuple[str, float, float]]:
    """Measure a site in a worker, from the bytes of its file to the line of its result."""
    import yaml

    from benchmarks.alternative import Alternative
    from benchmarks.sites import write_sites
    from plsp_audit.batch.work import Settings, Task, desk_for, work

    settings = Settings()
    few = FILES // 6
    for name, tier in (("gansu-2018", "county_center"), ("ningxia-2018", "station")):
        standard = desk_for(settings).standard(name).standard
        with tempfile.TemporaryDirectory() as folder:
            paths = write_sites(Path(folder), standard, tier, FILES)
            tasks = [Task(str(path)) for path in paths]
            contents = [path.read_bytes() for path in paths]
            obvious = Alternative(standard, tier)

            def ours(tasks: list[Task] = tasks) -> object:
                return work(settings, tasks)

            def parse(contents: list[bytes] = contents) -> object:
                return [yaml.load(content, yaml.CSafeLoader) for content in contents]

            def fewer(tasks: list[Task] = tasks) -> object:
                return work(settings, tasks[:few])

            def other(paths: list[Path] = paths, obvious: Alternative = obvious) -> object:
                return [obvious.line(path) for path in paths[:few]]

            yield f"batch: site to line, {name}/{tier} ÷ CSafeLoader", _in_turn(ours, parse), 2.0
            yield f"batch: the same ÷ {obvious.words}", _in_turn(fewer, other, 3), 0.25


def _write_short(folder: Path, count: int) -> Path:
    """Write a standard and inspections under it, in a folder for every county."""
    pack, sites = folder / "standards" / "short", folder / f"sites-{count}"
    pack.mkdir(parents=True, exist_ok=True)
    (pack / "standard.yaml").write_text(STANDARD, encoding="utf-8")
    (pack / "station.yaml").write_text(RULES, encoding="utf-8")
    dice = random.Random(count)
    for number in range(count):
        county = number % 190
        path = sites / f"第{county % 17}市" / f"第{county}县"
        if number < 190:
            path.mkdir(parents=True, exist_ok=True)
        (path / f"s-{number:06}.yaml").write_text(SITE.format(
            n=number, m=county % 17, c=county, day=1 + number % 28, area=dice.randrange(30, 160),
            hall=dice.choice("是是是是是否"), channels="微信, 电话, 实体窗口" if dice.random() < 0.8 else "微信, 电话",
            trainings=dice.choice((2, 2, 2, 1)),
        ), encoding="utf-8")  # fmt: skip
    return sites


def _run(*arguments: str | Path) -> Run:
    """Run the command, its output thrown away, and watch its memory."""
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "plsp_audit", "batch", *map(str, arguments)], env=os.environ | {"PYTHONPATH": path},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    seen: dict[int, Seen] = {}
    watch = threading.Thread(target=_watch, args=(process, seen), daemon=True)
    watch.start()
    _, told = process.communicate()
    wall = time.perf_counter() - begin
    watch.join()
    if process.returncode:
        raise RuntimeError(told.decode("utf-8", "replace")[-2000:])
    busy = sum(one.busy for one in seen.values()) or wall
    parent = seen.pop(process.pid, Seen(0, 0)).most
    return Run(wall, busy, parent, max((one.most for one in seen.values()), default=0.0))


def _watch(process: subprocess.Popen[bytes], seen: dict[int, Seen]) -> None:
    """Remember what the system says of every process of a run while it lasts; nothing where it has no /proc."""
    while process.poll() is None:
        for pid in _below(process.pid):
            try:
                most = Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()[0]
                times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except (OSError, IndexError):
                continue
            busy = (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
            seen[pid] = Seen(busy, int(most) / 1024)
        time.sleep(0.1)


def _below(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = children.read_text().split()
        except OSError:
            continue
        for child in found:
            yield from _below(int(child))


def _many(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Measure a thousand sites, ten and a hundred thousand: what a site costs, and what memory is taken."""
    each: list[float] = []
    sites = _write_short(folder, 2)
    common = ("--standards", folder / "standards", "--workers", "2", "--out")
    started = _run(sites, *common, folder / "out-2").busy
    for count in MANY:
        sites = _write_short(folder, count)
        run = _run(sites, *common, folder / f"out-{count}")
        # What starting costs is no cost of a site.
        each.append((run.busy - started) / count)
        if len(each) > 1:
            name = f"batch: {count:,} sites, cost of each ÷ at {MANY[0]:,}"
            yield f"{name} ({each[-1] * 1000:.1f} ms)", each[-1] / each[0], 1.3
    if run.parent:
        yield f"batch: memory of the parent at {count:,} ÷ {PARENT_MB} MB", run.parent / PARENT_MB, 1.0
        yield f"batch: memory of a worker at {count:,} ÷ {WORKER_MB} MB", run.workers / WORKER_MB, 1.0


def _two(folder: Path) -> Iterator[tuple[str, float, float]]:
    """Measure one worker against two: scoring whole inspections, then drawing PDFs."""
    from benchmarks.sites import write_sites
    from plsp_audit.batch.work import Settings, desk_for

    standard = desk_for(Settings()).standard("ningxia-2018").standard
    sites = folder / "whole"
    sites.mkdir()
    write_sites(sites, standard, "station", 3000)
    one, two = _turns(lambda workers: _run(sites, "--json", "--workers", workers).wall)
    yield f"batch: 3,000 sites scored, two workers ÷ one ({two / 3:.1f} ms a site)", two / one, 0.8
    drawn = folder / "drawn"
    drawn.mkdir()
    write_sites(drawn, standard, "station", PDFS)
    out = folder / "out-pdf"
    plain = _run(drawn, "--out", out).wall
    one, two = _turns(lambda n: _run(drawn, "--site-reports", "pdf", "--out", out, "--workers", n).wall - plain)
    yield f"batch: {PDFS} PDFs, two workers ÷ one ({PDFS / two:.2f} PDF/s)", two / one, 0.8


def _turns(work: Callable[[str], float], rounds: int = 2) -> list[float]:
    """Give the least of some turns with one worker, and with two."""
    taken = [[work(workers) for workers in "12"] for _ in range(rounds)]
    return [min(turns) for turns in zip(*taken, strict=True)]


def measure() -> Iterator[tuple[str, float, float]]:
    """Give name, ratio and limit of each comparison, as it is measured."""
    yield from _site()
    with tempfile.TemporaryDirectory() as name:
        yield from _two(Path(name))
        yield from _many(Path(name))


def main() -> None:
    """Print the ratios."""
    for name, ratio, limit in measure():
        print(f"{name}: {ratio:.3f} (limit {limit})", flush=True)


if __name__ == "__main__":
    main()
