"""What is wrong with a file: where, what, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from plsp_audit.model.catalogue import Lang, say

Severity = Literal["error", "warning"]
# White space and marks that turn the direction of writing: a message stays on its line and reads as it stands.
_ODD_SPACE = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069]+")


class Worded(str):
    """Words in a message that differ by language: the text itself is Chinese, `en` the English."""

    en: str

    def __new__(cls, zh: str, en: str) -> Worded:
        """Keep both."""
        made = super().__new__(cls, zh)
        made.en = en
        return made

    def __reduce__(self) -> tuple[type[Worded], tuple[str, str]]:
        return Worded, (str(self), self.en)

    def told(self, lang: Lang) -> str:
        """Give the words in one language."""
        return self.en if lang == "en" else str(self)


def bracketed(name: str, more: str) -> Worded:
    """Give a name with more about it in brackets, as each language writes them."""
    return Worded(f"{name}（{more}）", f"{name} ({more})")


def enumerated(items: Iterable[str]) -> Worded:
    """List words for a message, parted as each language parts them."""
    words = tuple(items)
    return Worded("、".join(words), ", ".join(w.en if isinstance(w, Worded) else w for w in words))


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
        given = {k: v.en if lang == "en" and isinstance(v, Worded) else v for k, v in self.params.items()}
        params = {k: _ODD_SPACE.sub(" ", v) for k, v in given.items()}
        return say(self.code if "." in self.code else f"problem.{self.code}", lang, **params)

    def text(self, lang: Lang = "zh") -> str:
        """Give the whole line: place, code and message."""
        where = self.place.text()
        return f"{where}: {self.message(lang)}" if where else self.message(lang)

    def at(self, place: Place) -> Problem:
        """Give the same problem at another place."""
        return replace(self, place=place)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Give problems in the order of their lines, each once; files in the order in which they came."""
    once = {(p.place, p.code, tuple(p.params.items())): p for p in problems}
    files = {file: rank for rank, file in enumerate(dict.fromkeys(p.place.file for p in once.values()))}
    return sorted(once.values(), key=lambda p: (files[p.place.file], p.place.line or 0, p.place.column or 0))


class InputError(Exception):
    """A file that cannot be used. Carries every problem that was found in it.

    Attributes:
        problems: All problems, in the order of the file; never empty.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(p.text() for p in self.problems))
