"""Where the results of a batch gather: taken over from an earlier run where they still hold, else written anew."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from plsp_audit.batch.desk import hashed
from plsp_audit.batch.journal import (
    FOLDER,
    RESULTS,
    Entry,
    Pair,
    entries,
    entry_of,
    found_pairs,
    head_line,
    key_of,
    line_of,
    read_head,
    size_of,
)
from plsp_audit.batch.lock import Lock
from plsp_audit.batch.work import Done, Failed, Task

_PIECE = 1024 * 1024


class Kept(NamedTuple):
    """An outcome of an earlier run that still holds: its journal's number and its place in it."""

    done: Done
    pair: int
    place: int


class Store:
    """The results while they come.

    Args:
        out: The folder of the outputs.
        options: What results depend on beside their inputs; results of a run with others are not taken over.
        digest: Gives the digest of a standard as it is now.

    Attributes:
        replaces: Whether results of an earlier run are thrown away, as nobody asked to keep them.

    Raises:
        OSError: The folder cannot be made, or another run is at work in it.
    """

    def __init__(self, out: Path, options: Mapping[str, str], digest: Callable[[str], str]) -> None:
        self.out = out
        self.folder = out / FOLDER
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = Lock(self.folder / "lock")
        self._options = options
        self._digest = digest
        self._pairs: list[Pair] = []
        self._follow: Pair | None = None
        self.replaces = False
        self._next = 0
        self._number = 0
        self._results: BinaryIO | None = None
        self._journal: BinaryIO | None = None

    def begin(self, resume: bool) -> list[str]:
        """Open the files.

        Args:
            resume: Whether to take over what an earlier run has done.

        Returns:
            The options that are not the same as then, so that nothing is taken over.
        """
        self._sweep()
        pairs = found_pairs(self.folder, self.out / RESULTS)
        self.replaces = bool(pairs) and not resume
        changed: list[str] = []
        if resume and pairs:
            before = read_head(pairs[-1].journal) or {}
            keys = {*before, *self._options}
            changed = sorted(key for key in keys if before.get(key) != self._options.get(key))
        if not resume or changed:
            self._remove()
            pairs = []
        for pair in pairs:
            pair.load(size_of(pair.results))
        self._pairs = pairs
        if pairs:
            self._follow, self._number = pairs[-1], pairs[-1].number
        else:
            self._open_new()
        return changed

    @property
    def taken_over(self) -> int:
        """How many sites earlier runs have scored."""
        return len(set().union(*(pair.at for pair in self._pairs)))

    def find(self, task: Task, read: str) -> Kept | None:
        """Give the outcome of an earlier run, if inputs, evidence and standards are what they were.

        Args:
            task: The site.
            read: SHA-256 of the bytes of its file.
        """
        key = key_of(task.file, task.number, read)
        for pair in reversed(self._pairs):
            index = pair.at.get(key)
            found = pair.entry(index) if index is not None else None
            if index is None or found is None:
                continue
            done = found[0].done(found[1])
            if all(self._digest(name) == digest for name, digest in done.standards) and _same_evidence(task, done):
                return Kept(done, pair.number, index)
        return None

    def put(self, task: Task, outcome: Done | Failed | Kept) -> None:
        """Take the outcome of the next site."""
        if self._follow is not None:
            if self._stands(task, outcome, self._follow):
                self._next += 1
                return
            self._part(self._follow)
        done = outcome.done if isinstance(outcome, Kept) else outcome
        entry = entry_of(task, done)
        if isinstance(done, Done):
            _file(self._results).write(done.line + b"\n")
        _file(self._journal).write(line_of(entry))

    def flush(self) -> None:
        """Hand what was put to the system, results before journal."""
        if self._follow is None:
            _file(self._results).flush()
            _file(self._journal).flush()

    def finish(self) -> Path:
        """Give the results their name; nothing more may be put.

        Returns:
            The journal of the results.
        """
        if self._follow is not None and not self._is_all(self._follow):
            self._part(self._follow)
        if self._follow is None:
            for file in (_file(self._results), _file(self._journal)):
                file.flush()
                os.fsync(file.fileno())
                file.close()
            os.replace(self._path("results"), self.out / RESULTS)
        for path in (*self.folder.glob("journal-*.jsonl"), *self.folder.glob("results-*.part")):
            if path != self._path("journal"):
                path.unlink(missing_ok=True)
        return self._path("journal")

    def _is_all(self, pair: Pair) -> bool:
        """Tell whether an earlier run came to its end with just the results that were put."""
        whole = pair.in_results[-1] == size_of(pair.results) and pair.in_journal[-1] == size_of(pair.journal)
        return pair.finished and whole and self._next == len(pair.keys)

    def entries(self) -> Iterator[Entry]:
        """Go through the journal of results that are finished."""
        return entries(self._path("journal"))

    def close(self) -> None:
        """Close the files and let others at the folder; what was put stays for a later run."""
        for file in (self._results, self._journal):
            if file is not None:
                try:
                    file.close()
                except OSError:  # what it still held does not fit on the disk
                    continue
        self._lock.release()

    def _stands(self, task: Task, outcome: Done | Failed | Kept, pair: Pair) -> bool:
        """Tell whether the next of the earlier run's results is this very outcome, so that it can stay."""
        if self._next >= len(pair.keys):
            return False
        if isinstance(outcome, Kept):
            return (outcome.pair, outcome.place) == (pair.number, self._next)
        key = key_of(task.file, task.number, outcome.read)
        failed = pair.in_results[self._next] == pair.in_results[self._next + 1]
        return isinstance(outcome, Failed) and failed and pair.keys[self._next] == key

    def _part(self, pair: Pair) -> None:
        """Go on by itself from here: behind what the earlier run wrote, or in new files where it wrote more."""
        self._follow = None
        ends = pair.in_journal[self._next], pair.in_results[self._next]
        if self._next == len(pair.keys) and not pair.finished:
            self._journal, self._results = _opened_at(pair.journal, ends[0]), _opened_at(pair.results, ends[1])
            return
        self._number = pair.number + 1
        self._open_new()
        for source, target, end, start in (
            (pair.results, _file(self._results), ends[1], 0),
            (pair.journal, _file(self._journal), ends[0], pair.in_journal[0]),
        ):
            with source.open("rb") as file:
                file.seek(start)
                _copy(file, target, end - start)

    def _open_new(self) -> None:
        # Without its head a journal is not one: results are there first, and never without it.
        self._results = self._path("results").open("wb")
        self._journal = self._path("journal").open("wb")
        self._journal.write(head_line(self._options))

    def _path(self, kind: str) -> Path:
        return self.folder / (f"results-{self._number}.part" if kind == "results" else f"journal-{self._number}.jsonl")

    def _sweep(self) -> None:
        """Remove the temporary files of runs that were killed."""
        for path in self.out.glob(".plsp-*"):
            if path.is_dir() and path != self.folder:
                shutil.rmtree(path, ignore_errors=True)
            elif path != self.folder:
                path.unlink(missing_ok=True)

    def _remove(self) -> None:
        for path in (*self.folder.glob("journal-*.jsonl"), *self.folder.glob("results-*.part")):
            path.unlink(missing_ok=True)


def _same_evidence(task: Task, done: Done) -> bool:
    if not done.evidence:
        return True
    return hashed((path for path, _ in done.evidence), Path(task.file).parent)[0] == dict(done.evidence)


def _file(file: BinaryIO | None) -> BinaryIO:
    assert file is not None
    return file


def _opened_at(path: Path, end: int) -> BinaryIO:
    """Open a file to go on at `end`."""
    file = path.open("r+b")
    file.truncate(end)
    file.seek(end)
    return file


def _copy(source: BinaryIO, target: BinaryIO, length: int) -> None:
    while length > 0 and (piece := source.read(min(length, _PIECE))):
        target.write(piece)
        length -= len(piece)
