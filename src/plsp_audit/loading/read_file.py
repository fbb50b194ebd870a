"""A file on disk to a raw document: bytes, encoding, tree, and where everything in it stands."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, TypeVar

from plsp_audit.loading.decode import Encoding, decode, too_large
from plsp_audit.loading.hints import scan_warnings
from plsp_audit.loading.limits import MAX_BYTES
from plsp_audit.loading.locate import Kind, Marks
from plsp_audit.loading.mend import BrokenTextError, column_in
from plsp_audit.loading.tree import Tree, read_tree
from plsp_audit.model.problem import InputError, Place, Problem, in_order

T = TypeVar("T")


@dataclass(frozen=True)
class RawDocument:
    """A file that could be read, not yet checked against any model.

    Attributes:
        file: The name shown to people.
        text: The whole text, its lines ended by line feeds.
        kind: `yaml` or `json`.
        encoding: What it was written in.
        tree: Its content, every scalar as text.
        warnings: What is suspicious in it, though it can be read.
        written: The text before slips in it were put right, to look for more; empty where it had none.
        problems: What is already known to be wrong with it: nothing, in a file that could be read.
    """

    file: str
    text: str
    kind: Kind
    encoding: Encoding
    tree: Tree
    warnings: tuple[Problem, ...] = ()
    written: str = ""
    problems: tuple[Problem, ...] = ()

    @cached_property
    def _marks(self) -> Marks:
        return Marks(self.text, self.kind)

    def place(self, path: tuple[str | int, ...], key: bool = False) -> Place:
        """Give the place of the value, or the key, at `path`, or of its nearest ancestor that exists."""
        line, column = self._marks.at(path, key)
        if self.written:
            mended, written = (text.split("\n")[line - 1] for text in (self.text, self.written))
            column = column_in(written, mended, column)
        return Place(self.file, line, column)

    def called(self, path: tuple[str | int, ...]) -> str | None:
        """Give nothing: what stands in a file is known by its keys."""
        return None


class BrokenFileError(InputError):
    """A file with faults of writing.

    Attributes:
        document: What can be read of it all the same, only to look for more: it must not be scored.
        lost: Whether something had to be left out, so that what is missing may have been there.
    """

    def __init__(self, problems: Iterable[Problem], document: RawDocument, lost: bool) -> None:
        super().__init__(problems)
        self.document = document
        self.lost = lost

    def with_more(self, problems: Iterable[Problem]) -> list[Problem]:
        """Give the faults of writing and, of what else is wrong with the file, what is not merely left out."""
        more = [p for p in problems if not (self.lost and p.code in _OF_LACK)]
        return in_order([*self.problems, *more])


_OF_LACK = frozenset({
    "schema.missing_key", "schema.not_filled", "schema.too_short",
    "input.standard_and_province_missing", "standards_cli.validate.unknown_kind",
})  # fmt: skip


def read_with_more(path: Path, look: Callable[[RawDocument], T], shown: str | None = None) -> T:
    """Read a file and give what `look` makes of it; a file with faults of writing is looked at as far as it goes.

    Raises:
        InputError: Everything that is wrong with the file, what `look` finds included.
    """
    try:
        document = read_path(path, shown)
    except BrokenFileError as error:
        more: Sequence[Problem] = ()
        try:
            look(error.document)
        except InputError as found:
            more = found.problems
        raise InputError(error.with_more(more)) from None
    return look(document)


def read_path(path: Path, shown: str | None = None) -> RawDocument:
    """Read a YAML or JSON file.

    Args:
        path: The file; `.json` is JSON, everything else YAML.
        shown: The name under which problems are reported; left out, the path as given.

    Raises:
        InputError: The file cannot be opened, is too large, is no text, or cannot be read as a tree.
    """
    return read_bytes(read_limited(path, shown or str(path)), shown or str(path), kind_of(path))


def read_bytes(data: bytes, file: str, kind: Kind = "yaml") -> RawDocument:
    """Read the bytes of a YAML or JSON file that come from elsewhere than a path.

    Raises:
        InputError: The bytes are too many, no text, or cannot be read as a tree.
        BrokenFileError: They have faults of writing, and can be looked at for more.
    """
    decoded = decode(data, file)
    try:
        tree = read_tree(decoded.text, file, kind)
    except BrokenTextError as error:
        mended = error.mended
        if mended.tree is None:
            raise
        document = RawDocument(file, mended.text, kind, decoded.encoding, mended.tree, (), decoded.text)
        raise BrokenFileError(mended.problems, document, mended.lost) from None
    warnings = scan_warnings(decoded.text, file, kind)
    if decoded.encoding == "gb18030":
        warnings.insert(0, Problem("file_read_as_gb18030", {}, Place(file), severity="warning"))
    return RawDocument(file, decoded.text, kind, decoded.encoding, tree, tuple(warnings))


def kind_of(path: Path) -> Kind:
    """Tell by its name whether a file is YAML or JSON."""
    return "json" if path.suffix.lower() == ".json" else "yaml"


def read_limited(path: Path, file: str, limit: int = MAX_BYTES) -> bytes:
    """Give the bytes of a file of at most `limit` bytes.

    Raises:
        InputError: There is no such file, it is none, it cannot be opened, or it is too large.
    """
    with opened(path, file, limit) as stream:
        size = os.fstat(stream.fileno()).st_size
        data = stream.read(size + 1)
        if len(data) > size:
            # It has grown since; one byte more than allowed is enough to tell.
            data += stream.read(limit + 1 - len(data))
        return data


@contextmanager
def opened(path: Path, file: str, limit: int = MAX_BYTES) -> Iterator[BinaryIO]:
    """Open a file of at most `limit` bytes; what goes wrong with it in the block is told as for its opening.

    Raises:
        InputError: There is no such file, it is none, it cannot be opened or read, or it is too large.
    """
    try:
        about = os.stat(path)
        if stat.S_ISDIR(about.st_mode):
            raise InputError([Problem("file_is_folder", {"file": file}, Place(file))])
        if not stat.S_ISREG(about.st_mode):
            # A pipe or device may never end.
            raise InputError([Problem("file_is_special", {"file": file}, Place(file))])
        if about.st_size > limit:
            raise InputError([too_large(about.st_size, file, limit)])
        with open(path, "rb", buffering=0) as stream:
            yield stream
    except FileNotFoundError:
        code = "file_link" if os.path.islink(path) else "file_missing"
        raise InputError([Problem(code, {"file": file}, Place(file))]) from None
    except PermissionError:
        raise InputError([Problem("file_denied", {"file": file}, Place(file))]) from None
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) == errno.ELOOP:
            raise InputError([Problem("file_link", {"file": file}, Place(file))]) from None
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem("file_unreadable", {"file": file, "reason": reason}, Place(file))]) from None
