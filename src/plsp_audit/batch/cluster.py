"""The same work on a Dask cluster, through its `concurrent.futures` executor.

What workers need is sent with the work: the bytes of inspection files, the files of the bureau's own standards, and the
hashes of evidence, which only this machine can look at. Workers need this program in the same version, and no disk in
common. Results come back compressed, since they are ten times as long as what they are made of.
"""

from __future__ import annotations

import pickle
import re
import socket
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

from plsp_audit.batch.desk import TOOL, Desk, hashed
from plsp_audit.batch.executors import ExecutorError
from plsp_audit.batch.faults import lost_rows
from plsp_audit.batch.sent import Sent, sent, settings_of
from plsp_audit.batch.work import Done, Failed, Outcome, Settings, Task, Wanting, desk_for, score_one, work
from plsp_audit.loading.read_file import read_limited
from plsp_audit.model.catalogue import say
from plsp_audit.model.problem import InputError

T = TypeVar("T")
_TRIES: Final = 2
_START: Final = 30
_PATIENCE: Final = 60
"""Seconds that the cluster may be without any worker."""

_MOST: Final = 200
_ADDRESS: Final = re.compile(r"(?:tcp|tls|wss?)://(?:\[([0-9a-fA-F:.%]+)\]|([^\s/:\[\]]+)):(\d{1,5})/?")
_KNOCKS: Final = 3
_KNOCK: Final = 3
_ANSWER: Final = 10
"""How often to see whether a scheduler is there, how many seconds to wait for a line, and for its first word."""
_LOCK = threading.Lock()


