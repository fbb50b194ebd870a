"""Sites with findings for the tests of rectification lists, ledgers and notices."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from plsp_audit.analysis.rectify import OpenItem, SiteList
from plsp_audit.model.ledger import Entry, Finding, LedgerRow, row_key
from plsp_audit.model.problem import Place as Cell
from plsp_audit.model.result import Clause, InspectionInfo, SiteInfo
from plsp_audit.model.rollup import Place

INSPECTED = date(2018, 10, 23)
STANDARD = "ningxia-2018"
SOURCES = {STANDARD: {"bulletin": "验收专刊", "gansu": "指导意见"}}
TITLES = (
    "办公设备齐全",
    "大厅划分服务区和等候区",
    "公示牌列明事项",
    "设投诉电话、意见箱",
    "台账完整规范",
    "设导引指示栏",
)


def entry(site: int = 1, rule: int = 1, county: str = "兴庆区", **more: Any) -> Entry:
    name = f"NX-S-{rule:02}"
    given: dict[str, Any] = {
        "key": row_key(f"xq-{site:02}", STANDARD, name, INSPECTED),
        "site": f"xq-{site:02}",
        "site_name": f"{county}第{site}街道公共法律服务工作站",
        "city": "银川市",
        "county": county,
        "tier": "station",
        "standard": STANDARD,
        "rule": name,
        "title": TITLES[(rule - 1) % len(TITLES)],
        "priority": "required",
        "due": INSPECTED + timedelta(days=15 * rule),
        "inspected": INSPECTED,
        "owner": "张某某",
    }
    return Entry(**(given | more))


def finding(site: int = 1, rule: int = 1, county: str = "兴庆区", **more: Any) -> Finding:
    words = {
        "seen": f"实有{rule}件",
        "asked": f"应有{rule + 2}件",
        "wanting": f"缺少：第{rule}样",
        "remedy": "补齐缺少的",
    }
    texts = {key: more.pop(key, text) for key, text in words.items()}
    clause = Clause(source="bulletin", at=f"三(三){rule}")
    return Finding(entry(site, rule, county, **more), rule, clause, gain=Fraction(2, rule), **texts)


def site(number: int = 1, rules: int = 3, county: str = "兴庆区", **more: Any) -> SiteList:
    """A site with so many findings; `more` replaces fields of the list."""
    found = tuple(finding(number, rule, county) for rule in range(1, rules + 1))
    one = entry(number, 1, county)
    info = SiteInfo(id=one.site, name=one.site_name, tier="station", province="宁夏回族自治区", city="银川市",
                    county=county, head="张某某")  # fmt: skip
    given: dict[str, Any] = {
        "site": info,
        "place": Place("宁夏回族自治区", "银川市", county),
        "inspection": InspectionInfo(
            date=INSPECTED.isoformat(), team="第一组", inspectors=["某甲", "某乙"], methods=["实地查看"]
        ),
        "standard": STANDARD,
        "standard_title": "宁夏验收参考标准",
        "digest": "0" * 64,
        "status": "rated",
        "reason": None,
        "score": (Fraction("78.5"), "中"),
        "findings": found,
        "unchecked": (),
    }
    return SiteList(**(given | more))


def not_rated(number: int = 90) -> SiteList:
    return site(number, 0, status="not_rated", reason="拆迁新建", score=None)


def open_item(rule: str = "NX-S-40") -> OpenItem:
    return OpenItem(rule, "无障碍设施齐全", Clause(source="gansu", at="二(三)"), "实地查看", "应有坡道")


def row(found: Entry, sheet: str = "整改清单", line: int = 6, file: str = "a.xlsx", **more: Any) -> LedgerRow:
    """A row of a ledger; `said` gives what its cells say, from which `filled` is told."""
    place = Cell(file, sheet=sheet, cell=f"P{line}")
    letters = dict(zip(("due", "progress", "done", "reviewer", "opinion", "closed"), "JKLMNO", strict=True))
    cells = {column: Cell(file, sheet=sheet, cell=f"{letter}{line}") for column, letter in letters.items()}
    said = {key: str(value) for key, value in more.items() if key in letters and value is not None}
    given: dict[str, Any] = {"said": said, "cells": cells} | more
    return LedgerRow(found, place, **given)
