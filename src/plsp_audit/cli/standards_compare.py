"""`standards compare`: two standards side by side, and which is stricter."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import click

from plsp_audit.batch.files import write_whole
from plsp_audit.cli.exits import Exit, tell
from plsp_audit.cli.found import print_json
from plsp_audit.cli.options import no_such_format
from plsp_audit.cli.packs import the_one
from plsp_audit.model.base import plain
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.reporting.compare_text import file_stem, tier_title, verdict_counts
from plsp_audit.standards.crosswalk import (
    Crosswalk,
    Judged,
    Row,
    RowSide,
    TierCrosswalk,
    common_tiers,
    counts,
    crosswalk,
)
from plsp_audit.standards.tiers import find_tier, tier_names

FORMATS: Final = ("xlsx", "html")


def run_compare(
    names: tuple[str, str],
    tier: str | None,
    folders: Sequence[Path],
    out: Path | None,
    formats: str | None,
    templates: Sequence[Path],
    as_json: bool,
    lang: Lang,
) -> int:
    """Compare two standards: on screen or as JSON, and into files where a folder is given."""
    wanted = _formats(formats, lang)
    if formats is not None and out is None:
        raise click.UsageError(say("compare.cli.format_without_out", lang))
    a, b = (the_one(name, folders, lang) for name in names)
    walk = crosswalk(a, b, _tiers(a, b, tier, lang), lang)
    if as_json:
        print_json(_document(walk))
    else:
        from plsp_audit.cli.screen import show
        from plsp_audit.cli.standards_compare_table import drawing

        show(lambda encoding: drawing(walk, encoding))
    for one in walk.tiers:
        items = verdict_counts(one, walk)
        tell(say("compare.cli.summary", lang, tier=tier_title(one, walk), count=len(one.rows), items=items))
    return Exit.DONE if out is None or _write(walk, out, wanted, templates) else Exit.NOT_WRITTEN


def _formats(given: str | None, lang: Lang) -> list[str]:
    wanted = [f.strip().lower() for f in (given or ",".join(FORMATS)).replace("，", ",").split(",") if f.strip()]
    unknown = [f for f in wanted if f not in FORMATS]
    if unknown or not wanted:
        raise no_such_format(unknown, FORMATS, lang, "compare.cli.no_format")
    return list(dict.fromkeys(wanted))


def _tiers(a: ResolvedStandard, b: ResolvedStandard, wanted: str | None, lang: Lang) -> list[tuple[str, str]]:
    """Give the pairs of tiers: those that both have, or the one that is asked for."""
    if wanted is not None:
        first, _, second = wanted.replace("：", ":").partition(":")
        return [(_tier(a, first, lang), _tier(b, second or first, lang))]
    found = common_tiers(a, b)
    if not found:
        known = {"a": a.id, "b": b.id, "known_a": tier_names(a).told(lang), "known_b": tier_names(b).told(lang)}
        raise click.UsageError(say("compare.cli.no_common", lang, **known))
    return found


def _tier(standard: ResolvedStandard, name: str, lang: Lang) -> str:
    found = find_tier(standard, name.strip())
    if found is None:
        params = {"standard": standard.id, "tier": name, "known": tier_names(standard).told(lang)}
        raise click.UsageError(say("compare.cli.no_tier", lang, **params))
    return found.id


def _write(walk: Crosswalk, out: Path, formats: Sequence[str], templates: Sequence[Path]) -> bool:
    from plsp_audit.reporting.compare_html import render_compare_html
    from plsp_audit.reporting.compare_xlsx import render_compare_xlsx

    done: list[str] = []
    for name in formats:
        target = out / f"{file_stem(walk)}.{name}"
        try:
            out.mkdir(parents=True, exist_ok=True)
            if name == "xlsx":
                write_whole(target, render_compare_xlsx(walk))
            else:
                write_whole(target, render_compare_html(walk, templates=templates).encode("utf-8"))
            done.append(str(target))
        except OSError as error:
            tell(say("cli.not_written", walk.lang, file=str(target), fault=error.strerror or ""))
    if done:
        tell(say("cli.written", walk.lang, files="  ".join(done)))
    return len(done) == len(formats)


def _number(value: Fraction | None) -> int | float | None:
    return None if value is None else plain(value)


def _document(walk: Crosswalk) -> dict[str, Any]:
    return {
        "a": {"id": walk.a.id, "title": walk.a.title, "digest": walk.a.digest},
        "b": {"id": walk.b.id, "title": walk.b.title, "digest": walk.b.digest},
        "head": [{"key": row.key, "label": row.label, "a": row.a, "b": row.b} for row in walk.head],
        "tiers": [_tier_json(tier) for tier in walk.tiers],
    }


def _tier_json(tier: TierCrosswalk) -> dict[str, Any]:
    return {
        "a": {"id": tier.a.id, "title": tier.a.title},
        "b": {"id": tier.b.id, "title": tier.b.title},
        "head": [{"key": row.key, "label": row.label, "a": row.a, "b": row.b} for row in tier.head],
        "verdicts": counts(tier),
        "facts": [_row_json(row) for row in tier.rows],
        "judged": {"a": [_judged_json(r) for r in tier.judged_a], "b": [_judged_json(r) for r in tier.judged_b]},
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "fact": row.fact,
        "field": row.field,
        "label": row.label,
        "group": row.group,
        "verdict": row.verdict,
        "reasons": list(row.reasons),
        "a": _side_json(row.a),
        "b": _side_json(row.b),
    }


def _side_json(side: RowSide | None) -> dict[str, Any] | None:
    if side is None:
        return None
    asks = [
        {
            "rule": ask.rule,
            "part": ask.part,
            "title": ask.title,
            "level": ask.level,
            "points": plain(ask.points),
            "share": _number(ask.share),
            "clause": ask.clause,
            "asks": list(ask.texts),
            "limits": list(ask.limits),
        }
        for ask in side.asks
    ]
    return {"level": side.level, "points": plain(side.points), "share": _number(side.share), "rules": asks}


def _judged_json(rule: Judged) -> dict[str, Any]:
    return {
        "rule": rule.rule,
        "title": rule.title,
        "level": rule.level,
        "points": plain(rule.points),
        "share": _number(rule.share),
        "clause": rule.clause,
    }
