"""`standards show`: what is in a standard, in the words of its readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from plsp_audit.cli.exits import Exit
from plsp_audit.cli.found import print_json
from plsp_audit.cli.grid import grid, heading, lines
from plsp_audit.cli.packs import the_one
from plsp_audit.cli.screen import Screen
from plsp_audit.model.base import number_text
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import bracketed, enumerated
from plsp_audit.model.rules import Rule
from plsp_audit.model.standard import Dimension, ResolvedStandard, Tier
from plsp_audit.standards.parameters import in_words
from plsp_audit.standards.tiers import find_tier, tier_names
from plsp_audit.standards.wording import clause_text, inspection_text, requirement_text, scoring_text
from plsp_audit.standards.wording_change import change_text
from plsp_audit.standards.wording_words import squashed

SCORED = ("required", "recommended")


def run_show(name: str, tier: str | None, folders: Sequence[Path], as_json: bool, lang: Lang) -> int:
    """Show a standard, or one tier of it."""
    standard = the_one(name, folders, lang)
    found = None if tier is None else find_tier(standard, tier)
    tiers = list(standard.tiers) if tier is None else [found] if found is not None else []
    if not tiers:
        known = tier_names(standard).told(lang)
        raise click.UsageError(say("standards_cli.no_tier", lang, standard=standard.id, tier=tier or "", known=known))
    if as_json:
        print_json(_document(standard, tiers, lang))
        return Exit.DONE
    from plsp_audit.cli.screen import show

    show(lambda encoding: _drawing(standard, tiers, Screen(lang, encoding)))
    return Exit.DONE


def _drawing(standard: ResolvedStandard, tiers: Sequence[Tier], screen: Screen) -> Any:
    from rich.console import Group
    from rich.text import Text

    blocks: list[Any] = [heading(bracketed(standard.title, standard.id).told(screen.lang), screen)]
    blocks += lines(list(_about(standard, screen.lang)), screen)
    blocks += [Text(), _dimensions(standard, tiers, screen), Text()]
    blocks.append(heading(_say("grades", screen.lang), screen))
    keys = (("grade_assumed" if grade.assumed else "grade", grade) for grade in standard.grades)
    grades = [_say(key, screen.lang, title=g.title, from_=number_text(g.from_)) for key, g in keys]
    blocks += lines([_say("comma", screen.lang).join(grades)], screen)
    scoring = _say("separator", screen.lang).join(scoring_words(standard, screen.lang))
    blocks += _listed("scoring", iter([scoring]), screen)
    blocks += _listed("parameters", _parameters(standard, screen.lang), screen)
    blocks += _listed("changes", _changes(standard, screen.lang), screen)
    for tier in tiers:
        blocks += [Text(), *_tier(standard, tier, screen)]
    return Group(*blocks)


def _say(key: str, lang: Lang, **params: object) -> str:
    return say(f"standards_cli.show.{key}", lang, **{k.rstrip("_"): v for k, v in params.items()})


def _listed(key: str, texts: Iterator[str], screen: Screen) -> list[Any]:
    found = list(texts)
    return [heading(_say(key, screen.lang), screen), *lines(found, screen)] if found else []


def _about(standard: ResolvedStandard, lang: Lang) -> Iterator[str]:
    given = {"issuer": standard.issuer or "", "issued": standard.issued or "", "province": standard.province or ""}
    yield _say("about", lang, **given).strip()
    yield say(f"label.scoring.points_basis.{standard.points_basis}", lang)
    if len(standard.lineage) > 1:
        yield _say("lineage", lang, names=enumerated(standard.lineage[:-1]).told(lang))
    if standard.notes:
        yield _say("notes", lang, text=squashed(standard.notes))
    for source in standard.sources:
        name = "" if len(standard.sources) < 2 else f"{source.id} "
        yield _say("source", lang, title=name + squashed(source.title), count=len(source.outline))


def _dimensions(standard: ResolvedStandard, tiers: Sequence[Tier], screen: Screen) -> Any:
    heads = [(_say("dimensions", screen.lang), "text"), (_say("weight", screen.lang), "number")]
    marked = any(d.pass_mark is not None for d in standard.dimensions)
    heads += [(_say("pass_mark", screen.lang), "number")] if marked else []
    heads += [(t.id, "number") for t in tiers]
    rows = []
    for dimension in standard.dimensions:
        mark = "" if dimension.pass_mark is None else f"{number_text(dimension.pass_mark)}%"
        row = [dimension.title, number_text(dimension.weight), *([mark] if marked else [])]
        rows.append([*row, *(number_text(_points(standard, tier, dimension)) for tier in tiers)])
    return grid(heads, rows, screen)


def _points(standard: ResolvedStandard, tier: Tier, dimension: Dimension | None = None) -> Fraction:
    rules = standard.rules.get(tier.id, ())
    wanted = (r.points for r in rules if r.level in SCORED and (dimension is None or r.dimension == dimension.id))
    return sum(wanted, start=Fraction(0))


def scoring_words(standard: ResolvedStandard, lang: Lang) -> Iterator[str]:
    """Say how points become a score."""
    scoring = standard.scoring
    yield say(f"label.scoring.model.{scoring.model}", lang)
    yield _say("full", lang, marks=number_text(scoring.full_marks))
    if scoring.base:
        yield _say("base", lang, marks=number_text(scoring.base))
    for key in ("not_applicable", "not_checked"):
        yield _say(key, lang, policy=say(f"label.scoring.{key}.{getattr(scoring, key)}", lang))
    rounding = scoring.rounding
    if rounding is None:
        yield _say("no_rounding", lang)
    else:
        key = "rounding_places" if rounding.places else "rounding_whole"
        yield _say(key, lang, mode=say(f"label.scoring.rounding.{rounding.mode}", lang), places=rounding.places)
    for key in ("max_total", "bonus_cap"):
        marks = getattr(scoring, key)
        if marks is not None:
            yield _say(key, lang, marks=number_text(marks))
    if scoring.below_pass_mark is not None:
        title = next((g.title for g in standard.grades if g.id == scoring.below_pass_mark), scoring.below_pass_mark)
        yield _say("pass_cap", lang, grade=title)


def _parameters(standard: ResolvedStandard, lang: Lang) -> Iterator[str]:
    for name, parameter in standard.parameters.items():
        yield _say("parameter", lang, name=name, title=parameter.title or name, value=in_words(parameter))


def _changes(standard: ResolvedStandard, lang: Lang) -> Iterator[str]:
    for change in standard.changes:
        target = bracketed(change.target, change.tier).told(lang) if change.tier else change.target
        what = change_text(change, standard, lang)
        yield _say("change", lang, target=target, what=what, reason=change.reason, standard=change.standard)


def _tier(standard: ResolvedStandard, tier: Tier, screen: Screen) -> list[Any]:
    rules = standard.rules.get(tier.id, ())
    points = number_text(_points(standard, tier))
    title = _say("tier", screen.lang, title=tier.title, id=tier.id, count=len(rules), points=points)
    kinds = {"rule": "word", "worth": "number", "clause": "short", "text": "text"}
    heads = [(_say(key, screen.lang), kind) for key, kind in kinds.items()]
    rows = []
    for rule in rules:
        named = say(f"label.level.{rule.level}", screen.lang)
        level = "" if rule.level == "required" else _say("level", screen.lang, level=named)
        scoring = scoring_text(rule, standard, tier.id, screen.lang)
        texts = (f"{level}{squashed(rule.title)}", scoring, inspection_text(rule, screen.lang))
        text = "\n".join(filter(None, texts))
        rows.append((rule.id, number_text(rule.points), _clause(rule, standard, screen.lang), text))
    return [heading(title, screen), grid(heads, rows, screen)]


def _clause(rule: Rule, standard: ResolvedStandard, lang: Lang) -> str:
    at = rule.clause.at if isinstance(rule.clause.at, str) else enumerated(rule.clause.at).told(lang)
    return at if len(standard.sources) < 2 else f"{rule.clause.source} {at}"


def _document(standard: ResolvedStandard, tiers: Sequence[Tier], lang: Lang) -> dict[str, Any]:
    head = standard.model_dump(mode="json", by_alias=True, exclude={"rules", "facts", "tiers"})
    wanted = [{**t.model_dump(), "rules": [_rule(r, standard, t, lang) for r in standard.rules[t.id]]} for t in tiers]
    return {**head, "tiers": wanted}


def _rule(rule: Rule, standard: ResolvedStandard, tier: Tier, lang: Lang) -> dict[str, Any]:
    body = rule.model_dump(mode="json", by_alias=True, exclude_none=True)
    words = {
        "clause_text": clause_text(rule.clause, standard, lang),
        "requirement_text": requirement_text(rule, standard, tier.id, lang),
        "scoring_text": scoring_text(rule, standard, tier.id, lang),
    }
    return {**body, **words}
