"""The rows of a ledger's sheet, matched with what they were made of."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from plsp_audit.loading.ledger_book import Sheet
from plsp_audit.loading.ledger_heads import HEADS, Heads
from plsp_audit.loading.ledger_words import closed_of, date_of, opinion_of, progress_of
from plsp_audit.model.ledger import MARK, TO_FILL, Entry, LedgerRow, Priority, Stray, key_parts
from plsp_audit.model.problem import Place, Problem
from plsp_audit.model.text import squeezed
from plsp_audit.model.values import ValueFault, shown

_LIKE = 0.8
_MOST_GUESSES = 200
_TELLING = ("item", "problem", "remedy", *TO_FILL)
"""The columns of which one alone shows that a row is no heading."""


class Reader:
    """Reads the sheets of all files together.

    Args:
        entries: What the registers say.

    Attributes:
        rows: The rows that could be matched.
        strays: Those that could not.
        remarks: What is odd, each with its cell.
    """

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.rows: list[LedgerRow] = []
        self.strays: list[Stray] = []
        self.remarks: list[Problem] = []
        self._entries = {squeezed(key): entry for key, entry in entries.items()}
        self._names = {squeezed(entry.site_name): entry.site for entry in entries.values()}

    def table(self, sheet: Sheet, heads: Heads) -> None:
        """Read the rows of one sheet."""
        for at in range(heads.row + 1, len(sheet.rows)):
            row = sheet.rows[at]
            said = {column: text for column, place in heads.columns.items() if (text := row[place]) is not None}
            if said and not _is_heading(said):
                self._row(sheet, heads, at, said)

    def _row(self, sheet: Sheet, heads: Heads, at: int, said: Mapping[str, str]) -> None:
        cells = {column: sheet.place(at, place) for column, place in heads.columns.items()}
        key = said.get("key", "")
        place = cells["key"] if "key" in cells else cells[next(iter(said))]
        entry = self._entry(key, said)
        if entry is None:
            self.strays.append(Stray(place, "damaged" if key else "blank", key, "", said))
        elif self._belongs_elsewhere(entry, said):
            self.strays.append(Stray(place, "misplaced", key, "", said))
        else:
            self.rows.append(self._filled(entry, place, said, cells))

    def _entry(self, key: str, said: Mapping[str, str]) -> Entry | None:
        """Give the finding that an identity names; without its register, as far as the row itself tells."""
        known = self._entries.get(squeezed(key)) if key else None
        parts = key_parts(key) if key and known is None else None
        if parts is None:
            return known
        try:
            due = date_of(said.get("due"))
        except ValueFault:
            due = None
        title = said.get("item", "").split("\n")[0].removeprefix(parts.rule).strip()
        return Entry(key, parts.site, said.get("site", "") or parts.site, None, said.get("county") or None, "",
                     parts.standard, parts.rule, title, _priority(said.get("priority", "")), due, parts.inspected,
                     said.get("owner") or None)  # fmt: skip

    def _belongs_elsewhere(self, entry: Entry, said: Mapping[str, str]) -> bool:
        """Tell whether the rest of the row is plainly about another finding: part of the columns was sorted alone."""
        name = squeezed(said.get("site", ""))
        if name in self._names and name != squeezed(entry.site_name):
            return True
        first = said.get("item", "").split("\n")[0].split(maxsplit=1)
        if not first or squeezed(first[0]) == squeezed(entry.rule):
            return False
        other = squeezed(first[0])
        return any(squeezed(e.rule) == other for e in self._entries.values() if e.site == entry.site)

    def _filled(
        self,
        entry: Entry,
        place: Place,
        said: Mapping[str, str],
        cells: Mapping[str, Place],
    ) -> LedgerRow:
        row = LedgerRow(
            entry,
            place,
            progress=progress_of(said.get("progress", "")),
            reviewer=said.get("reviewer") or None,
            opinion=opinion_of(said.get("opinion", "")),
            closed=closed_of(said.get("closed", "")),
            said=said,
            cells=cells,
        )
        for column, read in (("progress", row.progress), ("opinion", row.opinion), ("closed", row.closed)):
            if said.get(column) and read is None:
                self._remark(f"unclear_{column}", cells[column], value=shown(said[column]))
        done = self._date(said.get("done"), "done", cells, entry.inspected)
        due = self._date(said.get("due"), "due", cells, entry.inspected)
        return replace(row, done=done, due=due)

    def _date(self, text: str | None, column: str, cells: Mapping[str, Place], after: date) -> date | None:
        try:
            found = date_of(text, after)
        except ValueFault:
            if column == "done":
                self._remark("bad_date", cells[column], value=shown(text or ""))
            return None
        return found

    def _remark(self, code: str, place: Place, **params: str) -> None:
        self.remarks.append(Problem(f"ledger.{code}", params, place, severity="warning"))

    def placed_strays(self) -> Iterator[Stray]:
        """Give the rows that could not be matched, each with the identity that it probably had."""
        found = {row.entry.key for row in self.rows}
        free = [entry for entry in self._entries.values() if entry.key not in found]
        for number, stray in enumerate(self.strays):
            yield replace(stray, meant=_meant(stray, free)) if number < _MOST_GUESSES else stray


def _is_heading(said: Mapping[str, str]) -> bool:
    """Tell a heading, a repeated head or a hidden mark from a row that says something of a finding."""
    if any(text.startswith(MARK) for text in said.values()):
        return True
    heads = sum(squeezed(text) in map(squeezed, HEADS[column]) for column, text in said.items())
    if heads >= 3:
        return True
    return "key" not in said and not any(column in said for column in _TELLING)


def _priority(text: str) -> Priority:
    plain = squeezed(text)
    return "veto" if "否决" in plain or "veto" in plain else "recommended" if "建议" in plain else "required"


def _meant(stray: Stray, free: list[Entry]) -> str:
    """Give the identity that a row without a sound one probably had, among those that no row has; else nothing."""
    words = stray.said.get("item", "").split("\n")[0].split(maxsplit=1)
    rule, name = squeezed(words[0]) if words else "", squeezed(stray.said.get("site", ""))
    fits = [e for e in free if squeezed(e.rule) == rule and (not name or squeezed(e.site_name) == name)]
    if len(fits) == 1:
        return fits[0].key
    if not stray.key or stray.why == "misplaced":
        return ""
    near = difflib.get_close_matches(stray.key, [e.key for e in fits or free], 2, _LIKE)
    return near[0] if len(near) == 1 or near and _closer(stray.key, near) else ""


def _closer(key: str, near: list[str]) -> bool:
    first, second = (difflib.SequenceMatcher(None, key, one).ratio() for one in near)
    return first > second + 0.02
