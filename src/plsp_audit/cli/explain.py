"""`explain`: why a rule got its points on one site."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from plsp_audit.batch.desk import Desk, Scored
from plsp_audit.cli.exits import Exit, tell, tell_problems
from plsp_audit.cli.options import FOLDER, folders_of, help_option, json_option, standard_option, standards_option
from plsp_audit.loading.packs import Library
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import enumerated
from plsp_audit.model.text import folded, nearest
from plsp_audit.scoring.explain import Explanation, explain


def build(lang: Lang) -> click.Command:
    """Give the command with its help in `lang`."""

    @click.command("explain", help=say("cli.explain", lang), add_help_option=False)
    @click.argument("site", type=FOLDER, metavar="SITE")
    @click.argument("rule", metavar="RULE")
    @standard_option(lang)
    @standards_option(lang)
    @json_option(lang)
    @help_option(lang)
    def command(site: Path, rule: str, standard: str | None, folders: Sequence[Path], as_json: bool) -> int:
        desk = Desk(Library(folders_of(folders, "PLSP_STANDARDS")), standard, lang)
        scored = desk.score(site)
        tell_problems(scored.opened.warnings, lang)
        if scored.assessment is None:
            tell(say("explain.not_rated", lang, reason=scored.result.reason or ""))
            return Exit.DONE
        found = _explained(scored, rule, lang)
        print(_as_json(found) if as_json else _as_text(found, lang))
        return Exit.DONE

    return command


def _explained(scored: Scored, rule: str, lang: Lang) -> Explanation:
    compiled, assessment = scored.opened.prepared.compiled, scored.assessment
    ids = [r.rule.id for r in compiled.rules]
    name, slash, part = rule.partition("/")
    wanted = next((r.rule for r in compiled.rules if folded(r.rule.id) == folded(name)), None)
    parts = [f"{wanted.id}/{n}" for n in range(1, len(wanted.parts or ()) + 1)] if wanted is not None else []
    if wanted is None or assessment is None or (slash and f"{wanted.id}/{part}" not in parts):
        near = enumerated(([wanted.id, *parts] if wanted is not None else nearest(rule, ids)) or ids[:3]).told(lang)
        raise click.UsageError(say("explain.no_rule", lang, tier=compiled.tier, rule=rule, near=near))
    return explain(compiled, scored.opened.inspection, assessment, scored.result, wanted.id, lang)


def _as_json(found: Explanation) -> str:
    return json.dumps(
        {
            "rule": found.rule,
            "title": found.title,
            "state": found.state,
            "facts": [{"label": s.about, "value": s.text} for s in found.facts],
            "steps": [{"about": s.about, "text": s.text} for s in found.steps],
        },
        ensure_ascii=False,
    )


def _as_text(found: Explanation, lang: Lang) -> str:
    mark = "：" if lang == "zh" else ": "
    lines = [f"{found.rule}  {found.title}", "", say("explain.facts", lang)]
    lines += [f"  {s.about}{mark}{s.text}" for s in found.facts] or [f"  {say('explain.no_facts', lang)}"]
    lines += ["", say("explain.arithmetic_title", lang)]
    lines += [f"  {s.about}{mark}{s.text}" for s in found.steps]
    return "\n".join(lines)
