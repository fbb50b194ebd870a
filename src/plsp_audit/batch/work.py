"""One site of a batch: from what was read to the line of its result, or to what is wrong with it.

All that is needed travels with the work: settings and tasks are small and can be sent to other processes and machines.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

from plsp_audit.batch.desk import Desk, Opened, find_evidence, missing_evidence
from plsp_audit.batch.faults import error_rows
from plsp_audit.loading.document import Document
from plsp_audit.loading.packs import Library
from plsp_audit.loading.read_file import BrokenFileError, kind_of, read_bytes, read_limited
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError, Problem, enumerated
from plsp_audit.model.rollup import ErrorRow
from plsp_audit.model.values import shown
from plsp_audit.reporting.json_file import json_line

Evidence: TypeAlias = tuple[tuple[str, str | None], ...]
"""Pieces of evidence with the SHA-256 of their bytes, None for one that is not there."""


class Settings(NamedTuple):
    """How sites are scored.

    Attributes:
        standard: The standard that scores every site; None takes each one's own.
        folders: Folders of the bureau's own standards.
        lang: The language of results and messages.
    """

    standard: str | None = None
    folders: tuple[str, ...] = ()
    lang: Lang = "zh"


class Task(NamedTuple):
    """A site to score.

    Attributes:
        file: The file it stands in, as shown to people.
        number: Which site of its table, from 0.
        row: The site itself where it stands in a table.
        read: SHA-256 of the table.
        data: The bytes of the file, where the worker cannot read it.
        evidence: What is known of its evidence, where the worker cannot look.
    """

    file: str
    number: int = 0
    row: Document | None = None
    read: str = ""
    data: bytes | None = None
    evidence: Evidence | None = None


class Done(NamedTuple):
    """A site that was scored.

    Attributes:
        line: Its result, one line of JSON without the line feed.
        read: SHA-256 of the bytes of its file.
        site: Its id.
        recheck: Whether it is a recheck.
        date: The day of its inspection.
        digest: The fingerprint of the inspection.
        standards: Ids and digests of the standards that had a part in it, first the one that scored it.
        rounded: The score that counts for the grade; empty without one.
        grade: The id of the grade; empty without one.
        evidence: What it names as evidence.
        place: Where in a table it stands; empty for a file.
        warnings: What is said about it.
    """

    line: bytes
    read: str
    site: str
    recheck: bool
    date: str
    digest: str
    standards: tuple[tuple[str, str], ...]
    rounded: str
    grade: str
    evidence: Evidence
    place: str
    warnings: tuple[str, ...]


class Failed(NamedTuple):
    """A site that could not be assessed, and why."""

    rows: tuple[ErrorRow, ...]
    read: str = ""


class Wanting(NamedTuple):
    """A site whose evidence the worker cannot look at: the paths that it names."""

    paths: tuple[str, ...]


Outcome: TypeAlias = Done | Failed | Wanting


@lru_cache(maxsize=4)
def desk_for(settings: Settings) -> Desk:
    """Give the desk of these settings, made once a process."""
    return Desk(Library([Path(folder) for folder in settings.folders]), settings.standard, settings.lang)


def work(settings: Settings, tasks: Sequence[Task]) -> list[Outcome]:
    """Score some sites; whatever is wrong with one, the others go on."""
    desk = desk_for(settings)
    with _tidied_at_the_end():
        return [score_one(desk, task) for task in tasks]


@contextmanager
def _tidied_at_the_end() -> Iterator[None]:
    """Put off the search for cycles: scoring a site leaves none, and looking for them took a sixth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def score_one(desk: Desk, task: Task) -> Outcome:
    """Score one site."""
    read = task.read
    try:
        data = None
        if task.row is None:
            data = task.data if task.data is not None else read_limited(Path(task.file), task.file)
            read = hashlib.sha256(data).hexdigest()
        return _scored(desk, task, _opened(desk, task, data), read)
    except InputError as error:
        return Failed(error_rows(error.problems, desk.lang), read)
    except Exception as error:
        return Failed((_bug(task, error, desk.lang),), read)


def opened_task(desk: Desk, task: Task) -> Opened:
    """Read and bind a site.

    Raises:
        InputError: Everything that is wrong with it.
    """
    return _opened(desk, task, task.data if task.data is not None or task.row is not None
                   else read_limited(Path(task.file), task.file))  # fmt: skip


def _opened(desk: Desk, task: Task, data: bytes | None) -> Opened:
    if task.row is not None:
        return desk.open_document(task.row)
    return _opened_bytes(desk, data or b"", task.file)


def _opened_bytes(desk: Desk, data: bytes, file: str) -> Opened:
    try:
        document = read_bytes(data, file, kind_of(Path(file)))
    except BrokenFileError as error:
        more: Iterable[Problem] = ()
        try:
            desk.open_document(error.document)
        except InputError as found:
            more = found.problems
        raise InputError(error.with_more(more)) from None
    return desk.open_document(document)


def _scored(desk: Desk, task: Task, opened: Opened, read: str) -> Outcome:
    inspection, document = opened.inspection, opened.document
    hashes: Mapping[str, str | None] = {}
    if inspection.evidence:
        if task.evidence is not None:
            hashes = dict(task.evidence)
        elif task.data is not None:
            return Wanting(tuple(dict.fromkeys(p for paths in inspection.evidence.values() for p in paths)))
        else:
            hashes = find_evidence(inspection, Path(task.file).parent)[0]
    scored = desk.score_opened(opened, Path(), (hashes, {}))
    result = scored.result
    place = ""
    if task.row is not None:
        place = document.place(("site", "id")).text()
    return Done(
        line=json_line(result).encode("utf-8"),
        read=read,
        site=result.site.id,
        recheck=result.inspection.kind == "recheck",
        date=result.inspection.date,
        digest=result.input_digest,
        standards=desk.parts_in(opened),
        rounded="" if result.score is None else str(result.score.rounded),
        grade="" if result.grade is None else result.grade.id,
        evidence=tuple(hashes.items()),
        place=place,
        warnings=tuple(_warnings(opened, hashes, desk.lang)),
    )


def _warnings(opened: Opened, hashes: Mapping[str, str | None], lang: Lang) -> Iterable[str]:
    """Say what is odd about a site that was scored all the same."""
    found = {path: Path() for path, digest in hashes.items() if digest is not None}
    for problem in (*opened.warnings, *(missing_evidence(opened, found) if opened.inspection.evidence else ())):
        yield problem.text(lang)
    if opened.aside:
        yield say("input.aside", lang, file=opened.document.file, names=enumerated(opened.aside).told(lang))


def _bug(task: Task, error: Exception, lang: Lang) -> ErrorRow:
    """Give the line of a site on which the program itself failed: it costs that site alone."""
    what = shown(" ".join(f"{type(error).__name__}: {error}".split()))
    return ErrorRow(task.file, fault=say("batch.bug", lang, what=what), remedy=say("batch.bug_remedy", lang))
