"""From files to sites: the tasks of a batch, in their order, in chunks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from plsp_audit.batch.desk import Desk
from plsp_audit.batch.faults import error_rows
from plsp_audit.batch.inputs import Listing, Source
from plsp_audit.batch.store import Kept
from plsp_audit.batch.work import Failed, Task
from plsp_audit.loading.read_file import read_limited
from plsp_audit.loading.site_names import TableNames, table_names
from plsp_audit.loading.site_tables import site_rows
from plsp_audit.model.problem import InputError, Place, Problem

NO_TABLE = "no_table"
_NO_HEADER = "site_table.no_header"


class Item(NamedTuple):
    """A site, and what came of it where that is known already.

    Attributes:
        task: What there is to do.
        known: What an earlier run made of it, or why it cannot be read.
    """

    task: Task
    known: Kept | Failed | None = None


class Reader:
    """Reads sources, one after another.

    Args:
        desk: Where standards are found.
        listing: What there is; a table in a folder that turns out to be none of sites is passed over.
        warn: Takes what is odd about a table.
        find: Gives what an earlier run made of a task, by the hash of its file; None looks for nothing.
    """

    def __init__(
        self,
        desk: Desk,
        listing: Listing,
        warn: Callable[[Problem], None],
        find: Callable[[Task, str], Kept | None] | None = None,
    ) -> None:
        self._desk = desk
        self._listing = listing
        self._warn = warn
        self._find = find
        self._names: TableNames | None = None

    def items(self) -> Iterator[Item]:
        """Give the sites."""
        for source in self._listing.sources:
            if source.problem:
                problem = Problem(source.problem, {"file": source.path}, Place(source.path))
                yield Item(Task(source.path), Failed(error_rows([problem], self._desk.lang)))
            elif source.table:
                yield from self._table(source)
            else:
                yield self._item(Task(source.path))

    def _item(self, task: Task) -> Item:
        if self._find is None:
            return Item(task)
        read = task.read
        if not read:
            try:
                read = hashlib.sha256(read_limited(Path(task.file), task.file)).hexdigest()
            except InputError:
                return Item(task)
        return Item(task, self._find(task, read))

    def _table(self, source: Source) -> Iterator[Item]:
        path = Path(source.path)
        read = ""
        try:
            rows = site_rows(path, source.path, self.names(), self._warn)
            read = file_hash(path)
            for number, row in enumerate(rows):
                yield self._item(Task(source.path, number, row, read))
        except InputError as error:
            if not source.named and {problem.code for problem in error.problems} == {_NO_HEADER}:
                self._listing.pass_over(NO_TABLE, source.path)
                return
            yield Item(Task(source.path, read=read), Failed(error_rows(error.problems, self._desk.lang), read))
        except OSError as error:
            params = {"file": source.path, "reason": error.strerror or ""}
            problem = Problem("file_unreadable", params, Place(source.path))
            yield Item(Task(source.path), Failed(error_rows([problem], self._desk.lang)))

    def names(self) -> TableNames:
        """Give what the heads of tables may name; looked up at the first table."""
        if self._names is None:
            self._names = head_names(self._desk)
        return self._names


def head_names(desk: Desk) -> TableNames:
    """Give what the heads of tables may name: all that the standards at hand know."""
    known = {pack.id for pack in desk.library.names()}
    found = {}
    for name in [*([desk.wanted] if desk.wanted else []), *sorted(known)]:
        try:
            standard = desk.standard(name).standard
        except InputError:
            continue
        found[standard.id] = standard
    tiers = (desk.prepared(one, tier.id).names for one in found.values() for tier in one.tiers)
    return table_names([one.facts for one in found.values()], tiers)


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Put items together, so many that `size` of them are still to do, or somewhat more that are known."""
    chunk: list[Item] = []
    todo = 0
    for item in items:
        chunk.append(item)
        todo += item.known is None
        if todo >= size or len(chunk) >= 2 * size:
            yield chunk
            chunk, todo = [], 0
    if chunk:
        yield chunk


def file_hash(path: Path) -> str:
    """Give the SHA-256 of a file's bytes.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
