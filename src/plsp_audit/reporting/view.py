"""A site's report in words: everything that a page or a sheet of it says, rounded for paper, in one language.

Renderers draw a `SiteReportView` and decide nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import bracketed
from plsp_audit.model.result import DimensionResult, Result
from plsp_audit.reporting.assumed import assumptions
from plsp_audit.reporting.listrows import evidence_rows, rectify_rows, self_rows, waiver_rows
from plsp_audit.reporting.outcome import headline, statements
from plsp_audit.reporting.rows import (
    AssumptionRow,
    DimensionRow,
    Entry,
    EvidenceRow,
    Headline,
    NoteRow,
    Origin,
    RectifyRow,
    RuleGroup,
    RuleRow,
    SelfRow,
    Signature,
    Statement,
    WaiverRow,
)
from plsp_audit.reporting.rulerows import extra_groups, rule_groups, rule_rows, source_entries
from plsp_audit.reporting.wording import NOTHING, clean, day, label, listed, number, percent, span

if TYPE_CHECKING:
    from plsp_audit.model.standard import ResolvedStandard

_SIGNERS = 30
"""How many inspectors the signature block names at most."""


@dataclass(frozen=True, slots=True)
class SiteReportView:
    """One site's report. Empty tuples are parts that this site has nothing to say under.

    Attributes:
        sources: The documents that `RuleRow.clause_ref` numbers, where there are several.
        rules: Every rule in the standard's order; `groups` and `extras` hold the same rows, grouped.
        reason: Why the site is not rated or has no score.
        date: The day of the inspection as it is printed; `date_iso` the same for metadata.
    """

    lang: Lang
    title: str
    site_name: str
    date: str
    date_iso: str
    site: tuple[Entry, ...]
    inspection: tuple[Entry, ...]
    status_label: str
    reason: str
    headline: Headline | None
    statements: tuple[Statement, ...]
    dimensions: tuple[DimensionRow, ...]
    total: DimensionRow | None
    sources: tuple[Entry, ...]
    rules: tuple[RuleRow, ...]
    groups: tuple[RuleGroup, ...]
    extras: tuple[RuleGroup, ...]
    open_items: tuple[RuleRow, ...]
    evidence_missing: tuple[RuleRow, ...]
    assumptions: tuple[AssumptionRow, ...]
    rectification: tuple[RectifyRow, ...]
    evidence: tuple[EvidenceRow, ...]
    waivers: tuple[WaiverRow, ...]
    self_scores: tuple[SelfRow, ...]
    notes: tuple[NoteRow, ...]
    signatures: tuple[Signature, ...]
    origin: Origin


def site_view(result: Result, standard: ResolvedStandard | None, lang: Lang = "zh") -> SiteReportView:
    """Put a result into the words of its report.

    Args:
        result: What scoring found.
        standard: The resolved standard it was scored under; without it the report says that its assumptions,
            guides and grade titles are not at hand.
        lang: The language of the report's own words; what the files say stays as it is.
    """
    rows = rule_rows(result, standard, lang)
    return SiteReportView(
        lang=lang,
        title=say(f"report.title.{result.inspection.kind}", lang),
        site_name=clean(result.site.name, lang, 200),
        date=day(result.inspection.date, lang),
        date_iso=result.inspection.date,
        site=_site(result, standard, lang),
        inspection=_inspection(result, standard, lang),
        status_label=say(f"label.status.{result.status}", lang),
        reason=clean(result.reason, lang),
        headline=headline(result, standard, lang),
        statements=statements(result, standard, lang),
        dimensions=tuple(_dimension(d, result, standard, lang) for d in result.dimensions or ()),
        total=_total(result, standard, lang),
        sources=source_entries(result, standard, lang),
        rules=rows,
        groups=rule_groups(result, rows, lang),
        extras=extra_groups(rows, lang),
        open_items=tuple(row for row in rows if row.open),
        evidence_missing=tuple(row for row in rows if row.evidence_missing),
        assumptions=assumptions(standard, result.site.tier, lang) if rows else (),
        rectification=rectify_rows(result, lang),
        evidence=evidence_rows(result, lang),
        waivers=waiver_rows(result, lang),
        self_scores=self_rows(result, lang),
        notes=tuple(NoteRow(row.id, row.title, row.note) for row in rows if row.note),
        signatures=_signatures(result, lang),
        origin=Origin(
            status=result.status,
            tool=clean(result.tool, lang, 100),
            standard=clean(bracketed(result.standard.title, result.standard.id).told(lang), lang, 300),
            digest=clean(result.standard.digest, lang, 100),
            input_digest=clean(result.input_digest, lang, 100),
        ),
    )


def _entries(pairs: list[tuple[str, str]], lang: Lang) -> tuple[Entry, ...]:
    return tuple(Entry(say(f"report.site.{key}", lang), value) for key, value in pairs if value)


def _site(result: Result, standard: ResolvedStandard | None, lang: Lang) -> tuple[Entry, ...]:
    site = result.site
    places = [clean(p, lang, 100) for p in (site.province, site.city, site.county, site.town, site.village) if p]
    tiers = {tier.id: tier.title for tier in standard.tiers} if standard else {}
    tier = clean(tiers[site.tier], lang, 100) if site.tier in tiers else label(f"tier.{site.tier}", lang, site.tier)
    pairs = [
        ("name", clean(site.name, lang, 200)),
        ("id", clean(site.id, lang, 100)),
        ("tier", tier),
        ("region", say("report.site.region_separator", lang).join(places)),
        ("head", clean(site.head, lang, 100)),
        ("phone", clean(site.phone, lang, 100)),
    ]
    return _entries(pairs, lang)


def _inspection(result: Result, standard: ResolvedStandard | None, lang: Lang) -> tuple[Entry, ...]:
    given = result.inspection
    origin = (clean(standard.issuer, lang, 100), day(standard.issued, lang)) if standard else ()
    pairs = [
        ("date", day(given.date, lang)),
        ("kind", say(f"label.kind.{given.kind}", lang)),
        ("team", clean(given.team, lang, 200)),
        ("inspectors", clean(listed(given.inspectors, lang), lang, 400)),
        ("methods", clean(listed(given.methods, lang), lang, 400)),
        ("standard", clean(result.standard.title, lang, 200)),
        ("issuer", listed([part for part in origin if part], lang)),
    ]
    return _entries(pairs, lang)


def _dimension(row: DimensionResult, result: Result, standard: ResolvedStandard | None, lang: Lang) -> DimensionRow:
    given = next((d for d in standard.dimensions if d.id == row.id), None) if standard else None
    weighted = standard is not None and standard.scoring.model == "weighted"
    mark = given.pass_mark if given else None
    at_most = row.points + _left_out(row.id, result, standard)
    return DimensionRow(
        id=row.id,
        title=clean(row.title, lang, 100),
        weight=number(given.weight) if given and weighted else "",
        pass_mark=percent(mark / 100) if mark is not None else "",
        points=number(row.points),
        awarded=number(row.awarded) if row.points else NOTHING,
        span=span(row.low, row.high),
        rate=percent(row.rate),
        share=_share(row.rate),
        share_high=_share(row.high / at_most) if row.points else None,
        share_pass=_share(mark / 100) if mark is not None else None,
        below_pass_mark=mark is not None and row.rate is not None and row.rate * 100 < mark,
    )


def _left_out(dimension: str, result: Result, standard: ResolvedStandard | None) -> Fraction:
    """Give the points that stand outside a dimension only until its items are checked."""
    if standard is None or standard.scoring.not_checked == "zero":
        return Fraction(0)
    rules = (r for r in result.rules or () if r.dimension == dimension and r.level in ("required", "recommended"))
    return sum((r.points for r in rules if r.state == "not_checked"), Fraction(0))


def _share(rate: Fraction | None) -> float | None:
    return None if rate is None else float(min(max(rate, Fraction(0)), Fraction(1)))


def _total(result: Result, standard: ResolvedStandard | None, lang: Lang) -> DimensionRow | None:
    rows = result.dimensions
    if not rows:
        return None
    points = sum((d.points for d in rows), Fraction(0))
    awarded = sum((d.awarded for d in rows), Fraction(0))
    weighted = standard is not None and standard.scoring.model == "weighted"
    low, high = (sum((getattr(d, end) for d in rows), Fraction(0)) for end in ("low", "high"))
    total = DimensionResult(
        id="",
        title=say("report.dimension.total", lang),
        points=points,
        awarded=awarded,
        low=low,
        high=high,
        # with weights the rate of all points is not the score, and would only be taken for it
        rate=awarded / points if points and not weighted else None,
    )
    return _dimension(total, result, None, lang)


def _signatures(result: Result, lang: Lang) -> tuple[Signature, ...]:
    inspectors = result.inspection.inspectors
    names = tuple(clean(name, lang, 40) for name in inspectors[:_SIGNERS])
    if len(inspectors) > _SIGNERS:
        names += (say("report.sign.and_more", lang, count=len(inspectors)),)

    def block(who: str, lines: tuple[str, ...], names: tuple[str, ...] = (), seal: bool = True) -> Signature:
        said = tuple(say(f"report.sign.{line}", lang) for line in lines)
        return Signature(say(f"report.sign.{who}", lang), names, said, say("report.sign.seal", lang) if seal else "")

    return (
        block("inspectors", ("sign_inspectors", "sign_leader"), names, seal=False),
        block("unit", ("opinion", "sign_unit")),
        block("bureau", ("opinion", "sign_bureau")),
    )
