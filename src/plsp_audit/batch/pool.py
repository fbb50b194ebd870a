"""Processes of this machine that score sites.

Every process has a pipe of its own, so that one which is killed in the middle of an answer harms no other, and it is
known what it was working on. `concurrent.futures` shares one pipe among all: there such a death can block everything.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Final, TypeVar

from plsp_audit.batch.executors import CHUNK, ExecutorError, Work
from plsp_audit.batch.faults import lost_rows
from plsp_audit.batch.work import Failed, Outcome, Settings, Task, desk_for, work
from plsp_audit.model.catalogue import say

T = TypeVar("T")
_TRIES: Final = 2
_FALSE_STARTS: Final = 3
_READY: Final = "ready"


@dataclass(slots=True, eq=False)
class _Job:
    """A chunk, its tasks, and their outcomes as far as they are known."""

    chunk: Any
    tasks: Sequence[Task]
    found: list[Outcome | None]


@dataclass(slots=True, eq=False)
class _Part:
    """Some tasks of a job that are done together."""

    job: _Job
    start: int
    end: int
    deaths: int = 0

    @property
    def tasks(self) -> Sequence[Task]:
        return self.job.tasks[self.start : self.end]


@dataclass(slots=True, eq=False)
class _Worker:
    """A process, and what it works on."""

    process: Any
    pipe: Connection
    ready: bool = False
    part: _Part | None = None


class Pool:
    """Works in processes of this machine.

    What a process that dies was working on is halved, and again, until the site is found that processes die of; that
    one is given up, nothing else is lost.

    Args:
        settings: How sites are scored.
        workers: How many processes.
        job: What they do; settings and tasks in, outcomes out.
    """

    chunk = CHUNK

    def __init__(self, settings: Settings, workers: int, job: Work = work) -> None:
        self._settings = settings
        self._count = workers
        self._job = job
        self._context = _context()
        self._workers: list[_Worker] = []
        self._parts: deque[_Part] = deque()
        self._false_starts = 0

    def run(self, chunks: Iterable[T], tasks_of: Callable[[T], Sequence[Task]]) -> Iterator[tuple[T, list[Outcome]]]:
        """Give every chunk with the outcomes of its tasks, in order.

        Raises:
            ExecutorError: Processes cannot be started.
        """
        source = iter(chunks)
        waiting: deque[_Job] = deque()
        while True:
            while len(waiting) < 2 * self._count + 2 and (chunk := next(source, None)) is not None:
                tasks = tasks_of(chunk)
                waiting.append(_Job(chunk, tasks, [None] * len(tasks)))
                if tasks:
                    self._parts.append(_Part(waiting[-1], 0, len(tasks)))
            if not waiting:
                return
            if None in waiting[0].found:
                self._turn()
            else:
                job = waiting.popleft()
                yield job.chunk, [outcome for outcome in job.found if outcome is not None]

    def close(self) -> None:
        """Stop the processes, whatever they are at."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers = []
        self._parts.clear()

    def _turn(self) -> None:
        """Hand out what there is to do, and take in what comes back."""
        while len(self._workers) < self._count:
            self._workers.append(self._started())
        for worker in list(self._workers):
            if worker.ready and worker.part is None and self._parts:
                worker.part = self._parts.popleft()
                try:
                    worker.pipe.send(worker.part.tasks)
                except OSError:
                    self._died(worker)
        busy = [worker for worker in self._workers if worker.part is not None or not worker.ready]
        if busy:
            heard = wait([worker.pipe for worker in busy])
            for worker in busy:
                if worker.pipe in heard:
                    self._take(worker)

    def _take(self, worker: _Worker) -> None:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._died(worker)
            return
        if answer == _READY:
            worker.ready = True
            self._false_starts = 0
        elif worker.part is not None:
            worker.part.job.found[worker.part.start : worker.part.end] = answer
            worker.part = None

    def _died(self, worker: _Worker) -> None:
        """Divide what a process was working on when it died."""
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        part = worker.part
        if part is None:
            self._false_starts += 1
            if self._false_starts > _FALSE_STARTS:
                raise ExecutorError(say("batch.no_workers", self._settings.lang))
        elif part.end - part.start > 1:
            middle = (part.start + part.end) // 2
            self._parts.extendleft([_Part(part.job, middle, part.end), _Part(part.job, part.start, middle)])
        elif part.deaths + 1 < _TRIES:
            self._parts.appendleft(_Part(part.job, part.start, part.end, part.deaths + 1))
        else:
            part.job.found[part.start] = Failed(lost_rows(part.tasks[0].file, self._settings.lang))

    def _started(self) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there, self._settings, self._job), daemon=True)
        process.start()
        there.close()
        return _Worker(process, here)


def _context() -> Any:
    """Give the way in which processes start: by a server that has everything imported, or a fresh interpreter."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["plsp_audit.batch.work"])
    return context


def _serve(pipe: Connection, settings: Settings, job: Work) -> None:
    """Work until nobody asks any more; interrupts are the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        desk_for(settings)
        pipe.send(_READY)
        while True:
            pipe.send(job(settings, pipe.recv()))
    except (EOFError, OSError):
        return
