"""Large text files: which encoding they are in, found without holding them whole."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from plsp_audit.loading.characters import unix_lines
from plsp_audit.loading.decode import Encoding, foreign, told_apart
from plsp_audit.loading.limits import MAX_BYTES
from plsp_audit.loading.read_file import opened
from plsp_audit.model.problem import InputError, Place, Problem

MAX_TABLE = 2 * 1024 * 1024 * 1024
_PIECE = 1024 * 1024
_SAMPLE = 4 * _PIECE


def text_encoding(path: Path, file: str) -> Encoding:
    """Tell whether a text file is UTF-8 or GB18030, by reading it once.

    Args:
        path: The file.
        file: The name under which problems are reported.

    Raises:
        InputError: It cannot be opened, is empty, no text in either encoding, or has a line over 5 MiB.
    """
    with opened(path, file, MAX_TABLE) as stream:
        bad = _first_bad(stream, "utf-8", file)
        if bad is None:
            return "utf-8"
        begins, above = _line_start(stream, bad)
        stream.seek(begins)
        sample = stream.read(_SAMPLE)
        if len(sample) == _SAMPLE:
            sample = sample[: sample.rfind(b"\n") + 1] or sample
        try:
            told_apart(sample, file)
        except InputError as error:
            raise InputError([_below(p, above) for p in error.problems]) from None
        stream.seek(0)
        bad = _first_bad(stream, "gb18030", file)
        if bad is not None:
            line = _line_start(stream, bad)[1] + 1
            raise InputError([Problem("file_unknown_encoding", {}, Place(file, line))])
        return "gb18030"


def _first_bad(stream: BinaryIO, encoding: Encoding, file: str) -> int | None:
    """Give the offset of the first byte that is not of the encoding, None when there is none."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    at = run = 0
    line, blank = 1, True
    while True:
        piece = stream.read(_PIECE)
        if not at and (code := foreign(piece)) is not None:
            raise InputError([Problem(code, {}, Place(file))])
        if b"\0" in piece:
            raise InputError([Problem("file_binary", {}, Place(file, line + piece[: piece.find(b"\0")].count(b"\n")))])
        ends = piece.find(b"\n")
        if run + (ends if ends >= 0 else len(piece)) > MAX_BYTES:
            raise InputError([Problem("site_table.long_line", {}, Place(file, line))])
        run = run + len(piece) if ends < 0 else len(piece) - piece.rfind(b"\n") - 1
        before = len(decoder.getstate()[0])
        try:
            blank = not decoder.decode(piece, final=not piece).strip("\ufeff \t\r\n,;") and blank
        except UnicodeDecodeError as error:
            return at - before + error.start
        if not piece:
            break
        line += piece.count(b"\n")
        at += len(piece)
    if blank:
        raise InputError([Problem("file_empty", {}, Place(file))])
    return None


def _line_start(stream: BinaryIO, at: int) -> tuple[int, int]:
    """Give where the line of an offset begins, at most a sample before it, and how many lines are above."""
    stream.seek(0)
    above = 0
    begins = left = at
    last = 0
    done = 0
    while left > 0:
        piece = stream.read(min(_PIECE, left))
        if not piece:
            break
        above += piece.count(b"\n")
        if b"\n" in piece:
            last = done + piece.rfind(b"\n") + 1
        done += len(piece)
        left -= len(piece)
    begins = last
    return begins, above


def _below(problem: Problem, lines: int) -> Problem:
    place = problem.place
    return problem if place.line is None else problem.at(Place(place.file, place.line + lines, place.column))


def text_lines(path: Path, encoding: Encoding) -> Iterator[str]:
    """Give the lines of a file, each with its end as it is written; a mark at the beginning is left out."""
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as stream:
        yield from stream


def plain_cell(text: str) -> str | None:
    """Give a cell without outer white space, its lines ended by line feeds; None for a blank one."""
    return unix_lines(text).strip() or None
