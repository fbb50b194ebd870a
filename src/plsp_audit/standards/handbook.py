"""A standard as a page to read: where it comes from, what it decided itself, how it scores, and every rule in words.

Pages are Markdown, and the same for the same standard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.result import Level
from plsp_audit.model.standard import Dimension, ResolvedStandard, Source, Tier
from plsp_audit.standards.coverage import ClauseCoverage, SourceCoverage, coverage
from plsp_audit.standards.crosswalk_head import rounding_text
from plsp_audit.standards.handbook_rule import assumed_word, rule_lines
from plsp_audit.standards.markdown import escaped, table
from plsp_audit.standards.parameters import in_words
from plsp_audit.standards.resolve import Resolution
from plsp_audit.standards.shares import SCORED, total
from plsp_audit.standards.tiers import usual_name
from plsp_audit.standards.wording_change import change_text
from plsp_audit.standards.wording_words import squashed

_EXTRA: tuple[Level, ...] = ("bonus", "penalty")
_LEVELS: tuple[Level, ...] = (*SCORED, *_EXTRA, "info")


@dataclass(frozen=True, slots=True)
class _Page:
    """A standard and the language that it is told in."""

    resolution: Resolution
    lang: Lang

    @property
    def standard(self) -> ResolvedStandard:
        return self.resolution.standard

    def say(self, key: str, **params: object) -> str:
        return say(f"handbook.{key}", self.lang, **params)

    def label(self, key: str) -> str:
        return say(f"label.{key}", self.lang)

    def join(self, items: Sequence[str]) -> str:
        return say("wording.list.join", self.lang).join(items)

    def section(self, key: str, lines: Iterator[str]) -> Iterator[str]:
        """Give a section with its heading; nothing where it would be empty."""
        body = list(lines)
        if body:
            yield from (f"## {self.say(f'heading.{key}')}", "", *body, "")


def standard_page(resolution: Resolution, lang: Lang = "zh") -> str:
    """Write the page of a standard."""
    page = _Page(resolution, lang)
    standard = page.standard
    lines = [f"# {escaped(squashed(standard.title))}", "", page.say("generated", id=standard.id), "", _about(page), ""]
    lines += page.section("sources", _sources(page))
    if standard.notes:
        lines += page.section("notes", iter([escaped(squashed(standard.notes))]))
    lines += page.section("assumed", _assumed(page))
    lines += page.section("changes", _changes(page))
    lines += page.section("grades", _grades(page))
    lines += page.section("scoring", iter([page.say("separator").join(_scoring(page)) + page.say("stop")]))
    lines += page.section("parameters", _parameters(page))
    lines += page.section("points", _points(page))
    for tier in standard.tiers:
        lines += _tier(page, tier)
    lines += page.section("coverage", _coverage(page))
    return "\n".join(lines).rstrip() + "\n"


def index_page(standards: Sequence[ResolvedStandard], lang: Lang = "zh") -> str:
    """Write the page that leads to those of the standards, `<id>.md` beside it."""
    heads = [say(f"handbook.column.{key}", lang) for key in ("id", "title", "province", "tiers", "basis")]
    rows = []
    for standard in standards:
        tiers = [
            say("handbook.tier.tiers", lang, title=usual_name(t.id, lang), count=len(standard.rules[t.id]))
            for t in standard.tiers
        ]
        basis = say(f"label.scoring.points_basis.{standard.points_basis}", lang)
        title = escaped(squashed(standard.title))
        tiers_text = escaped(say("wording.list.join", lang).join(tiers))
        rows.append([f"[{standard.id}]({standard.id}.md)", title, escaped(standard.province or ""), tiers_text, basis])
    lines = [f"# {say('handbook.index.title', lang)}", "", say("handbook.index.about", lang), ""]
    lines += [*table(heads, rows), "", say("handbook.index.generated", lang)]
    return "\n".join(lines) + "\n"


def _about(page: _Page) -> str:
    standard = page.standard
    items = [
        page.say(key, **{key: escaped(value)})
        for key in ("issuer", "issued", "province")
        if (value := getattr(standard, key))
    ]
    items.append(page.label(f"scoring.points_basis.{standard.points_basis}"))
    if len(standard.lineage) > 1:
        items.append(page.say("lineage", names=page.join([f"[{n}]({n}.md)" for n in standard.lineage[:-1]])))
    return page.say("about", id=standard.id, items=page.say("separator").join(items))


def _sources(page: _Page) -> Iterator[str]:
    for source in page.standard.sources:
        yield page.say("bullet", text=_source(page, source))


def _source(page: _Page, source: Source) -> str:
    title = page.say("source.title", title=escaped(squashed(source.title).strip("《》")))
    if len(page.standard.sources) > 1:
        title += page.say("source.id", id=source.id)
    items = [title]
    for key in ("issuer", "issued", "number", "note"):
        if value := getattr(source, key):
            items.append(page.say(f"source.{key}", **{key: escaped(squashed(value))}))
    return page.say("separator").join(items)


def _word(page: _Page, word: str) -> str:
    return escaped(assumed_word(word, page.lang))


def _assumed(page: _Page) -> Iterator[str]:
    standard = page.standard
    found = [say(f"report.assumed.points_{standard.points_basis}", page.lang)]
    if standard.scoring.assumed:
        items = page.join([_word(page, word) for word in standard.scoring.assumed])
        found.append(page.say("assumed.scoring", items=items))
    grades = [escaped(grade.title) for grade in standard.grades if grade.assumed]
    if grades:
        found.append(page.say("assumed.grades", items=page.join(grades)))
    for tier in standard.tiers:
        words = Counter(word for rule in standard.rules[tier.id] for word in rule.assumed)
        items = page.join([page.say("assumed.count", word=_word(page, w), count=n) for w, n in words.items()])
        if items:
            found.append(page.say("assumed.tier", tier=usual_name(tier.id, page.lang), items=items))
    if len(found) == 1:
        found.append(page.say("assumed.none"))
    yield from (page.say("bullet", text=text) for text in found)


def _changes(page: _Page) -> Iterator[str]:
    for change in page.standard.changes:
        target = escaped(change.target)
        if change.tier:
            target = page.say("assumed.in_tier", target=target, tier=usual_name(change.tier, page.lang))
        what = escaped(change_text(change, page.standard, page.lang))
        said = page.say("assumed.change", target=target, what=what, reason=escaped(change.reason))
        yield page.say("bullet", text=said)


def _grades(page: _Page) -> Iterator[str]:
    rows = [
        [
            escaped(grade.title),
            page.say("grade.start", start=number_text(grade.from_)),
            page.say("grade.assumed" if grade.assumed else "grade.source"),
        ]
        for grade in page.standard.grades
    ]
    yield from table([page.say(f"column.{key}") for key in ("grade", "start", "source")], rows)


def _scoring(page: _Page) -> Iterator[str]:
    scoring = page.standard.scoring
    model = page.label(f"scoring.model.{scoring.model}")
    yield page.say("scoring.model", model=model, full=number_text(scoring.full_marks))
    if scoring.base:
        yield page.say("scoring.base", base=number_text(scoring.base))
    for key in ("max_total", "bonus_cap"):
        marks = getattr(scoring, key)
        if marks is not None:
            yield page.say(f"scoring.{key}", marks=number_text(marks))
    for key in ("not_applicable", "not_checked"):
        yield page.say(f"scoring.{key}", policy=page.label(f"scoring.{key}.{getattr(scoring, key)}"))
    yield page.say("scoring.rounding", rounding=rounding_text(page.standard, page.lang))
    if scoring.below_pass_mark is not None:
        grade = next((g.title for g in page.standard.grades if g.id == scoring.below_pass_mark), "")
        yield page.say("scoring.pass_cap", grade=escaped(grade))


def _parameters(page: _Page) -> Iterator[str]:
    rows = [
        [escaped(squashed(parameter.title or name)), escaped(in_words(parameter)), f"`${name}`"]
        for name, parameter in page.standard.parameters.items()
    ]
    if rows:
        yield from table([page.say(f"column.{key}") for key in ("parameter", "value", "name")], rows)


def _points(page: _Page) -> Iterator[str]:
    standard = page.standard
    weighted = standard.scoring.model == "weighted"
    marked = any(d.pass_mark is not None for d in standard.dimensions)
    heads = [page.say("column.dimension")]
    heads += [page.say("column.weight")] * weighted + [page.say("column.pass_mark")] * marked
    heads += [escaped(usual_name(tier.id, page.lang)) for tier in standard.tiers]
    rows = []
    for dimension in standard.dimensions:
        mark = "" if dimension.pass_mark is None else f"{number_text(dimension.pass_mark)}%"
        row = [escaped(dimension.title)] + [number_text(dimension.weight)] * weighted + [mark] * marked
        rows.append(row + [_worth(total(standard.rules[tier.id], dimension.id)) for tier in standard.tiers])
    blank = [""] * (weighted + marked)
    rows.append([page.say("column.total"), *blank, *(_worth(total(standard.rules[t.id])) for t in standard.tiers)])
    extra = [_extra(page, tier) for tier in standard.tiers]
    if any(extra):
        rows.append([page.say("column.extra"), *blank, *extra])
    yield from table(heads, rows)


def _worth(points: Fraction) -> str:
    return number_text(points) if points else ""


def _extra(page: _Page, tier: Tier) -> str:
    found = []
    for level in _EXTRA:
        points = sum((r.points for r in page.standard.rules[tier.id] if r.level == level), Fraction(0))
        if points:
            found.append(page.say("tier.extra", level=page.label(f"level.{level}"), points=number_text(points)))
    return page.join(found)


def _tier(page: _Page, tier: Tier) -> Iterator[str]:
    rules = page.standard.rules[tier.id]
    levels = Counter(rule.level for rule in rules)
    items = [
        page.say("tier.level", level=page.label(f"level.{level}"), count=levels[level])
        for level in _LEVELS
        if levels[level]
    ]
    points = number_text(total(rules))
    yield from (f"## {page.say('heading.tier', title=escaped(squashed(tier.title)))}", "")
    yield from (page.say("tier.about", id=tier.id, count=len(rules), items=page.join(items), points=points), "")
    for dimension in page.standard.dimensions:
        yield from _dimension(page, tier, dimension)


def _dimension(page: _Page, tier: Tier, dimension: Dimension) -> Iterator[str]:
    rules = [rule for rule in page.standard.rules[tier.id] if rule.dimension == dimension.id]
    if not rules:
        return
    points = total(tuple(rules))
    key = "tier.dimension" if points else "tier.dimension_bare"
    yield from (f"### {page.say(key, title=escaped(dimension.title), points=number_text(points))}", "")
    for rule in rules:
        yield from rule_lines(rule, page.standard, tier.id, page.lang)


def _coverage(page: _Page) -> Iterator[str]:
    heads = [page.say(f"column.{key}") for key in ("at", "about", "how")]
    several = len(page.standard.sources) > 1
    for number, source in enumerate(coverage(page.resolution)):
        if number:
            yield ""
        if several:
            yield from (f"### {page.say('source.title', title=escaped(squashed(source.title).strip('《》')))}", "")
        yield from table(heads, _clauses(page, source))


def _clauses(page: _Page, source: SourceCoverage) -> list[list[str]]:
    return [
        [escaped(clause.at), escaped(squashed(clause.about)), page.say("separator").join(_how(page, clause))]
        for clause in source.clauses
    ]


def _how(page: _Page, clause: ClauseCoverage) -> Iterator[str]:
    for tier, rules in clause.rules.items():
        yield page.say("coverage.rules", tier=usual_name(tier, page.lang), rules=page.join(rules))
    for key in ("partly", "not_checked"):
        reason = getattr(clause, key)
        if reason:
            yield page.say(f"coverage.{key}", reason=escaped(squashed(reason)))
    for reason in clause.removed:
        yield page.say("coverage.removed", reason=escaped(reason))
    if clause.status == "missing":
        yield page.say("coverage.missing")
