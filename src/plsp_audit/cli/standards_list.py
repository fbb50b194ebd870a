"""`standards list`: what standards there are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from plsp_audit.cli.exits import Exit, tell_problems
from plsp_audit.cli.found import near, print_json, told
from plsp_audit.cli.packs import asked
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError, Problem
from plsp_audit.model.standard import ResolvedStandard
from plsp_audit.standards.resolve import Resolution
from plsp_audit.standards.tiers import usual_name


def run_list(folders: Sequence[Path], as_json: bool, lang: Lang) -> int:
    """List every standard; those that cannot be read are named on stderr."""
    found: list[Resolution] = []
    broken: list[Problem] = []
    for one in asked([], folders):
        try:
            found.append(one.resolve())
        except InputError as error:
            broken += error.problems
    if as_json:
        for resolution in found:
            print_json(_document(resolution))
    elif found:
        from plsp_audit.cli.screen import show

        show(lambda encoding: _table(found, lang, encoding))
    tell_problems(told(broken), lang)
    return Exit.INVALID if broken else Exit.DONE if found else Exit.NOTHING


def _document(resolution: Resolution) -> dict[str, Any]:
    standard = resolution.standard
    return {
        "id": standard.id,
        "title": standard.title,
        "province": standard.province,
        "points_basis": standard.points_basis,
        "tiers": [{"id": t.id, "title": t.title, "rules": len(standard.rules.get(t.id, ()))} for t in standard.tiers],
        "extends": list(standard.lineage[:-1]),
        "folder": near(str(resolution.pack.folder)),
        "digest": standard.digest,
    }


def _table(found: Sequence[Resolution], lang: Lang, encoding: str) -> Any:
    from plsp_audit.cli.grid import grid
    from plsp_audit.cli.screen import Screen

    columns = [(say(f"standards_cli.head.{key}", lang), kind) for key, kind in (("id", "word"), ("title", "text"))]
    return grid(columns, [(r.standard.id, _about(r.standard, lang)) for r in found], Screen(lang, encoding))


def _about(standard: ResolvedStandard, lang: Lang) -> str:
    """Give a standard's title, and below it the province, where the points come from, and rules by tier."""
    comma = say("standards_cli.show.comma", lang)
    rules = {usual_name(t.id, lang): len(standard.rules.get(t.id, ())) for t in standard.tiers}
    counts = [say("standards_cli.list_tier", lang, tier=tier, rules=count) for tier, count in rules.items()]
    basis = say(f"label.scoring.points_basis.{standard.points_basis}", lang)
    facts = [standard.province or "", basis, comma.join(counts)]
    return f"{standard.title}\n{'  '.join(f for f in facts if f)}"
