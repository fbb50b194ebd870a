"""What is wrong with a file: where, what, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from plsp_audit.model.catalogue import Lang, say

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file: line and column count from 1; sheet and cell for workbooks."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def text(self) -> str:
        """Give `file:line:column`, or `file[sheet!cell]` for a workbook."""
        if self.sheet is not None:
            return f"{self.file}[{self.sheet}!{self.cell or ''}]"
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `code` names its sentence in the catalogue, `params` fill it in.

    A code without a dot stands in `problem.toml`; else its first part names the file.

    `path` is the way through the document (keys and list indexes) to the faulty node; readers turn it into a
    line and column.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    place: Place = Place()
    path: tuple[str | int, ...] = ()
    severity: Severity = "error"

    def message(self, lang: Lang = "zh") -> str:
        """Say what is wrong and what would be right, in `lang`."""
        return say(self.code if "." in self.code else f"problem.{self.code}", lang, **self.params)

    def text(self, lang: Lang = "zh") -> str:
        """Give the whole line: place, code and message."""
        where = self.place.text()
        return f"{where}: {self.message(lang)}" if where else self.message(lang)

    def at(self, place: Place) -> Problem:
        """Give the same problem at another place."""
        return replace(self, place=place)


class InputError(Exception):
    """A file that cannot be used. Carries every problem that was found in it.

    Attributes:
        problems: All problems, in the order of the file; never empty.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(p.text() for p in self.problems))
