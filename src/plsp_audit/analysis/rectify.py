"""Rectification lists: a site's findings, and the lists of counties and of all sites together. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from plsp_audit.analysis.places import by_pinyin, one_name
from plsp_audit.analysis.workdays import Workdays
from plsp_audit.model.ledger import Entry, Finding, row_key
from plsp_audit.model.result import Clause, InspectionInfo, Rectification, Result, RuleResult, SiteInfo, Status
from plsp_audit.model.rollup import Place

By = Literal["site", "county", "all"]
Owner = Callable[[SiteInfo, str], str | None]
"""Gives who is to rectify a rule at a site; None leaves the site's head."""

_COUNTED = ("required", "recommended", "penalty")


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A rule that was not checked (待查): no defect, and in no count of defects."""

    rule: str
    title: str
    clause: Clause
    method: str | None
    asked: str


@dataclass(frozen=True, slots=True)
class SiteList:
    """What one site has to rectify.

    Attributes:
        findings: Its defects, the most urgent first.
        unchecked: What was not checked there.
        place: Where it is, as its county is called throughout.
        score: The score and the grade's title; None where it has none.
    """

    site: SiteInfo
    place: Place
    inspection: InspectionInfo
    standard: str
    standard_title: str
    digest: str
    status: Status
    reason: str | None
    score: tuple[Fraction, str] | None
    findings: tuple[Finding, ...]
    unchecked: tuple[OpenItem, ...]

    @property
    def inspected(self) -> date:
        """The day of the inspection."""
        return date.fromisoformat(self.inspection.date)


@dataclass(frozen=True, slots=True)
class ListGroup:
    """The sites that stand in one list.

    Attributes:
        by: Whether it is the list of a site, of a county, or of all.
        key: What it is known by: the site's id, the county's name, or nothing.
        sites: Its sites, by place and id.
    """

    by: By
    key: str
    place: Place
    sites: tuple[SiteList, ...]

    @property
    def count(self) -> int:
        """How many findings it has."""
        return sum(len(site.findings) for site in self.sites)


def no_owner(site: SiteInfo, rule: str) -> None:
    """Leave every finding to the head of its site."""


def site_list(result: Result, owner: Owner = no_owner, calendar: Workdays | None = None) -> SiteList:
    """Give the findings of one result.

    Args:
        result: What scoring found.
        owner: Who is to rectify what; where it gives None, whom the result names.
        calendar: Counts deadlines in working days; left out, they are the calendar days of the result.
    """
    rules = {rule.id: rule for rule in result.rules or ()}
    inspected = date.fromisoformat(result.inspection.date)
    findings = [_finding(result, line, rules[line.rule], owner, inspected, calendar)
                for line in result.rectification or ()]  # fmt: skip
    unchecked = [
        OpenItem(rule.id, rule.title, rule.clause, rule.method, rule.required)
        for rule in result.rules or ()
        if rule.state == "not_checked" and rule.level in _COUNTED
    ]
    score = None
    if result.score is not None and result.grade is not None:
        score = (result.score.value, result.grade.title)
    site = result.site
    return SiteList(
        site, Place(site.province, site.city, site.county), result.inspection, result.standard.id,
        result.standard.title, result.standard.digest, result.status, result.reason, score, tuple(findings),
        tuple(unchecked),
    )  # fmt: skip


def _finding(
    result: Result, line: Rectification, rule: RuleResult, owner: Owner, inspected: date, calendar: Workdays | None
) -> Finding:
    site = result.site
    due = date.fromisoformat(line.due) if line.due is not None else None
    if due is not None and calendar is not None:
        due = calendar.after(inspected, (due - inspected).days)
    entry = Entry(
        key=row_key(site.id, result.standard.id, rule.id, inspected),
        site=site.id,
        site_name=site.name,
        city=site.city,
        county=site.county,
        tier=site.tier,
        standard=result.standard.id,
        rule=rule.id,
        title=rule.title,
        priority=line.priority,
        due=due,
        inspected=inspected,
        owner=owner(site, rule.id) or line.owner or site.head,
    )
    wanting = line.problem if line.problem not in (rule.observed, rule.title) else ""
    return Finding(entry, line.no, rule.clause, rule.observed, line.requirement, wanting, line.remedy, line.points_lost,
                   penalty=rule.level == "penalty")  # fmt: skip


def grouped(sites: Iterable[SiteList], by: By) -> list[ListGroup]:
    """Put sites into lists, in the order of their places; names of a county that differ only in writing are one."""
    named = _one_named(sites)
    if by == "all":
        return [ListGroup("all", "", Place(None, None, None), tuple(named))]
    if by == "site":
        return [ListGroup("site", site.site.id, site.place, (site,)) for site in named]
    found: dict[Place, list[SiteList]] = {}
    for site in named:
        found.setdefault(site.place, []).append(site)
    keys = _county_keys(list(found))
    return [ListGroup("county", keys[place], place, tuple(some)) for place, some in found.items()]


def _one_named(sites: Iterable[SiteList]) -> list[SiteList]:
    given = list(sites)
    names = one_name({site.place for site in given})
    named = [_placed(site, names[site.place]) for site in given]
    return sorted(named, key=lambda s: (*map(by_pinyin, s.place), s.site.id, s.standard))


def _placed(site: SiteList, place: Place) -> SiteList:
    if place == site.place:
        return site
    findings = tuple(
        replace(finding, entry=replace(finding.entry, city=place.city, county=place.county))
        for finding in site.findings
    )
    return replace(site, place=place, findings=findings)


def _county_keys(places: Sequence[Place]) -> Mapping[Place, str]:
    """Give each county's name, after its city's where several cities have a county of that name."""
    names = [place.county for place in places]
    return {
        place: (place.county or "") if names.count(place.county) == 1 else "".join(filter(None, place[1:]))
        for place in places
    }
