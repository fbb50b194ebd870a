"""Whole results for circulars: what the roll-up's small ones lack is filled in, so that they can be read as results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from plsp_audit.analysis.bulletin import Gathering
from plsp_audit.analysis.rollup import RollUp
from plsp_audit.model.bulletin import BulletinFacts, BulletinLevel
from plsp_audit.model.bulletin_letter import LetterHead
from plsp_audit.model.result import Result
from plsp_audit.reporting.json_file import as_json
from tests.analysis.factory_rollup import STANDARDS, result

HEAD = LetterHead(issuer="银川市司法局", number="银司发〔2018〕12号", date="2018-12-21")
_PARTS = {"asked": 1, "met": 1, "unknown": 0, "missing": []}


def whole(given: dict[str, Any], **inspection: Any) -> Result:
    """Give a result of the roll-up's tests as a whole one."""
    body = dict(given, inspection=given["inspection"] | inspection)
    for rule in body.get("rules") or ():
        rule.update(low=rule["awarded"], high=rule["awarded"], parts=_PARTS, observed="", required="", reason="",
                    clause={"source": "bulletin", "at": "一"})  # fmt: skip
    return Result.model_validate(body)


def site(sid: str, score: Any = 90, *, team: str | None = "第一组", methods: Sequence[str] = ("实地查看", "查阅资料"),
         **more: Any) -> Result:  # fmt: skip
    """Give a result; see `factory_rollup.result`. `full`, `bonus` and `capped` name what it earned and what caps it."""
    full, capped, left = more.pop("full", ()), more.pop("capped", ()), more.pop("open", False)
    bonus = more.pop("bonus", ())
    given = result(sid, score, **more)
    for dimension in given.get("dimensions") or ():
        if dimension["id"] in full:
            dimension.update(awarded=dimension["points"], rate=1)
    for rule in given.get("rules") or ():
        if rule["id"] in bonus:
            rule.update(awarded=2, state="partial")
    if given["status"] == "rated":
        given.update(capped_by=list(capped), complete=not left)
    return whole(given, team=team, methods=list(methods))


def facts_of(
    results: Iterable[Result], level: BulletinLevel | None = None, order: Sequence[str] = (),
    sampled: dict[str, int | None] | None = None, standards: Any = STANDARDS,
) -> BulletinFacts:  # fmt: skip
    """Give what a circular of these results states."""
    roll, gathering = RollUp(standards, sampled), Gathering()
    for one in results:
        roll.add(as_json(one))
        gathering.add(one)
    return gathering.facts(roll.finish(), level, order)
