"""Exit codes, and problems said to people."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from enum import IntEnum

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import Problem


class Exit(IntEnum):
    """The exit codes of spec section 5."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    INVALID = 3
    NOTHING = 4
    SOME_FAILED = 5
    NOT_WRITTEN = 6


def tell(text: str) -> None:
    """Say something to the person at the screen; results go to stdout, talk to stderr."""
    with suppress(OSError):  # where nobody can be told, the results still count
        print(text, file=sys.stderr)


def tell_problems(problems: Iterable[Problem], lang: Lang, limit: int = 200) -> None:
    """Say every problem on a line of its own, the same one once."""
    lines = list(dict.fromkeys(problem_line(p, lang) for p in problems))
    for line in lines[:limit]:
        tell(line)
    if len(lines) > limit:
        tell(say("cli.more_problems", lang, count=len(lines) - limit))


def problem_line(problem: Problem, lang: Lang) -> str:
    """Give a problem's line: place, kind, message."""
    kind = say(f"cli.{problem.severity}", lang)
    where = problem.place.text()
    return f"{where}: {kind}{problem.message(lang)}" if where else f"{kind}{problem.message(lang)}"
