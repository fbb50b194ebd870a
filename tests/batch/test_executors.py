"""Workers that die: the chunk is done again, and of a site that kills only the site is given up."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from plsp_audit.batch.executors import ExecutorError, Serial
from plsp_audit.batch.pool import Pool
from plsp_audit.batch.work import Done, Failed, Outcome, Settings, Task, work
from tests.batch.factory_batch import write_many

KILLER = "s-00013"


def deadly(settings: Settings, tasks: Sequence[Task]) -> list[Outcome]:
    """Work, and die of one site, whenever it comes."""
    if any(KILLER in task.file for task in tasks):
        os.kill(os.getpid(), signal.SIGKILL)
    return work(settings, tasks)


def deadly_once(settings: Settings, tasks: Sequence[Task]) -> list[Outcome]:
    """Work, and be killed by chance, the first time that one site comes."""
    for task in tasks:
        mark = Path(task.file).with_suffix(".mark")
        if KILLER in task.file and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return work(settings, tasks)


@pytest.fixture(scope="module")
def chunks(tmp_path_factory: pytest.TempPathFactory) -> list[list[Task]]:
    folder = write_many(tmp_path_factory.mktemp("x") / "s", 60)
    tasks = [Task(str(path)) for path in sorted(folder.rglob("*.yaml"))]
    return [tasks[at : at + 7] for at in range(0, 60, 7)]


@pytest.fixture(scope="module")
def expected(chunks: list[list[Task]]) -> list[Outcome]:
    return [o for _, found in Serial(Settings()).run(chunks, list) for o in found]


def ran(pool: Pool, chunks: list[list[Task]]) -> list[Outcome]:
    try:
        found = list(pool.run(chunks, list))
    finally:
        pool.close()
    assert [chunk for chunk, _ in found] == chunks
    return [outcome for _, outcomes in found for outcome in outcomes]


def test_a_pool_gives_what_one_process_gives(chunks: list[list[Task]], expected: list[Outcome]) -> None:
    assert ran(Pool(Settings(), 2), chunks) == expected
    assert sum(isinstance(outcome, Done) for outcome in expected) == 58


@pytest.mark.parametrize("workers", [1, 2])
def test_a_site_that_kills_is_given_up_alone(
    chunks: list[list[Task]], expected: list[Outcome], workers: int
) -> None:
    found = ran(Pool(Settings(), workers, deadly), chunks)
    (lost,) = (at for at, outcome in enumerate(found) if outcome != expected[at])
    assert lost == 13
    outcome = found[13]
    assert isinstance(outcome, Failed)
    assert KILLER in outcome.rows[0].file
    assert "中断" in outcome.rows[0].fault


def test_a_worker_that_is_killed_by_chance_costs_nothing(chunks: list[list[Task]], expected: list[Outcome]) -> None:
    assert ran(Pool(Settings(), 2, deadly_once), chunks) == expected


def half_an_answer(settings: Settings, tasks: Sequence[Task]) -> list[Outcome]:
    """Work, and be killed, the first time that one site comes, in the middle of a long answer."""
    found = work(settings, tasks)
    for task in tasks:
        mark = Path(task.file).with_suffix(".half")
        if KILLER in task.file and not mark.exists():
            mark.touch()
            threading.Timer(1, os.kill, (os.getpid(), signal.SIGKILL)).start()
            return [Failed((), "x" * 5_000_000)]
    return found


def test_a_worker_that_is_killed_while_it_answers_harms_no_other(
    chunks: list[list[Task]], expected: list[Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = Pool(Settings(), 2, half_an_answer)
    take = pool._take
    mark = Path(chunks[1][6].file).with_suffix(".half")
    waited: list[None] = []

    def late(worker: Any) -> None:
        if mark.exists() and not waited:
            waited.append(time.sleep(2))  # type: ignore[func-returns-value]
        take(worker)

    monkeypatch.setattr(pool, "_take", late)
    assert ran(pool, chunks) == expected
    assert waited


def never(settings: Settings, tasks: Sequence[Task]) -> list[Outcome]:
    raise AssertionError


def test_workers_that_cannot_start_are_told(tmp_path: Path) -> None:
    pool = Pool(Settings(folders=(str(tmp_path / "none"),)), 2, never)
    with pytest.raises(ExecutorError, match="--workers 1"):
        ran(pool, [[Task("a.yaml")]])


def test_closing_ends_the_workers(chunks: list[list[Task]]) -> None:
    pool = Pool(Settings(), 2)
    next(pool.run(chunks, list))
    pids = [worker.process.pid for worker in pool._workers]
    assert len(pids) == 2
    pool.close()
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            break
        time.sleep(0.1)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
