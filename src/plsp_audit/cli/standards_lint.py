"""`standards lint`: the defects of standards, each at its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plsp_audit.cli.exits import Exit, tell, tell_problems
from plsp_audit.cli.found import counts, print_json, print_problems, problem_json, told
from plsp_audit.cli.packs import Asked, asked
from plsp_audit.model.catalogue import Lang, say
from plsp_audit.model.problem import InputError, Problem
from plsp_audit.standards.lint import in_order, lint
from plsp_audit.standards.ruletypes import all_problems

_UNREADABLE = ("standard.unknown_standard", "standard.unknown_standard_near", "standard.no_such_folder")


def run_lint(names: Sequence[str], folders: Sequence[Path], as_json: bool, lang: Lang) -> int:
    """Lint standards; print every finding."""
    try:
        standards = asked(names, folders)
    except InputError as error:
        tell_problems(told(error.problems), lang)
        nothing = all(p.code == "standards_cli.not_a_pack" for p in error.problems)
        return Exit.NOTHING if nothing else Exit.INVALID
    if not standards:
        tell(say("standards_cli.nothing", lang))
        return Exit.NOTHING
    found: list[Problem] = []
    for one in standards:
        problems = told(findings(one))
        found += problems
        if as_json:
            document = {"standard": one.name, "ok": not problems, "problems": [problem_json(p, lang) for p in problems]}
            print_json(document)
        else:
            print_problems(problems, lang)
    errors, warnings = counts(told(found))
    key = "linted_found" if found else "linted"
    tell(say(f"standards_cli.{key}", lang, count=len(standards), errors=errors, warnings=warnings))
    if any(unreadable(p) for p in found):
        return Exit.INVALID
    return Exit.FOUND if found else Exit.DONE


def findings(one: Asked) -> list[Problem]:
    """Give everything that is wrong with a standard, whether or not it can be resolved."""
    try:
        return lint(one.resolve())
    except InputError as error:
        return in_order(all_problems(error))


def unreadable(problem: Problem) -> bool:
    """Tell whether a problem is that there is no file, no text, or no YAML to look into."""
    return problem.severity == "error" and ("." not in problem.code or problem.code in _UNREADABLE)
