"""Bytes to text: UTF-8 first, then GB18030, and never a guess that mangles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from plsp_audit.loading.characters import unix_lines, unreadable
from plsp_audit.loading.limits import MAX_BYTES
from plsp_audit.model.problem import InputError, Place, Problem

Encoding = Literal["utf-8", "gb18030"]

# What people hand in by mistake, told by its first bytes.
_FOREIGN = (
    (b"PK\x03\x04", "file_is_office"),
    (b"\xd0\xcf\x11\xe0", "file_is_office"),
    (b"%PDF", "file_is_pdf"),
    (b"\xff\xd8\xff", "file_is_picture"),
    (b"\x89PNG", "file_is_picture"),
    (b"GIF8", "file_is_picture"),
    (b"\xff\xfe", "file_utf16"),
    (b"\xfe\xff", "file_utf16"),
)
_WHOLE_UTF8 = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ASCII = bytes(range(128))
_ASCII_TEXT = re.compile("[\x00-\x7f]+")


@dataclass(frozen=True)
class Decoded:
    """The text of a file, its lines ended by line feeds, and the encoding it was written in."""

    text: str
    encoding: Encoding


def too_large(size: int, file: str, limit: int = MAX_BYTES) -> Problem:
    """Give the problem of a file of `size` bytes that is over the limit."""
    params = {"size": f"{size / (1024 * 1024):.1f}"}
    if limit == MAX_BYTES:
        return Problem("file_too_large", params, Place(file))
    return Problem("site_table.too_large", {**params, "limit": str(limit // (1024 * 1024))}, Place(file))


def foreign(data: bytes) -> str | None:
    """Give the code of the problem when bytes begin like a file that is no text."""
    return next((code for magic, code in _FOREIGN if data.startswith(magic)), None)


def decode(data: bytes, file: str) -> Decoded:
    """Decode the bytes of a YAML or JSON file.

    Args:
        data: All bytes of the file.
        file: The name under which problems are reported.

    Raises:
        InputError: The bytes are empty, too many, or no text in UTF-8 or GB18030.
    """
    if len(data) > MAX_BYTES:
        raise InputError([too_large(len(data), file)])
    code = foreign(data)
    if code is not None:
        raise InputError([Problem(code, {}, Place(file))])
    if b"\x00" in data:
        code = "file_utf16" if _looks_utf16(data) else "file_binary"
        raise InputError([Problem(code, {}, Place(file))])
    text, encoding = told_apart(data, file)
    text = unix_lines(text)
    if not text.strip():
        raise InputError([Problem("file_empty", {}, Place(file))])
    fault = unreadable(text, file)
    if fault is not None:
        raise InputError([fault])
    return Decoded(text, encoding)


def told_apart(data: bytes, file: str) -> tuple[str, Encoding]:
    """Decode bytes as UTF-8, else as GB18030 where they read as Chinese.

    Raises:
        InputError: They are neither, or UTF-8 that was damaged.
    """
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        bad = error.start
    high = len(data.translate(None, _ASCII))
    whole = sum(piece.end() - piece.start() for piece in _WHOLE_UTF8.finditer(data))
    if whole * 2 > high:
        raise InputError([_broken_utf8(data, bad, file)])
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise InputError([Problem("file_unknown_encoding", {}, Place(file))]) from None
    if not _reads_as_chinese(text):
        raise InputError([Problem("file_unknown_encoding", {}, Place(file))])
    return text, "gb18030"


def _broken_utf8(data: bytes, bad: int, file: str) -> Problem:
    # The offset in an utf-8-sig error counts from after the mark.
    body = data.removeprefix(b"\xef\xbb\xbf")
    before = unix_lines(body[:bad].decode("utf-8", "replace"))
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem("file_broken_utf8", {"byte": f"0x{body[bad]:02X}"}, Place(file, line, column))


def _looks_utf16(data: bytes) -> bool:
    """Tell UTF-16 without a mark by its zero bytes: every other one, in ASCII stretches."""
    head = data[:4096]
    if data.count(b"\x00") < 3:
        return False
    return b"\n\x00" in head or b":\x00" in head or b"\x00:" in head or b"\x00\n" in head


def _reads_as_chinese(text: str) -> bool:
    """Tell whether most characters beyond ASCII are common Chinese ones: nearly any bytes pass as GB18030."""
    rest = _ASCII_TEXT.sub("", text)
    common = len(rest.encode("gb2312", "ignore")) // 2
    return common * 4 >= len(rest) * 3
