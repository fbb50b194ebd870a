"""What every reader gives to those who hold an inspection against its standard, wherever it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from plsp_audit.loading.tree import Tree
    from plsp_audit.model.problem import Place, Problem


class Document(Protocol):
    """Something that was read: a file, a line of JSONL, a row of a table."""

    @property
    def file(self) -> str:
        """The name of the file shown to people."""

    @property
    def text(self) -> str:
        """Its text, empty where it stood in cells."""

    @property
    def tree(self) -> Tree:
        """Its content, every scalar as text.

        Raises:
            InputError: Nothing can be made of it.
        """

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is suspicious in it, though it can be read."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is already known to be wrong with it. With any it must not be scored, only looked at for more."""

    def place(self, path: tuple[str | int, ...], key: bool = False) -> Place:
        """Give the place of the value, or the key, at `path`, or of its nearest ancestor that exists."""

    def called(self, path: tuple[str | int, ...]) -> str | None:
        """Give the name by which people know what stands at `path`, None where it is the last key of the path."""
