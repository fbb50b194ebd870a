"""A file on disk to a raw document: bytes, encoding, tree, and where everything in it stands."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from plsp_audit.loading.decode import Encoding, decode, too_large
from plsp_audit.loading.hints import scan_warnings
from plsp_audit.loading.limits import MAX_BYTES
from plsp_audit.loading.locate import Kind, Marks
from plsp_audit.loading.tree import Tree, read_tree
from plsp_audit.model.problem import InputError, Place, Problem


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
    """

    file: str
    text: str
    kind: Kind
    encoding: Encoding
    tree: Tree
    warnings: tuple[Problem, ...] = ()

    @cached_property
    def _marks(self) -> Marks:
        return Marks(self.text, self.kind)

    def place(self, path: tuple[str | int, ...], key: bool = False) -> Place:
        """Give the place of the value, or the key, at `path`, or of its nearest ancestor that exists."""
        return Place(self.file, *self._marks.at(path, key))


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
    """
    decoded = decode(data, file)
    tree = read_tree(decoded.text, file, kind)
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
    try:
        about = os.stat(path)
        if stat.S_ISDIR(about.st_mode):
            raise InputError([Problem("file_is_folder", {"file": file}, Place(file))])
        if not stat.S_ISREG(about.st_mode):
            # A pipe or device may never end.
            raise InputError([Problem("file_is_special", {"file": file}, Place(file))])
        if about.st_size > limit:
            raise InputError([too_large(about.st_size, file)])
        with open(path, "rb", buffering=0) as stream:
            data = stream.read(about.st_size + 1)
            if len(data) > about.st_size:
                # It has grown since; one byte more than allowed is enough to tell.
                data += stream.read(limit + 1 - len(data))
            return data
    except FileNotFoundError:
        raise InputError([Problem("file_missing", {"file": file}, Place(file))]) from None
    except PermissionError:
        raise InputError([Problem("file_denied", {"file": file}, Place(file))]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem("file_unreadable", {"file": file, "reason": reason}, Place(file))]) from None
