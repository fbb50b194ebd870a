"""The sites of the dashboard, packed as they come: a row for the table, and the detail behind it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from plsp_audit.model.catalogue import Lang
from plsp_audit.model.rollup import Summary
from plsp_audit.reporting.dashboard_data import NAME_LIMIT, GroupData, Texts, packed, where_counted
from plsp_audit.reporting.wording import clean

STATES = ("fail", "partial", "not_checked", "waived", "pass", "not_applicable", "info")
"""The states by number; those before `pass` are told rule by rule."""

_TOLD = 4
STATUSES = ("rated", "not_rated", "no_score")
KINDS = ("self", "acceptance", "recheck", "spot_check")
PRIORITIES = ("veto", "required", "recommended")
CHUNK = 100
"""Sites whose details are read together when one of them is opened."""

_TEXT_LIMIT = 600
_COUNTED = ("required", "recommended", "penalty")


class Limits(NamedTuple):
    """How many sites a page holds.

    Attributes:
        details: With more sites than this, only their rows are there.
        rows: With more, only those of sites without a score.
    """

    details: int = 20_000
    rows: int = 150_000


class Sites:
    """Takes one result after another.

    Args:
        summary: What the results come to.
        groups: Its groups, as the page reads them.
        names: The names of places, and other short texts of the rows.
        lang: The language of the page.
        limits: How many sites the page holds.
    """

    def __init__(self, summary: Summary, groups: Sequence[GroupData], names: Texts, lang: Lang, limits: Limits) -> None:
        self.texts = Texts(lang, _TEXT_LIMIT)
        self.with_details = summary.sites <= limits.details
        self.with_rows = summary.sites <= limits.rows
        self.tool = ""
        self._summary = summary
        self._groups = groups
        self._names = names
        self._lang = lang
        self._counted = where_counted(summary, groups)
        # A hundred thousand small objects would take twice the room of what they hold.
        self._rows = io.BytesIO()
        self._details: list[bytes] = []

    def take(self, result: Mapping[str, Any]) -> None:
        """Take the JSON mapping of a result; an inspection that a newer one replaced is passed over."""
        site = result["site"]
        if not self._summary.counts(result):
            return
        found = self._counted.pop(site["id"], None)
        if found is None:
            return
        self.tool = self.tool or clean(result["tool"], self._lang, NAME_LIMIT)
        if not self.with_rows and result["status"] == "rated":
            return
        number, rank = found
        group = self._groups[number]
        rules = [(rule, _number(group, site["tier"], rule)) for rule in result.get("rules") or ()]
        self._rows.write(b",\n" if self._rows.tell() else b"")
        self._rows.write(packed(self._row(number, rank, result, rules)))
        if self.with_details:
            self._details.append(packed(self._detail(group, result, rules)))

    def rows(self) -> Iterator[bytes]:
        """Give the rows as pieces of one JSON array."""
        return iter((b"[", self._rows.getvalue(), b"]"))

    def details(self) -> Iterator[Iterator[bytes]]:
        """Give the details, in the order of the rows, as JSON arrays of `CHUNK` sites."""
        values = self._details
        return (_array(values[at : at + CHUNK], b",\n") for at in range(0, len(values), CHUNK))

    def _row(self, number: int, rank: int | None, result: Mapping[str, Any], rules: Rules) -> list[Any]:
        group, site, inspection = self._groups[number], result["site"], result["inspection"]
        place = self._summary.place(site)
        score, grade, coverage = result.get("score"), result.get("grade"), result.get("coverage") or {}
        open_grade = result.get("grade_low") != result.get("grade_high")
        marks = (1 if result.get("capped_by") else 0) + (2 if open_grade else 0)
        short: dict[str, list[int]] = {"fail": [], "partial": []}
        for rule, at in rules:
            if rule["state"] in short and rule["level"] in _COUNTED:
                short[rule["state"]].append(at)
        return [
            number, self._short(site["id"]), self._short(site["name"]), group.tier(site["tier"]),
            *map(self._names.number, (place.province, place.city, place.county, site.get("town"))),
            STATUSES.index(result["status"]),
            score["value"] if score else None, score["rounded"] if score else None,
            group.grade(grade["id"]) if grade else -1, rank,
            coverage.get("checked", 0), coverage.get("applicable", 0), marks,
            self._names.number(inspection["date"]), KINDS.index(inspection["kind"]),
            short["fail"], short["partial"], clean(result.get("reason"), self._lang, _TEXT_LIMIT),
        ]  # fmt: skip

    def _detail(self, group: GroupData, result: Mapping[str, Any], rules: Rules) -> list[Any]:
        site, score = result["site"], result.get("score") or {}
        states = Counter(rule["state"] for rule, _ in rules)
        taking = {rule["id"] for rule, _ in rules if rule["level"] == "penalty"}
        told = [
            self._rule(rule, at)
            for rule, at in rules
            if rule["state"] in STATES[:_TOLD] and (rule["level"] in _COUNTED or rule["state"] not in STATES[:2])
        ]
        capped = [self._capped(group, result, site["tier"], name) for name in result.get("capped_by") or ()]
        return [
            [score.get("low"), score.get("high"), group.grade(result.get("grade_low")),
             group.grade(result.get("grade_high")), result.get("bonus"), result.get("penalty"),
             self.texts.number(result["inspection"].get("team"))],
            capped,
            [[group.dimension(d["id"]), d["points"], d["awarded"], d["low"], d["high"], d["rate"]]
             for d in result.get("dimensions") or ()],
            [states[state] for state in STATES],
            told,
            [self._defect(group, site["tier"], line, line["rule"] in taking)
             for line in result.get("rectification") or ()],
        ]  # fmt: skip

    def _rule(self, rule: Mapping[str, Any], at: int) -> list[Any]:
        waiver = rule.get("waiver") or {}
        reason = waiver.get("reason") if rule["state"] == "waived" else rule["reason"]
        bounds = [] if rule["low"] == rule["high"] else [rule["low"], rule["high"]]
        text = self.texts.number
        said = text(rule["observed"]), text(rule["required"]), text(reason), text(rule.get("note"))
        return [at, STATES.index(rule["state"]), rule["points"], rule["awarded"], *said, *bounds]

    def _defect(self, group: GroupData, tier: str, line: Mapping[str, Any], taking: bool) -> list[Any]:
        """Give a line of the rectification list; `taking` tells whether its rule takes points off."""
        text, priority = self.texts.number, line["priority"]
        said = text(line["problem"]), text(line["requirement"]), text(line["remedy"])
        kind = PRIORITIES.index(priority) if priority == "veto" or not taking else len(PRIORITIES)
        rest = kind, text(line["due"]), text(line["owner"])
        return [group.known_rule(tier, line["rule"]), *said, line["points_lost"], *rest]

    def _capped(self, group: GroupData, result: Mapping[str, Any], tier: str, name: str) -> int:
        """Name what keeps the grade down: the text's number, of a rule or a dimension."""
        titles = {d["id"]: d["title"] for d in result.get("dimensions") or ()}
        titles.update((rule["id"], f"{rule['id']} {rule['title']}") for rule in result.get("rules") or ())
        return self.texts.number(titles.get(name, name))

    def _short(self, text: str) -> str:
        return clean(text, self._lang, NAME_LIMIT)


Rules = Sequence[tuple[Mapping[str, Any], int]]
"""The rules of a result with their numbers in the group."""


def _number(group: GroupData, tier: str, rule: Mapping[str, Any]) -> int:
    found = group.known_rule(tier, rule["id"])
    if found >= 0:
        return found
    return group.rule(tier, rule["id"], rule["title"], rule["dimension"], rule["level"])


def _array(values: Any, between: bytes) -> Iterator[bytes]:
    yield b"["
    for at, value in enumerate(values):
        if at:
            yield between
        yield value
    yield b"]"
