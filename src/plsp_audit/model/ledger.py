"""A rectification ledger (整改台账): what a finding's row says, how it is known again, and what is read back of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from plsp_audit.model.problem import Place
from plsp_audit.model.result import Clause
from plsp_audit.model.text import squeezed

Priority = Literal["veto", "required", "recommended"]
Progress = Literal["none", "started", "done"]
Opinion = Literal["passed", "failed"]
RowState = Literal["open", "done", "verified"]

COLUMNS: Final = (
    "no", "county", "site", "item", "problem", "remedy", "gain", "priority", "owner", "due",
    "progress", "done", "reviewer", "opinion", "closed", "key",
)  # fmt: skip
"""The columns of a ledger, in the order in which they are written."""

TO_FILL: Final = ("progress", "done", "reviewer", "opinion", "closed")
"""Those that are left to fill."""

MARK: Final = "plsp:"
"""What the hidden mark above a column's head begins with; the column's id follows."""

REGISTER: Final = "plsp"
"""The hidden sheet that keeps what the ledger was made of."""

REGISTER_MARK: Final = "ledger/1"
REGISTER_FIELDS: Final = (
    "key", "site", "site_name", "city", "county", "tier", "standard", "rule", "title", "priority", "due", "inspected",
    "owner",
)  # fmt: skip

_BETWEEN: Final = "|"
_CODE_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH: Final = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """What a ledger's register keeps of one finding: enough to know its row again and to tell where it stands.

    Attributes:
        key: The row's identity; see `row_key`.
        due: The deadline; None where there is none.
        inspected: The day of the inspection.
    """

    key: str
    site: str
    site_name: str
    city: str | None
    county: str | None
    tier: str
    standard: str
    rule: str
    title: str
    priority: Priority
    due: date | None
    inspected: date
    owner: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect to rectify: a row of the list.

    Attributes:
        entry: Its identity, place, deadline and owner.
        no: Its number in the site's list.
        seen: What was seen.
        asked: What the standard asks.
        wanting: What is wanting between the two.
        gain: The points to gain, in the standard's points.
        penalty: Whether the rule takes points off rather than gives them.
    """

    entry: Entry
    no: int
    clause: Clause
    seen: str
    asked: str
    wanting: str
    remedy: str
    gain: Fraction
    penalty: bool = False


def row_key(site: str, standard: str, rule: str, inspected: date) -> str:
    """Give the identity of a finding's row: site, standard, rule, day of the inspection, and a check code over them.

    The code tells damage: an identity that was typed over, cut off or mended by hand no longer fits it.
    """
    body = _BETWEEN.join((site, standard, rule, f"{inspected:%Y%m%d}"))
    return f"{body}-{_code(body)}"


def _code(body: str) -> str:
    number = int.from_bytes(hashlib.sha256(squeezed(body).encode()).digest()[:8], "big")
    signs = []
    for _ in range(_CODE_LENGTH):
        number, rest = divmod(number, len(_CODE_SIGNS))
        signs.append(_CODE_SIGNS[rest])
    return "".join(signs)


class KeyParts(NamedTuple):
    """What an identity names."""

    site: str
    standard: str
    rule: str
    inspected: date


def key_parts(text: str) -> KeyParts | None:
    """Give what an identity names; None where it is none, or does not fit its check code."""
    body, _, code = text.strip().rpartition("-")
    if not body or squeezed(code) != _code(body).casefold():
        return None
    head, _, day = body.rpartition(_BETWEEN)
    parts = head.split(_BETWEEN, 2)
    try:
        inspected = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return None
    return KeyParts(parts[0], parts[1], parts[2], inspected) if len(parts) == 3 else None


def looks_like_key(text: str) -> bool:
    """Tell whether a text was an identity once, whole or damaged."""
    return text.count(_BETWEEN) >= 2


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of a filled ledger that could be matched with what it was made of.

    Attributes:
        entry: What it was made of.
        place: Its identity's cell.
        progress: 整改情况; None where it is blank, or says nothing that is known.
        done: 完成日期.
        reviewer: 复核人.
        opinion: 复核意见, as far as it tells whether the repair passed.
        closed: 销号.
        due: The deadline that the row shows now.
        said: What its cells say, as written, by column.
        cells: Where the cells are, by column.
    """

    entry: Entry
    place: Place
    progress: Progress | None = None
    done: date | None = None
    reviewer: str | None = None
    opinion: Opinion | None = None
    closed: bool | None = None
    due: date | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, Place] = field(default_factory=dict)

    @property
    def filled(self) -> tuple[object, ...]:
        """What was filled in; all None in an untouched row."""
        return tuple(squeezed(self.said.get(column, "")) or None for column in TO_FILL)

    @property
    def state(self) -> RowState:
        """Where the finding stands by what the row says.

        A repair that its reviewer refused, or that the row itself calls unfinished, is open, whatever else is filled.
        """
        if self.opinion == "failed" or self.progress in ("none", "started"):
            return "open"
        if self.closed or self.opinion == "passed":
            return "verified"
        return "done" if self.progress == "done" or self.done is not None else "open"

    @property
    def claimed(self) -> bool:
        """Whether the row claims that the repair is done."""
        return self.state != "open"


@dataclass(frozen=True, slots=True)
class Stray:
    """A row that could not be matched: nothing is known of it but what its cells say.

    Attributes:
        place: The cell of its identity, or of its first filled cell.
        why: `blank` (no identity), `damaged`, or `misplaced` (the row is about another finding).
        key: Its identity, as written.
        meant: The identity that it probably had; empty where that cannot be told.
        said: What its cells say, by column.
    """

    place: Place
    why: Literal["blank", "damaged", "misplaced"]
    key: str
    meant: str
    said: Mapping[str, str]
