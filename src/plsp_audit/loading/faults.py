"""The structural faults of a YAML or JSON file, collected while it is read."""

from __future__ import annotations

from dataclasses import replace

from plsp_audit.loading.characters import place_of
from plsp_audit.loading.limits import MAX_PROBLEMS
from plsp_audit.loading.locate import Kind, Marks
from plsp_audit.model.problem import Problem


class EnoughError(Exception):
    """Reading on would find nothing useful, or cost too much."""


class Faults:
    """The problems of one file so far."""

    def __init__(self, text: str, file: str, kind: Kind = "yaml") -> None:
        self.problems: list[Problem] = []
        self._kind: Kind = kind
        self._repeated: dict[int, int] = {}
        self._text = text
        self._file = file
        self._seen: set[tuple[str, str]] = set()

    def add(self, code: str, offset: int, path: tuple[str | int, ...] = (), /, **params: str) -> None:
        """Note a fault at a character.

        Raises:
            EnoughError: There are so many that reading on is pointless.
        """
        self.problems.append(Problem(code, params, place_of(self._text, offset, self._file), path))
        if len(self.problems) >= MAX_PROBLEMS:
            raise EnoughError

    def add_repeated(self, key: str, offset: int, path: tuple[str | int, ...]) -> None:
        """Note that the key at `path` stands a second time."""
        self._repeated[len(self.problems)] = offset
        self.add("file_duplicate_key", offset, path, key=key, first="")

    def found(self) -> list[Problem]:
        """Give all problems; where a repeated key stood first is worth one more parse, as far as the last of them."""
        if self._repeated:
            marks = Marks(self._text[: max(self._repeated.values())], self._kind)
            for number in self._repeated:
                problem = self.problems[number]
                first, _ = marks.at(problem.path, key=True)
                self.problems[number] = replace(problem, params={**problem.params, "first": str(first)})
            self._repeated.clear()
        return self.problems

    def add_once(self, code: str, offset: int, /, **params: str) -> None:
        """Note a fault the first time that it is met with the same name in it."""
        name = (code, params.get("name", ""))
        if name not in self._seen:
            self._seen.add(name)
            self.add(code, offset, **params)

    def stop(self, code: str, offset: int, /, **params: str) -> EnoughError:
        """Note a fault after which reading ends; give the exception to raise."""
        self.problems.append(Problem(code, params, place_of(self._text, offset, self._file)))
        return EnoughError()
