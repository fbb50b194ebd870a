"""Who does the work: this process, others of this machine, or a cluster. Outcomes come in the order of the tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Protocol, TypeVar

from plsp_audit.batch.work import Outcome, Settings, Task, work

T = TypeVar("T")
Work = Callable[[Settings, Sequence[Task]], list[Outcome]]
CHUNK: Final = 25
"""Sites that are sent together: few enough that little waits in memory."""

SERIAL_BELOW: Final = 300
"""With fewer sites a pool takes longer to start than it saves."""


class ExecutorError(Exception):
    """A pool or a cluster cannot be used, or not any longer; the message says why, in the user's language."""


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
