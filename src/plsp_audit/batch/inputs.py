"""What a batch is to inspect: folders gone through, patterns filled in, and what is no inspection passed over."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from plsp_audit.loading.site_tables import is_table
from plsp_audit.loading.workbook import is_own_book
from plsp_audit.model.catalogue import Lang, known, say

FILES: Final = (".yaml", ".yml", ".json")
_HEAD: Final = 4096
_HEADER: Final = re.compile(rb"""(?:^|[\n{,])[ \t\r\xef\xbb\xbf]*["']?plsp["']?[ \t]*:[ \t]*["']?([a-z-]+)[ \t]*/""")
_TOLD: Final = 3
ERROR_COLUMNS: Final = ("file", "line", "place", "sheet", "cell", "fault", "right")
"""The columns of errors.csv, by their words in `summary_book.toml`."""


class Source(NamedTuple):
    """A file to inspect.

    Attributes:
        path: As it is shown to people.
        table: Whether it is a table of many sites.
        named: Whether it was named itself, and not found in a folder.
        problem: Why it cannot be looked at, as the code of a problem; empty where nothing is known against it.
    """

    path: str
    table: bool = False
    named: bool = True
    problem: str = ""


@dataclass(slots=True)
class Passed:
    """Files that are no inspections: how many, and the first of them."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, path: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.first) < _TOLD:
            self.first.append(path)


@dataclass(slots=True)
class Listing:
    """What there is.

    Attributes:
        sources: The files to inspect, in the order of what was named, below folders by name; each once.
        passed: What was passed over, by kind: `result`, `standard`, `cases`, `own` (outputs of this program), `other`.
        missing: What was named and is not there, patterns that nothing fits included.
    """

    sources: list[Source] = field(default_factory=list)
    passed: dict[str, Passed] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def pass_over(self, kind: str, path: str) -> None:
        """Take note of a file that is no inspection."""
        self.passed.setdefault(kind, Passed()).add(path)


def list_inputs(paths: Sequence[Path], out: Path | None = None) -> Listing:
    """Find what is to be inspected.

    Args:
        paths: Folders, which are gone through with all that is below them, files, and patterns such as `*.yaml`.
        out: Where the results will go; not looked into, unless it is named itself.
    """
    found = Listing()
    once: set[str] = set()
    own = os.path.realpath(out) if out is not None else ""
    for path in _expanded(paths, found):
        text = str(path)
        if path.is_dir():
            for name, problem in _below(text, own, found):
                _take(found, once, Source(name, is_table(Path(name)), False, problem))
        elif os.path.lexists(text):
            _take(found, once, Source(text, is_table(path)))
        else:
            found.missing.append(text)
            _take(found, once, Source(text, problem="file_missing"))
    if all(source.problem == "file_missing" for source in found.sources):
        found.sources.clear()
    return found


def _take(found: Listing, once: set[str], source: Source) -> None:
    key = os.path.normcase(os.path.abspath(source.path))
    if key in once:
        return
    once.add(key)
    kind = None if source.named or source.problem else kind_of(source)
    if kind is None:
        found.sources.append(source)
    else:
        found.pass_over(kind, source.path)


def _expanded(paths: Sequence[Path], found: Listing) -> Iterator[Path]:
    """Fill in patterns, which not every shell does itself."""
    for path in paths:
        text = str(path)
        if any(mark in text for mark in "*?[") and not os.path.lexists(text):
            names = sorted(glob.glob(text, recursive=True))
            yield from map(Path, names)
            if not names:
                found.missing.append(text)
        else:
            yield path


def _below(folder: str, own: str, found: Listing) -> Iterator[tuple[str, str]]:
    """Give the files below a folder that may be inspections, by name, and folders that cannot be looked into.

    Hidden files are no inspections.
    """
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError:
        yield folder, "file_denied"
        return
    if any(entry.name == "standard.yaml" for entry in entries):
        found.pass_over("standard", folder)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if os.path.realpath(entry.path) != own:
                yield from _below(entry.path, own, found)
        elif entry.name.lower().endswith(FILES) or is_table(Path(entry.name)):
            yield entry.path, ""
        else:
            found.pass_over("link" if entry.is_dir() else "other", entry.path)


def kind_of(source: Source) -> str | None:
    """Tell what a file found in a folder is when it is no inspection; None where it may be one."""
    try:
        if source.path.lower().endswith((".xlsx", ".xlsm")):
            return "own" if is_own_book(source.path) else None
        with open(source.path, "rb", buffering=0) as file:
            head = file.read(_HEAD)
    except OSError:
        return None  # said when it is read
    if not head and os.path.basename(source.path) == "results.jsonl":
        return "result"
    if source.path.lower().endswith(".csv"):
        return "own" if _own_csv(head) else None
    match = _HEADER.search(head)
    kind = match[1].decode() if match else "site"
    if kind == "site":
        return None
    return kind if known(f"batch.passed.{kind}") else "unknown"


def _own_csv(head: bytes) -> bool:
    line = head.decode("utf-8-sig", "replace").partition("\n")[0].strip()
    return line in (error_heads("zh"), error_heads("en"))


def error_heads(lang: Lang) -> str:
    """Give the line of heads of errors.csv, by which it is known again."""
    return ",".join(say(f"summary_book.column.{column}", lang) for column in ERROR_COLUMNS)
