"""Three-valued logic with counts: what a check finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

NO: Final = 0
UNKNOWN: Final = 1
YES: Final = 2
NA: Final = 3
"""Kleene's order: `all` is the least, `any` the greatest of the verdicts that apply; NA does not apply."""

FLIP: Final = (YES, UNKNOWN, NO, NA)
"""What `not` makes of each verdict."""


class Finding(NamedTuple):
    """A verdict and its parts: how many are asked for, met, unknown, and the labels of those missing.

    `open` says that unknown records may hold any number of further parts. `of` says beside each missing member which
    list it is missing from; empty for what is no member of a list.
    """

    verdict: int
    asked: int
    met: int
    unknown: int
    missing: tuple[str, ...] = ()
    open: bool = False
    of: tuple[str, ...] = ()


NOTHING: Final = Finding(NA, 0, 0, 0)
UNSEEN: Final = Finding(UNKNOWN, 1, 0, 1)
MET: Final = Finding(YES, 1, 1, 0)


class Scope:
    """What a check may look at: the facts, the site's own fields, and inside `where` and `meets` one row."""

    __slots__ = ("facts", "row", "site")

    def __init__(self, facts: Mapping[str, Any], site: Mapping[str, str | None], row: Mapping[str, Any] | None = None):
        self.facts = facts
        self.site = site
        self.row = row


CheckFn = Callable[[Scope], Finding]
VerdictFn = Callable[[Scope], int]


def leaf(verdict: VerdictFn, label: str) -> CheckFn:
    """Give a check of one part, reported as missing under `label`."""
    table = (Finding(NO, 1, 0, 0, (label,)), UNSEEN, MET, NOTHING)
    return lambda scope: table[verdict(scope)]
