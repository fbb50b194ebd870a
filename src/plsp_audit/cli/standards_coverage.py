"""`standards coverage`: clause by clause, who checks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from plsp_audit.cli.exits import Exit, tell, tell_problems
from plsp_audit.cli.found import print_json, told
from plsp_audit.cli.packs import asked
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError, enumerated
from plsp_audit.standards.coverage import ClauseCoverage, SourceCoverage, coverage
from plsp_audit.standards.resolve import Resolution


def run_coverage(names: Sequence[str], folders: Sequence[Path], as_json: bool, lang: Lang) -> int:
    """Print the coverage of standards."""
    invalid = missing = False
    for one in asked(names, folders):
        try:
            resolution = one.resolve()
        except InputError as error:
            tell_problems(told(error.problems), lang)
            invalid = True
            continue
        sources = coverage(resolution)
        missing = missing or any(source.missing for source in sources)
        _print(resolution, sources, as_json, lang)
    return Exit.INVALID if invalid else Exit.FOUND if missing else Exit.DONE


def _print(resolution: Resolution, sources: Sequence[SourceCoverage], as_json: bool, lang: Lang) -> None:
    sid = resolution.standard.id
    if as_json:
        complete = not any(source.missing for source in sources)
        print_json({"standard": sid, "ok": complete, "sources": [_document(source) for source in sources]})
        return
    from plsp_audit.cli.screen import show

    show(lambda encoding: _drawing(resolution, sources, lang, encoding))
    found = [clause.status for source in sources for clause in source.clauses]
    numbers = {status: found.count(status) for status in ("covered", "explained", "missing")}
    tell(say("standards_cli.coverage.done", lang, standard=sid, count=len(found), **numbers))


def _document(source: SourceCoverage) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "clauses": [
            {
                "at": clause.at,
                "about": clause.about,
                "tiers": list(clause.tiers),
                "status": clause.status,
                "rules": {tier: list(rules) for tier, rules in clause.rules.items()},
                "partly": clause.partly,
                "not_checked": clause.not_checked,
                "removed": list(clause.removed),
            }
            for clause in source.clauses
        ],
        "strays": [{"tier": tier, "rule": rule, "at": at} for tier, rule, at in source.strays],
    }


def _drawing(resolution: Resolution, sources: Sequence[SourceCoverage], lang: Lang, encoding: str) -> Any:
    from rich.console import Group
    from rich.text import Text

    from plsp_audit.cli.grid import grid, heading
    from plsp_audit.cli.screen import Screen

    screen = Screen(lang, encoding)
    columns = [(say(f"standards_cli.coverage.{key}", lang), "text") for key in ("at", "about", "how")]
    blocks: list[Any] = []
    for source in sources:
        title = say("standards_cli.coverage.heading", lang, standard=resolution.standard.id, source=source.title)
        joined = say("result.joined", lang)
        rows = [(clause.at, clause.about, joined.join(_how(clause, lang))) for clause in source.clauses]
        for tier, rule, at in source.strays:
            rows.append(("", "", say("standards_cli.coverage.stray", lang, tier=tier, rule=rule, at=at)))
        blocks += [heading(title, screen), grid(columns, rows, screen), Text()]
    return Group(*blocks)


def _how(clause: ClauseCoverage, lang: Lang) -> Iterator[str]:
    for tier, rules in clause.rules.items():
        yield say("standards_cli.coverage.rules", lang, tier=tier, rules=enumerated(rules).told(lang))
    for key in ("partly", "not_checked"):
        reason = getattr(clause, key)
        if reason:
            yield say(f"standards_cli.coverage.{key}", lang, reason=reason)
    for reason in clause.removed:
        yield say("standards_cli.coverage.removed", lang, reason=reason)
    if clause.status == "missing":
        yield say("standards_cli.coverage.missing", lang)
