"""What a rectification list says of each finding, in words ready to print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from plsp_audit.analysis.rectify import ListGroup, OpenItem, SiteList
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.ledger import Finding, Priority
from plsp_audit.model.result import Clause
from plsp_audit.reporting.wording import clean, listed, priority_word, quoted

_LONG_ASKED, _SHORT_WANTING = 24, 60
"""Characters. What is wanting helps a reader where the requirement is long and it is short itself; where the
requirement is short, what was seen beside it tells as much."""

Sources = Mapping[str, Mapping[str, str]]
"""By standard: the titles of its sources by their ids, as far as the standards are at hand."""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One line of a list.

    Attributes:
        wanting: What is wanting; `seen` and `asked` are what was seen and what was asked.
        clause: Where the requirement stands.
        due: The deadline; None where it is to be set.
    """

    key: str
    county: str
    site: str
    rule: str
    title: str
    clause: str
    wanting: str
    seen: str
    asked: str
    remedy: str
    gain: Fraction
    priority: Priority
    priority_label: str
    owner: str
    due: date | None

    def item(self, lang: Lang) -> str:
        """Give the rule with its clause, on two lines."""
        clause = say("rectify.text.clause", lang, clause=self.clause) if self.clause else ""
        return "\n".join(filter(None, (f"{self.rule} {self.title}".strip(), clause)))

    def problem(self, lang: Lang) -> str:
        """Give what is wanting, what was seen and what was asked, a line each."""
        seen = say("rectify.text.seen", lang, text=self.seen) if self.seen else ""
        asked = say("rectify.text.asked", lang, text=self.asked) if self.asked else ""
        return "\n".join(filter(None, (self.wanting, seen, asked))) or self.title

    def brief(self, lang: Lang) -> str:
        """Give what was seen and what was asked, and what is wanting where that spares the reader comparing them."""
        if not (self.seen and self.asked):
            return self.problem(lang)
        helps = len(self.asked) > _LONG_ASKED and len(self.wanting) <= _SHORT_WANTING
        return self.problem(lang) if helps else replace(self, wanting="").problem(lang)


@dataclass(frozen=True, slots=True)
class OpenLine:
    """What was not checked at a site."""

    county: str
    site: str
    rule: str
    title: str
    clause: str
    method: str
    asked: str


def clause_words(clause: Clause, sources: Mapping[str, str], lang: Lang, *, numbered: bool = False) -> str:
    """Write a clause: its place, and before it the source where there are several, by title or by number."""
    at = clean(listed(clause.at if isinstance(clause.at, list) else [clause.at], lang), lang, 300)
    if clause.source not in sources or len(sources) < 2:
        return at
    if numbered:
        return f"〔{list(sources).index(clause.source) + 1}〕{at}"
    return clean(source_title(sources[clause.source], lang), lang, 300) + ("" if lang == "zh" else " ") + at


def source_title(title: str, lang: Lang) -> str:
    """Give a document's title as a text names it."""
    return f"《{title}》" if lang == "zh" else quoted(title, lang)


def legend(group: ListGroup, sources: Sources, lang: Lang) -> str:
    """Name the sources that clauses number; empty where clauses name them themselves, or there is only one."""
    if not numbers_sources(group):
        return ""
    known = sources.get(group.sites[0].standard, {})
    cited = {finding.clause.source for site in group.sites for finding in site.findings}
    cited |= {item.clause.source for site in group.sites for item in site.unchecked}
    named = [f"〔{no}〕{source_title(t, lang)}" for no, (key, t) in enumerate(known.items(), 1) if key in cited]
    return clean(" ".join(named), lang) if len(known) > 1 else ""


def numbers_sources(group: ListGroup) -> bool:
    """Tell whether clauses name their source by number: where all sites have one standard."""
    return len({site.standard for site in group.sites}) == 1


def finding_line(
    finding: Finding, site: SiteList, sources: Sources, lang: Lang, *, numbered: bool = False
) -> FindingLine:
    """Give the words of a finding; `numbered` names the source of its clause by number."""
    entry = finding.entry
    remedy = clean(finding.remedy, lang) or say("rectify.text.no_remedy", lang)
    return FindingLine(
        key=entry.key,
        county=clean(site.place.county, lang, 100),
        site=clean(entry.site_name, lang, 200),
        rule=clean(entry.rule, lang, 60),
        title=clean(entry.title, lang, 400),
        clause=clause_words(finding.clause, sources.get(site.standard, {}), lang, numbered=numbered),
        wanting=clean(finding.wanting, lang),
        seen=clean(finding.seen, lang),
        asked=clean(finding.asked, lang),
        remedy=remedy,
        gain=finding.gain,
        priority=entry.priority,
        priority_label=priority_word(entry.priority, finding.penalty, lang),
        owner=clean(entry.owner, lang, 100),
        due=entry.due,
    )


def open_line(item: OpenItem, site: SiteList, sources: Sources, lang: Lang, *, numbered: bool = False) -> OpenLine:
    """Give the words of what was not checked."""
    return OpenLine(
        county=clean(site.place.county, lang, 100),
        site=clean(site.site.name, lang, 200),
        rule=clean(item.rule, lang, 60),
        title=clean(item.title, lang, 400),
        clause=clause_words(item.clause, sources.get(site.standard, {}), lang, numbered=numbered),
        method=clean(item.method, lang, 100),
        asked=clean(item.asked, lang),
    )


def lines_of_group(group: ListGroup, sources: Sources, lang: Lang) -> Iterator[FindingLine]:
    """Give the lines of a list, site by site."""
    numbered = numbers_sources(group)
    for site in group.sites:
        for finding in site.findings:
            yield finding_line(finding, site, sources, lang, numbered=numbered)


def list_title(group: ListGroup, lang: Lang) -> str:
    """Give the title of a list."""
    if group.by == "site":
        return say("rectify.title.site", lang, name=clean(group.sites[0].site.name, lang, 200))
    if group.by == "county":
        county = clean(group.key, lang, 100) or say("rectify.text.no_county", lang)
        return say("rectify.title.county", lang, name=county)
    return say("rectify.title.all", lang)


def other_state(site: SiteList, lang: Lang) -> tuple[str, str]:
    """Say why a site has nothing in the list: its status, and the reason."""
    if site.status == "rated":
        return say("rectify.text.nothing", lang), ""
    return say(f"label.status.{site.status}", lang), clean(site.reason, lang)


def summary_line(group: ListGroup, lang: Lang) -> str:
    """Say what a list comes to."""
    if group.by == "site":
        said = say("rectify.note.count_site", lang, count=group.count)
    else:
        having = sum(bool(site.findings) for site in group.sites)
        said = say("rectify.note.count", lang, sites=len(group.sites), having=having, count=group.count)
    veto = sum(f.entry.priority == "veto" for site in group.sites for f in site.findings)
    if veto:
        said += say("rectify.note.veto", lang, count=veto)
    if unchecked := sum(len(site.unchecked) for site in group.sites):
        said += say("rectify.note.unchecked", lang, count=unchecked)
    if unrated := sum(site.status == "not_rated" for site in group.sites):
        said += say("rectify.note.not_rated", lang, count=unrated)
    return said + say("rectify.note.stop", lang)


def newest_day(group: ListGroup) -> date:
    """Give the day of the newest inspection in a list: the date that stands for it in files."""
    return max(site.inspected for site in group.sites)


def site_group(site: SiteList) -> ListGroup:
    """Give the list of one site."""
    return ListGroup("site", site.site.id, site.place, (site,))
