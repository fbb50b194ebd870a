"""Results read back: `plsp: result/1` files, `results.jsonl`, and the folders into which results were written.

Numbers are read as they are written, digit by digit, never through binary floating point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final, Literal

from plsp_audit.loading.decode import decode
from plsp_audit.loading.json_read import read_json
from plsp_audit.loading.limits import MAX_BYTES
from plsp_audit.loading.read_file import RawDocument, read_limited
from plsp_audit.loading.result_check import checked
from plsp_audit.model.problem import InputError, Place, Problem, Worded
from plsp_audit.model.result import Result

RESULTS: Final = "results.jsonl"
"""The file in which a batch keeps all its results, one a line."""

#: More faults of one file than this are counted, not told.
_MOST_FAULTS = 100
_HEAD = 4096
_PLSP = re.compile(rb'"plsp"\s*:\s*"([\w-]{1,30})/')
#: After these nothing else in the file can be read either.
_HOPELESS = ("file_utf16", "file_is_office", "file_is_pdf", "file_is_picture", "file_binary", "file_unknown_encoding")

_INSPECTION, _TABLE = Worded("检查文件", "an inspection"), Worded("表格", "a table")
_OTHER_KINDS: Final = {".yaml": _INSPECTION, ".yml": _INSPECTION, ".csv": _TABLE, ".xlsx": _TABLE, ".xlsm": _TABLE}

Holds = Literal["results", "inspections", "nothing"]


@dataclass(frozen=True, slots=True)
class LoadedResult:
    """A result, and where it stands: the file, and the line where it is one of many in it."""

    result: Result
    place: Place

    @property
    def file(self) -> Path:
        """The file it stands in."""
        return Path(self.place.file)


@dataclass(slots=True)
class _Reader:
    """Remembers what was read, so that nothing counts twice."""

    problems: list[Problem] = field(default_factory=list)
    _first: dict[tuple[str, str, str], Place] = field(default_factory=dict)

    def take(self, text: str, place: Place) -> Iterator[LoadedResult]:
        """Give the result that `text` holds, unless something is wrong with it."""
        document = RawDocument(place.file, text, "json", "utf-8", read_json(text, place.file))
        result = checked(document)
        key = (result.site.id, result.input_digest, result.standard.digest)
        first = self._first.setdefault(key, place)
        if first is not place:
            params = {"site": result.site.id, "first": first.text()}
            raise InputError([Problem("results.twice", params, place)])
        yield LoadedResult(result, place)

    def single(self, path: Path) -> Iterator[LoadedResult]:
        """Give the result of a file that holds one."""
        file = str(path)
        try:
            yield from self.take(decode(read_limited(path, file), file).text, Place(file))
        except InputError as error:
            self.problems += error.problems

    def lines(self, path: Path) -> Iterator[LoadedResult]:
        """Give the results of a file that holds one a line."""
        file, faults = str(path), 0
        for number, line in _lines(path):
            try:
                if len(line) > MAX_BYTES:
                    raise InputError([Problem("results.long_line", {}, Place(file))])
                yield from self.take(decode(line, file).text, Place(file, number))
            except InputError as error:
                self.problems += [_on_line(p, number) for p in error.problems]
                faults += len(error.problems)
                if any(p.code in _HOPELESS for p in error.problems):
                    return
            if faults >= _MOST_FAULTS:
                self.problems.append(Problem("schema.more_faults", {"limit": str(faults)}, Place(file, number)))
                return


def _on_line(problem: Problem, number: int) -> Problem:
    # What is read of a line believes that it is the first.
    given = problem.place
    return problem.at(replace(given, line=number, column=None if given.line is None else given.column))


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Give the lines that are not blank, with their numbers; of one that is too long only the beginning.

    Raises:
        InputError: The file cannot be opened.
    """
    if not path.is_file():
        read_limited(path, str(path))  # says what is wrong with it
    try:
        with open(path, "rb") as stream:
            number = 0
            while line := stream.readline(MAX_BYTES + 1):
                number += 1
                rest = line
                while rest and not rest.endswith(b"\n"):
                    rest = stream.readline(MAX_BYTES)
                if line.strip():
                    yield number, line
    except OSError as error:
        params = {"file": str(path), "reason": error.strerror or str(error)}
        raise InputError([Problem("file_unreadable", params, Place(str(path)))]) from None


