"""What a check of files found: a line each, or a JSON document a file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from plsp_audit.cli.exits import problem_line
from plsp_audit.model.catalogue import Lang
from plsp_audit.model.problem import Problem


def near(path: str) -> str:
    """Give a path as it is read most easily: below the working folder without the way there."""
    try:
        found = os.path.relpath(path) if Path(path).is_absolute() else path
    except ValueError:  # another drive
        return path
    return path if found.startswith("..") else found


def told(problems: Iterable[Problem]) -> list[Problem]:
    """Give the problems with their files as `near` writes them, each once."""
    once: dict[Any, Problem] = {}
    for problem in problems:
        place = replace(problem.place, file=near(problem.place.file)) if problem.place.file else problem.place
        once.setdefault((problem.code, place, tuple(sorted(problem.params.items()))), problem.at(place))
    return list(once.values())


def counts(problems: Iterable[Problem]) -> tuple[int, int]:
    """Count errors and warnings."""
    found = [p.severity for p in problems]
    return found.count("error"), found.count("warning")


def print_problems(problems: Sequence[Problem], lang: Lang) -> None:
    """Print each problem on a line of its own."""
    for line in dict.fromkeys(problem_line(p, lang) for p in problems):
        print(line)


def problem_json(problem: Problem, lang: Lang) -> dict[str, Any]:
    """Give a problem for a JSON document; one in a table says in which cell."""
    cell = {"sheet": problem.place.sheet, "cell": problem.place.cell} if problem.place.cell else {}
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        **cell,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message(lang),
    }


def print_json(document: Any) -> None:
    """Print one JSON document on one line."""
    print(json.dumps(document, ensure_ascii=False), flush=True)
