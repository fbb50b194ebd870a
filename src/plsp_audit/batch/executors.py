"""Who does the work: this process, or a pool of them. Outcomes come in the order of the tasks, whoever was first."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor
from multiprocessing.connection import wait
from typing import Any, Final, Protocol, TypeVar

from plsp_audit.batch.faults import lost_rows
from plsp_audit.batch.work import Failed, Outcome, Settings, Task, desk_for, work

T = TypeVar("T")
Work = Callable[[Settings, Sequence[Task]], list[Outcome]]
CHUNK: Final = 25
"""Sites that are sent together: few enough that little waits in memory."""

SERIAL_BELOW: Final = 300
"""With fewer sites a pool takes longer to start than it saves."""

_TRIES: Final = 2


class ClusterError(Exception):
    """A cluster cannot be used, or not any longer; the message says why, in the user's language."""


class Executor(Protocol):
    """Does the work."""

    @property
    def chunk(self) -> int:
        """How many sites it is best given together."""

    def run(self, chunks: Iterable[T], tasks_of: Callable[[T], Sequence[Task]]) -> Iterator[tuple[T, list[Outcome]]]:
        """Give every chunk with the outcomes of its tasks, in order."""

    def close(self) -> None:
        """Stop, whatever is still under way."""


class Serial:
    """Works in this process."""

    chunk = CHUNK

    def __init__(self, settings: Settings, job: Work = work) -> None:
        self._settings = settings
        self._job = job

    def run(self, chunks: Iterable[T], tasks_of: Callable[[T], Sequence[Task]]) -> Iterator[tuple[T, list[Outcome]]]:
        """Give every chunk with the outcomes of its tasks, in order."""
        for chunk in chunks:
            yield chunk, self._job(self._settings, tasks_of(chunk))

    def close(self) -> None:
        """Nothing is under way."""


class Pool:
    """Works in processes of this machine.

    A process that dies takes its chunk with it: what was under way is done again, chunk by chunk, and what dies again
    is split until the site is found that it dies of, which alone is given up.

    Args:
        settings: How sites are scored.
        workers: How many processes.
        job: What they do; settings and tasks in, outcomes out.
    """

    chunk = CHUNK

    def __init__(self, settings: Settings, workers: int, job: Work = work) -> None:
        self._settings = settings
        self._workers = workers
        self._job = job
        self._pool: ProcessPoolExecutor | None = None

    def run(self, chunks: Iterable[T], tasks_of: Callable[[T], Sequence[Task]]) -> Iterator[tuple[T, list[Outcome]]]:
        """Give every chunk with the outcomes of its tasks, in order."""
        source = iter(chunks)
        waiting: deque[tuple[T, Future[list[Outcome]] | None]] = deque()
        while True:
            while len(waiting) < 2 * self._workers + 2 and (chunk := next(source, None)) is not None:
                waiting.append((chunk, self._submit(tasks_of(chunk))))
            if not waiting:
                return
            found = _result(waiting[0][1])
            if found is not None:
                yield waiting.popleft()[0], found
                continue
            self._stop()
            known = [_result(future) if future is not None and future.done() else None for _, future in waiting]
            while waiting:
                chunk, _ = waiting.popleft()
                found = known.pop(0)
                yield chunk, found if found is not None else self._alone(tasks_of(chunk))

    def close(self) -> None:
        """Stop the processes."""
        self._stop()

    def _submit(self, tasks: Sequence[Task]) -> Future[list[Outcome]] | None:
        """Hand tasks on; None where the pool turns out to be broken."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=_context(), initializer=_ready, initargs=(self._settings,)
            )
        try:
            return self._pool.submit(self._job, self._settings, tasks)
        except BrokenExecutor:
            return None

    def _alone(self, tasks: Sequence[Task]) -> list[Outcome]:
        """Do tasks with nothing else under way, so that it is them a process dies of."""
        for _ in range(_TRIES if len(tasks) < 2 else 1):
            found = _result(self._submit(tasks))
            if found is not None:
                return found
            self._stop()
        if len(tasks) < 2:
            return [Failed(lost_rows(task.file, self._settings.lang)) for task in tasks]
        middle = len(tasks) // 2
        return self._alone(tasks[:middle]) + self._alone(tasks[middle:])

    def _stop(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        processes = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        for process in processes:
            process.join()


def _result(future: Future[list[Outcome]] | None) -> list[Outcome] | None:
    """Wait for an outcome; None where the process that worked on it died."""
    if future is None:
        return None
    try:
        return future.result()
    except (BrokenExecutor, CancelledError):
        return None


def _context() -> Any:
    """Give the way in which processes start: a server that has everything imported, or a fresh interpreter."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["plsp_audit.batch.work"])
    return context


def _ready(settings: Settings) -> None:
    """Make a process ready: interrupts are the parent's business, and without a parent there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()
    desk_for(settings)


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