class Cluster:
    """Works on a Dask cluster.

    Args:
        settings: How sites are scored.
        address: The scheduler's address, such as `tcp://10.0.0.1:8786`.
        job: What workers do.

    Raises:
        ExecutorError: Dask is not installed, there is no such cluster, it has no workers, or these have another version
            of this program or its standards.
    """

    chunk = 50

    def __init__(self, settings: Settings, address: str, job: Callable[..., list[Outcome]] = work) -> None:
        self._settings = settings
        self._address = address
        self._job = job
        self._sent = sent(settings)
        self._desk = desk_for(settings)
        self._client = self._connected()
        try:
            self._executor = self._client.get_executor(pure=False)
            self._check()
        except BaseException:
            self.close()
            raise

    def run(self, chunks: Iterable[T], tasks_of: Callable[[T], Sequence[Task]]) -> Iterator[tuple[T, list[Outcome]]]:
        """Give every chunk with the outcomes of its tasks, in order."""
        width = self._width()
        source = iter(chunks)
        waiting: deque[tuple[T, Future[list[Outcome]]]] = deque()
        threads = ThreadPoolExecutor(width)
        try:
            while True:
                while len(waiting) < width and (chunk := next(source, None)) is not None:
                    waiting.append((chunk, threads.submit(self._outcomes, list(tasks_of(chunk)))))
                if not waiting:
                    return
                chunk, future = waiting.popleft()
                yield chunk, future.result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Leave the cluster; it forgets what it was given to do."""
        self._client.close(timeout=5)

    def _connected(self) -> Any:
        try:
            import distributed
        except ImportError:
            raise ExecutorError(say("batch.executor_missing", self._settings.lang)) from None
        self._knock()
        make: Callable[..., Any] = distributed.Client
        try:
            return make(self._address, timeout=_START, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise self._error("unreachable", error) from None

    def _knock(self) -> None:
        """See whether a scheduler is there: Dask tries for half a minute, and for ever where something else listens."""
        found = _ADDRESS.fullmatch(self._address)
        if found is None:
            raise self._error("address")
        host, port = found[1] or found[2], int(found[3])
        for knock in range(_KNOCKS):
            try:
                with socket.create_connection((host, port), timeout=_KNOCK) as line:
                    line.settimeout(_ANSWER)
                    if not self._address.startswith("tcp:") or line.recv(1):  # there a scheduler speaks first
                        return
                    raise self._error("silent")
            except (socket.gaierror, UnicodeError, OverflowError):
                raise self._error("unknown_host", host) from None
            except TimeoutError:
                raise self._error("silent") from None
            except OSError:
                if knock == _KNOCKS - 1:
                    raise self._error("refused") from None
                time.sleep(1)

    def _error(self, kind: str, error: object = "") -> ExecutorError:
        what = " ".join(str(error).split())[:200]
        return ExecutorError(say(f"batch.executor_{kind}", self._settings.lang, address=self._address, fault=what))

    def _check(self) -> None:
        """Make sure that there are workers, and that they score as this machine does."""
        try:
            self._client.wait_for_workers(1, timeout=_START)
        except (OSError, TimeoutError):
            raise self._error("empty") from None
        try:
            found = self._client.run(_versions, self._sent)
        except Exception as error:
            raise self._error("unfit", error) from None
        own = versions(self._desk)
        for told in found.values():
            if told != own:
                raise self._error("other", f"{told[0]} / {own[0]}")

    def _width(self) -> int:
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        return int(min(2 * sum(worker["nthreads"] for worker in workers) + 2, _MOST))

    def _outcomes(self, tasks: list[Task]) -> list[Outcome]:
        """Have tasks done, in a second round those whose evidence had to be looked at here."""
        found: dict[int, Outcome] = {}
        todo: dict[int, Task] = {}
        for at, task in enumerate(tasks):
            loaded = self._loaded(task)
            if isinstance(loaded, Task):
                todo[at] = loaded
            else:
                found[at] = loaded
        while todo:
            again = {}
            for at, outcome in zip(todo, self._done(list(todo.values())), strict=True):
                if isinstance(outcome, Wanting):
                    hashes = hashed(outcome.paths, Path(tasks[at].file).parent)[0]
                    again[at] = todo[at]._replace(evidence=tuple(hashes.items()))
                else:
                    found[at] = outcome
            todo = again
        return [found[at] for at in range(len(tasks))]

    def _loaded(self, task: Task) -> Task | Outcome:
        """Put the bytes of the file in; a file that cannot be read is told of here."""
        try:
            if task.row is None:
                return task._replace(data=read_limited(Path(task.file), task.file))
            return task._replace(data=b"")
        except InputError:
            return score_one(self._desk, task)

    def _done(self, tasks: list[Task], tries: int = 0) -> list[Outcome]:
        """Have tasks done; those that workers die of are split until the site alone is left."""
        if not tasks:
            return []
        found = self._asked(tasks)
        if found is None and len(tasks) > 1:
            middle = len(tasks) // 2
            return self._done(tasks[:middle]) + self._done(tasks[middle:])
        if found is None and tries + 1 < _TRIES:
            return self._done(tasks, tries + 1)
        if found is None:
            return [Failed(lost_rows(tasks[0].file, self._settings.lang))]
        for outcome in found:
            if isinstance(outcome, Done) and any(self._desk.digest(n) != d for n, d in outcome.standards):
                raise self._error("other", outcome.standards[0][0])
        return found

    def _asked(self, tasks: list[Task]) -> list[Outcome] | None:
        """Have tasks done; None where workers die of them."""
        from distributed import KilledWorker

        future = self._executor.submit(_work, self._job, self._sent, tasks)
        empty = False
        while True:
            try:
                return list(pickle.loads(zlib.decompress(future.result(timeout=_PATIENCE))))
            except KilledWorker:
                return None
            except TimeoutError:
                was, empty = empty, not self._client.scheduler_info(n_workers=-1)["workers"]
                if was and empty:
                    raise self._error("empty") from None
            except CancelledError:
                raise self._error("lost") from None
            except Exception as error:
                raise self._error("lost", error) from None


def versions(desk: Desk) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give what results depend on: the version of this program, and the standards at hand."""
    return TOOL, tuple((pack.id, desk.digest(pack.id)) for pack in desk.library.names())


def _versions(given: Sent) -> tuple[str, tuple[tuple[str, str], ...]]:
    with _LOCK:
        return versions(desk_for(settings_of(given)[0]))


def _work(job: Callable[..., list[Outcome]], given: Sent, tasks: Sequence[Task]) -> bytes:
    """Do tasks at a worker, one chunk at a time: what is kept there from site to site is made for one thread."""
    with _LOCK:
        settings, home = settings_of(given)
        outcomes = job(settings, tasks)
    if home is not None:
        outcomes = [home(outcome) if isinstance(outcome, Failed) else outcome for outcome in outcomes]
    return zlib.compress(pickle.dumps(outcomes), 1)
