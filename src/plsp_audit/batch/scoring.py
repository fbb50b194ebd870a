"""The first half of a batch: every site scored, in the order of the inputs, each counted once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path

from plsp_audit.batch.desk import Desk
from plsp_audit.batch.executors import Executor
from plsp_audit.batch.faults import error_rows
from plsp_audit.batch.order import Ending, Listener, Order
from plsp_audit.batch.store import Kept, Store
from plsp_audit.batch.tasks import Item, chunks
from plsp_audit.batch.work import Done, Failed, Task
from plsp_audit.loading.read_file import read_path
from plsp_audit.loading.site import place_of
from plsp_audit.model.catalogue import Lang
from plsp_audit.model.problem import InputError, Place, Problem
from plsp_audit.model.rollup import ErrorRow


class Sites:
    """The sites so far: where each id was met first.

    A recheck may follow or precede another inspection of its site, as long as it is of a day of its own.
    """

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._rechecks: dict[tuple[str, str], str] = {}

    def met(self, done: Done, place: str) -> str | None:
        """Take note of a site.

        Returns:
            Where it stands already; None where it is the first of its id, or a recheck.
        """
        if done.recheck:
            first = self._rechecks.setdefault((done.site, done.date), place)
        else:
            first = self._first.setdefault(done.site, place)
        return None if first is place else first


class Scoring:
    """Runs the sites through an executor.

    Args:
        order: What is asked for.
        desk: The desk of this process.
        listener: Who is told.
        store: Where results gather; None keeps none.
    """

    def __init__(self, order: Order, desk: Desk, listener: Listener, store: Store | None) -> None:
        self.ending = Ending()
        self.standards: dict[tuple[str, str], None] = {}
        self._order = order
        self._desk = desk
        self._listener = listener
        self._store = store
        self._sites = Sites()

    def run(self, items: Iterable[Item], executor: Executor) -> None:
        """Score everything.

        Raises:
            OSError: Results cannot be written.
        """
        for chunk, outcomes in executor.run(chunks(items, executor.chunk), _todo):
            fresh = iter(outcomes)
            failed = self.ending.failed
            for item in chunk:
                outcome = item.known if item.known is not None else next(fresh)
                assert isinstance(outcome, (Done, Failed, Kept))
                self._take(item.task, outcome)
            if self._store is not None:
                self._store.flush()
            self._listener.step(len(chunk), self.ending.failed - failed)

    def _take(self, task: Task, outcome: Done | Failed | Kept) -> None:
        done = outcome.done if isinstance(outcome, Kept) else outcome
        if isinstance(done, Done):
            first = self._sites.met(done, done.place or task.file)
            if first is not None:
                outcome = done = Failed(twice(task, done, first, self._desk.lang), done.read)
        if self._store is not None:
            self._store.put(task, outcome)
        if isinstance(done, Failed):
            self.ending.failed += 1
            self.ending.errors += done.rows
            return
        self.ending.sites += 1
        self.ending.kept += isinstance(outcome, Kept)
        self.standards[done.standards[0]] = None
        self.ending.under += self._under(done)
        for warning in done.warnings:
            self._listener.warn(warning)
        self._listener.line(done.line)

    def _under(self, done: Done) -> bool:
        limit = self._order.limit
        if limit is None or not done.rounded:
            return False
        standard = self._desk.standard(done.standards[0][0]).standard
        return limit.under(Fraction(done.rounded), done.grade, standard)


def _todo(chunk: Sequence[Item]) -> list[Task]:
    return [item.task for item in chunk if item.known is None]


def twice(task: Task, done: Done, first: str, lang: Lang) -> tuple[ErrorRow, ...]:
    """Say that a site is there already, and where both are."""
    if task.row is not None:
        place = task.row.place(("site", "id"))
    else:
        try:
            document = read_path(Path(task.file), task.file)
            place = place_of(document, "site", "id")
        except InputError:
            place = Place(task.file)
    return error_rows([Problem("batch.same_site", {"id": done.site, "first": first}, place)], lang)


def few(items: Iterator[Item], limit: int) -> tuple[list[Item], bool]:
    """Take items as long as there are not more than `limit` to do.

    Returns:
        Those taken, and whether these are all.
    """
    taken: list[Item] = list(islice(items, limit + 1))
    return taken, len(taken) <= limit
