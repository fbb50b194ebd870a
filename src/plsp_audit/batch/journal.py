"""What a batch has done so far, kept beside its outputs so that it can go on after whatever stopped it.

A run writes two files that only ever grow: the results, line by line in the order of the inputs, and the journal, a
line for every site that is in them or failed. Both are flushed site by site, the result first: whatever the journal
tells of is there. A later run takes over what still holds by its hashes. Where that is not simply what comes next, it
begins a new pair of files and copies from the old one.
"""

from __future__ import annotations

import hashlib
import json
import os
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple
from zlib import crc32

from plsp_audit.batch.work import Done, Failed, Task

FOLDER: Final = ".plsp-batch"
RESULTS: Final = "results.jsonl"
HEAD: Final = "batch-journal/1"


class Entry(NamedTuple):
    """A line of the journal.

    Attributes:
        file: The file of the site.
        number: Which site of its table.
        read: SHA-256 of the bytes of the file.
        length: Bytes of its result with the line feed; 0 for a site that failed.
        check: CRC-32 of the result.
        about: The rest of what was said of the result, in the order of `Done`.
    """

    file: str
    number: int
    read: str
    length: int = 0
    check: int = 0
    about: tuple[Any, ...] = ()

    def done(self, line: bytes) -> Done:
        """Give the outcome again."""
        site, recheck, date, digest, standards, rounded, grade, evidence, place, warnings = self.about
        return Done(
            line, self.read, site, recheck, date, digest, tuple((n, d) for n, d in standards), rounded, grade,
            tuple((p, h) for p, h in evidence), place, tuple(warnings),
        )  # fmt: skip


def key_of(file: str, number: int, read: str) -> bytes:
    """Give what one site as it was read is known by."""
    return hashlib.blake2b(f"{file}\n{number}\n{read}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


@dataclass(slots=True)
class Pair:
    """A journal and the results it tells of. Of a site little more is kept in memory than where it stands."""

    number: int
    journal: Path
    results: Path
    finished: bool = False
    keys: list[bytes] = field(default_factory=list)
    at: dict[bytes, int] = field(default_factory=dict)
    in_journal: array[int] = field(default_factory=lambda: array("Q"))
    in_results: array[int] = field(default_factory=lambda: array("Q"))

    def load(self, size: int) -> None:
        """Read the journal as far as it is whole and the results, of `size` bytes, are there."""
        with self.journal.open("rb") as file:
            place, end = len(file.readline()), 0
            self.in_journal.append(place)
            self.in_results.append(0)
            for line in file:
                entry = _entry(line)
                if entry is None or end + entry.length > size:
                    break
                key = key_of(entry.file, entry.number, entry.read)
                if entry.length:
                    self.at[key] = len(self.keys)
                self.keys.append(key)
                place, end = place + len(line), end + entry.length
                self.in_journal.append(place)
                self.in_results.append(end)

    def entry(self, index: int) -> tuple[Entry, bytes] | None:
        """Give an entry and its result, without the line feed; None where either has been changed."""
        with self.journal.open("rb") as file:
            file.seek(self.in_journal[index])
            entry = _entry(file.readline())
        if entry is None:
            return None
        with self.results.open("rb") as file:
            file.seek(self.in_results[index])
            line = file.read(entry.length)[:-1]
        return (entry, line) if crc32(line) == entry.check else None


def _entry(line: bytes) -> Entry | None:
    if not line.endswith(b"\n"):
        return None
    try:
        file, number, read, *rest = json.loads(line)
        length, check = rest[:2] or (0, 0)
        return Entry(file, number, read, length, check, tuple(rest[2:]))
    except (ValueError, TypeError):
        return None


def line_of(entry: Entry) -> bytes:
    """Write an entry as a line of the journal."""
    items = [*entry[:5], *entry.about] if entry.length else entry[:3]
    return json.dumps(items, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def entry_of(task: Task, outcome: Done | Failed) -> Entry:
    """Give what the journal says of an outcome."""
    if isinstance(outcome, Failed):
        return Entry(task.file, task.number, outcome.read)
    length, check = len(outcome.line) + 1, crc32(outcome.line)
    return Entry(task.file, task.number, outcome.read, length, check, outcome[2:])


def read_head(path: Path) -> dict[str, str] | None:
    """Give the options of the run that wrote a journal, None where it is none."""
    try:
        with path.open("rb") as file:
            head = json.loads(file.readline())
        return dict(head["options"]) if head["plsp"] == HEAD else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def head_line(options: Mapping[str, str]) -> bytes:
    """Write the first line of a journal."""
    return json.dumps({"plsp": HEAD, "options": dict(options)}, sort_keys=True).encode("ascii") + b"\n"


def found_pairs(folder: Path, final: Path) -> list[Pair]:
    """Give the journals of earlier runs, the oldest first.

    Args:
        folder: Where they are.
        final: The results of a run that came to its end.
    """
    pairs = []
    for journal in folder.glob("journal-*.jsonl"):
        number = journal.stem.removeprefix("journal-")
        if not number.isdecimal():
            continue
        part = folder / f"results-{number}.part"
        pairs.append(Pair(int(number), journal, part if part.is_file() else final, not part.is_file()))
    pairs.sort(key=lambda pair: pair.number)
    # Only the last of those without a part of their own can be that of the results.
    last = max((pair.number for pair in pairs if pair.finished), default=-1)
    return [pair for pair in pairs if not pair.finished or pair.number == last and final.is_file()]


def entries(path: Path) -> Iterator[Entry]:
    """Go through a journal that is whole."""
    with path.open("rb") as file:
        file.readline()
        for line in file:
            entry = _entry(line)
            if entry is None:
                raise OSError(f"{path.name}: {line[:40]!r}")
            yield entry


def size_of(path: Path) -> int:
    """Give the size of a file, 0 where there is none."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
