"""JSONL: one site a line, read as lines here and as JSON where each is wanted."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from plsp_audit.loading.decode import foreign
from plsp_audit.loading.limits import MAX_BYTES
from plsp_audit.loading.read_file import opened
from plsp_audit.loading.site_row import BrokenRow, LineDocument, RowDocument
from plsp_audit.loading.text_file import MAX_TABLE
from plsp_audit.model.problem import InputError, Place, Problem

_BUFFER = 256 * 1024
_MARK = b"\xef\xbb\xbf"


def jsonl_rows(path: Path, file: str, tell: Callable[[Problem], None]) -> Iterator[RowDocument]:
    """Read JSONL line by line.

    Args:
        path: The file.
        file: The name under which problems are reported.
        tell: Takes the warning that it is GB18030.

    Returns:
        Its lines but for blank ones. A line over 5 MiB is given as broken, and the others go on.

    Raises:
        InputError: It cannot be opened, is empty, or no text at all; before the first line is given.
    """
    with opened(path, file, MAX_TABLE) as stream:
        head = stream.read(4096)
    code = foreign(head)
    if code is None and b"\0" in head:
        code = "file_binary"
    if code is None and not head.removeprefix(_MARK).strip() and len(head) < 4096:
        code = "file_empty"
    if code is not None:
        raise InputError([Problem(code, {}, Place(file))])
    return _lines(path, file, tell)


def _lines(path: Path, file: str, tell: Callable[[Problem], None]) -> Iterator[RowDocument]:
    number, told = 0, False
    try:
        with opened(path, file, MAX_TABLE) as raw, io.BufferedReader(raw, _BUFFER) as stream:  # type: ignore[type-var]
            while line := stream.readline(MAX_BYTES + 1):
                number += 1
                if len(line) > MAX_BYTES:
                    _skip(stream, line)
                    place = Place(file, number)
                    yield BrokenRow(file, place, (Problem("site_table.long_line", {}, place),))
                    continue
                if not line.removeprefix(_MARK).strip():
                    continue
                if not told and not _is_utf8(line):
                    told = True
                    tell(Problem("file_read_as_gb18030", {}, Place(file), severity="warning"))
                yield LineDocument(file, number, line)
    except InputError as error:
        yield BrokenRow(file, Place(file, number + 1), error.problems)


def _skip(stream: BinaryIO | io.BufferedReader, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_BUFFER)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
