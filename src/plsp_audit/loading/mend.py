"""Slips of writing put right in memory, so that one run can tell what is wrong behind them as well.

Nothing that was mended is ever scored: the slips stay errors, and only looking for more goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from plsp_audit.loading.limits import MAX_PROBLEMS
from plsp_audit.loading.slips import MAX_SLIPS, alike, json_ways, shows, yaml_ways
from plsp_audit.model.problem import InputError, Problem

#: Longer texts are not mended: every slip costs a few more readings of the whole.
MAX_LENGTH = 128 * 1024

#: Slips that show in their line.
_PLAIN = frozenset((
    "yaml_tab_indent", "yaml_wide_space_indent", "yaml_wide_colon", "yaml_no_space_after_colon", "yaml_escape",
    "yaml_no_space_after_dash", "json_wide_mark", "json_trailing_comma", "json_comment", "json_single_quote",
))  # fmt: skip


class Once(NamedTuple):
    """One reading of a text.

    Attributes:
        tree: What was read of it; None where it could not be read to its end.
        faults: What is wrong with what was read.
        stop: Where and why reading ended before the end.
    """

    tree: Any
    faults: list[Problem]
    stop: Problem | None


class Mended(NamedTuple):
    """What came of a text with slips.

    Attributes:
        text: The text as it could be read, with the lines that it had.
        tree: What is in it; None where it could not be mended.
        lost: Whether something of it had to be left out, so that what is missing may have been there.
    """

    problems: list[Problem]
    text: str
    tree: Any
    lost: bool


class BrokenTextError(InputError):
    """A text with faults of writing, and what can be read of it all the same.

    Attributes:
        mended: The same with its tree, to look for more.
    """

    def __init__(self, mended: Mended) -> None:
        super().__init__(mended.problems)
        self.mended = mended


def mend(text: str, read: Callable[[str], Once], kind: str) -> Mended:
    """Read a text, putting slip after slip right until it can be read to its end, or not at all.

    Args:
        text: What was written.
        read: Reads it once.
        kind: `yaml` or `json`.
    """
    first = once = read(text)
    told: list[Problem] = []
    seen: set[Any] = set()
    lost, mended = False, text
    while once.stop is not None:
        seen.add((once.stop.code, once.stop.place))
        if not (once.stop.code == "json_unclosed" and told and told[-1].code == "json_unclosed"):
            told += _moved([once.stop], text, mended)
        best = None
        if len(text) <= MAX_LENGTH and len(told) <= MAX_SLIPS:
            told += _moved(alike(mended, once.stop), text, mended)
            ways = json_ways(mended, once.stop) if kind == "json" else yaml_ways(mended, once.stop, once is first)
            best = _best(ways, read, seen)
        if best is None:
            # What was told last may come of a wrong guess; what shows by itself is a slip in any case.
            sure = [p for number, p in enumerate(told) if not number or p.code in _PLAIN or shows(text, p)]
            return Mended(_ordered([*sure, *first.faults]), mended, None, lost)
        mended, once = best[:2]
        lost = lost or best[2]
    faults = _moved(once.faults, text, mended)
    return Mended(_ordered(told + faults), mended, _sound(once.tree), lost or _odd(once.tree))


def column_in(written: str, mended: str, column: int) -> int:
    """Give where in a line as it was written a column of the mended line is."""
    if mended and column - 1 > _same(mended, written) and len(mended) - column < _same(mended[::-1], written[::-1]):
        column += len(written) - len(mended)
    return max(1, min(column, len(written) + 1))


def _same(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _ordered(problems: list[Problem]) -> list[Problem]:
    """Give the problems in the order of the text, each once."""
    once = {(p.code, p.place): p for p in problems}
    return sorted(once.values(), key=lambda p: (p.place.line or 0, p.place.column or 0))[: MAX_PROBLEMS + MAX_SLIPS]


def _moved(problems: list[Problem], written: str, mended: str) -> list[Problem]:
    """Give problems of a mended text at their places in the text as it was written."""
    if written == mended:
        return problems
    lines, others = written.split("\n"), mended.split("\n")
    found = []
    for problem in problems:
        line, column = problem.place.line or 1, problem.place.column or 1
        if line <= len(lines) and lines[line - 1] != others[line - 1]:
            column = column_in(lines[line - 1], others[line - 1], column)
        found.append(problem.at(replace(problem.place, column=column)))
    return found


def _best(ways: Iterable[tuple[str, bool]], read: Callable[[str], Once], seen: Any) -> tuple[str, Once, bool] | None:
    """Give the way of putting a slip right by which reading gets furthest."""
    best, reached = None, (0, 0)
    for tried, drops in ways:
        once = read(tried)
        if once.stop is None:
            return tried, once, drops
        place = once.stop.place
        if (once.stop.code, place) in seen:
            continue
        far = (place.line or 0, place.column or 0)
        if far > reached:
            best, reached = (tried, once, drops), far
    return best


def _odd(node: Any) -> bool:
    """Tell whether readers had to make up something: a name for what had none, a value for what is not there."""
    if isinstance(node, dict):
        return any(key.startswith(("\0", "<<\0")) or _odd(value) for key, value in node.items())
    return any(map(_odd, node)) if isinstance(node, list) else isinstance(node, str) and "\0" in node


def _sound(node: Any) -> Any:
    """Give a tree without what had to be made up; nesting is at most 50 deep here."""
    if isinstance(node, dict):
        return {key: _sound(value) for key, value in node.items() if "\0" not in key}
    if isinstance(node, list):
        return [_sound(item) for item in node]
    return None if isinstance(node, str) and "\0" in node else node