def read_results(paths: Iterable[Path]) -> Iterator[LoadedResult]:
    """Give the results of files and folders, one at a time, in the order in which they stand.

    A folder is read by its `results.jsonl`, and by nothing else where it has one; otherwise by every result among its
    `.json` files and in its subfolders. Several inspections of one site are all given; `newest` says which count.

    Args:
        paths: Result files (`.json`), files of one result a line (`.jsonl`), folders.

    Raises:
        InputError: When everything else has been given: all that is wrong with any of the files, and the results that
            were there twice. A caller that writes what it makes only afterwards never writes half of it.
    """
    reader = _Reader()
    seen: dict[Path, Path] = {}
    for path in paths:
        for file in _files(path):
            real = file.resolve()
            if real in seen:
                reader.problems.append(Problem("results.file_twice", {"first": str(seen[real])}, Place(str(file))))
                continue
            seen[real] = file
            try:
                _refuse_others(file)
                yield from reader.lines(file) if file.suffix.lower() == ".jsonl" else reader.single(file)
            except InputError as error:
                reader.problems += error.problems
    if reader.problems:
        raise InputError(reader.problems)


def _refuse_others(file: Path) -> None:
    """Tell an inspection or a table as what it is: read as a result, it would be told as a result full of faults."""
    what = _OTHER_KINDS.get(file.suffix.lower())
    if what is not None and file.is_file():
        raise InputError([Problem("results.another_kind", {"what": what}, Place(str(file)))])


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    if (path / RESULTS).is_file():
        yield path / RESULTS
        return
    for inside in sorted(path.iterdir()):
        if inside.name.startswith("."):
            continue
        if inside.is_dir() or (inside.suffix.lower() in (".json", ".jsonl") and holds(inside) == "results"):
            yield from _files(inside)


def holds(path: Path) -> Holds:
    """Tell whether a path holds results or inspections.

    A folder holds results where it has a `results.jsonl`, or a result among its files, and no inspection file beside
    them. What is not there is said to hold inspections: reading it says what is wrong.
    """
    if path.is_dir():
        if (path / RESULTS).is_file():
            return "results"
        found = {holds(inside) for inside in path.iterdir() if _may_hold(inside)}
        return "inspections" if "inspections" in found else "results" if "results" in found else "nothing"
    suffix = path.suffix.lower()
    if suffix not in (".json", ".jsonl"):
        return "inspections"
    try:
        with open(path, "rb") as stream:
            kind = _PLSP.search(stream.read(_HEAD))
    except OSError:
        return "inspections"
    if kind is None or kind[1] == b"site":
        return "inspections"
    return "results" if kind[1] == b"result" else "nothing"


def _may_hold(path: Path) -> bool:
    if path.name.startswith("."):
        return False
    return path.is_dir() or path.suffix.lower() in (".json", ".jsonl", ".yaml", ".yml")


def newest(results: Iterable[LoadedResult]) -> list[LoadedResult]:
    """Give the results that count: of each site those of its newest inspection, of two on one day the recheck.

    One inspection scored by several standards gives several results, and all of them count.
    """
    by_site: dict[str, list[LoadedResult]] = {}
    for loaded in results:
        by_site.setdefault(loaded.result.site.id, []).append(loaded)
    found: list[LoadedResult] = []
    for several in by_site.values():
        last = max(several, key=lambda one: age(one.result)).result
        by_standard = {o.result.standard.id: o for o in several if o.result.input_digest == last.input_digest}
        found += by_standard.values()
    return found


def age(result: Result) -> tuple[date, bool, str]:
    """Give what tells the newer of two inspections of a site: the greater one counts."""
    return date.fromisoformat(result.inspection.date), result.inspection.kind == "recheck", result.input_digest


def sites_of(results: Iterable[LoadedResult]) -> dict[str, Sequence[LoadedResult]]:
    """Give every result by site id, oldest first: the inspections of a site one after another."""
    by_site: dict[str, list[LoadedResult]] = {}
    for loaded in results:
        by_site.setdefault(loaded.result.site.id, []).append(loaded)
    return {site: sorted(several, key=lambda one: age(one.result)) for site, several in by_site.items()}
